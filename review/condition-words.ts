/** What limits an access, as a cell of the table and a sentence say it. */
export interface Limit {
  readonly kind: "tls" | "network" | "age" | "encryption" | "scope" | "other";
  readonly text: string;
  /** What is let in, where that is a list: more of it is more access. Seconds, for an age. */
  readonly admits?: readonly string[];
}

/** One test of a policy's `Condition`. */
interface Test {
  readonly operator: string;
  /** In lower case. */
  readonly key: string;
  readonly values: readonly string[];
}

const NETWORK = /^aws:(sourceip|vpcsourceip|sourcevpc|sourcevpce|sourcevpcarn)$/;

/** The tests of a `Condition` block. */
export function testsOf(condition: unknown): Test[] {
  const entries = (value: unknown) => Object.entries((value ?? {}) as Record<string, unknown>);
  return entries(condition).flatMap(([operator, keys]) =>
    entries(keys).map(([key, value]) => ({ operator, key: key.toLowerCase(), values: [value].flat().map(String) })),
  );
}

const find = (tests: readonly Test[], key: string, operator: RegExp) =>
  tests.find((test) => test.key === key && operator.test(test.operator));

/** What remains allowed where a Deny has this condition: `TLS only`. */
export function limitOfDeny(condition: unknown): Limit {
  const tests = testsOf(condition);
  const presigned = find(tests, "s3:authtype", /^StringEquals/)?.values.join() === "REST-QUERY-STRING";
  const rest = tests.filter(({ key }) => key !== "s3:authtype" || !presigned);
  return (
    tlsLimit(rest) ??
    networkLimit(rest, presigned) ??
    ageLimit(rest) ??
    signatureLimit(rest) ??
    encryptionLimit(rest) ?? { kind: "other", text: `not where ${conditionInWords(condition)}` }
  );
}

function tlsLimit(tests: readonly Test[]): Limit | undefined {
  const plain = find(tests, "aws:securetransport", /^Bool/);
  if (tests.length === 1 && plain?.values.join() === "false") return { kind: "tls", text: "TLS only" };
  const version = find(tests, "s3:tlsversion", /^NumericLessThan/);
  return tests.length === 1 && version ? { kind: "tls", text: `TLS ${version.values.join()} or later` } : undefined;
}

function networkLimit(tests: readonly Test[], presigned: boolean): Limit | undefined {
  const negated = tests.every(({ key, operator }) => NETWORK.test(key) && /Not(IpAddress|Equals|Like)/.test(operator));
  if (!tests.length || !negated) return undefined;
  const admits = tests.flatMap(({ values }) => values).sort();
  return {
    kind: "network",
    text: `${presigned ? "pre-signed URLs only from" : "only from"} ${admits.join(", ")}`,
    admits,
  };
}

const MS_PER_MINUTE = 60_000;

function ageLimit(tests: readonly Test[]): Limit | undefined {
  const [test] = tests;
  if (tests.length !== 1 || test?.key !== "s3:signatureage" || !/^NumericGreaterThan/.test(test.operator))
    return undefined;
  const minutes = Math.min(...test.values.map(Number)) / MS_PER_MINUTE;
  return { kind: "age", text: `URLs of at most ${minutesInWords(minutes)}`, admits: [String(minutes * 60)] };
}

function minutesInWords(minutes: number): string {
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${minutes} min`;
}

function signatureLimit(tests: readonly Test[]): Limit | undefined {
  const old = tests.length === 1 && find(tests, "s3:signatureversion", /^StringEquals/)?.values.join() === "AWS";
  return old ? { kind: "age", text: "no URLs of signature version 2, which have no age" } : undefined;
}

const SSE = "s3:x-amz-server-side-encryption";

function encryptionLimit(tests: readonly Test[]): Limit | undefined {
  if (!tests.length || !tests.every(({ key }) => key.startsWith(SSE))) return undefined;
  const other = tests.find(({ operator }) => /Not(Equals|Like)/.test(operator));
  if (!other) return { kind: "encryption", text: "no key of one's own (SSE-C)" };
  const what = other.key === SSE ? "encryption" : "key";
  return {
    kind: "encryption",
    text: `if it names a${what === "key" ? "" : "n"} ${what}, then ${other.values.join(" or ")}`,
  };
}

/** What an Allow with this condition asks for. */
export function limitOfAllow(condition: unknown): Limit {
  const tests = testsOf(condition);
  const network = tests.every(({ key, operator }) => NETWORK.test(key) && !operator.includes("Not"));
  const tls = tests.length === 1 && find(tests, "aws:securetransport", /^Bool/)?.values.join() === "true";
  if (tls) return { kind: "tls", text: "TLS only" };
  if (network) {
    const admits = tests.flatMap(({ values }) => values).sort();
    return { kind: "network", text: `only from ${admits.join(", ")}`, admits };
  }
  return { kind: "other", text: `only where ${conditionInWords(condition)}` };
}

const VERBS: readonly (readonly [RegExp, string])[] = [
  [/NotIpAddress/, "is not in"],
  [/IpAddress/, "is in"],
  [/Not(Equals|Like)/, "is not"],
  [/GreaterThanEquals/, "is at least"],
  [/LessThanEquals/, "is at most"],
  [/GreaterThan/, "is more than"],
  [/LessThan/, "is less than"],
  [/Bool|Equals|Like/, "is"],
];

/** Names of condition keys that a reader need not look up. */
const KEYS: Readonly<Record<string, string>> = {
  "aws:sourceip": "the caller's address",
  "aws:sourcevpc": "the caller's VPC",
  "aws:sourcevpce": "the caller's VPC endpoint",
  "aws:vpcsourceip": "the caller's address in its VPC",
  "s3:authtype": "the way of signing",
  "s3:signatureversion": "the version of the signature",
  "s3:signatureage": "the age of the signature in milliseconds",
  "aws:sourceaccount": "the account that a service acts for",
  "aws:sourcearn": "the resource that a service acts for",
};

/** A condition as the middle of a sentence: `the caller's address is not in 10.0.0.0/8`. */
export function conditionInWords(condition: unknown): string {
  return testsOf(condition).map(testInWords).join(" and ");
}

const negated = (operator: string) => (operator.includes("Not") ? "not " : "");

function testInWords({ operator, key, values }: Test): string {
  if (key === "aws:securetransport") return `the request is ${values.join() === "false" ? "not " : ""}over TLS`;
  if (key === "s3:authtype" && values.join() === "REST-QUERY-STRING")
    return `the URL is ${negated(operator)}pre-signed`;
  if (key === "s3:signatureage" && operator.startsWith("NumericGreaterThan")) {
    return `it was signed more than ${minutesInWords(Number(values[0]) / MS_PER_MINUTE)} ago`;
  }
  const name = KEYS[key] ?? key;
  if (operator === "Null") return `${name} is ${values.join() === "true" ? "absent" : "present"}`;
  const verb = VERBS.find(([form]) => form.test(operator))?.[1] ?? `meets ${operator}`;
  const absent = operator.endsWith("IfExists") && !operator.includes("Not") ? " or absent" : "";
  return `${name} ${verb} ${values.map((value) => `"${value}"`).join(" or ")}${absent}`;
}
