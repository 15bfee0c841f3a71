import { bucketArn, policiesOf } from "./access-s3";
import type { Storage } from "./facts";
import type { Question } from "./iam";
import { testsOf } from "./condition-words";
import { entryOf, textAt } from "./value";
import { decideDirectly, type ReadPolicy } from "./s3-policy";

type Context = NonNullable<Question["context"]>;

/** What every request of today's clients says. */
export const OVER_TLS: Context = { "aws:SecureTransport": "true" };
/** W&B itself, which signs in the header. */
export const BY_HEADER: Context = { ...OVER_TLS, "s3:authType": "REST-HEADER", "aws:SourceIp": "203.0.113.77" };

/** A request by a pre-signed URL that is a number of seconds old. */
export function presigned(ageSeconds: number, network: Context): Context {
  return {
    ...OVER_TLS,
    "s3:authType": "REST-QUERY-STRING",
    "s3:signatureAge": String(ageSeconds * 1000),
    ...network,
  };
}

/** An address of no one, for whoever may come from anywhere. @see https://www.rfc-editor.org/rfc/rfc5737 */
const ANYWHERE: Context = { "aws:SourceIp": "203.0.113.77" };

const KEYS: Readonly<Record<string, (value: string) => Context>> = {
  "aws:sourceip": (range) => ({ "aws:SourceIp": range.split("/")[0] ?? range }),
  "aws:sourcevpc": (id) => ({ "aws:SourceVpc": id }),
  "aws:sourcevpce": (id) => ({ "aws:SourceVpce": id }),
  "aws:vpcsourceip": (range) => ({ "aws:VpcSourceIp": range.split("/")[0] ?? range }),
};

/** Where requests may come from: one place for each that the policies name, and one that none names. */
export function networksIn(policies: readonly ReadPolicy[]): readonly Context[] {
  const known = networks.get(policies) ?? allNetworks(policies);
  networks.set(policies, known);
  return known;
}

const networks = new WeakMap<readonly ReadPolicy[], readonly Context[]>();

function allNetworks(policies: readonly ReadPolicy[]): Context[] {
  const tests = policies.flatMap(({ parts }) => parts.flatMap(({ raw }) => testsOf(raw.Condition)));
  const named = tests.flatMap(({ key, values }) => {
    const as = entryOf(KEYS, key);
    return as ? values.map(as) : [];
  });
  return [ANYWHERE, ...named];
}

/** A question to a bucket: of the bucket itself, or of a file below a path. */
interface BucketQuestion extends Omit<Question, "resource"> {
  /** Folder of the file; absent: the bucket. */
  readonly path?: string;
}

/** How a bucket's policies together answer: a Deny of one beats every Allow. */
export function askBucket(storage: Storage, { path, context = {}, ...rest }: BucketQuestion) {
  const arn = bucketArn(storage);
  const isOfBucket = path === undefined || /Bucket$/.test(rest.action);
  const resource = isOfBucket ? arn : `${arn}/${path ? `${path}/` : ""}any-file`;
  return ask(policiesOf(storage).bucket, { ...rest, resource, context: { ...organizationOf(storage), ...context } });
}

const folders = new WeakMap<Storage, readonly string[]>();

/** The folders to ask about: those of the attachments, but where no statement tells folders apart the whole bucket. */
export function pathsOf(storage: Storage): readonly string[] {
  const known = folders.get(storage) ?? foldersOf(storage);
  folders.set(storage, known);
  return known;
}

function foldersOf(storage: Storage): string[] {
  const arn = bucketArn(storage);
  const named = policiesOf(storage).bucket.flatMap(({ parts }) => parts.flatMap(({ raw }) => [raw.Resource].flat()));
  const apart = named.some((resource) => !["*", arn, `${arn}/*`].includes(resource));
  return apart ? [...new Set(storage.attachments.map(({ path }) => path)), ""] : [""];
}

/** The organization of W&B's for which W&B asks on CoreWeave: the one that the policy names. @see BYOB page */
function organizationOf({ cloud, declared }: Storage): Context {
  const fields = ["organizationId", "customerNamespace"].flatMap(
    (key) => (declared && textAt(declared.fields, key)) ?? [],
  );
  return cloud === "coreweave" && fields[0] !== undefined ? { "wandb:OrgID": fields[0] } : {};
}

/** How a key's policies together answer. */
export function askKey(storage: Storage, question: Omit<Question, "resource">) {
  return ask(policiesOf(storage).key, { ...question, resource: "arn:aws:kms:us-east-1:000000000000:key/this" });
}

function ask(policies: readonly ReadPolicy[], question: Question) {
  const decisions = policies.map((policy) => decideDirectly(policy, question));
  return (
    decisions.find((effect) => effect === "deny") ?? decisions.find((effect) => effect === "allow") ?? "implicit-deny"
  );
}
