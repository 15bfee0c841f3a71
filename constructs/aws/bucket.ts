import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { CORS } from "../cors";
import { DEFAULT_DAYS } from "../fields";
import { logicalId, withId } from "../logical-id";
import type { Policy } from "./policy";

export interface BucketProps {
  readonly provider: TerraformProvider;
  /** Name of the bucket; gives every resource here its address. */
  readonly bucket: string;
  /** The one policy of the bucket. */
  readonly policy: Policy;
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
  readonly tags: Readonly<Record<string, string>>;
}

/** An S3 bucket that is private, versioned, encrypted with one key, owned by its account alone, and can't be destroyed by a plan. */
export class Bucket extends Construct {
  /** All that makes the bucket fit for use. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const address = logicalId("aws", props.bucket);
    const bucket = withId(
      new S3Bucket(this, "bucket", {
        provider: props.provider,
        bucket: props.bucket,
        forceDestroy: false, // a bucket with objects in it can't be deleted
        tags: { ...props.tags },
        lifecycle: { preventDestroy: true }, // W&B can't move a team to another bucket
      }),
      address,
    );
    const common = { provider: props.provider, bucket: bucket.bucket };

    const versioning = new S3BucketVersioningA(this, "versioning", {
      ...common,
      versioningConfiguration: { status: (props.versioned ?? true) ? "Enabled" : "Suspended" },
    });
    const publicAccessBlock = new S3BucketPublicAccessBlock(this, "public-access-block", {
      ...common,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const companions = [
      versioning,
      publicAccessBlock,
      new S3BucketOwnershipControls(this, "ownership", {
        ...common,
        rule: { objectOwnership: "BucketOwnerEnforced" }, // no ACL counts
      }),
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
      new S3BucketPolicy(this, "policy", {
        ...common,
        dependsOn: [publicAccessBlock], // both at once is a conflict: 409 OperationAborted
        policy: JSON.stringify(props.policy),
      }),
    ];
    this.ready = [bucket, ...companions.map((companion) => withId(companion, address))];
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
