import { refused } from "../support/refused";

/** A legal deployment; rows replace one part of it. */
const DEDICATED = `name: acme
type: dedicated
wandb: { url: https://acme.wandb.io }
storage:
  main:
    cloud: aws
    account: "111122223333"
    region: us-east-1
    bucket: acme-wandb
instance: { storage: main, path: shared }
teams:
  kappa: { storage: main, path: kappa }
`;
const SAAS = `name: acme
type: saas
storage:
  main: { cloud: aws, account: "111122223333", region: us-east-1, bucket: acme-wandb }
teams:
  kappa: { storage: main, path: kappa }
`;
const SELF_MANAGED = DEDICATED.replace("dedicated", "self-managed").replace(
  "    bucket:",
  "    principal: arn:aws:iam::111122223333:role/wandb\n    bucket:",
);

/** The legal deployment with one text replaced by another; fails if it isn't there. */
function change(yaml: string, from: string, to: string): string {
  if (!yaml.includes(from)) throw new Error(`no ${from}`);
  return yaml.replace(from, to);
}
const dedicated = (from: string, to: string) => change(DEDICATED, from, to);
const saas = (from: string, to: string) => change(SAAS, from, to);
const selfManaged = (from: string, to: string) => change(SELF_MANAGED, from, to);
const inStorage = (line: string) => dedicated("    bucket: acme-wandb", `    bucket: acme-wandb\n    ${line}`);
const atEnd = (lines: string) => DEDICATED + lines;
const KEY = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

/** name, YAML, the beginning of the only issue, and a part of its fix. */
// prettier-ignore
const ROWS: [string, string, string, string][] = [
  // YAML
  ["an empty file", "", "a.yaml: Cannot read the deployment: must have keys, got an empty file", "Write"],
  ["a comment only", "# nothing\n", "a.yaml: Cannot read the deployment: must have keys", "Write"],
  ["broken YAML", dedicated("type: dedicated", "type: [dedicated"), "a.yaml:3:1: Cannot read the YAML", "syntax"],
  ["a tab", dedicated("  main:", "\tmain:"), "a.yaml:5:", "syntax"],
  ["a duplicate key", atEnd("type: saas\n"), "a.yaml:13:1: Cannot read the YAML: must have each key once", "Drop or rename"],
  ["a second document", atEnd("---\nname: b\n"), "a.yaml:13:1: Cannot read the file: must hold one deployment", "file of its own"],
  ["a tag", dedicated("name: acme", "name: !!js/function acme"), "a.yaml:1:7: Cannot read the YAML: Unresolved tag", "syntax"],
  ["an unknown anchor", dedicated("path: kappa", "path: *kappa"), "a.yaml:12:33: Cannot read the YAML", "set the anchor"],
  ["a list", "- a\n", "a.yaml:1:1: Cannot read the deployment: must be a mapping, got a list", "Write a mapping"],
  ["plain text", "hello\n", 'a.yaml:1:1: Cannot read the deployment: must be a mapping, got "hello" (text)', "Write a mapping"],

  // Shape
  ["an unknown key", atEnd("team:\n  x: 1\n"), 'a.yaml:13:1 team: Cannot read the key: must be one of "name", "type"', 'Did you mean "teams"?'],
  ["a misspelt key", dedicated("bucket:", "buckett:").replace("acme-wandb", "acme-wandb\n    bucket: x-y-z"), "a.yaml:9:5 storage.main.buckett: Cannot read the key", 'Did you mean "bucket"?'],
  ["a secret", inStorage("secretAccessKey: hunter2hunter2"), "a.yaml:10:5 storage.main.secretAccessKey: Cannot read the key", "a deployment file holds none"],
  ["a missing key", dedicated("    region: us-east-1\n", ""), 'a.yaml:6:5 storage.main.region: Cannot read "storage.main": must have the key "region", got none', "AWS region of the bucket"],
  ["no name", dedicated("name: acme\n", ""), 'a.yaml:1:1 name: Cannot read the deployment: must have the key "name"', "Name of the deployment"],
  ["no cloud", dedicated("    cloud: aws\n", ""), 'a.yaml:6:5 storage.main.cloud: Cannot read "storage.main": must have the key "cloud"', 'one of "aws", "gcp"'],
  ["a wrong type", dedicated("type: dedicated", "type: dedicatd"), 'a.yaml:2:7 type: Cannot read the value: must be "saas", "dedicated" or "self-managed", got "dedicatd"', 'Did you mean "dedicated"?'],
  ["a wrong cloud", dedicated("cloud: aws", "cloud: asw"), 'a.yaml:6:12 storage.main.cloud: Cannot read the value: must be "aws", "gcp", "azure", "s3-compatible" or "coreweave", got "asw"', 'Did you mean "aws"?'],
  ["an unquoted account", dedicated('"111122223333"', "111122223333"), "a.yaml:7:14 storage.main.account: Cannot read the value: must be text, got 111122223333 (a number)", "in quotes"],
  ["nothing for a value", dedicated("bucket: acme-wandb", "bucket:"), "a.yaml:9:12 storage.main.bucket: Cannot read the value: must be text, got nothing", "Write text"],
  ["a mapping for text", dedicated("bucket: acme-wandb", "bucket: { name: x }"), "a.yaml:9:13 storage.main.bucket: Cannot read the value: must be text, got a mapping", "Write text"],
  ["a storage that is text", dedicated("instance:", "  odd: text\ninstance:"), "a.yaml:10:8 storage.odd: Cannot read the value: must be a mapping", "Write a mapping"],
  ["a fraction of days", inStorage("noncurrentVersionExpirationDays: 1.5"), "a.yaml:10:38 storage.main.noncurrentVersionExpirationDays: Cannot read the value: must be a whole number, got 1.5", "whole number"],
  ["no days", inStorage("noncurrentVersionExpirationDays: 0"), "a.yaml:10:38 storage.main.noncurrentVersionExpirationDays: Cannot use the value: must be at least 1, got 0", "Change"],
  ["a key deleted too soon", inStorage("kmsKey: { deletionWindowInDays: 6 }"), "a.yaml:10:37 storage.main.kmsKey.deletionWindowInDays: Cannot use the value: must be at least 7, got 6", "Change"],
  ["an opt-out without a reason", inStorage("versioning: { suspended: true }"), 'a.yaml:10:17 storage.main.versioning.reason: Cannot read "storage.main.versioning": must have the key "reason"', "Why"],
  ["an opt-out with a poor reason", inStorage("versioning: { suspended: true, reason: no }"), "a.yaml:10:44 storage.main.versioning.reason: Cannot use the value: must be at least 10 characters", "Change"],
  ["a key named __proto__", atEnd("  __proto__: { storage: main, path: p }\n"), 'a.yaml:13:3 teams.__proto__: Cannot use the name: must not be "__proto__"', "another name"],
  ["an expression of Terraform", dedicated("acme-wandb", "acme-${aws_s3_bucket.x.id}"), "a.yaml:9:13 storage.main.bucket: Cannot use the text: must be literal", "Terraform would evaluate"],
  ["a directive of Terraform", inStorage('tags: { a: "%{ if true }" }'), "a.yaml:10:16 storage.main.tags.a: Cannot use the text: must be literal", "Terraform would evaluate"],
  ["a token of CDKTF", dedicated("path: kappa", 'path: "${TfToken[TOKEN.1]}"'), "a.yaml:12:33 teams.kappa.path: Cannot use the text: must be literal", "Terraform would evaluate"],
  ["NUL", dedicated("bucket: acme-wandb", 'bucket: "acme\\0wandb"'), 'a.yaml:9:13 storage.main.bucket: Cannot use the text: must have no control or invisible characters, got "acme\\u{0}wandb"', "again"],
  ["an invisible character", dedicated("bucket: acme-wandb", 'bucket: "acme\\u200bwandb"'), "a.yaml:9:13 storage.main.bucket: Cannot use the text: must have no control or invisible", "again"],

  // Names
  ["a short bucket", dedicated("bucket: acme-wandb", "bucket: ab"), 'a.yaml:9:13 storage.main.bucket: Cannot name the bucket: must be 3 to 63 characters, got "ab"', "Lengthen"],
  ["a dotted bucket", dedicated("bucket: acme-wandb", "bucket: acme.wandb"), 'a.yaml:9:13 storage.main.bucket: Cannot name the bucket: must have no "."', "hyphens"],
  ["a non-ASCII bucket", dedicated("bucket: acme-wandb", "bucket: acmé-wandb"), "a.yaml:9:13 storage.main.bucket: Cannot name the bucket: must have only", "lower case"],
  ["a short account", dedicated('"111122223333"', '"11112222333"'), 'a.yaml:7:14 storage.main.account: Cannot use the AWS account: must be 12 digits, got "11112222333"', "get-caller-identity"],
  ["a misspelt region", dedicated("region: us-east-1", "region: us-esat-1"), "a.yaml:8:13 storage.main.region: Cannot use the AWS region", 'Did you mean "us-east-1"?'],
  ["a name with capitals", dedicated("name: acme", "name: Acme"), "a.yaml:1:7 name: Cannot name the deployment", "such as"],
  ["a name with a slash", dedicated("name: acme", "name: ../acme"), "a.yaml:1:7 name: Cannot name the deployment", "such as"],
  ["a team with a space", atEnd('  "o mega": { storage: main, path: o }\n'), 'a.yaml:13:3 teams."o mega": Cannot name the team', "addresses"],
  ["a storage with a dot", dedicated("  main:", "  ma.in:").replaceAll("storage: main", "storage: ma.in"), 'a.yaml:5:3 storage."ma.in": Cannot name the storage', "such as"],
  ["a reserved tag", inStorage("tags: { 'aws:x': y }"), 'a.yaml:10:11 storage.main.tags: Cannot tag the resources: must have no key that begins with "aws:"', "drop the tag"],
  ["a bad alias", inStorage("kmsKey: { alias: alias/x }"), 'a.yaml:10:22 storage.main.kmsKey.alias: Cannot name the KMS key\'s alias: must be written without "alias/"', "such as"],

  // Keys and principals
  ["an alias for a key", inStorage("kmsKeyArn: arn:aws:kms:us-east-1:111122223333:alias/x"), "a.yaml:10:16 storage.main.kmsKeyArn: Cannot use the KMS key: must be a key ARN", "alias resolves"],
  ["a key of another region", inStorage(`kmsKeyArn: ${KEY.replace("us-east-1", "eu-west-1")}`), 'a.yaml:10:16 storage.main.kmsKeyArn: Cannot use the KMS key: must be in the bucket\'s region "us-east-1"', "bucket's region"],
  ["a key given and made", inStorage(`kmsKeyArn: ${KEY}\n    kmsKey: { alias: x }`), "a.yaml:11:13 storage.main.kmsKey: Cannot use the storage: must have `kmsKeyArn` or `kmsKey`, got both", "Drop"],
  ["two ways to sign in", inStorage("profile: a\n    assumeRole: { roleArn: 'arn:aws:iam::111122223333:role/t' }"), "a.yaml:10:14 storage.main.profile: Cannot use the storage: must have `profile` or `assumeRole`, got both", "Drop"],
  ["no role to assume", inStorage("assumeRole: { roleArn: admin }"), "a.yaml:10:28 storage.main.assumeRole.roleArn: Cannot assume the role", "Write arn"],
  ["a principal on SaaS", saas("bucket: acme-wandb", "bucket: acme-wandb, principal: 'arn:aws:iam::111122223333:role/x'"), "a.yaml:4:98 storage.main.principal: Cannot change the principal: must be W&B's own role on SaaS", "Drop"],
  ["a foreign role on Dedicated", inStorage("principal: arn:aws:iam::111122223333:role/x"), 'a.yaml:10:16 storage.main.principal: Cannot narrow the principal: must be a role in W&B\'s Dedicated account "830241207209"', "Ask W&B"],
  ["an account for a principal", inStorage('principal: "830241207209"'), "a.yaml:10:16 storage.main.principal: Cannot let the principal in: must be the ARN of an IAM role", "no wildcard"],
  ["a wildcard for a principal", selfManaged("role/wandb", "role/*"), "a.yaml:9:16 storage.main.principal: Cannot let the principal in: must be the ARN of an IAM role", "no wildcard"],
  ["everyone for a principal", selfManaged("arn:aws:iam::111122223333:role/wandb", '"*"'), "a.yaml:9:16 storage.main.principal: Cannot let the principal in: must be the ARN of an IAM role", "no wildcard"],
  ["no principal on Self-managed", selfManaged("    principal: arn:aws:iam::111122223333:role/wandb\n", ""), "a.yaml:6:5 storage.main.principal: Cannot let W&B into the bucket: must name the IAM role that your W&B runs as", "Add `principal"],
  ["a principal of another partition", selfManaged("us-east-1", "us-gov-west-1"), 'a.yaml:9:16 storage.main.principal: Cannot let the principal in: must be of the bucket\'s partition "aws-us-gov"', "another partition"],
  ["W&B's own principal in GovCloud", dedicated("us-east-1", "us-gov-west-1"), 'a.yaml:6:5 storage.main.principal: Cannot let W&B into the bucket: must be in a region of the partition "aws"', "Self-managed only"],
  ["W&B's own principal in China", saas("us-east-1", "cn-north-1"), 'a.yaml:4:9 storage.main.principal: Cannot let W&B into the bucket: must be in a region of the partition "aws"', "Self-managed only"],
  ["no user where W&B uses an access key", dedicated("https://acme.wandb.io }", "https://acme.wandb.io, runsOn: gcp }"), "a.yaml:6:5 storage.main.principal: Cannot let W&B into the bucket: must name the IAM user whose access key", "access key"],
  ["a role where W&B uses an access key", selfManaged("https://acme.wandb.io }", "https://acme.wandb.io, runsOn: onprem }"), "a.yaml:9:16 storage.main.principal: Cannot let the principal in: must be the ARN of an IAM user", "user/<name>"],

  // Networks and logs on AWS
  ["no network at all", inStorage("network: {}"), "a.yaml:10:14 storage.main.network: Cannot restrict the network: must name `cidrs`, `vpcEndpoints` or `vpcs`, got none", "drop `network`"],
  ["a private range", inStorage("network: { cidrs: [10.0.0.0/8] }"), 'a.yaml:10:24 storage.main.network.cidrs.0: Cannot let the range in: must be public', "NAT"],
  ["too wide a range", inStorage("network: { cidrs: [16.0.0.0/7] }"), "a.yaml:10:24 storage.main.network.cidrs.0: Cannot let the range in: must have a prefix of at least /8", "networks that are meant"],
  ["a range with host bits", inStorage("network: { cidrs: [203.0.113.9/24] }"), "a.yaml:10:24 storage.main.network.cidrs.0: Cannot let the range in: must have no bit set behind its prefix", '"203.0.113.0/24"'],
  ["an address without a prefix", inStorage("network: { cidrs: [203.0.113.9] }"), "a.yaml:10:24 storage.main.network.cidrs.0: Cannot let the range in: must be an IPv4 or IPv6 range", '"203.0.113.9/32"'],
  ["overlapping ranges", inStorage("network: { cidrs: [203.0.113.0/24, 203.0.113.0/28] }"), 'a.yaml:10:40 storage.main.network.cidrs.1: Cannot let the range in: must not overlap with "203.0.113.0/24"', "wider"],
  ["no range", inStorage("network: { cidrs: [everyone] }"), "a.yaml:10:24 storage.main.network.cidrs.0: Cannot let the range in: must be an IPv4 or IPv6 range", "such as"],
  ["no endpoint", inStorage("network: { vpcEndpoints: [vpc-0123456789abcdef0] }"), 'a.yaml:10:31 storage.main.network.vpcEndpoints.0: Cannot let an S3 endpoint in: must be "vpce-"', "Copy"],
  ["no VPC", inStorage("network: { vpcs: [default] }"), 'a.yaml:10:23 storage.main.network.vpcs.0: Cannot let a VPC in: must be "vpc-"', "Copy"],
  ["logs in the bucket itself", inStorage("logging: { logBucket: acme-wandb }"), "a.yaml:10:27 storage.main.logging.logBucket: Cannot keep the logs there: must be another bucket", '"acme-wandb-logs"'],
  ["a bad bucket for logs", inStorage("logging: { targetBucket: A-b-c }"), "a.yaml:10:30 storage.main.logging.targetBucket: Cannot name the bucket", "lower case"],
  ["logs made and given", inStorage("logging: { logBucket: a-b-c, targetBucket: d-e-f }"), "a.yaml:10:", ""],
  ["logs that never go", inStorage("logging: { logBucket: a-b-c, expirationDays: 0 }"), "a.yaml:10:50 storage.main.logging.expirationDays: Cannot use the value: must be at least 1, got 0", "Change"],

  // W&B
  ["no URL on Dedicated", dedicated("wandb: { url: https://acme.wandb.io }\n", ""), "a.yaml:1:1 wandb.url: Cannot tell where W&B's web pages are: must have `wandb.url` on Dedicated Cloud", "Add `wandb"],
  ["a URL with a path", dedicated("https://acme.wandb.io", "https://acme.wandb.io/home"), "a.yaml:3:15 wandb.url: Cannot use W&B's URL: must be an origin", 'Write "https://acme.wandb.io"'],
  ["a URL with a slash", dedicated("https://acme.wandb.io", "https://acme.wandb.io/"), "a.yaml:3:15 wandb.url: Cannot use W&B's URL: must be an origin", 'Write "https://acme.wandb.io"'],
  ["a host for a URL", dedicated("https://acme.wandb.io", "acme.wandb.io"), "a.yaml:3:15 wandb.url: Cannot use W&B's URL: must be an origin", "Write the address"],
  ["a plain URL on Dedicated", dedicated("https://acme.wandb.io", "http://acme.wandb.io"), "a.yaml:3:15 wandb.url: Cannot use W&B's URL", "Write the address"],
  ["a URL with a password", dedicated("https://acme.wandb.io", "https://me:hunter2@acme.wandb.io"), 'a.yaml:3:15 wandb.url: Cannot use W&B\'s URL: must be an origin (https://<host>, nothing behind it), got "https://***@acme.wandb.io"', 'Write "https://acme.wandb.io"'],
  ["a URL of two hosts", dedicated("https://acme.wandb.io", '"https://a.io,https://b.io"'), "a.yaml:3:15 wandb.url: Cannot use W&B's URL", "Write the address"],
  ["a place for SaaS", saas("storage:", "wandb: { runsOn: aws }\nstorage:"), "a.yaml:3:18 wandb.runsOn: Cannot choose where SaaS runs", "Drop"],
  ["Dedicated on one's own premises", dedicated("https://acme.wandb.io }", "https://acme.wandb.io, runsOn: onprem }").replace("    bucket:", "    principal: arn:aws:iam::111122223333:user/wandb\n    bucket:"), 'a.yaml:3:46 wandb.runsOn: Cannot run Dedicated Cloud there: must be "aws", "gcp" or "azure", got "onprem"', "self-managed"],
  ["an untold place", dedicated("instance: { storage: main, path: shared }\n", ""), "a.yaml:3:8 wandb.runsOn: Cannot tell where W&B runs", "Add `runsOn`"],

  // The matrix
  ["the instance on SaaS", saas("teams:", "instance: { storage: main, path: i }\nteams:"), 'a.yaml:5:1 instance: Cannot attach a bucket at instance level on SaaS (Multi-tenant Cloud): must be at team level ("aws", "gcp" or "coreweave"), got "instance"', "Drop `instance`"],
  ["Azure on SaaS", saas( '{ cloud: aws, account: "111122223333", region: us-east-1, bucket: acme-wandb }', "{ cloud: azure, subscription: 0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d, resourceGroup: r, location: westeurope, account: acmewandb, container: wandb, access: { mode: account-key, reason: because it is so } }", ), 'a.yaml:6:21 teams.kappa.storage: Cannot attach a bucket in "azure" at team level on SaaS (Multi-tenant Cloud): must be in "aws", "gcp" or "coreweave", got "azure"', "availability-matrix"],
  ["S3-compatible on SaaS", saas( '{ cloud: aws, account: "111122223333", region: us-east-1, bucket: acme-wandb }', "{ cloud: s3-compatible, kind: minio, principal: 'arn:aws:iam:::user/wandb', endpoint: s3.acme.com, region: x, bucket: acme-wandb }", ), 'a.yaml:6:21 teams.kappa.storage: Cannot attach a bucket in "s3-compatible" at team level', "availability-matrix"],

  // Who uses what
  ["an unknown storage", dedicated("kappa: { storage: main", "kappa: { storage: mian"), 'a.yaml:12:21 teams.kappa.storage: Cannot attach the storage: must be one of "main", got "mian"', 'Did you mean "main"?'],
  ["a storage of JavaScript", dedicated("kappa: { storage: main", "kappa: { storage: toString"), 'a.yaml:12:21 teams.kappa.storage: Cannot attach the storage: must be one of "main", got "toString"', "Declare"],
  ["a storage that nobody uses", dedicated( "instance:", '  other: { cloud: aws, account: "111122223333", region: us-east-1, bucket: acme-other }\ninstance:', ), "a.yaml:10:3 storage.other: Cannot make a bucket that nobody uses", "Attach"],
  ["no storage", "name: acme\ntype: saas\nstorage: {}\n", "a.yaml:3:10 storage: Cannot make a deployment of nothing", "Declare"],
  ["one bucket twice", dedicated( "instance:", '  other: { cloud: aws, account: "111122223333", region: us-east-1, bucket: acme-wandb }\ninstance:', ) + "  omega: { storage: other, path: o }\n", 'a.yaml:10:76 storage.other.bucket: Cannot make it twice: must be in one storage, got "aws bucket acme-wandb" in "main" and "other"', "drop"],
  ["equal paths", dedicated("path: kappa", "path: shared"), 'a.yaml:12:10 teams.kappa: Cannot keep files apart: must have a `path` of its own in "main", got "shared", which overlaps with "instance" ("shared")', "overlappingPaths"],
  ["nested paths", dedicated("path: kappa", "path: shared/kappa"), "a.yaml:12:10 teams.kappa: Cannot keep files apart", "overlappingPaths"],
  ["a path around another", dedicated("path: shared", "path: kappa/all"), "a.yaml:12:10 teams.kappa: Cannot keep files apart", "overlappingPaths"],
  ["one without a path", dedicated(", path: shared", ""), 'a.yaml:12:10 teams.kappa: Cannot keep files apart: must have a `path` of its own in "main", got "kappa", which overlaps with "instance" (the whole bucket)', "overlappingPaths"],

  // Paths
  ["a path that begins with a slash", dedicated("path: kappa", "path: /kappa"), "a.yaml:12:33 teams.kappa.path: Cannot use the sub-path: must not begin with a slash", "beginning"],
  ["a path that ends with a slash", dedicated("path: kappa", "path: kappa/"), "a.yaml:12:33 teams.kappa.path: Cannot use the sub-path: must not end with a slash", "end"],
  ["a path with an empty segment", dedicated("path: kappa", "path: a//b"), "a.yaml:12:33 teams.kappa.path: Cannot use the sub-path: must have no empty segment", "one slash"],
  ["a path that climbs", dedicated("path: kappa", "path: a/../b"), 'a.yaml:12:33 teams.kappa.path: Cannot use the sub-path: must have no segment "." or ".."', "in full"],
  ["a path with a space", dedicated("path: kappa", "path: a b"), "a.yaml:12:33 teams.kappa.path: Cannot use the sub-path: must have only", "Rename"],
  ["a path with a question mark", dedicated("path: kappa", "path: a?b"), "a.yaml:12:33 teams.kappa.path: Cannot use the sub-path: must have only", "Rename"],
  ["a non-ASCII path", dedicated("path: kappa", "path: κάππα"), "a.yaml:12:33 teams.kappa.path: Cannot use the sub-path: must have only", "Rename"],
  ["a long path", dedicated("path: kappa", `path: ${"k".repeat(513)}`), "a.yaml:12:33 teams.kappa.path: Cannot use the sub-path: must be at most 512", "Shorten"],

  // State, retired storages, providers
  ["an unknown backend", atEnd("state: { backend: s4, bucket: b, region: r }\n"), 'a.yaml:13:19 state.backend: Cannot read the value: must be "local", "s3", "gcs", "azurerm" or "cloud", got "s4"', 'Did you mean "s3"?'],
  ["a backend without a bucket", atEnd("state: { backend: s3, region: us-east-1 }\n"), 'a.yaml:13:8 state.bucket: Cannot read "state": must have the key "bucket"', "Add"],
  ["a credential in the backend", atEnd("state: { backend: s3, bucket: b, region: us-east-1, secretKey: x }\n"), "a.yaml:13:53 state.secretKey: Cannot read the key", "holds none"],
  ["state in W&B's own bucket", atEnd("state: { backend: s3, bucket: acme-wandb, region: us-east-1 }\n"), "a.yaml:13:31 state.bucket: Cannot keep the state there: must not be where W&B keeps its files", "Choose"],
  ["a retired storage that is in use", atEnd( 'retired:\n  - { cloud: aws, account: "111122223333", region: us-east-1, bucket: acme-wandb, reason: moved to another }\n', ), "a.yaml:14:71 retired.0.bucket: Cannot retire it: must not be in use", "Drop"],
  ["a retired storage without a reason", atEnd('retired:\n  - { cloud: aws, account: "111122223333", region: us-east-1, bucket: acme-old }\n'), 'a.yaml:14:5 retired.0.reason: Cannot read "retired.0": must have the key "reason"', "Why"],
  ["two ways into one account", dedicated( "instance:", '  other: { cloud: aws, account: "111122223333", region: us-east-1, bucket: acme-other, profile: p }\ninstance:', ) + "  omega: { storage: other }\n", 'a.yaml:10:10 storage.other: Cannot sign in to "aws_111122223333_us-east-1" in two ways', "same `profile` and `assumeRole`"],
];

describe("a deployment file is refused, with file, line, rule, value and fix", () => {
  test.each(ROWS.map(([name, yaml, issue, fix]) => ({ name, yaml, issue, fix })))("$name", ({ yaml, issue, fix }) => {
    const issues = refused({ "a.yaml": yaml });
    expect(issues).toHaveLength(1);
    expect(issues[0]?.slice(0, issue.length)).toBe(issue);
    expect(issues[0]).toContain("\n  fix: ");
    expect(issues[0]?.split("\n  fix: ")[1]).toContain(fix);
  });
});

describe("files and folders", () => {
  // prettier-ignore
  const ROWS: [string, Record<string, string | Buffer>, string[] | undefined, string][] = [
    ["a folder without deployments", { "a.txt": "" }, undefined, "Cannot read deployments: must hold a .yaml file"],
    ["a file that is not there", {}, ["no.yaml"], "no.yaml: Cannot read the deployment file: must be a readable file, got none"],
    ["a file over 1 MiB", { "a.yaml": "#".repeat(1024 * 1024 + 1) }, undefined, "a.yaml: Cannot read the deployment file: must be at most 1048576 bytes, got 1048577"],
    ["bytes that are not UTF-8", { "a.yaml": Buffer.from([0xff, 0xfe, 0x00]) }, undefined, "a.yaml: Cannot read the deployment file: must be UTF-8"],
  ];
  test.each(ROWS)("%s", (_, files, paths, issue) => {
    expect(refused(files, paths).map((text) => text.replace(/^[./\w-]*\/t-\w+: /, ""))).toEqual([
      expect.stringContaining(issue),
    ]);
  });

  test("an alias bomb is refused at once", () => {
    const bomb = [
      "a: &a [x,x,x,x,x,x,x,x,x]",
      ..."bcdefghi".split("").map((key, index) => {
        const before = "abcdefgh"[index] ?? "";
        return `${key}: &${key} [${Array.from({ length: 9 }, () => `*${before}`).join(",")}]`;
      }),
    ];
    const start = performance.now();
    expect(refused({ "a.yaml": bomb.join("\n") })[0]).toContain("must repeat anchors at most 100 times");
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("two files with one name", () => {
    expect(refused({ "a.yaml": DEDICATED, "b.yaml": SAAS })).toEqual([
      expect.stringMatching(
        /^b\.yaml:1:7 name: Cannot name the deployment: must be the only one of its name, got "acme" in .*a\.yaml too/,
      ),
    ]);
  });

  test("two files with one place for the state", () => {
    const state = "state: { backend: s3, bucket: states, region: us-east-1, key: all }\n";
    const other = SAAS.replace("name: acme", "name: other") + state;
    expect(refused({ "a.yaml": DEDICATED + state, "b.yaml": other })).toEqual([
      expect.stringMatching(
        /^b\.yaml:7:8 state: Cannot keep the state there: must be a place of its own, got the place of "acme"/,
      ),
    ]);
  });
});

describe("all issues of a stage at once", () => {
  test("of the shape, though the type and a cloud are wrong", () => {
    const yaml = `name: acme
type: dedicatd
wandb: { url: 7 }
storage:
  main: { cloud: awss, account: 1, regon: us-east-1, bucket: acme-wandb }
instance: { path: x }
`;
    expect(refused({ "a.yaml": yaml }).map((text) => text.split(": ")[0])).toEqual([
      "a.yaml:2:7 type",
      "a.yaml:3:15 wandb.url",
      "a.yaml:5:18 storage.main.cloud",
      "a.yaml:5:33 storage.main.account",
      "a.yaml:5:9 storage.main.region",
      "a.yaml:5:36 storage.main.regon",
      "a.yaml:6:11 instance.storage",
    ]);
  });

  test("of the rules", () => {
    const yaml = DEDICATED.replace("us-east-1", "us-esat-1").replace("acme-wandb", "AB").replace("kappa }", "/kappa }");
    expect(refused({ "a.yaml": yaml })).toHaveLength(4);
  });

  test("of all files, each at its own stage", () => {
    const files = { "a.yaml": "name: [", "b.yaml": "name: 7\n", "c.yaml": saas("acme-wandb", "ab") };
    const issues = refused(files).map((text) => text[0]);
    expect(new Set(issues)).toEqual(new Set(["a", "b", "c"]));
  });

  test("values under unknown keys are never shown", () => {
    const yaml = inStorage("pasword: hunter2hunter2") + "extra: { a: hunter2hunter2 }\n";
    expect(refused({ "a.yaml": yaml }).join()).not.toContain("hunter2");
  });
});
