import { S3BucketCorsConfiguration } from "@cdktf/provider-aws/lib/s3-bucket-cors-configuration";
import { TerraformResource, type TerraformMetaArguments, type TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { CORS } from "../cors";
import { DEFAULT_DAYS } from "../fields";
import { logicalId, withId } from "../logical-id";
import type { Policy } from "./policy";
import { COREWEAVE_PROVIDER } from "./provider";

export interface BucketProps {
  readonly provider: TerraformProvider;
  /** The AWS provider, for CORS. */
  readonly s3Provider: TerraformProvider;
  /** Name of the bucket; gives every resource here its address. */
  readonly bucket: string;
  /** Availability Zone. */
  readonly zone: string;
  /** The one policy of the bucket. */
  readonly policy: Policy;
  /** Origins whose pages may use the bucket. */
  readonly allowedOrigins: readonly string[];
  readonly versioned: boolean;
  /** Days until a noncurrent version is gone. @default 30 */
  readonly noncurrentVersionExpirationDays?: number | undefined;
  /** Days until the parts of an unfinished upload are gone. @default 7 */
  readonly abortIncompleteMultipartUploadDays?: number | undefined;
  readonly tags: Readonly<Record<string, string>>;
}

/** A resource of CoreWeave's provider, with its arguments spelt as Terraform does. */
class CoreweaveResource extends TerraformResource {
  constructor(
    scope: Construct,
    id: string,
    type: string,
    private readonly attributes: Readonly<Record<string, unknown>>,
    meta: TerraformMetaArguments,
  ) {
    const { name, version } = COREWEAVE_PROVIDER;
    super(scope, id, {
      terraformResourceType: type,
      terraformGeneratorMetadata: { providerName: name, providerVersion: version },
      ...meta,
    });
  }

  protected override synthesizeAttributes() {
    return { ...this.attributes };
  }
}

/** A bucket on AI Object Storage that is versioned, open to whom its policy names, and can't be destroyed by a plan. */
export class Bucket extends Construct {
  /** All that makes the bucket fit for use. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id);
    const { provider } = props;
    const address = logicalId("coreweave", props.bucket);
    const make = (name: string, attributes: object, meta: TerraformMetaArguments = {}) =>
      withId(
        new CoreweaveResource(this, name, TYPES[name as keyof typeof TYPES], { ...attributes }, { provider, ...meta }),
        address,
      );

    const made = make(
      "bucket",
      { name: props.bucket, zone: props.zone, tags: { ...props.tags } },
      { lifecycle: { preventDestroy: true } }, // W&B can't move a team to another bucket
    );
    const bucket = made.getStringAttribute("name");
    const versioning = make("versioning", {
      bucket,
      versioning_configuration: { status: props.versioned ? "Enabled" : "Suspended" },
    });
    const lifecycle = make("lifecycle", { bucket, rule: lifecycleRules(props) }, { dependsOn: [versioning] });
    const cors = new S3BucketCorsConfiguration(this, "cors", {
      provider: props.s3Provider,
      bucket,
      corsRule: [
        {
          allowedMethods: [...CORS.methods],
          allowedHeaders: [...CORS.allowedHeaders],
          allowedOrigins: [...props.allowedOrigins],
          exposeHeaders: [...CORS.exposedHeaders],
          maxAgeSeconds: CORS.maxAgeSeconds,
        },
      ],
    });
    const rest = [versioning, lifecycle, withId(cors, address)];
    // Last: from then on the bucket refuses whomever the policy doesn't name.
    const policy = make("policy", { bucket, policy: JSON.stringify(props.policy) }, { dependsOn: rest });
    this.ready = [made, ...rest, policy];
  }
}

/** Types of the resources of CoreWeave's provider that a storage has. */
export const TYPES = {
  bucket: "coreweave_object_storage_bucket",
  versioning: "coreweave_object_storage_bucket_versioning",
  lifecycle: "coreweave_object_storage_bucket_lifecycle_configuration",
  policy: "coreweave_object_storage_bucket_policy",
} as const;

/** Rules that never touch a current object: W&B reads old runs from the bucket, and may delete objects but not versions. */
function lifecycleRules(props: BucketProps) {
  const everything = { status: "Enabled", filter: { prefix: "" } };
  return [
    {
      ...everything,
      id: "expire-noncurrent-versions",
      noncurrent_version_expiration: {
        noncurrent_days: props.noncurrentVersionExpirationDays ?? DEFAULT_DAYS.noncurrentVersionExpiration,
      },
      expiration: { expired_object_delete_marker: true },
    },
    {
      ...everything,
      id: "abort-incomplete-multipart-uploads",
      abort_incomplete_multipart_upload: {
        days_after_initiation: props.abortIncompleteMultipartUploadDays ?? DEFAULT_DAYS.abortIncompleteMultipartUpload,
      },
    },
  ];
}
