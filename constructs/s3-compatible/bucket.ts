import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketVersioningA } from "@cdktf/provider-aws/lib/s3-bucket-versioning";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { Policy } from "../aws/policy";
import { CORS } from "../cors";
import { withId } from "../logical-id";
import type { Kind } from "./kinds";

export interface BucketSettingsProps {
  readonly provider: TerraformProvider;
  readonly bucket: string;
  /** The logical id of every resource here. */
  readonly address: string;
  /** Which settings there are to manage; the bucket too, if it is to be made. */
  readonly manages: Kind["manages"];
  /** The one policy of the bucket. */
  readonly policy: Policy;
  /** Origins whose pages may use the bucket. */
  readonly allowedOrigins: readonly string[];
  readonly versioned: boolean;
}

/**
 * The settings of a bucket that its owner has made. Never its encryption or its object ownership: asked to remove either,
 * Ceph takes the request for one to delete the bucket, and does so if it is empty (seen on version 16).
 */
export class BucketSettings extends Construct {
  /** All that makes the bucket fit for use. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: BucketSettingsProps) {
    super(scope, id);
    const { provider, manages, address } = props;
    // The id comes first: CDKTF takes none once something refers to the resource.
    const made =
      manages.bucket &&
      withId(
        new S3Bucket(this, "bucket", {
          provider,
          bucket: props.bucket,
          forceDestroy: false, // a bucket with objects in it can't be deleted
          lifecycle: { preventDestroy: true }, // W&B can't move a team to another bucket
        }),
        address,
      );
    const common = { provider, bucket: made ? made.bucket : props.bucket };
    const settings = [
      manages.versioning &&
        new S3BucketVersioningA(this, "versioning", {
          ...common,
          versioningConfiguration: { status: props.versioned ? "Enabled" : "Suspended" },
        }),
      manages.cors &&
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
      new S3BucketPolicy(this, "policy", { ...common, policy: JSON.stringify(props.policy) }),
    ]
      .filter((each) => each !== false)
      .map((each) => withId(each, address));
    this.ready = made ? [made, ...settings] : settings;
  }
}
