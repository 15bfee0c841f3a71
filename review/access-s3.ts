import { allUnknown, cells, either, NO, type Cell, type Row } from "./access";
import { S3_CAPABILITIES, type Capability } from "./capability";
import type { Limit } from "./condition-words";
import { partsOf, type Facts, type Key, type Storage } from "./facts";
import { asAws } from "./foreign-arns";
import { s3Principal } from "./principals";
import { isRead, parsePolicy, possible, principalsIn, type ReadPolicy, type UnreadPolicy } from "./s3-policy";
import { entryOf, isOpen, pick, textAt, type Json, textOf } from "./value";

/** The bucket and key policies of a storage. */
export interface S3Policies {
  readonly bucket: readonly ReadPolicy[];
  readonly key: readonly ReadPolicy[];
  readonly unread: readonly UnreadPolicy[];
  /** Keys whose policy isn't in these files. */
  readonly elsewhere: readonly Key[];
}

const cache = new WeakMap<Storage, S3Policies>();

/** The policies as the resources set them. */
export function policiesOf(storage: Storage): S3Policies {
  const known = cache.get(storage) ?? readPolicies(storage);
  cache.set(storage, known);
  return known;
}

function readPolicies(storage: Storage): S3Policies {
  const bucketParts = partsOf(
    storage,
    "aws_s3_bucket_policy",
    "aws_s3_bucket",
    "coreweave_object_storage_bucket_policy",
  );
  const keyParts = partsOf(storage, "aws_kms_key_policy", "aws_kms_key");
  const read = (parts: typeof bucketParts) =>
    parts.flatMap(({ address, values }) => policyIn(address, values["policy"], storage));
  const [bucket, key] = [read(bucketParts), read(keyParts)];
  const all = [...bucket, ...key];
  return {
    bucket: bucket.filter(isRead),
    key: key.filter(isRead),
    unread: all.filter((policy): policy is UnreadPolicy => !isRead(policy)),
    elsewhere: storage.keys.filter(({ resource }) => !resource),
  };
}

function policyIn(address: string, value: Json | undefined, { cloud }: Storage): (ReadPolicy | UnreadPolicy)[] {
  if (value === undefined || value === null || value === "") return [];
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (isOpen(text) && !text.trimStart().startsWith("{"))
    return [{ address, why: "The policy is known only after apply." }];
  return [parsePolicy(address, cloud === "aws" ? text : asAws(text))];
}

/** The ARN of the bucket in the partition that its policy names it in. */
export function bucketArn({ place, name }: Storage): string {
  const partition = place?.startsWith("cn-") ? "aws-cn" : place?.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return `arn:${partition}:s3:::${name}`;
}

/** Stands for a key's ARN: a key policy can speak of nothing but its key, and is attached to no other. */
const KEY_ARN = "arn:aws:kms:us-east-1:000000000000:key/this";

/** Who can do what with a bucket of S3, or of a store that speaks as S3 does. */
export function s3Rows(storage: Storage, facts: Facts): Row[] {
  const policies = policiesOf(storage);
  const named = [...policies.bucket, ...policies.key].flatMap(principalsIn);
  const rows = [...new Set(named)].map((id) => row(id, storage, facts, policies));
  const unread = policies.unread.map((policy) => unreadRow(policy, storage));
  return [...rows, ...aclRows(storage), ...unread, ...byOwnPolicy(rows, storage, facts)];
}

/** On some stores users have policies of their own, and the bucket's speaks of nobody: what W&B may do isn't told here. */
function byOwnPolicy(rows: readonly Row[], storage: Storage, facts: Facts): Row[] {
  const declared = storage.declared && textAt(storage.declared.fields, "principal");
  const silent = policiesOf(storage).bucket.length > 0 && !rows.length;
  if (storage.cloud !== "s3-compatible" || declared === undefined || !silent) return [];
  const why = "a policy of the store's own user, which is not in these files";
  return [{ storage: storage.id, principal: s3Principal(declared, storage, facts), cells: allUnknown(why) }];
}

function row(id: string, storage: Storage, facts: Facts, policies: S3Policies): Row {
  const principal = s3Principal(id, storage, facts);
  const cell = (capability: Capability) => ofUnread(s3Cell(id, capability, storage, policies), policies.unread);
  return { storage: storage.id, principal, cells: cells(cell) };
}

/** Beside a policy that can't be read, no "no" is certain. */
function ofUnread(cell: Cell, unread: readonly UnreadPolicy[]): Cell {
  if (cell.answer === "yes" || !unread.length) return cell;
  return { answer: "unknown", limits: [], because: unread.map(({ address }) => `${address} can't be judged`) };
}

function s3Cell(id: string, capability: Capability, storage: Storage, policies: S3Policies): Cell {
  const probed = S3_CAPABILITIES[capability].map((action) => {
    const ofKey = action.startsWith("kms:");
    const found = ofKey ? keyCell(id, action, policies) : bucketCell(id, action, storage, policies.bucket);
    return found;
  });
  const cell = probed.reduce(either, NO);
  const unknowable = capability === "decrypt" && cell.answer === "no" && policies.elsewhere.length > 0;
  const because = policies.elsewhere.map(({ id: key }) => `the policy of ${key} is not in these files`);
  return unknowable ? { answer: "unknown", limits: [], because } : cell;
}

function keyCell(principal: string, action: string, { key }: S3Policies): Cell {
  return key.map((policy) => asked(policy, principal, action, KEY_ARN)).reduce(either, NO);
}

const SAMPLE = "any-file";

function bucketCell(principal: string, action: string, storage: Storage, policies: readonly ReadPolicy[]): Cell {
  const arn = bucketArn(storage);
  return policies.map((policy) => ofBucket(policy, principal, action, arn)).reduce(either, NO);
}

/** Whether an action is one on objects; AWS asks it of no bucket. */
function isOnObjects(action: string): boolean {
  return /Object|^s3:AbortMultipartUpload$/.test(action) && !/Bucket/.test(action);
}

function ofBucket(policy: ReadPolicy, principal: string, action: string, arn: string): Cell {
  if (!isOnObjects(action)) return asked(policy, principal, action, arn);
  const whole = asked(policy, principal, action, `${arn}/${SAMPLE}`);
  if (whole.answer === "yes") return whole;
  return narrower(policy, arn)
    .map((pattern) => below(pattern, policy, principal, action, arn))
    .reduce(either, NO);
}

/** What a policy names within a bucket: paths of the bucket, or other buckets that it can't reach anyway. */
function narrower({ parts }: ReadPolicy, arn: string): string[] {
  const allowed = parts.filter(({ raw }) => raw.Effect === "Allow").flatMap(({ raw }) => [raw.Resource].flat());
  return [...new Set(allowed)].filter((pattern) => pattern.startsWith(`${arn}/`) && pattern !== `${arn}/*`);
}

function below(pattern: string, policy: ReadPolicy, principal: string, action: string, arn: string): Cell {
  const cell = asked(policy, principal, action, pattern.replace(/[*?]/g, "x"));
  const limit: Limit = {
    kind: "scope",
    text: `only ${pattern.slice(arn.length + 1)}`,
    admits: [pattern.slice(arn.length + 1)],
  };
  return cell.answer === "yes" ? { ...cell, limits: [limit, ...cell.limits] } : cell;
}

function asked(policy: ReadPolicy, principal: string, action: string, resource: string): Cell {
  const found = possible(policy, { principal, action, resource });
  if (!found) return NO;
  const because = found.by.map((name) => `${policy.address} "${name}"`);
  return { answer: "yes", limits: found.limits, because };
}

function unreadRow({ address, why }: UnreadPolicy, storage: Storage): Row {
  const principal = { id: address, label: `whoever ${address} lets in`, kind: "stranger", note: why } as const;
  return { storage: storage.id, principal, cells: allUnknown(why) };
}

const EVERYONE = "http://acs.amazonaws.com/groups/global/AllUsers";

/** What canned ACLs let everyone do. @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const ACLS: Readonly<Record<string, readonly Capability[]>> = {
  "public-read": ["list"],
  "public-read-write": ["list", "write", "delete"],
  "authenticated-read": ["list"],
};

/** What ACLs let everyone do, unless the bucket ignores public ones. */
function aclRows(storage: Storage): Row[] {
  const parts = partsOf(storage, "aws_s3_bucket_acl", "aws_s3_bucket");
  const ignored = partsOf(storage, "aws_s3_bucket_public_access_block").some(
    ({ values }) => values["ignore_public_acls"] === true,
  );
  return parts.flatMap(({ address, values }) => {
    const granted = JSON.stringify(pick(values, "access_control_policy") ?? "").includes(EVERYONE);
    const allowed = granted ? (["list", "read", "write", "delete"] as const) : entryOf(ACLS, textOf(values["acl"]));
    if (!allowed || ignored) return [];
    const principal = { id: "*", label: "everyone", kind: "everyone" } as const;
    const cell = (name: Capability): Cell =>
      allowed.includes(name) ? { answer: "yes", limits: [], because: [address] } : NO;
    return [{ storage: storage.id, principal, cells: cells(cell) }];
  });
}
