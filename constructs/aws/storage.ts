import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { StorageContext } from "../context";
import { allowedOrigins } from "../cors";
import { secretVariables } from "../credentials";
import { ownTags } from "../fields";
import { logicalId } from "../logical-id";
import type { AwsHandover, Storage } from "../storage";
import { AccessKey } from "./access-key";
import { AccessLogs, type AccessLogsProps } from "./access-logs";
import { Bucket } from "./bucket";
import { EncryptionKey } from "./key";
import { bucketPolicy, keyStatement } from "./policy";
import { principalOf } from "./principal";
import type { AwsProps } from "./props";
import { awsProvider } from "./provider";

export { awsProvider } from "./provider";

export interface AwsStorageProps extends AwsProps, StorageContext {}

/** Types of the resources that a bucket, of data or of logs, has. */
const BUCKET_TYPES = [
  "aws_s3_bucket",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_policy",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_lifecycle_configuration",
];

/** Types of the resources that a storage on AWS may consist of; all have the address `<type>.aws_<bucket>`. */
export const AWS_RESOURCE_TYPES = [
  ...BUCKET_TYPES,
  "aws_s3_bucket_versioning",
  "aws_s3_bucket_cors_configuration",
  "aws_s3_bucket_logging",
  "aws_kms_key",
  "aws_kms_alias",
  "aws_iam_user",
  "aws_iam_access_key",
];

/** The parts of an access key that W&B is given. */
const ACCESS_KEY = {
  access_key_id: "Access key id of the IAM user whose key W&B uses",
  secret_access_key: "Secret access key of that user",
};

/** What the addresses of a storage on AWS are made of. */
export interface AwsNames {
  readonly bucket: string;
  /** @default - no bucket for logs was made */
  readonly logBucket?: string | undefined;
}

/** The Terraform addresses that a storage on AWS may have. */
export function awsAddresses({ bucket, logBucket }: AwsNames): string[] {
  const named = (name: string, types: readonly string[]) => types.map((type) => `${type}.${logicalId("aws", name)}`);
  return [...named(bucket, AWS_RESOURCE_TYPES), ...(logBucket === undefined ? [] : named(logBucket, BUCKET_TYPES))];
}

/** An S3 bucket and its KMS key (made here, unless one is given), open to W&B's principal and to no one else. */
export class AwsStorage extends Construct implements Storage {
  readonly cloud = "aws";
  readonly handover: AwsHandover;
  readonly ready: Storage["ready"];
  readonly credentials: Storage["credentials"];

  constructor(scope: Construct, id: string, props: AwsStorageProps) {
    super(scope, id);
    const { account, region, kmsKeyArn } = props;
    const principal = principalOf(props);
    const common = {
      provider: awsProvider(TerraformStack.of(this), props),
      bucket: props.bucket,
      tags: { ...ownTags(props.deployment), ...props.tags },
    };

    const accessKey = props.credentials && new AccessKey(this, "access-key", common);
    const dependsOn = accessKey ? [accessKey.user] : [];
    const made = kmsKeyArn
      ? undefined
      : new EncryptionKey(this, "key", { ...common, account, region, principal, dependsOn, ...props.kmsKey });
    const keyArn = kmsKeyArn ?? made?.arn ?? "";
    const bucket = new Bucket(this, "bucket", {
      ...common,
      policy: bucketPolicy({
        bucket: props.bucket,
        account,
        region,
        principal,
        keyArn: kmsKeyArn,
        network: props.network,
        limitsUrlAge: props.urlLifetime === undefined,
      }),
      dependsOn,
      logs: this.logs({ ...common, account, region }, props.logging),
      kmsKeyArn: keyArn,
      allowedOrigins: allowedOrigins(props.wandbUrl, props.cors !== undefined),
      versioned: props.versioning === undefined,
      noncurrentVersionExpirationDays: props.noncurrentVersionExpirationDays,
      abortIncompleteMultipartUploadDays: props.abortIncompleteMultipartUploadDays,
    });

    this.ready = made ? [made.key, ...bucket.ready] : bucket.ready;
    this.credentials =
      props.access === "credentials"
        ? (accessKey?.secrets ?? secretVariables(this, logicalId("aws", props.bucket), ACCESS_KEY))
        : undefined;
    this.handover = {
      provider: "AWS",
      bucket: props.bucket,
      region,
      kms_key_arn: keyArn,
      ...(kmsKeyArn ? { kms_key_policy_statement: JSON.stringify(keyStatement(principal)) } : {}),
    };
  }

  private logs(common: Omit<AccessLogsProps, "logBucket">, logging: AwsProps["logging"]) {
    if (!logging) return undefined;
    if ("targetBucket" in logging) return { bucket: logging.targetBucket, ready: [] };
    return { bucket: logging.logBucket, ready: new AccessLogs(this, "logs", { ...common, ...logging }).ready };
  }
}
