import type * as kmsAlias from "@cdktf/provider-aws/lib/kms-alias";
import type * as kmsKey from "@cdktf/provider-aws/lib/kms-key";
import type * as provider from "@cdktf/provider-aws/lib/provider";
import type * as s3Bucket from "@cdktf/provider-aws/lib/s3-bucket";
import type * as s3BucketCorsConfiguration from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import type * as s3BucketLifecycleConfiguration from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import type * as s3BucketOwnershipControls from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import type * as s3BucketPolicy from "@cdktf/provider-aws/lib/s3-bucket-policy";
import type * as s3BucketPublicAccessBlock from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import type * as s3BucketServerSideEncryptionConfiguration from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type * as s3BucketVersioning from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import { TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";

/** The modules of the provider that the stack uses; how they are imported is what the two apps beside it differ in. */
export interface Aws {
  readonly kmsAlias: typeof kmsAlias;
  readonly kmsKey: typeof kmsKey;
  readonly provider: typeof provider;
  readonly s3Bucket: typeof s3Bucket;
  readonly s3BucketCorsConfiguration: typeof s3BucketCorsConfiguration;
  readonly s3BucketLifecycleConfiguration: typeof s3BucketLifecycleConfiguration;
  readonly s3BucketOwnershipControls: typeof s3BucketOwnershipControls;
  readonly s3BucketPolicy: typeof s3BucketPolicy;
  readonly s3BucketPublicAccessBlock: typeof s3BucketPublicAccessBlock;
  readonly s3BucketServerSideEncryptionConfiguration: typeof s3BucketServerSideEncryptionConfiguration;
  readonly s3BucketVersioning: typeof s3BucketVersioning;
}

const ACCOUNT = "111122223333";
const REGION = "us-east-1";
const BUCKET = "example-saas-wandb-research";
const WANDB = { AWS: "arn:aws:iam::725579432336:role/WandbIntegration" };
const BUCKET_ARN = `arn:aws:s3:::${BUCKET}`;
const OBJECTS = `${BUCKET_ARN}/*`;
const SSE = "s3:x-amz-server-side-encryption";

/** What bench/example-saas.yaml declares, written by hand. */
export class SaasStack extends TerraformStack {
  constructor(scope: Construct, id: string, aws: Aws) {
    super(scope, id);
    const tags = { ManagedBy: "cdktf", WandbDeployment: id };
    new aws.provider.AwsProvider(this, "aws", { region: REGION, allowedAccountIds: [ACCOUNT] });

    const key = new aws.kmsKey.KmsKey(this, "key", {
      description: `Encrypts the W&B bucket ${BUCKET}`,
      keyUsage: "ENCRYPT_DECRYPT",
      enableKeyRotation: true,
      deletionWindowInDays: 30,
      policy: JSON.stringify(keyPolicy()),
      tags,
      lifecycle: { preventDestroy: true },
    });
    new aws.kmsAlias.KmsAlias(this, "alias", { name: `alias/wandb/${BUCKET}`, targetKeyId: key.keyId });

    const { bucket } = new aws.s3Bucket.S3Bucket(this, "bucket", {
      bucket: BUCKET,
      forceDestroy: false,
      tags,
      lifecycle: { preventDestroy: true },
    });
    const versioning = new aws.s3BucketVersioning.S3BucketVersioningA(this, "versioning", {
      bucket,
      versioningConfiguration: { status: "Enabled" },
    });
    const publicAccessBlock = new aws.s3BucketPublicAccessBlock.S3BucketPublicAccessBlock(this, "public-access-block", {
      bucket,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    new aws.s3BucketOwnershipControls.S3BucketOwnershipControls(this, "ownership", {
      bucket,
      rule: { objectOwnership: "BucketOwnerEnforced" },
    });
    new aws.s3BucketServerSideEncryptionConfiguration.S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
      bucket,
      rule: [
        {
          applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: key.arn },
          bucketKeyEnabled: true,
          blockedEncryptionTypes: ["SSE-C"],
        },
      ],
    });
    new aws.s3BucketCorsConfiguration.S3BucketCorsConfiguration(this, "cors", {
      bucket,
      corsRule: [
        {
          allowedMethods: ["GET", "HEAD", "PUT"],
          allowedHeaders: ["*"],
          allowedOrigins: ["*"],
          exposeHeaders: ["ETag"],
          maxAgeSeconds: 3600,
        },
      ],
    });
    new aws.s3BucketLifecycleConfiguration.S3BucketLifecycleConfiguration(this, "lifecycle", {
      bucket,
      dependsOn: [versioning],
      rule: [
        {
          id: "expire-noncurrent-versions",
          status: "Enabled",
          filter: [{ prefix: "" }],
          noncurrentVersionExpiration: [{ noncurrentDays: 30 }],
          expiration: [{ expiredObjectDeleteMarker: true }],
        },
        {
          id: "abort-incomplete-multipart-uploads",
          status: "Enabled",
          filter: [{ prefix: "" }],
          abortIncompleteMultipartUpload: [{ daysAfterInitiation: 7 }],
        },
      ],
    });
    new aws.s3BucketPolicy.S3BucketPolicy(this, "policy", {
      bucket,
      dependsOn: [publicAccessBlock],
      policy: JSON.stringify(bucketPolicy()),
    });

    for (const team of ["vision", "language"]) {
      new TerraformOutput(this, `team_${team}`, {
        description: `What W&B asks for: team ${team}`,
        value: {
          storage_type: "External storage",
          provider: "AWS",
          bucket: BUCKET,
          kms_key_arn: key.arn,
          path: team,
        },
      });
    }
  }
}

function keyPolicy() {
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "AccountAdministersKey",
        Effect: "Allow",
        Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` },
        Action: "kms:*",
        Resource: "*",
      },
      {
        Sid: "WAndBUsesKey",
        Effect: "Allow",
        Principal: WANDB,
        Action: ["kms:Decrypt", "kms:Describe*", "kms:Encrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*"],
        Resource: "*",
      },
    ],
  };
}

function bucketPolicy() {
  const denyUpload = (Sid: string, Condition: object) => {
    return { Sid, Effect: "Deny", Principal: "*", Action: "s3:PutObject", Resource: OBJECTS, Condition };
  };
  return {
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "WAndBObjectAccess",
        Effect: "Allow",
        Principal: WANDB,
        Action: ["s3:GetObject*", "s3:PutObject", "s3:DeleteObject", "s3:AbortMultipartUpload"],
        Resource: OBJECTS,
      },
      {
        Sid: "WAndBBucketAccess",
        Effect: "Allow",
        Principal: WANDB,
        Action: [
          "s3:ListBucket",
          "s3:ListBucketVersions",
          "s3:ListBucketMultipartUploads",
          "s3:GetBucketLocation",
          "s3:GetBucketVersioning",
          "s3:GetBucketCORS",
          "s3:GetEncryptionConfiguration",
        ],
        Resource: BUCKET_ARN,
      },
      {
        Sid: "DenyInsecureTransport",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:*",
        Resource: [BUCKET_ARN, OBJECTS],
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
      denyUpload("DenyCustomerProvidedKey", { Null: { [`${SSE}-customer-algorithm`]: "false" } }),
      denyUpload("DenyOtherEncryption", { StringNotEquals: { [SSE]: "aws:kms" }, Null: { [SSE]: "false" } }),
      denyUpload("DenyForeignKey", {
        StringNotLike: { [`${SSE}-aws-kms-key-id`]: `arn:aws:kms:${REGION}:${ACCOUNT}:key/*` },
        Null: { [`${SSE}-aws-kms-key-id`]: "false" },
      }),
    ],
  };
}
