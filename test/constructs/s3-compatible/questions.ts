import type { Policy } from "../../../constructs/aws/policy";
import { decide, readPolicy, type Question } from "../../../review/iam";
import { CEPH_STORAGE, CIDRS, ofKind, policyOf, userPolicyOf } from "./fixture";

const WANDB = CEPH_STORAGE.principal;
const OWNER = "arn:aws:iam::111122223333:user/owner";
const BUCKET = "arn:aws:s3:::acme-wandb";
const FILE = `${BUCKET}/omega/run/file.h5`;
const TLS = { "aws:SecureTransport": "true" };
const HTTP = { "aws:SecureTransport": "false" };
const CUSTOMER_KEY = { "s3:x-amz-server-side-encryption-customer-algorithm": "AES256" };
const HEADER = { ...TLS, "s3:authType": "REST-HEADER" };
const NEAR = { "aws:SourceIp": "10.20.30.40" };
const FAR = { "aws:SourceIp": "10.30.30.40" };
const HOUR = 3_600_000;
/** A pre-signed URL, used at once. */
const URL = {
  ...TLS,
  "s3:authType": "REST-QUERY-STRING",
  "s3:signatureversion": "AWS4-HMAC-SHA256",
  "s3:signatureAge": "1000",
};
const old = (milliseconds: number) => ({ ...URL, "s3:signatureAge": String(milliseconds) });

/** A question, its answer, and how it is asked. */
export type Row = [
  question: string,
  answer: "allow" | "deny" | "implicit-deny",
  asked: Partial<Question> & Pick<Question, "action">,
];

/** Answers of every store; whoever is not named is W&B's user, over TLS, asking for a file. */
// prettier-ignore
const EVERYWHERE: Row[] = [
  ["W&B reads a file", "allow", { action: "s3:GetObject" }],
  ["W&B reads a version of a file", "allow", { action: "s3:GetObjectVersion" }],
  ["W&B uploads a file, without any header", "allow", { action: "s3:PutObject" }],
  ["W&B deletes a file", "allow", { action: "s3:DeleteObject" }],
  ["W&B aborts an upload", "allow", { action: "s3:AbortMultipartUpload" }],
  ["W&B deletes a version of a file", "implicit-deny", { action: "s3:DeleteObjectVersion" }],
  ["W&B changes the ACL of a file", "implicit-deny", { action: "s3:PutObjectAcl" }],
  ["W&B lists the bucket", "allow", { action: "s3:ListBucket", resource: BUCKET }],
  ["W&B lists versions", "allow", { action: "s3:ListBucketVersions", resource: BUCKET }],
  ["W&B lists uploads", "allow", { action: "s3:ListBucketMultipartUploads", resource: BUCKET }],
  ["W&B reads the location", "allow", { action: "s3:GetBucketLocation", resource: BUCKET }],
  ["W&B reads the versioning", "allow", { action: "s3:GetBucketVersioning", resource: BUCKET }],
  ["W&B reads the CORS rules", "allow", { action: "s3:GetBucketCORS", resource: BUCKET }],
  ["W&B changes the policy", "implicit-deny", { action: "s3:PutBucketPolicy", resource: BUCKET }],
  ["W&B reads the policy", "implicit-deny", { action: "s3:GetBucketPolicy", resource: BUCKET }],
  ["W&B deletes the bucket", "implicit-deny", { action: "s3:DeleteBucket", resource: BUCKET }],
  ["W&B changes the CORS rules", "implicit-deny", { action: "s3:PutBucketCORS", resource: BUCKET }],
  ["W&B changes the lifecycle", "implicit-deny", { action: "s3:PutLifecycleConfiguration", resource: BUCKET }],
  ["W&B reads a file of another bucket", "implicit-deny", { action: "s3:GetObject", resource: "arn:aws:s3:::acme-wandb-2/x" }],
  ["another user reads", "implicit-deny", { action: "s3:GetObject", principal: "arn:aws:iam::111122223333:user/other" }],
  ["a user of that name of another tenant reads", "implicit-deny", { action: "s3:GetObject", principal: "arn:aws:iam::999999999999:user/wandb" }],
  ["anyone reads", "implicit-deny", { action: "s3:GetObject", principal: "*" }],
  ["the owner is not shut out (the store lets him in)", "implicit-deny", { action: "s3:PutBucketPolicy", principal: OWNER, resource: BUCKET }],
];

// prettier-ignore
const NO_HTTP: Row[] = [
  ["W&B reads without TLS", "deny", { action: "s3:GetObject", context: HTTP }],
  ["W&B uploads without TLS", "deny", { action: "s3:PutObject", context: HTTP }],
  ["W&B lists without TLS", "deny", { action: "s3:ListBucket", resource: BUCKET, context: HTTP }],
];

// prettier-ignore
const CEPH: Row[] = [
  ...EVERYWHERE,
  ...NO_HTTP,
  ["the owner reads without TLS", "deny", { action: "s3:GetObject", principal: OWNER, context: HTTP }],
  ["W&B reads without TLS, as Ceph sees it: the key is absent", "deny", { action: "s3:GetObject", context: {} }],
  ["W&B reads the encryption, of which Ceph's policies can't speak", "implicit-deny", { action: "s3:GetEncryptionConfiguration", resource: BUCKET }],
  ["W&B uploads with a key of its own (not enforced)", "allow", { action: "s3:PutObject", context: { ...TLS, ...CUSTOMER_KEY } }],
  ["an old URL reads (not enforced)", "allow", { action: "s3:GetObject", context: old(25 * HOUR) }],
];

// prettier-ignore
const CEPH_NETWORK: Row[] = [
  ["W&B reads from the range", "allow", { action: "s3:GetObject", context: { ...TLS, ...NEAR } }],
  ["W&B uploads from the range", "allow", { action: "s3:PutObject", context: { ...TLS, ...NEAR } }],
  ["W&B deletes from the range", "allow", { action: "s3:DeleteObject", context: { ...TLS, ...NEAR } }],
  ["W&B aborts from the range", "allow", { action: "s3:AbortMultipartUpload", context: { ...TLS, ...NEAR } }],
  ["W&B reads from the IPv6 range", "allow", { action: "s3:GetObject", context: { ...TLS, "aws:SourceIp": "2001:db8:1::7" } }],
  ["W&B reads from elsewhere", "deny", { action: "s3:GetObject", context: { ...TLS, ...FAR } }],
  ["W&B reads a version from elsewhere", "deny", { action: "s3:GetObjectVersion", context: { ...TLS, ...FAR } }],
  ["W&B uploads from elsewhere", "deny", { action: "s3:PutObject", context: { ...TLS, ...FAR } }],
  ["W&B deletes from elsewhere", "deny", { action: "s3:DeleteObject", context: { ...TLS, ...FAR } }],
  ["W&B aborts from elsewhere", "deny", { action: "s3:AbortMultipartUpload", context: { ...TLS, ...FAR } }],
  ["W&B lists from elsewhere", "allow", { action: "s3:ListBucket", resource: BUCKET, context: { ...TLS, ...FAR } }],
  ["the owner mends the policy from elsewhere", "implicit-deny", { action: "s3:PutBucketPolicy", principal: OWNER, resource: BUCKET, context: { ...TLS, ...FAR } }],
  ["the owner reads from elsewhere", "implicit-deny", { action: "s3:GetObject", principal: OWNER, context: { ...TLS, ...FAR } }],
];

/** Answers of the policy of W&B's user on MinIO. */
// prettier-ignore
const MINIO: Row[] = [
  ...EVERYWHERE,
  ...NO_HTTP,
  ["W&B reads the encryption", "allow", { action: "s3:GetEncryptionConfiguration", resource: BUCKET }],
  ["W&B uploads with a key of its own", "deny", { action: "s3:PutObject", context: { ...TLS, ...CUSTOMER_KEY } }],
  ["a URL reads, after an hour", "allow", { action: "s3:GetObject", context: old(HOUR) }],
  ["a URL reads, after more than an hour", "deny", { action: "s3:GetObject", context: old(HOUR + 1) }],
  ["a URL uploads, after 24 hours", "allow", { action: "s3:PutObject", context: old(24 * HOUR) }],
  ["a URL uploads, after more than 24 hours", "deny", { action: "s3:PutObject", context: old(24 * HOUR + 1) }],
  ["a URL of Signature Version 2 reads", "deny", { action: "s3:GetObject", context: { ...URL, "s3:signatureversion": "AWS", "s3:signatureAge": "0" } }],
  ["W&B itself reads by an old header", "allow", { action: "s3:GetObject", context: { ...HEADER, "s3:signatureAge": String(25 * HOUR) } }],
  ["W&B itself uploads by an old header", "allow", { action: "s3:PutObject", context: { ...HEADER, "s3:signatureAge": String(25 * HOUR) } }],
  ["W&B itself reads by a header of Signature Version 2", "allow", { action: "s3:GetObject", context: { ...HEADER, "s3:signatureversion": "AWS" } }],
];

// prettier-ignore
const MINIO_NETWORK: Row[] = [
  ["a URL reads from the range", "allow", { action: "s3:GetObject", context: { ...URL, ...NEAR } }],
  ["a URL reads from elsewhere", "deny", { action: "s3:GetObject", context: { ...URL, ...FAR } }],
  ["a URL uploads from elsewhere", "deny", { action: "s3:PutObject", context: { ...URL, ...FAR } }],
  ["W&B itself reads from elsewhere", "allow", { action: "s3:GetObject", context: { ...HEADER, ...FAR } }],
];

/** Answers of the policy of a bucket on MinIO, of which only those to requests without a key count. */
const ANONYMOUS = { "aws:principaltype": "Anonymous" };
// prettier-ignore
const MINIO_BUCKET: Row[] = [
  ["anyone reads", "deny", { action: "s3:GetObject", principal: "*", context: ANONYMOUS }],
  ["anyone uploads", "deny", { action: "s3:PutObject", principal: "*", context: ANONYMOUS }],
  ["anyone lists", "deny", { action: "s3:ListBucket", principal: "*", resource: BUCKET, context: ANONYMOUS }],
  ["whoever has a key, should MinIO ever ask", "implicit-deny", { action: "s3:GetObject", context: { "aws:principaltype": "User" } }],
];

/** What a policy says to a question. */
export function ask(policy: Policy, { principal = WANDB, resource = FILE, context = TLS, action }: Row[2]) {
  return decide(readPolicy(JSON.stringify(policy)), { principal, resource, context, action }).effect;
}

/** The policy of W&B's user, in the form of one that is attached to a bucket: it speaks of its user, wherever it stands. */
function asBucketPolicy(change: object): Policy {
  const { Version, Statement = [] } = userPolicyOf(change) ?? { Version: "2012-10-17" };
  return { Version, Statement: Statement.map((each) => ({ ...each, Principal: { AWS: WANDB } })) };
}

/** The policies that are asked, each with its questions. */
export const SUBJECTS: { variant: string; policy: Policy; rows: Row[] }[] = [
  { variant: "of the bucket on Ceph", policy: policyOf(), rows: CEPH },
  {
    variant: "of the bucket on Ceph, with a network",
    policy: policyOf({ network: { cidrs: CIDRS } }),
    rows: [...CEPH.map(near), ...CEPH_NETWORK],
  },
  { variant: "of the bucket on MinIO", policy: policyOf(ofKind("minio")), rows: MINIO_BUCKET },
  { variant: "of the user on MinIO", policy: asBucketPolicy(ofKind("minio")), rows: MINIO },
  {
    variant: "of the user on AIStor, with a network",
    policy: asBucketPolicy({ ...ofKind("aistor"), network: { cidrs: CIDRS } }),
    rows: [...MINIO.map(near), ...MINIO_NETWORK],
  },
  {
    variant: "of the bucket on an unknown store",
    policy: policyOf({ ...ofKind("other"), principal: WANDB }),
    rows: [
      ...EVERYWHERE,
      ["W&B reads the encryption", "allow", { action: "s3:GetEncryptionConfiguration", resource: BUCKET }],
    ],
  },
];

/** A row from within the range. */
function near([question, answer, { context = TLS, ...asked }]: Row): Row {
  return [question, answer, { ...asked, context: { ...context, ...NEAR } }];
}
