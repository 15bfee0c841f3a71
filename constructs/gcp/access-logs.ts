import { StorageBucketIamMember } from "@cdktf/provider-google/lib/storage-bucket-iam-member";
import type { TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { DEFAULT_DAYS } from "../fields";
import { logicalId, withId } from "../logical-id";
import { Bucket, type BucketProps } from "./bucket";
import { LOG_WRITER } from "./roles";

export interface AccessLogsProps extends Omit<BucketProps, "allowedOrigins" | "logBucket" | "ipFilter"> {
  /** Days until a log is gone. @default 365 */
  readonly expirationDays?: number | undefined;
}

/**
 * A bucket for the usage logs of another one, as closed as that: Google writes there, W&B has no access, and each log
 * goes after a year. A log has the query string of each request, and so W&B's `X-User`: the names of users are personal
 * data. No IP filter: Google's delivery comes from no address that could be listed.
 *
 * @see https://cloud.google.com/storage/docs/access-logs
 */
export class AccessLogs extends Construct {
  /** All that must be there before logs are asked for. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: AccessLogsProps) {
    super(scope, id);
    const { bucket } = new Bucket(this, "bucket", {
      ...props,
      expirationDays: props.expirationDays ?? DEFAULT_DAYS.logExpiration,
    });
    const writer = new StorageBucketIamMember(this, "writer", {
      provider: props.provider,
      bucket: bucket.name,
      ...LOG_WRITER,
    });
    this.ready = [bucket, withId(writer, logicalId("gcp", props.bucket))];
  }
}
