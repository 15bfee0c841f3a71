import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { StorageContext } from "../context";
import { allowedOrigins } from "../cors";
import { ownTags } from "../fields";
import { logicalId } from "../logical-id";
import type { CoreweaveHandover, Storage } from "../storage";
import { Bucket, TYPES } from "./bucket";
import { bucketPolicy } from "./policy";
import { organizationOf, WANDB_PRINCIPALS } from "./principal";
import { coreweaveNotEnforced, type CoreweaveProps } from "./props";
import { coreweaveProvider, coreweaveS3Provider } from "./provider";

export { coreweaveProvider, coreweaveS3Provider } from "./provider";

export interface CoreweaveStorageProps extends CoreweaveProps, Omit<StorageContext, "access"> {}

/** The Terraform addresses that a storage on CoreWeave may have. */
export function coreweaveAddresses({ bucket }: Pick<CoreweaveProps, "bucket">): string[] {
  return [...Object.values(TYPES), "aws_s3_bucket_cors_configuration"].map(
    (type) => `${type}.${logicalId("coreweave", bucket)}`,
  );
}

/** A bucket on CoreWeave AI Object Storage, open to one organization of W&B's and, unless that is given up, to its owner's. */
export class CoreweaveStorage extends Construct implements Storage {
  readonly cloud = "coreweave";
  readonly handover: CoreweaveHandover;
  readonly ready: Storage["ready"];
  /** None: W&B signs in as itself. */
  readonly credentials = undefined;
  /** What a reviewer might take for enforced, and isn't: one line each. */
  readonly notEnforced: readonly string[];

  constructor(scope: Construct, id: string, props: CoreweaveStorageProps) {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const { bucket, zone } = props;
    const made = new Bucket(this, "bucket", {
      provider: coreweaveProvider(stack),
      s3Provider: coreweaveS3Provider(stack, props),
      bucket,
      zone,
      policy: bucketPolicy({
        bucket,
        principal: WANDB_PRINCIPALS[props.type],
        organization: organizationOf(props),
        storageOrganization: props.storageOrganization,
      }),
      allowedOrigins: allowedOrigins(props.wandbUrl, props.cors !== undefined),
      versioned: props.versioning === undefined,
      noncurrentVersionExpirationDays: props.noncurrentVersionExpirationDays,
      abortIncompleteMultipartUploadDays: props.abortIncompleteMultipartUploadDays,
      tags: { ...ownTags(props.deployment), ...props.tags },
    });

    this.ready = made.ready;
    this.notEnforced = coreweaveNotEnforced();
    this.handover = { provider: "COREWEAVE", bucket };
  }
}
