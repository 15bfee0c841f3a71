import { bucketArn } from "./access-s3";
import { BY_HEADER, networksIn, OVER_TLS, presigned } from "./ask";
import { testsOf } from "./condition-words";
import type { Storage } from "./facts";
import type { Question } from "./iam";
import { fits } from "./iam-condition";
import { entryOf } from "./value";
import { decideDirectly, identities, type Part, type ReadPolicy } from "./s3-policy";

type Context = Readonly<Record<string, string>>;

/** Actions that stand for patterns, those that are told apart first. */
const ACTIONS = [
  ...[
    "s3:GetObject",
    "s3:PutObject",
    "s3:DeleteObject",
    "s3:AbortMultipartUpload",
    "s3:ListBucket",
    "s3:GetBucketLocation",
  ],
  ...[
    "s3:PutBucketPolicy",
    "s3:DeleteBucket",
    "kms:Decrypt",
    "kms:GenerateDataKey",
    "kms:DescribeKey",
    "kms:ScheduleKeyDeletion",
  ],
];

const KEY_ARN = "arn:aws:kms:us-east-1:000000000000:key/this";
const OTHER_KEY = "arn:aws:kms:us-east-1:999999999999:key/0f0f0f0f-0000-4000-8000-000000000000";

/** An action that a pattern covers. */
function actionFor(pattern: string): string {
  const known = ACTIONS.find((action) => fits(pattern.toLowerCase(), action.toLowerCase()));
  return known ?? pattern.replace(/\*/g, "").replace(/\?/g, "x");
}

/** What a statement is about, as a request would name it. */
function resourceFor(part: Part, action: string, storage: Storage): string {
  if (action.startsWith("kms:")) return KEY_ARN;
  const arn = bucketArn(storage);
  const ofBucket = /Bucket/.test(action) && !/Object/.test(action);
  const patterns = [part.raw.Resource].flat();
  const pattern = patterns.find((one) => one.includes("/") !== ofBucket) ?? patterns[0] ?? arn;
  if (pattern === "*") return ofBucket ? arn : `${arn}/any-file`;
  return pattern.replace(/\*/g, "any-file").replace(/\?/g, "x");
}

/** A value that meets one test, or nothing if it is met by absence. */
function meeting(operator: string, key: string, values: readonly string[]): string | undefined {
  const [first = ""] = values;
  if (operator === "Null") return first === "false" ? (key.includes("customer") ? "AES256" : "present") : undefined;
  if (operator.includes("NotIpAddress")) return "198.51.100.7";
  if (operator.includes("IpAddress")) return first.split("/")[0];
  if (/Not(Equals|Like)/.test(operator))
    return key.endsWith("key-id") ? OTHER_KEY : key.includes("encryption") ? "AES256" : "another";
  if (/^Numeric(GreaterThan|LessThan)/.test(operator))
    return String(Number(first) + (operator.includes("Greater") ? 1000 : -1000));
  return first.replace(/[*?]/g, "x");
}

/** A request's context that meets a condition, if one can be made. */
function contextMeeting(condition: unknown): Context {
  const tests = [...testsOf(condition)].sort((a, b) => Number(b.operator === "Null") - Number(a.operator === "Null"));
  const met: Record<string, string> = { ...(BY_HEADER as Context) };
  for (const { operator, key, values } of tests) {
    const written = Object.keys(met).find((name) => name.toLowerCase() === key) ?? key;
    const value = meeting(operator, key, values);
    if (value === undefined) delete met[written];
    else met[written] = value;
  }
  return met;
}

/** Who asks: one whom the statement speaks of, or of everyone one whom the policy lets in. */
function askers(part: Part, policy: ReadPolicy): string[] {
  const named = identities(part.raw.Principal);
  const allowed = policy.parts
    .filter(({ raw }) => raw.Effect === "Allow")
    .flatMap(({ raw }) => identities(raw.Principal));
  return [...new Set(part.raw.Effect === "Deny" && named.includes("*") ? [...allowed, "*"] : named)];
}

/** An example of each answer, found by asking the whole policy. */
export function examplesOf(
  part: Part,
  policy: ReadPolicy,
  storage: Storage,
): { allowed?: Question; refused?: Question } {
  try {
    return found(part, policy, storage);
  } catch {
    return {}; // a question that can't be put: no example is better than a wrong one
  }
}

function found(part: Part, policy: ReadPolicy, storage: Storage): { allowed?: Question; refused?: Question } {
  const contexts = [BY_HEADER, OVER_TLS, ...networksIn([policy]).map((network) => presigned(1, network))];
  const patterns = [part.raw.Action].flat();
  const questions = askers(part, policy).flatMap((principal) =>
    patterns.map((pattern): Question => {
      const action = actionFor(pattern);
      return { principal, action, resource: resourceFor(part, action, storage) };
    }),
  );
  const refusing = part.raw.Effect === "Deny" ? meetingIt(questions, part) : beyondIt(questions, policy, storage);
  const allowed = firstAllowed(questions, contexts, policy);
  const refused = refusing.find((question) => decideDirectly(policy, question) !== "allow");
  return { ...(allowed ? { allowed } : {}), ...(refused ? { refused } : {}) };
}

function firstAllowed(
  questions: readonly Question[],
  contexts: readonly Question["context"][],
  policy: ReadPolicy,
): Question | undefined {
  for (const question of questions) {
    for (const context of contexts) {
      const asked = { ...question, ...(context ? { context } : {}) };
      if (decideDirectly(policy, asked) === "allow") return asked;
    }
  }
  return undefined;
}

/** What a Deny is there for. */
function meetingIt(questions: readonly Question[], part: Part): Question[] {
  const context = part.raw.Condition === undefined ? (BY_HEADER as Context) : contextMeeting(part.raw.Condition);
  return questions.map((question) => ({ ...question, context }));
}

/** What an Allow doesn't cover: more than it says, or somebody else. */
function beyondIt(questions: readonly Question[], { parts }: ReadPolicy, storage: Storage): Question[] {
  const ofKey = parts.some(({ actions }) => actions.some((action) => action.startsWith("kms:")));
  const [action, resource] = ofKey ? ["kms:ScheduleKeyDeletion", KEY_ARN] : ["s3:PutBucketPolicy", bucketArn(storage)];
  const more = questions.map(({ principal }) => ({ principal, action, resource, context: BY_HEADER }));
  const stranger = "arn:aws:iam::999999999999:role/anyone";
  return [...more, ...questions.map((question) => ({ ...question, principal: stranger, context: BY_HEADER }))];
}

const SAID: Readonly<Record<string, (value: string) => string>> = {
  "aws:securetransport": (value) => (value === "false" ? "over plain HTTP" : ""),
  "s3:authtype": (value) => (value === "REST-QUERY-STRING" ? "by a pre-signed URL" : ""),
  "aws:sourceip": (value) => (value.startsWith("203.0.113.") ? "" : `from ${value}`),
  "s3:signatureage": (value) => (Number(value) > 1000 ? `${Math.ceil(Number(value) / 1000)} s after signing` : ""),
};

/** A request in words: `s3:GetObject of acme/any-file by …, over plain HTTP`. */
export function questionInWords({ action, resource, context = {} }: Question, who: string): string {
  const what = resource === KEY_ARN ? "the key" : resource.split(":").slice(5).join(":");
  const details = Object.entries(context).map(([key, value]) => {
    const said = entryOf(SAID, key.toLowerCase());
    return said ? said(String(value)) : `with ${key} "${String(value)}"`;
  });
  return [`${action} of ${what} by ${who}`, ...details.filter(Boolean)].join(", ");
}
