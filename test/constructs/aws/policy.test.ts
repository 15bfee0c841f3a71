import {
  BUCKET_ACTIONS,
  bucketPolicy,
  KEY_ACTIONS,
  keyPolicy,
  logBucketPolicy,
  OBJECT_ACTIONS,
  type Policy,
} from "../../../constructs/aws/policy";
import { allOf, decide, readPolicy, type Question } from "../../../review/iam";
import { dedicated, KEY_ARN, saas } from "../../support/deployments";
import { only, synth } from "../../support/synth";

const WANDB = "arn:aws:iam::725579432336:role/WandbIntegration";
const OWNER = "arn:aws:iam::111122223333:role/admin";
const STRANGER = "arn:aws:iam::999999999999:role/stranger";
const BUCKET = "arn:aws:s3:::acme-wandb";
const FILE = `${BUCKET}/omega/run/file.h5`;
const TLS = { "aws:SecureTransport": "true" };
const ALGORITHM = "s3:x-amz-server-side-encryption";
const KEY_ID = "s3:x-amz-server-side-encryption-aws-kms-key-id";
const CUSTOMER_KEY = "s3:x-amz-server-side-encryption-customer-algorithm";
const OTHER_KEY = "arn:aws:kms:us-east-1:999999999999:key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

/** A pre-signed URL of W&B, used at once. */
const URL = {
  ...TLS,
  "s3:authType": "REST-QUERY-STRING",
  "s3:signatureversion": "AWS4-HMAC-SHA256",
  "s3:signatureAge": "1000",
};
const HOUR = 3_600_000;
const old = (milliseconds: number) => ({ ...URL, "s3:signatureAge": String(milliseconds) });
const from = (key: string, value: string) => ({ ...URL, [key]: value });

type Row = [
  question: string,
  answer: "allow" | "deny" | "implicit-deny",
  asked: Partial<Question> & Pick<Question, "action">,
];

/** The answers of the bucket policy; whoever is not named is W&B, over TLS, asking for a file. */
// prettier-ignore
const ROWS: Row[] = [
  ["W&B reads a file", "allow", { action: "s3:GetObject" }],
  ["W&B reads a version of a file", "allow", { action: "s3:GetObjectVersion" }],
  ["W&B uploads a file by a pre-signed URL, without any header", "allow", { action: "s3:PutObject" }],
  ["W&B deletes a file", "allow", { action: "s3:DeleteObject" }],
  ["W&B aborts an upload", "allow", { action: "s3:AbortMultipartUpload" }],
  ["W&B deletes a version of a file", "implicit-deny", { action: "s3:DeleteObjectVersion" }],
  ["W&B changes the ACL of a file", "implicit-deny", { action: "s3:PutObjectAcl" }],
  ["W&B tags a file", "implicit-deny", { action: "s3:PutObjectTagging" }],
  ["W&B lists the bucket", "allow", { action: "s3:ListBucket", resource: BUCKET }],
  ["W&B lists versions", "allow", { action: "s3:ListBucketVersions", resource: BUCKET }],
  ["W&B lists uploads", "allow", { action: "s3:ListBucketMultipartUploads", resource: BUCKET }],
  ["W&B reads the location", "allow", { action: "s3:GetBucketLocation", resource: BUCKET }],
  ["W&B reads the versioning", "allow", { action: "s3:GetBucketVersioning", resource: BUCKET }],
  ["W&B reads the CORS rules", "allow", { action: "s3:GetBucketCORS", resource: BUCKET }],
  ["W&B reads the encryption", "allow", { action: "s3:GetEncryptionConfiguration", resource: BUCKET }],
  ["W&B changes the policy", "implicit-deny", { action: "s3:PutBucketPolicy", resource: BUCKET }],
  ["W&B reads the policy", "implicit-deny", { action: "s3:GetBucketPolicy", resource: BUCKET }],
  ["W&B deletes the policy", "implicit-deny", { action: "s3:DeleteBucketPolicy", resource: BUCKET }],
  ["W&B deletes the bucket", "implicit-deny", { action: "s3:DeleteBucket", resource: BUCKET }],
  ["W&B changes the encryption", "implicit-deny", { action: "s3:PutEncryptionConfiguration", resource: BUCKET }],
  ["W&B makes it public", "implicit-deny", { action: "s3:PutBucketPublicAccessBlock", resource: BUCKET }],
  ["W&B changes the lifecycle", "implicit-deny", { action: "s3:PutLifecycleConfiguration", resource: BUCKET }],
  ["W&B reads a file of another bucket", "implicit-deny", { action: "s3:GetObject", resource: "arn:aws:s3:::acme-wandb-2/x" }],
  ["another role of W&B's account reads", "implicit-deny", { action: "s3:GetObject", principal: "arn:aws:iam::725579432336:role/Other" }],
  ["a stranger reads", "implicit-deny", { action: "s3:GetObject", principal: STRANGER }],
  ["anyone reads", "implicit-deny", { action: "s3:GetObject", principal: "*" }],
  ["anyone lists", "implicit-deny", { action: "s3:ListBucket", principal: "*", resource: BUCKET }],
  ["the owner is not shut out (his own policies decide)", "implicit-deny", { action: "s3:PutBucketPolicy", principal: OWNER, resource: BUCKET }],

  ["W&B reads without TLS", "deny", { action: "s3:GetObject", context: { "aws:SecureTransport": "false" } }],
  ["W&B uploads without TLS", "deny", { action: "s3:PutObject", context: { "aws:SecureTransport": "false" } }],
  ["W&B lists without TLS", "deny", { action: "s3:ListBucket", resource: BUCKET, context: { "aws:SecureTransport": "false" } }],
  ["the owner reads without TLS", "deny", { action: "s3:GetObject", principal: OWNER, context: { "aws:SecureTransport": "false" } }],

  ["W&B uploads with a key of its own (SSE-C)", "deny", { action: "s3:PutObject", context: { ...TLS, [CUSTOMER_KEY]: "AES256" } }],
  ["the owner uploads with a key of his own (SSE-C)", "deny", { action: "s3:PutObject", principal: OWNER, context: { ...TLS, [CUSTOMER_KEY]: "AES256" } }],
  ["W&B uploads with SSE-S3", "deny", { action: "s3:PutObject", context: { ...TLS, [ALGORITHM]: "AES256" } }],
  ["W&B uploads with two layers of KMS", "deny", { action: "s3:PutObject", context: { ...TLS, [ALGORITHM]: "aws:kms:dsse" } }],
  ["W&B uploads with KMS, and names no key", "allow", { action: "s3:PutObject", context: { ...TLS, [ALGORITHM]: "aws:kms" } }],
  ["W&B uploads with a key of another account", "deny", { action: "s3:PutObject", context: { ...TLS, [ALGORITHM]: "aws:kms", [KEY_ID]: OTHER_KEY } }],
  ["W&B uploads with the key of another region", "deny", { action: "s3:PutObject", context: { ...TLS, [KEY_ID]: KEY_ARN.replace("us-east-1", "us-west-2") } }],
  ["W&B uploads with the alias of a key", "deny", { action: "s3:PutObject", context: { ...TLS, [KEY_ID]: "arn:aws:kms:us-east-1:111122223333:alias/wandb" } }],
  ["W&B uploads with the bucket's key", "allow", { action: "s3:PutObject", context: { ...TLS, [ALGORITHM]: "aws:kms", [KEY_ID]: KEY_ARN } }],
  ["a URL reads, at once", "allow", { action: "s3:GetObject", context: URL }],
  ["a URL reads, after an hour", "allow", { action: "s3:GetObject", context: old(HOUR) }],
  ["a URL reads, after more than an hour", "deny", { action: "s3:GetObject", context: old(HOUR + 1) }],
  ["a URL reads a version, after more than an hour", "deny", { action: "s3:GetObjectVersion", context: old(HOUR + 1) }],
  ["a URL lists, after more than an hour", "deny", { action: "s3:ListBucket", resource: BUCKET, context: old(HOUR + 1) }],
  ["a URL uploads, after 24 hours", "allow", { action: "s3:PutObject", context: old(24 * HOUR) }],
  ["a URL uploads, after more than 24 hours", "deny", { action: "s3:PutObject", context: old(24 * HOUR + 1) }],
  ["a URL aborts, after more than 24 hours", "deny", { action: "s3:AbortMultipartUpload", context: old(24 * HOUR + 1) }],
  ["a URL deletes, after more than 24 hours", "deny", { action: "s3:DeleteObject", context: old(24 * HOUR + 1) }],
  ["a URL of Signature Version 2, which has no age, reads", "deny", { action: "s3:GetObject", context: { ...URL, "s3:signatureversion": "AWS", "s3:signatureAge": "0" } }],
  ["W&B itself reads by a header of Signature Version 2", "allow", { action: "s3:GetObject", context: { ...TLS, "s3:authType": "REST-HEADER", "s3:signatureversion": "AWS" } }],
  ["W&B itself reads by an old header", "allow", { action: "s3:GetObject", context: { ...TLS, "s3:authType": "REST-HEADER", "s3:signatureAge": String(25 * HOUR) } }],
  ["W&B itself uploads by an old header", "allow", { action: "s3:PutObject", context: { ...TLS, "s3:authType": "REST-HEADER", "s3:signatureAge": String(25 * HOUR) } }],
  ["the owner's own URL, after a day (his own policies decide)", "implicit-deny", { action: "s3:GetObject", principal: OWNER, context: old(24 * HOUR) }],
  ["W&B reads, whatever the headers of encryption say", "allow", { action: "s3:GetObject", context: { ...TLS, [CUSTOMER_KEY]: "AES256" } }],
];

function ask(policy: Policy, { principal = WANDB, resource = FILE, context = TLS, action }: Row[2]) {
  return decide(readPolicy(JSON.stringify(policy)), { principal, resource, context, action });
}

const policyOf = (deployment: object) =>
  JSON.parse(only(synth(deployment), "aws_s3_bucket_policy")["policy"] as string) as Policy;

describe.each([
  { variant: "with a key made beside it", policy: policyOf(saas()) },
  { variant: "with a given key", policy: policyOf(saas({ kmsKeyArn: KEY_ARN })) },
])("the bucket policy $variant", ({ policy }) => {
  test.each(ROWS.map(([question, answer, asked]) => ({ question, answer, asked })))(
    "$answer: $question",
    ({ answer, asked }) => {
      expect(ask(policy, asked).effect).toBe(answer);
    },
  );

  test.each(policy.Statement.map(({ Sid }) => Sid))("without %s, some answer is another", (sid) => {
    const without = { ...policy, Statement: policy.Statement.filter(({ Sid }) => Sid !== sid) };
    expect(ROWS.filter(([, answer, asked]) => ask(without, asked).effect !== answer)).not.toEqual([]);
  });

  test.each(
    policy.Statement.filter(({ Condition }) => Condition).flatMap(({ Sid, Condition }) =>
      Object.keys(Condition ?? {}).map((operator) => [Sid, operator]),
    ),
  )("without the %s's %s, some answer is another", (sid, operator) => {
    const Statement = policy.Statement.map((statement) => {
      const { [operator ?? ""]: _, ...Condition } = statement.Condition ?? {};
      const { Condition: __, ...bare } = statement;
      return statement.Sid !== sid ? statement : Object.keys(Condition).length ? { ...statement, Condition } : bare;
    });
    expect(ROWS.filter(([, answer, asked]) => ask({ ...policy, Statement }, asked).effect !== answer)).not.toEqual([]);
  });
});

test.each([
  "s3:DeleteObjectVersion",
  "s3:PutObjectAcl",
  "s3:PutObjectTagging",
  "s3:PutBucketPolicy",
  "s3:GetBucketPolicy",
  "s3:DeleteBucketPolicy",
  "s3:DeleteBucket",
  "s3:PutEncryptionConfiguration",
  "s3:PutBucketPublicAccessBlock",
  "s3:PutLifecycleConfiguration",
  "s3:Put*",
  "s3:*",
])("with %s allowed, too, some answer is another", (action) => {
  const policy = policyOf(saas());
  const Statement = policy.Statement.map((statement) =>
    statement.Effect === "Allow" ? { ...statement, Action: [...[statement.Action].flat(), action] } : statement,
  );
  expect(ROWS.filter(([, answer, asked]) => ask({ ...policy, Statement }, asked).effect !== answer)).not.toEqual([]);
});

/** The answers with networks; whoever is not named is a pre-signed URL of W&B, over TLS, asking for a file. */
// prettier-ignore
const NETWORK_ROWS: Row[] = [
  ["a URL from the IPv4 range reads", "allow", { action: "s3:GetObject", context: from("aws:SourceIp", "203.0.113.9") }],
  ["a URL from the IPv6 range uploads", "allow", { action: "s3:PutObject", context: from("aws:SourceIp", "2001:db8::1") }],
  ["a URL from elsewhere reads", "deny", { action: "s3:GetObject", context: from("aws:SourceIp", "198.51.100.1") }],
  ["a URL from elsewhere uploads", "deny", { action: "s3:PutObject", context: from("aws:SourceIp", "198.51.100.1") }],
  ["a URL from elsewhere lists", "deny", { action: "s3:ListBucket", resource: BUCKET, context: from("aws:SourceIp", "198.51.100.1") }],
  ["a URL through the endpoint reads", "allow", { action: "s3:GetObject", context: from("aws:SourceVpce", "vpce-0123456789abcdef0") }],
  ["a URL through another endpoint reads", "deny", { action: "s3:GetObject", context: from("aws:SourceVpce", "vpce-ffffffffffffffff0") }],
  ["a URL from the VPC reads", "allow", { action: "s3:GetObject", context: { ...from("aws:SourceVpce", "vpce-ffffffffffffffff0"), "aws:SourceVpc": "vpc-0123456789abcdef0" } }],
  ["a URL from another VPC reads", "deny", { action: "s3:GetObject", context: { ...from("aws:SourceVpce", "vpce-ffffffffffffffff0"), "aws:SourceVpc": "vpc-ffffffffffffffff0" } }],
  ["W&B itself lists, from where it runs", "allow", { action: "s3:ListBucket", resource: BUCKET, context: { ...TLS, "s3:authType": "REST-HEADER", "aws:SourceIp": "198.51.100.1" } }],
  ["W&B itself deletes, from where it runs", "allow", { action: "s3:DeleteObject", context: { ...TLS, "s3:authType": "REST-HEADER", "aws:SourceIp": "198.51.100.1" } }],
  ["the owner changes the policy, from anywhere (his own policies decide)", "implicit-deny", { action: "s3:PutBucketPolicy", principal: OWNER, resource: BUCKET, context: { ...TLS, "aws:SourceIp": "198.51.100.1" } }],
  ["the owner's own URL, from anywhere (his own policies decide)", "implicit-deny", { action: "s3:GetObject", principal: OWNER, context: from("aws:SourceIp", "198.51.100.1") }],
];

describe("with networks", () => {
  const lists = {
    cidrs: ["203.0.113.0/24", "2001:db8::/32"],
    vpcEndpoints: ["vpce-0123456789abcdef0"],
    vpcs: ["vpc-0123456789abcdef0"],
  };
  const policy = bucketPolicy({ ...saas().storage.main, principal: WANDB, network: lists });

  test.each(NETWORK_ROWS.map(([question, answer, asked]) => ({ question, answer, asked })))(
    "$answer: $question",
    ({ answer, asked }) => expect(ask(policy, asked).effect).toBe(answer),
  );

  test("every other answer stays as it was: no list says where W&B itself, or the owner, comes from", () => {
    const own = ROWS.filter(
      ([, , { context = TLS }]) => !("s3:authType" in context) || context["s3:authType"] !== URL["s3:authType"],
    );
    expect(own.length).toBeGreaterThan(40);
    for (const [question, answer, asked] of own)
      expect([question, ask(policy, asked).effect]).toEqual([question, answer]);
  });

  test.each(["cidrs", "vpcEndpoints", "vpcs"] as const)("without the list of %s, some answer is another", (list) => {
    const { [list]: _, ...others } = lists;
    const without = bucketPolicy({ ...saas().storage.main, principal: WANDB, network: others });
    expect(NETWORK_ROWS.filter(([, answer, asked]) => ask(without, asked).effect !== answer)).not.toEqual([]);
  });

  test("ranges alone refuse what comes through an endpoint: it has no source address", () => {
    const ranges = bucketPolicy({ ...saas().storage.main, principal: WANDB, network: { cidrs: lists.cidrs } });
    const inside = { action: "s3:GetObject", context: from("aws:SourceVpce", "vpce-0123456789abcdef0") };
    expect(ask(ranges, inside)).toEqual({ effect: "deny", statement: "DenyOtherNetworks" });
  });

  test("no Deny that can hit the owner or Terraform is for one network only", () => {
    for (const { Sid, Principal, Condition } of policy.Statement) {
      if (JSON.stringify(Condition ?? {}).includes("aws:Source"))
        expect([Sid, Principal]).toEqual([Sid, { AWS: WANDB }]);
    }
  });
});

test("urlLifetime.unrestricted leaves the age of URLs to W&B", () => {
  const loose = policyOf(saas({ urlLifetime: { unrestricted: true, reason: "uploads of several days" } }));
  expect(ask(loose, { action: "s3:GetObject", context: old(25 * HOUR) }).effect).toBe("allow");
});

test("a given key is matched exactly: another key of the same account and region is refused", () => {
  const other = { ...TLS, [KEY_ID]: "arn:aws:kms:us-east-1:111122223333:key/ffffffff-4e5f-4a6b-8c7d-9e0f1a2b3c4d" };
  const put = { action: "s3:PutObject", context: other };
  expect(ask(policyOf(saas({ kmsKeyArn: KEY_ARN })), put)).toEqual({ effect: "deny", statement: "DenyForeignKey" });
  expect(ask(policyOf(saas()), put).effect).toBe("allow"); // its ARN is not known before it is made
});

test("Dedicated's account root lets in every role of that account, and a named role only itself", () => {
  const read = (principal: string) => ({ action: "s3:GetObject", principal });
  const [one, two] = ["arn:aws:iam::830241207209:role/one", "arn:aws:iam::830241207209:role/two"];
  const wide = policyOf(dedicated());
  expect([ask(wide, read(one)).effect, ask(wide, read(two)).effect]).toEqual(["allow", "allow"]);
  const narrow = policyOf(dedicated({ principal: one }));
  expect([ask(narrow, read(one)).effect, ask(narrow, read(two)).effect]).toEqual(["allow", "implicit-deny"]);
});

test("the actions are the eleven and the five of W&B's page, word for word", () => {
  expect([...OBJECT_ACTIONS, ...BUCKET_ACTIONS].sort()).toEqual([
    "s3:AbortMultipartUpload",
    "s3:DeleteObject",
    "s3:GetBucketCORS",
    "s3:GetBucketLocation",
    "s3:GetBucketVersioning",
    "s3:GetEncryptionConfiguration",
    "s3:GetObject*",
    "s3:ListBucket",
    "s3:ListBucketMultipartUploads",
    "s3:ListBucketVersions",
    "s3:PutObject",
  ]);
  expect([...KEY_ACTIONS].sort()).toEqual([
    "kms:Decrypt",
    "kms:Describe*",
    "kms:Encrypt",
    "kms:GenerateDataKey*",
    "kms:ReEncrypt*",
  ]);
});

test("objects and bucket have a statement each: AWS refuses a mixed one", () => {
  const { Statement } = policyOf(saas());
  for (const { Effect, Action, Resource } of Statement.filter((statement) => statement.Effect === "Allow")) {
    const forObjects = [Resource].flat().every((arn) => arn.endsWith("/*"));
    expect([Effect, [Action].flat()]).toEqual(["Allow", forObjects ? [...OBJECT_ACTIONS] : [...BUCKET_ACTIONS]]);
  }
});

test("only a Deny names everyone", () => {
  for (const { Effect, Principal } of policyOf(saas()).Statement) if (Principal === "*") expect(Effect).toBe("Deny");
});

test("a bucket policy has at most 20 KB, with the longest names", () => {
  const policy = bucketPolicy({
    bucket: "b".repeat(63),
    account: "111122223333",
    region: "ap-southeast-7",
    principal: `arn:aws:iam::111122223333:role/${"r".repeat(64)}`,
    keyArn: KEY_ARN,
  });
  expect(JSON.stringify(policy).length).toBeLessThan(20 * 1024);
});

describe("the policy of a bucket for logs", () => {
  const policy = logBucketPolicy({
    logBucket: "acme-logs",
    bucket: "acme-wandb",
    account: "111122223333",
    region: "us-east-1",
  });
  const LOG = "arn:aws:s3:::acme-logs/acme-wandb/2026-11-22-00-00-00-ABC";
  const DELIVERY = { ...TLS, "aws:SourceArn": BUCKET, "aws:SourceAccount": "111122223333" };
  const SERVICE = "logging.s3.amazonaws.com";
  const LOG_ROWS: Row[] = [
    ["S3 delivers a log of the bucket", "allow", { action: "s3:PutObject", principal: SERVICE, context: DELIVERY }],
    [
      "S3 delivers a log of another bucket",
      "implicit-deny",
      { action: "s3:PutObject", principal: SERVICE, context: { ...DELIVERY, "aws:SourceArn": "arn:aws:s3:::other" } },
    ],
    [
      "S3 delivers for another account",
      "implicit-deny",
      { action: "s3:PutObject", principal: SERVICE, context: { ...DELIVERY, "aws:SourceAccount": "999999999999" } },
    ],
    [
      "S3 delivers elsewhere in the bucket",
      "implicit-deny",
      { action: "s3:PutObject", principal: SERVICE, context: DELIVERY, resource: "arn:aws:s3:::acme-logs/other/x" },
    ],
    ["S3 reads a log", "implicit-deny", { action: "s3:GetObject", principal: SERVICE, context: DELIVERY }],
    [
      "another service delivers",
      "implicit-deny",
      { action: "s3:PutObject", principal: "cloudtrail.amazonaws.com", context: DELIVERY },
    ],
    ["W&B reads a log", "implicit-deny", { action: "s3:GetObject" }],
    ["anyone reads a log", "implicit-deny", { action: "s3:GetObject", principal: "*" }],
    [
      "the owner reads a log without TLS",
      "deny",
      { action: "s3:GetObject", principal: OWNER, context: { "aws:SecureTransport": "false" } },
    ],
  ];

  test.each(LOG_ROWS.map(([question, answer, asked]) => ({ question, answer, asked })))(
    "$answer: $question",
    ({ answer, asked }) => {
      expect(ask(policy, { resource: LOG, ...asked }).effect).toBe(answer);
    },
  );

  test.each(policy.Statement.map(({ Sid }) => Sid))("without %s, some answer is another", (sid) => {
    const without = { ...policy, Statement: policy.Statement.filter(({ Sid }) => Sid !== sid) };
    expect(
      LOG_ROWS.filter(([, answer, asked]) => ask(without, { resource: LOG, ...asked }).effect !== answer),
    ).not.toEqual([]);
  });
});

describe("the key policy", () => {
  const policy = JSON.parse(only(synth(saas()), "aws_kms_key")["policy"] as string) as Policy;
  const KEY = KEY_ARN;
  const KEY_ROWS: Row[] = [
    ["W&B decrypts", "allow", { action: "kms:Decrypt" }],
    ["W&B encrypts", "allow", { action: "kms:Encrypt" }],
    ["W&B makes a data key", "allow", { action: "kms:GenerateDataKey" }],
    ["W&B makes a data key without its plain text", "allow", { action: "kms:GenerateDataKeyWithoutPlaintext" }],
    ["W&B encrypts again", "allow", { action: "kms:ReEncryptFrom" }],
    ["W&B describes the key", "allow", { action: "kms:DescribeKey" }],
    ["W&B deletes the key", "implicit-deny", { action: "kms:ScheduleKeyDeletion" }],
    ["W&B disables the key", "implicit-deny", { action: "kms:DisableKey" }],
    ["W&B changes the policy", "implicit-deny", { action: "kms:PutKeyPolicy" }],
    ["W&B makes a grant", "implicit-deny", { action: "kms:CreateGrant" }],
    ["the account changes the policy", "allow", { action: "kms:PutKeyPolicy", principal: OWNER }],
    ["the account keeps the key alive", "allow", { action: "kms:CancelKeyDeletion", principal: OWNER }],
    ["a stranger decrypts", "implicit-deny", { action: "kms:Decrypt", principal: STRANGER }],
    ["anyone decrypts", "implicit-deny", { action: "kms:Decrypt", principal: "*" }],
  ];

  test.each(KEY_ROWS.map(([question, answer, asked]) => ({ question, answer, asked })))(
    "$answer: $question",
    ({ answer, asked }) => {
      expect(ask(policy, { resource: KEY, ...asked }).effect).toBe(answer);
    },
  );

  test.each(policy.Statement.map(({ Sid }) => Sid))("without %s, some answer is another", (sid) => {
    const without = { ...policy, Statement: policy.Statement.filter(({ Sid }) => Sid !== sid) };
    expect(
      KEY_ROWS.filter(([, answer, asked]) => ask(without, { resource: KEY, ...asked }).effect !== answer),
    ).not.toEqual([]);
  });

  test("a pre-signed upload passes the bucket and the key", () => {
    const bucket = ask(policyOf(saas()), { action: "s3:PutObject" });
    const key = ask(policy, { action: "kms:GenerateDataKey", resource: KEY });
    expect(allOf([bucket, key]).effect).toBe("allow");
    const foreign = ask(keyPolicy("111122223333", "us-east-1", STRANGER), {
      action: "kms:GenerateDataKey",
      resource: KEY,
    });
    expect(allOf([bucket, foreign]).effect).toBe("implicit-deny");
  });
});
