import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketOwnershipControls } from "@cdktf/provider-aws/lib/s3-bucket-ownership-controls";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import type { ITerraformDependable, TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { logicalId, withId } from "../logical-id";
import type { Policy } from "./policy";

export interface PrivateBucketProps {
  readonly provider: TerraformProvider;
  /** Name of the bucket; gives every resource here its address. */
  readonly bucket: string;
  /** The one policy of the bucket. */
  readonly policy: Policy;
  readonly tags: Readonly<Record<string, string>>;
  /** What the policy names, and so must be there before it. @default - nothing is made for it */
  readonly dependsOn?: readonly ITerraformDependable[];
}

/** A bucket that its account alone owns, that nobody can make public, and that can't be destroyed by a plan. */
export class PrivateBucket extends Construct {
  readonly bucket: S3Bucket;
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: PrivateBucketProps) {
    super(scope, id);
    const address = logicalId("aws", props.bucket);
    this.bucket = new S3Bucket(this, "bucket", {
      provider: props.provider,
      bucket: props.bucket,
      forceDestroy: false, // a bucket with objects in it can't be deleted
      tags: { ...props.tags },
      lifecycle: { preventDestroy: true }, // W&B can't move a team to another bucket, nor can a log be had again
    });
    const common = { provider: props.provider, bucket: withId(this.bucket, address).bucket };
    const publicAccessBlock = new S3BucketPublicAccessBlock(this, "public-access-block", {
      ...common,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
    const companions = [
      publicAccessBlock,
      new S3BucketOwnershipControls(this, "ownership", {
        ...common,
        rule: { objectOwnership: "BucketOwnerEnforced" }, // no ACL counts
      }),
      new S3BucketPolicy(this, "policy", {
        ...common,
        dependsOn: [publicAccessBlock, ...(props.dependsOn ?? [])], // the block: both at once is a conflict: 409 OperationAborted
        policy: JSON.stringify(props.policy),
      }),
    ];
    this.ready = [this.bucket, ...companions.map((companion) => withId(companion, address))];
  }
}
