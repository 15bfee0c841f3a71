import { partitionOf } from "./arn";
import type { AwsNetwork } from "./network";
import { preSignedDenies } from "./pre-signed";

/** A policy statement as AWS reads it. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*" | { readonly AWS: string } | { readonly Service: string };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy as AWS reads it. */
export interface Policy {
  readonly Version: "2012-10-17";
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

/**
 * What W&B does to objects. With the other two lists these are word for word the actions of W&B's page.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector
 */
export const OBJECT_ACTIONS = ["s3:GetObject*", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"] as const;

/** What W&B asks of the bucket. */
export const BUCKET_ACTIONS = [
  "s3:ListBucket",
  "s3:ListBucketVersions",
  "s3:ListBucketMultipartUploads",
  "s3:GetBucketLocation",
  "s3:GetBucketVersioning",
  "s3:GetBucketCORS",
  "s3:GetEncryptionConfiguration",
] as const;

/** What W&B does with the key. */
export const KEY_ACTIONS = [
  "kms:Decrypt",
  "kms:Describe*",
  "kms:Encrypt",
  "kms:ReEncrypt*",
  "kms:GenerateDataKey*",
] as const;

/** What a bucket policy is made from: names only, so that a plan shows all of it before anything exists. */
export interface BucketPolicyInput {
  readonly bucket: string;
  /** The account that owns the bucket: 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Whom the policy lets in. */
  readonly principal: string;
  /** The ARN of an existing key. @default - a key made beside the bucket, whose ARN is not known yet */
  readonly keyArn?: string | undefined;
  /** From where pre-signed URLs may be used. @default - from any network */
  readonly network?: AwsNetwork | undefined;
  /** Whether the bucket itself refuses pre-signed URLs older than W&B makes them. @default true */
  readonly limitsUrlAge?: boolean;
}

/** The ARN of a bucket; its partition is that of the region. */
export function bucketArn(bucket: string, region: string): string {
  return `arn:${partitionOf(region)}:s3:::${bucket}`;
}

/**
 * The one policy of a bucket: W&B's eleven documented actions, and what nobody may do.
 *
 * W&B's own example has one statement for all actions; AWS refuses that as `MalformedPolicy` in some forms
 * (wandb/terraform-aws-wandb#156), so objects and bucket have a statement each. Encryption headers are refused only
 * *when present*: W&B's clients upload by pre-signed URLs without any, and the bucket's default then encrypts.
 */
export function bucketPolicy(input: BucketPolicyInput): Policy {
  const bucket = bucketArn(input.bucket, input.region);
  const objects = `${bucket}/*`;
  const wandb = { AWS: input.principal };
  return {
    Version: "2012-10-17",
    Id: "WandBAccess",
    Statement: [
      { Sid: "WAndBObjectAccess", Effect: "Allow", Principal: wandb, Action: OBJECT_ACTIONS, Resource: objects },
      { Sid: "WAndBBucketAccess", Effect: "Allow", Principal: wandb, Action: BUCKET_ACTIONS, Resource: bucket },
      denyInsecureTransport(bucket),
      denyUpload("DenyCustomerProvidedKey", objects, {
        Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "false" },
      }),
      denyUpload("DenyOtherEncryption", objects, {
        StringNotEquals: { "s3:x-amz-server-side-encryption": "aws:kms" },
        Null: { "s3:x-amz-server-side-encryption": "false" },
      }),
      denyUpload("DenyForeignKey", objects, {
        ...otherKeyThan(input),
        Null: { "s3:x-amz-server-side-encryption-aws-kms-key-id": "false" },
      }),
      ...preSignedDenies(input, wandb, [bucket, objects]),
    ],
  };
}

/** What a policy of a bucket for logs is made from. */
export interface LogBucketPolicyInput {
  readonly logBucket: string;
  /** The bucket whose requests are logged. */
  readonly bucket: string;
  /** The account that owns both: 12 digits. */
  readonly account: string;
  readonly region: string;
}

/**
 * The one policy of a bucket for logs: S3's logging service may write there, for that one bucket of that account only.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html#grant-log-delivery-permissions-general
 */
export function logBucketPolicy({ logBucket, bucket, account, region }: LogBucketPolicyInput): Policy {
  const target = bucketArn(logBucket, region);
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "LoggingServiceWrites",
        Effect: "Allow",
        Principal: { Service: "logging.s3.amazonaws.com" },
        Action: "s3:PutObject",
        Resource: `${target}/${bucket}/*`,
        Condition: {
          ArnLike: { "aws:SourceArn": bucketArn(bucket, region) },
          StringEquals: { "aws:SourceAccount": account },
        },
      },
      denyInsecureTransport(target),
    ],
  };
}

function denyInsecureTransport(bucket: string): Statement {
  return {
    Sid: "DenyInsecureTransport",
    Effect: "Deny",
    Principal: "*",
    Action: "s3:*",
    Resource: [bucket, `${bucket}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}

function denyUpload(Sid: string, Resource: string, Condition: NonNullable<Statement["Condition"]>): Statement {
  return { Sid, Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource, Condition };
}

/** A key that is made with the bucket has no ARN yet: then any key of this account and region will do. */
function otherKeyThan({ keyArn, account, region }: BucketPolicyInput): NonNullable<Statement["Condition"]> {
  const key = "s3:x-amz-server-side-encryption-aws-kms-key-id";
  return keyArn
    ? { StringNotEquals: { [key]: keyArn } }
    : { StringNotLike: { [key]: `arn:${partitionOf(region)}:kms:${region}:${account}:key/*` } };
}

/**
 * The policy of a key made for a bucket: the account administers it (its root, not whoever ran Terraform: a session's
 * ARN would leave the key unmanageable once the session is gone), and the principal uses it. `Resource` is the key
 * itself: a key policy can name nothing else.
 */
export function keyPolicy(account: string, region: string, principal: string): Policy {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountAdministersKey",
        Effect: "Allow",
        Principal: { AWS: `arn:${partitionOf(region)}:iam::${account}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      keyStatement(principal),
    ],
  };
}

/** What W&B needs of a key, to be added to the policy of one that this project doesn't own. */
export function keyStatement(principal: string): Statement {
  return { Sid: "WAndBUsesKey", Effect: "Allow", Principal: { AWS: principal }, Action: KEY_ACTIONS, Resource: "*" };
}
