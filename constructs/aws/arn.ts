import { nearest, oneOf, quote, type Fault } from "../issue";

/** @see https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html */
export const REGIONS = {
  aws: [
    ..."us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 ca-west-1 mx-central-1 sa-east-1".split(" "),
    ..."eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2 eu-west-1 eu-west-2 eu-west-3".split(" "),
    ..."af-south-1 il-central-1 me-central-1 me-south-1 ap-east-1 ap-east-2 ap-south-1 ap-south-2".split(" "),
    ..."ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2 ap-southeast-3".split(" "),
    ..."ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7".split(" "),
  ],
  "aws-us-gov": ["us-gov-east-1", "us-gov-west-1"],
  "aws-cn": ["cn-north-1", "cn-northwest-1"],
} as const satisfies Record<string, readonly string[]>;

/** An AWS partition: a set of regions with accounts, ARNs and principals of its own. */
export type Partition = keyof typeof REGIONS;

const PARTITIONS = Object.keys(REGIONS) as Partition[];
const ALL_REGIONS = PARTITIONS.flatMap((partition) => [...REGIONS[partition]]);

/** The partition of a known region; `aws` for any other, which {@link regionFaults} refuses. */
export function partitionOf(region: string): Partition {
  return PARTITIONS.find((partition) => (REGIONS[partition] as readonly string[]).includes(region)) ?? "aws";
}

/** What is wrong with an AWS account id. */
export function accountFaults(account: string): Fault[] {
  if (/^\d{12}$/.test(account)) return [];
  return [
    {
      message: `Cannot use the AWS account: must be 12 digits, got ${quote(account)}`,
      fix: "Give the account id as `aws sts get-caller-identity` prints it, in quotes so that leading zeros stay.",
    },
  ];
}

/** What is wrong with an AWS region. */
export function regionFaults(region: string): Fault[] {
  if (ALL_REGIONS.includes(region)) return [];
  const meant = nearest(region, ALL_REGIONS);
  return [
    {
      message: `Cannot use the AWS region: must be a region of ${oneOf(PARTITIONS)}, got ${quote(region)}`,
      fix: meant ? `Did you mean ${quote(meant)}?` : 'Give the code of a region, such as "us-east-1".',
    },
  ];
}

/** The parts of an IAM role's or user's ARN. */
export interface IamArn {
  readonly partition: Partition;
  readonly account: string;
  readonly kind: "role" | "user";
}

/** Takes an IAM role's or user's ARN apart; undefined where it is no such ARN. */
export function parseIamArn(arn: string): IamArn | undefined {
  const match = /^arn:(aws|aws-us-gov|aws-cn):iam::(\d{12}):(role|user)\/(?:[!-~]+\/)?[\w+=,.@-]{1,64}$/.exec(arn);
  if (!match) return undefined;
  return { partition: match[1] as Partition, account: match[2] ?? "", kind: match[3] as "role" | "user" };
}

/** The parts of a KMS key's ARN. */
export interface KeyArn {
  readonly partition: Partition;
  readonly region: string;
  readonly account: string;
}

/** Takes a KMS key's ARN apart; undefined where it is no such ARN (an alias, say). */
export function parseKeyArn(arn: string): KeyArn | undefined {
  const id = "(?:mrk-[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})";
  const match = new RegExp(`^arn:(aws|aws-us-gov|aws-cn):kms:([a-z0-9-]+):(\\d{12}):key/${id}$`).exec(arn);
  if (!match) return undefined;
  return { partition: match[1] as Partition, region: match[2] ?? "", account: match[3] ?? "" };
}

/** What is wrong with the ARN of an existing KMS key that is to encrypt a bucket in `region`. */
export function keyArnFaults(arn: string, region: string): Fault[] {
  const key = parseKeyArn(arn);
  if (!key) {
    return [
      {
        message: `Cannot use the KMS key: must be a key ARN (arn:aws:kms:<region>:<account>:key/<id>), got ${quote(arn)}`,
        fix: "Give the ARN of the key itself: an alias resolves in the caller's account, and W&B's has no such alias.",
        source: "https://docs.aws.amazon.com/kms/latest/developerguide/concepts-key-id.html",
      },
    ];
  }
  if (key.region === region) return [];
  return [
    {
      message: `Cannot use the KMS key: must be in the bucket's region ${quote(region)}, got a key in ${quote(key.region)}`,
      fix: "Give a key of the bucket's region (S3 encrypts with keys of its own region only), or move the bucket.",
      source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html",
    },
  ];
}
