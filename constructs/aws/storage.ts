import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { StorageContext } from "../context";
import { allowedOrigins } from "../cors";
import { ownTags } from "../fields";
import { logicalId } from "../logical-id";
import type { AwsHandover, Storage } from "../storage";
import { Bucket } from "./bucket";
import { EncryptionKey } from "./key";
import { bucketPolicy, keyStatement } from "./policy";
import { principalOf } from "./principal";
import type { AwsProps } from "./props";
import { awsProvider } from "./provider";

export interface AwsStorageProps extends AwsProps, StorageContext {}

/** Types of the resources that a storage on AWS may consist of; all have the address `<type>.aws_<bucket>`. */
export const AWS_RESOURCE_TYPES = [
  "aws_s3_bucket",
  "aws_s3_bucket_versioning",
  "aws_s3_bucket_public_access_block",
  "aws_s3_bucket_ownership_controls",
  "aws_s3_bucket_server_side_encryption_configuration",
  "aws_s3_bucket_cors_configuration",
  "aws_s3_bucket_lifecycle_configuration",
  "aws_s3_bucket_policy",
  "aws_kms_key",
  "aws_kms_alias",
] as const;

/** The Terraform addresses that a storage on AWS may have. */
export function awsAddresses({ bucket }: Pick<AwsProps, "bucket">): string[] {
  return AWS_RESOURCE_TYPES.map((type) => `${type}.${logicalId("aws", bucket)}`);
}

/** An S3 bucket and its KMS key (made here, unless one is given), open to W&B's principal and to no one else. */
export class AwsStorage extends Construct implements Storage {
  readonly cloud = "aws";
  readonly handover: AwsHandover;
  readonly ready: Storage["ready"];

  constructor(scope: Construct, id: string, props: AwsStorageProps) {
    super(scope, id);
    const { account, region, kmsKeyArn } = props;
    const principal = principalOf(props);
    const common = {
      provider: awsProvider(TerraformStack.of(this), props),
      bucket: props.bucket,
      tags: { ...ownTags(props.deployment), ...props.tags },
    };

    const made = kmsKeyArn
      ? undefined
      : new EncryptionKey(this, "key", { ...common, account, region, principal, ...props.kmsKey });
    const keyArn = kmsKeyArn ?? made?.arn ?? "";
    const bucket = new Bucket(this, "bucket", {
      ...common,
      policy: bucketPolicy({ bucket: props.bucket, account, region, principal, keyArn: kmsKeyArn }),
      kmsKeyArn: keyArn,
      allowedOrigins: allowedOrigins(props.wandbUrl, props.cors !== undefined),
      versioned: props.versioning === undefined,
      noncurrentVersionExpirationDays: props.noncurrentVersionExpirationDays,
      abortIncompleteMultipartUploadDays: props.abortIncompleteMultipartUploadDays,
    });

    this.ready = made ? [made.key, ...bucket.ready] : bucket.ready;
    this.handover = {
      provider: "AWS",
      bucket: props.bucket,
      kms_key_arn: keyArn,
      ...(kmsKeyArn ? { kms_key_policy_statement: JSON.stringify(keyStatement(principal)) } : {}),
    };
  }
}
