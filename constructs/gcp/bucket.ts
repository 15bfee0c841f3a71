import { StorageBucket, type StorageBucketConfig } from "@cdktf/provider-google/lib/storage-bucket";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { CORS } from "../cors";
import { DEFAULT_DAYS } from "../fields";
import { logicalId, withId } from "../logical-id";
import { DEFAULT_GCP_DAYS } from "./props";

const SECONDS_PER_DAY = 86_400;

export interface BucketProps {
  readonly provider: TerraformProvider;
  readonly project: string;
  /** Name of the bucket; gives it its address. */
  readonly bucket: string;
  /** A region, dual-region, multi-region or the area of `dataLocations`. */
  readonly location: string;
  /** @default - as `location` says */
  readonly dataLocations?: readonly string[] | undefined;
  /** @default STANDARD */
  readonly storageClass?: string | undefined;
  /** Days that a deleted object can be restored, 7 to 90. @default 7 */
  readonly softDeleteRetentionDays?: number | undefined;
  /** @default true */
  readonly versioned?: boolean;
  /** Days until a noncurrent version is gone. @default 30 */
  readonly noncurrentVersionExpirationDays?: number | undefined;
  /** Days until the parts of an unfinished upload are gone. @default 7 */
  readonly abortIncompleteMultipartUploadDays?: number | undefined;
  /** Days until an object itself is gone; for logs only. @default - never */
  readonly expirationDays?: number | undefined;
  /** Origins whose pages may use the bucket. @default - none */
  readonly allowedOrigins?: readonly string[];
  /** Full name of the key that encrypts every object. @default - Google-managed encryption */
  readonly kmsKeyName?: string | undefined;
  /** Name of the bucket that usage logs go to. @default - no usage logs */
  readonly logBucket?: string | undefined;
  /** The only addresses that may reach the bucket. @default - any address */
  readonly ipFilter?: StorageBucketConfig["ipFilter"];
  readonly labels: Readonly<Record<string, string>>;
  /** What the bucket can't be made without: the grant on its key, the bucket of its logs. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** A bucket that IAM alone opens, that can't be made public, that keeps what is deleted for a while, and that can't be destroyed by a plan. */
export class Bucket extends Construct {
  readonly bucket: StorageBucket;

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { dataLocations, allowedOrigins, kmsKeyName, logBucket, ipFilter } = props;
    const upper = (location: string) => location.toUpperCase(); // as Google answers
    this.bucket = new StorageBucket(this, "bucket", {
      provider: props.provider,
      project: props.project,
      name: props.bucket,
      location: upper(props.location),
      ...(dataLocations ? { customPlacementConfig: { dataLocations: dataLocations.map(upper) } } : {}),
      storageClass: props.storageClass ?? "STANDARD",
      uniformBucketLevelAccess: true, // no ACL counts
      publicAccessPrevention: "enforced",
      forceDestroy: false, // a bucket with objects in it can't be deleted
      // Said, not left open: an organization may have set 0, and W&B refuses such a bucket.
      softDeletePolicy: {
        retentionDurationSeconds:
          (props.softDeleteRetentionDays ?? DEFAULT_GCP_DAYS.softDeleteRetention) * SECONDS_PER_DAY,
      },
      versioning: { enabled: props.versioned ?? true },
      lifecycleRule: lifecycleRules(props),
      ...(allowedOrigins ? { cors: [corsRule(allowedOrigins)] } : {}),
      ...(kmsKeyName ? { encryption: { defaultKmsKeyName: kmsKeyName } } : {}),
      ...(logBucket ? { logging: { logBucket, logObjectPrefix: props.bucket } } : {}),
      ...(ipFilter ? { ipFilter } : {}),
      labels: { ...props.labels },
      lifecycle: { preventDestroy: true }, // W&B can't move a team to another bucket
      ...(props.dependsOn.length ? { dependsOn: [...props.dependsOn] } : {}),
    });
    withId(this.bucket, logicalId("gcp", props.bucket));
  }
}

/**
 * W&B's page also names `exposeHeaders`, which Cloud Storage does not have: what a page may read stands, like what it may
 * send, in the one list of headers.
 */
function corsRule(origin: readonly string[]) {
  return {
    origin: [...origin],
    method: [...CORS.methods],
    responseHeader: ["Content-Type", ...CORS.exposedHeaders],
    maxAgeSeconds: CORS.maxAgeSeconds,
  };
}

/**
 * Rules that, but for logs, never touch a current object: W&B reads old runs from the bucket, and an expired file is a lost
 * one. W&B's pages disagree on versioning: the one on BYOB asks for soft delete alone, the one on deleting artifacts for
 * versioning. Both are on here, so that either holds; a deleted file is noncurrent first, and then soft-deleted.
 */
function lifecycleRules(props: BucketProps) {
  const noncurrent = props.noncurrentVersionExpirationDays ?? DEFAULT_DAYS.noncurrentVersionExpiration;
  const unfinished = props.abortIncompleteMultipartUploadDays ?? DEFAULT_DAYS.abortIncompleteMultipartUpload;
  const { expirationDays } = props;
  return [
    {
      action: { type: "Delete" },
      condition: { daysSinceNoncurrentTime: noncurrent, withState: "ARCHIVED", sendAgeIfZero: false },
    },
    { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: unfinished } },
    ...(expirationDays ? [{ action: { type: "Delete" }, condition: { age: expirationDays, withState: "ANY" } }] : []),
  ];
}
