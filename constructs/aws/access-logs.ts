import { S3BucketLifecycleConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-lifecycle-configuration";
import { S3BucketServerSideEncryptionConfigurationA } from "@cdktf/provider-aws/lib/s3-bucket-server-side-encryption-configuration";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { DEFAULT_DAYS } from "../fields";
import { logicalId, withId } from "../logical-id";
import { logBucketPolicy } from "./policy";
import { PrivateBucket } from "./private-bucket";

export interface AccessLogsProps {
  readonly provider: TerraformProvider;
  /** Name of the bucket that is made for the logs; gives every resource here its address. */
  readonly logBucket: string;
  /** The bucket whose requests are logged. */
  readonly bucket: string;
  /** Account that owns both buckets: 12 digits. */
  readonly account: string;
  readonly region: string;
  /** Days until a log is gone. @default 365 */
  readonly expirationDays?: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * A private bucket for the server access logs of another one, where S3's logging service alone writes. A log has the query
 * string of each request, and so W&B's `X-User`: the names of users are personal data, hence the expiry. S3 delivers to
 * no bucket whose default is SSE-KMS, nor past a policy that asks for it.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/enable-server-access-logging.html
 */
export class AccessLogs extends Construct {
  /** All that must be there before logs are asked for. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: AccessLogsProps) {
    super(scope, id);
    const { bucket, ready } = new PrivateBucket(this, "private", {
      ...props,
      bucket: props.logBucket,
      policy: logBucketPolicy(props),
    });
    const common = { provider: props.provider, bucket: bucket.bucket };
    const companions = [
      new S3BucketServerSideEncryptionConfigurationA(this, "encryption", {
        ...common,
        rule: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: "AES256" } }],
      }),
      new S3BucketLifecycleConfiguration(this, "lifecycle", {
        ...common,
        rule: [
          {
            id: "expire-logs",
            status: "Enabled",
            filter: [{ prefix: "" }],
            expiration: [{ days: props.expirationDays ?? DEFAULT_DAYS.logExpiration }],
          },
        ],
      }),
    ];
    const address = logicalId("aws", props.logBucket);
    this.ready = [...ready, ...companions.map((companion) => withId(companion, address))];
  }
}
