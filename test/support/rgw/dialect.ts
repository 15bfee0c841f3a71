import type { Policy, Statement } from "../../../constructs/aws/policy";

/** How the requests are signed that a policy will be asked about: the store knows no condition key for it. */
export type Signed = "header" | "pre-signed";

/** A policy that means to the store what the original means to AWS, as far as it goes. */
export interface Translated {
  readonly policy: Policy;
  /** Each statement or action left out, and why: "DenyOldReadUrls: s3:signatureAge is unknown". */
  readonly notAskable: readonly string[];
}

/** Condition keys that the store fills in. It takes others too, and never finds them in a request. */
const KNOWN_KEYS = [
  ...["aws:CurrentTime", "aws:EpochTime", "aws:Referer", "aws:SecureTransport", "aws:SourceIp", "aws:username"],
  ...["s3:prefix", "s3:delimiter", "s3:max-keys"],
  ...["s3:x-amz-server-side-encryption", "s3:x-amz-server-side-encryption-aws-kms-key-id"],
];

/** Keys of requests through an endpoint of a VPC, which requests to the loopback rightly lack. */
const LACKING_KEYS = ["aws:SourceVpc", "aws:SourceVpce"];

/** Actions that make the store refuse a policy as a whole. */
const UNKNOWN_ACTIONS = ["s3:GetEncryptionConfiguration"];

/**
 * Puts a policy for AWS into the words by which Ceph 16 enforces the same. What has no such words is left out and told;
 * nothing is loosened on the quiet.
 *
 * - An absent key meets no operator there, not even a negated one, but for `…IfExists`; and `Null` takes any value for
 *   `"true"`. So `StringNotEquals` becomes `StringNotEqualsIfExists`, but stays and replaces both next to `Null: "false"`.
 * - `aws:SecureTransport` is absent over plain HTTP, where AWS says `"false"`: `Bool` becomes `BoolIfExists`.
 * - How a request is signed isn't known: such a condition is settled here, and the policy is for requests of one kind.
 * - A role can't reach another account's bucket: a user of the same name stands in for it.
 *
 * @param owner the account of the bucket
 */
export function rgwDialect(policy: Policy, owner: string, signed: Signed): Translated {
  const translated = policy.Statement.map((statement) => translate(statement, owner, signed));
  return {
    policy: { ...policy, Statement: translated.flatMap(({ kept }) => kept) },
    notAskable: translated.flatMap(({ sid, unknown }) => unknown.map((what) => `${sid}: ${what} is unknown`)),
  };
}

function translate(statement: Statement, owner: string, signed: Signed) {
  const { Condition, ...rest } = statement;
  const { Sid: sid, Action, Principal } = rest;
  const tests = testsOf(Condition);
  if (tests.some((test) => isSettled(test) && !holds(test, signed))) return { sid, kept: [], unknown: [] };
  const asked = tests.filter((test) => !isSettled(test));
  const strange = asked.filter((test) => !isKnown(test, asked)).map(({ key }) => key);
  const actions = [Action].flat();
  const known = actions.filter((action) => !UNKNOWN_ACTIONS.includes(action));
  const words = {
    ...rest,
    Principal: standIn(Principal, owner),
    Action: known,
    ...conditionOf(asked.flatMap((test) => reword(test, asked))),
  };
  return {
    sid,
    kept: strange.length || known.length === 0 ? [] : [words],
    unknown: [...actions.filter((action) => !known.includes(action)), ...strange],
  };
}

/** One condition: the key's value in a request is compared with these. */
interface Test {
  readonly operator: string;
  readonly key: string;
  readonly values: string | readonly string[];
}

function testsOf(condition: Statement["Condition"] = {}): Test[] {
  return Object.entries(condition).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key, values })),
  );
}

function conditionOf(tests: readonly Test[]): Pick<Statement, "Condition"> {
  const Condition: Record<string, Record<string, Test["values"]>> = {};
  for (const { operator, key, values } of tests) Condition[operator] = { ...Condition[operator], [key]: values };
  return tests.length ? { Condition } : {};
}

/** Whether a condition is on how the request is signed. */
function isSettled({ operator, key }: Test): boolean {
  if (key !== "s3:authType") return false;
  if (operator !== "StringEquals") throw new Error(`Cannot settle s3:authType: must be StringEquals, got ${operator}`);
  return true;
}

function holds({ values }: Test, signed: Signed): boolean {
  return [values].flat().includes({ header: "REST-HEADER", "pre-signed": "REST-QUERY-STRING" }[signed]);
}

const isNegated = ({ operator }: Test) => /Not(Equals|Like|IpAddress)/.test(operator);
const isPresence = ({ operator, values }: Test) => operator === "Null" && [values].flat().includes("false");

/** Whether the store can tell. It can't tell by itself that a key is present, nor that a text is none of several. */
function isKnown(test: Test, beside: readonly Test[]): boolean {
  if (LACKING_KEYS.includes(test.key)) return !isPresence(test);
  if (!KNOWN_KEYS.includes(test.key)) return false;
  if (isPresence(test)) return beside.some((other) => other.key === test.key && isNegated(other));
  return !isNegated(test) || test.key === "aws:SourceIp" || [test.values].flat().length === 1;
}

function reword(test: Test, beside: readonly Test[]): Test[] {
  const present = beside.some((other) => other.key === test.key && isPresence(other));
  const { operator } = test;
  if (isPresence(test)) return [];
  if (test.key === "aws:SecureTransport" && operator === "Bool" && [test.values].flat().includes("false"))
    return [{ ...test, operator: "BoolIfExists" }];
  if (isNegated(test) && !present && !operator.endsWith("IfExists"))
    return [{ ...test, operator: `${operator}IfExists` }];
  return [test];
}

function standIn(principal: Statement["Principal"], owner: string): Statement["Principal"] {
  if (principal === "*" || !("AWS" in principal)) return principal;
  const [, account, name] = /^arn:aws:iam::(\d{12}):role\/(?:.*\/)?(.+)$/.exec(String(principal.AWS)) ?? [];
  return name && account !== owner ? { AWS: `arn:aws:iam::${account}:user/${name}` } : principal;
}
