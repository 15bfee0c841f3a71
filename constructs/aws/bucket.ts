import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketLoggingA } from "@cdktf/provider-aws/lib/s3-bucket-logging";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { CORS } from "../cors";
import { DEFAULT_DAYS } from "../fields";
import { logicalId, withId } from "../logical-id";
import { PrivateBucket, type PrivateBucketProps } from "./private-bucket";

export interface BucketProps extends PrivateBucketProps {
  /** ARN of the key that encrypts every object. */
  readonly kmsKeyArn: string;
  /** Origins whose pages may use the bucket. */
  readonly allowedOrigins: readonly string[];
  /** @default true */
  readonly versioned?: boolean;
  /** Days until a noncurrent version is gone. @default 30 */
  readonly noncurrentVersionExpirationDays?: number | undefined;
  /** Days until the parts of an unfinished upload are gone. @default 7 */
  readonly abortIncompleteMultipartUploadDays?: number | undefined;
  /** Where server access logs go, and what must be there before. @default - nowhere */
  readonly logs?: { readonly bucket: string; readonly ready: readonly ITerraformDependable[] } | undefined;
}

/** A private bucket that keeps versions, encrypts with one key, and whose pre-signed URLs browsers can use. */
export class Bucket extends Construct {
  /** All that makes the bucket fit for use. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { bucket, ready } = new PrivateBucket(this, "private", props);
    const common = { provider: props.provider, bucket: bucket.bucket };
    const versioning = new S3BucketVersioningA(this, "versioning", {
      ...common,
      versioningConfiguration: { status: (props.versioned ?? true) ? "Enabled" : "Suspended" },
    });
    const companions = [
      versioning,
      new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
        ...common,
        rule: [
          {
            applyServerSideEncryptionByDefault: { sseAlgorithm: "aws:kms", kmsMasterKeyId: props.kmsKeyArn },
            bucketKeyEnabled: true, // one KMS call for many objects
            blockedEncryptionTypes: ["SSE-C"], // a key that only the uploader has would make a file unreadable to W&B
          },
        ],
      }),
      new S3BucketCorsConfiguration(this, "cors", {
        ...common,
        corsRule: [
          {
            allowedMethods: [...CORS.methods],
            allowedHeaders: [...CORS.allowedHeaders],
            allowedOrigins: [...props.allowedOrigins],
            exposeHeaders: [...CORS.exposedHeaders],
            maxAgeSeconds: CORS.maxAgeSeconds,
          },
        ],
      }),
      new S3BucketLifecycleConfiguration(this, "lifecycle", {
        ...common,
        dependsOn: [versioning],
        rule: lifecycleRules(props),
      }),
      ...(props.logs
        ? [
            new S3BucketLoggingA(this, "logging", {
              ...common,
              targetBucket: props.logs.bucket,
              targetPrefix: `${props.bucket}/`,
              dependsOn: [...props.logs.ready],
            }),
          ]
        : []),
    ];
    const address = logicalId("aws", props.bucket);
    this.ready = [...ready, ...companions.map((companion) => withId(companion, address))];
  }
}

/**
 * Rules that never touch a current object: W&B reads old runs from the bucket, and an expired file is a lost one. W&B may
 * delete objects but not versions, so its garbage collection leaves noncurrent versions and, after these, bare markers.
 */
function lifecycleRules(props: BucketProps) {
  const everything = { status: "Enabled", filter: [{ prefix: "" }] };
  return [
    {
      ...everything,
      id: "expire-noncurrent-versions",
      noncurrentVersionExpiration: [
        { noncurrentDays: props.noncurrentVersionExpirationDays ?? DEFAULT_DAYS.noncurrentVersionExpiration },
      ],
      expiration: [{ expiredObjectDeleteMarker: true }],
    },
    {
      ...everything,
      id: "abort-incomplete-multipart-uploads",
      abortIncompleteMultipartUpload: [
        {
          daysAfterInitiation: props.abortIncompleteMultipartUploadDays ?? DEFAULT_DAYS.abortIncompleteMultipartUpload,
        },
      ],
    },
  ];
}
