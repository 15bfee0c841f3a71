import * as z from "zod";
import type { RuleContext } from "../context";
import { DEFAULT_DAYS, ownTags, sharedFields, uploadFields } from "../fields";
import { at, below, quote, type Fault, type Issue } from "../issue";
import { optOut } from "../opt-out";
import { accountFaults, keyArnFaults, parseIamArn, regionFaults } from "./arn";
import { bucketNameFaults, keyAliasFaults, tagFaults } from "./names";
import { networkField, networkIssues, networkWarnings } from "./network";
import { principalFaults } from "./principal";

/** Bounds of AWS. @see https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
const DELETION_WINDOW = { min: 7, max: 30 };

const assumeRole = z
  .strictObject({
    roleArn: z.string().describe("ARN of the role that Terraform assumes"),
    externalId: z.string().min(2).optional().describe("External id that the role's trust policy asks for"),
  })
  .describe("A role that Terraform assumes to reach the account; not together with `profile`");

/** How Terraform reaches an AWS account: one provider configuration for each account and region of a deployment. */
export const awsProviderFields = {
  account: z.string().meta({ description: "AWS account id, 12 digits, in quotes", pattern: "^\\d{12}$" }),
  region: z.string().describe("AWS region of the bucket and its key"),
  profile: z.string().min(1).optional().describe("Named profile of the AWS configuration that Terraform uses"),
  assumeRole: assumeRole.optional(),
};

/** The fields of a storage on AWS. */
export const awsProps = z.strictObject({
  cloud: z.literal("aws"),
  ...awsProviderFields,
  bucket: z.string().describe("Name of the S3 bucket; it can't be changed later"),
  principal: z
    .string()
    .optional()
    .describe(
      "Whom the policies let in. Self-managed: required, the IAM role W&B runs as. Dedicated: optional, a role in W&B's account. " +
        "Where W&B runs outside AWS: the IAM user whose access key it uses. SaaS: not allowed",
    ),
  credentials: optOut(
    "create",
    "Makes an IAM user with an access key for W&B, where W&B runs outside AWS; the secret then stands in Terraform's state",
  ).optional(),
  kmsKeyArn: z.string().optional().describe("ARN of an existing KMS key; by default a key is made with the bucket"),
  kmsKey: z
    .strictObject({
      alias: z.string().optional().describe('Alias, without "alias/". Default: wandb/<bucket>'),
      deletionWindowInDays: z
        .int()
        .min(DELETION_WINDOW.min)
        .max(DELETION_WINDOW.max)
        .optional()
        .describe("Days between the key's deletion and its end. Default: 30"),
    })
    .optional()
    .describe("The key that is made with the bucket; not together with `kmsKeyArn`"),
  network: networkField.optional(),
  urlLifetime: optOut(
    "unrestricted",
    "Leaves the age of pre-signed URLs to W&B: the bucket itself refuses none (by default those over 1 hour to read, 24 to write)",
  ).optional(),
  logging: z
    .union([
      z.strictObject({
        logBucket: z.string().describe("Name of the bucket that is made for the logs"),
        expirationDays: z
          .int()
          .min(1)
          .optional()
          .describe(`Days until a log is gone. Default: ${DEFAULT_DAYS.logExpiration}`),
      }),
      z.strictObject({
        targetBucket: z
          .string()
          .describe("Existing bucket of the same account and region whose policy lets logging.s3.amazonaws.com write"),
      }),
    ])
    .optional()
    .describe("Server access logs: each request with its URL, and so W&B's user name (X-User), which is personal data"),
  ...sharedFields,
  ...uploadFields,
  tags: z.record(z.string(), z.string()).optional().describe("Tags of the bucket and the key"),
});

/** The fields of a storage on AWS, as TypeScript users write them. */
export type AwsProps = z.input<typeof awsProps>;

/** The fields of a storage that leaves a deployment: enough for the addresses of all it may have. */
export const awsRetiredFields = {
  ...awsProviderFields,
  bucket: z.string(),
  logBucket: z.string().optional().describe("Name of the bucket of the logs, if one was made"),
};

/** How Terraform reaches an AWS account, as TypeScript users write it. */
export type AwsAccountProps = Pick<AwsProps, "account" | "region" | "profile" | "assumeRole">;

/** The alias of the provider configuration for an account and region. */
export function awsProviderAlias({ account, region }: AwsAccountProps): string {
  return `aws_${account}_${region}`;
}

/** All that is wrong with how Terraform is to reach an AWS account; paths begin at the storage. */
export function awsProviderIssues(props: AwsAccountProps): Issue[] {
  return [
    ...at(["account"], accountFaults(props.account)),
    ...at(["region"], regionFaults(props.region)),
    ...at(["profile"], props.profile && props.assumeRole ? [both("profile", "assumeRole")] : []),
    ...at(["assumeRole", "roleArn"], props.assumeRole ? roleFaults(props.assumeRole.roleArn) : []),
  ];
}

/** All that is wrong with a storage on AWS whose shape is right; paths begin at the storage. */
export function awsIssues(props: AwsProps, context: RuleContext): Issue[] {
  const { region, bucket, kmsKeyArn, kmsKey, tags } = props;
  return [
    ...awsProviderIssues(props),
    ...at(["bucket"], bucketNameFaults(bucket)),
    ...(regionFaults(region).length ? [] : at(["principal"], principalFaults({ ...context, ...props }))),
    ...at(["kmsKeyArn"], kmsKeyArn ? keyArnFaults(kmsKeyArn, region) : []),
    ...at(["kmsKey"], kmsKeyArn && kmsKey ? [both("kmsKeyArn", "kmsKey")] : []),
    ...at(["kmsKey", "alias"], kmsKey?.alias !== undefined ? keyAliasFaults(kmsKey.alias) : []),
    ...below(["network"], props.network ? networkIssues(props.network) : []),
    ...(props.logging ? loggingIssues(props.logging, bucket) : []),
    ...at(["tags"], tagFaults(tags ?? {}, Object.keys(ownTags("")).length)),
  ];
}

/** What is allowed but should be known of a storage on AWS; paths begin at the storage. */
export function awsWarnings({ network }: AwsProps): Issue[] {
  return network ? below(["network"], networkWarnings(network)) : [];
}

function loggingIssues(logging: NonNullable<AwsProps["logging"]>, bucket: string): Issue[] {
  const [key, name] =
    "logBucket" in logging ? ["logBucket", logging.logBucket] : ["targetBucket", logging.targetBucket];
  const own: Fault = {
    message: `Cannot keep the logs there: must be another bucket than the one that is logged, got ${quote(name)}`,
    fix: `Choose another name, such as ${quote(`${bucket}-logs`)}: each log would be logged, and W&B could read them all.`,
  };
  return at(["logging", key], [...bucketNameFaults(name), ...(name === bucket ? [own] : [])]);
}

function both(one: string, other: string): Fault {
  return {
    message: `Cannot use the storage: must have \`${one}\` or \`${other}\`, got both`,
    fix: `Drop \`${one}\` or \`${other}\`.`,
  };
}

function roleFaults(arn: string): Fault[] {
  if (parseIamArn(arn)?.kind === "role") return [];
  return [
    {
      message: `Cannot assume the role: must be the ARN of an IAM role, got ${quote(arn)}`,
      fix: "Write arn:aws:iam::<account>:role/<name>.",
    },
  ];
}
