import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { StorageContext } from "../context";
import { allowedOrigins } from "../cors";
import { secretVariables } from "../credentials";
import { logicalId } from "../logical-id";
import type { S3CompatibleHandover, Storage } from "../storage";
import { BucketSettings } from "./bucket";
import { endpointId } from "./endpoints";
import { KIND_NAMES, kindOf } from "./kinds";
import { bucketPolicy, userPolicy } from "./policy";
import { userName } from "./principal";
import { isPlain, policyInput, s3CompatibleNotEnforced, type S3CompatibleProps } from "./props";
import { s3CompatibleProvider } from "./provider";

export { s3CompatibleProvider } from "./provider";

export interface S3CompatibleStorageProps extends S3CompatibleProps, Omit<StorageContext, "access"> {}

/** The parts of the access key that W&B is given: it reaches such stores by nothing else. */
const ACCESS_KEY = {
  access_key_id: "Access key of the store's user for W&B",
  secret_access_key: "Secret key of that user",
};

/** Types of the resources that a storage on an S3-compatible store may consist of; all have one and the same id. */
export const S3_COMPATIBLE_RESOURCE_TYPES = [
  ...(KIND_NAMES.some((name) => kindOf(name).manages.bucket) ? ["aws_s3_bucket"] : []),
  "aws_s3_bucket_versioning",
  "aws_s3_bucket_cors_configuration",
  "aws_s3_bucket_policy",
];

type Names = Pick<S3CompatibleProps, "endpoint" | "bucket">;

/** The logical id of everything that a bucket at an endpoint has; dots, which ids can't have, are `_`, which names don't have. */
export function s3CompatibleId({ endpoint, bucket }: Names): string {
  return logicalId("s3-compatible", `${endpointId(endpoint)}__${bucket.replaceAll(".", "_")}`);
}

/** The Terraform addresses that a storage on an S3-compatible store may have. */
export function s3CompatibleAddresses(names: Names): string[] {
  return S3_COMPATIBLE_RESOURCE_TYPES.map((type) => `${type}.${s3CompatibleId(names)}`);
}

/** A bucket on a store of your own, open to the one user whose access key W&B has, as far as that store's policies go. */
export class S3CompatibleStorage extends Construct implements Storage {
  readonly cloud = "s3-compatible";
  readonly handover: S3CompatibleHandover;
  readonly ready: Storage["ready"];
  readonly credentials: Readonly<Record<keyof typeof ACCESS_KEY, string>>;
  /** What a reviewer might take for enforced, and isn't: one line each. */
  readonly notEnforced: readonly string[];

  constructor(scope: Construct, id: string, props: S3CompatibleStorageProps) {
    super(scope, id);
    const { endpoint, region, bucket, principal } = props;
    const input = policyInput(props);
    const { manages } = input.kind;
    const settings = new BucketSettings(this, "bucket", {
      provider: s3CompatibleProvider(TerraformStack.of(this), props),
      bucket,
      address: s3CompatibleId(props),
      manages: { ...manages, bucket: manages.bucket && props.createBucket === true },
      policy: bucketPolicy(input),
      allowedOrigins: allowedOrigins(props.wandbUrl, props.cors !== undefined),
      versioned: props.versioning === undefined,
    });
    const forUser = userPolicy(input);

    this.ready = settings.ready;
    this.credentials = secretVariables(this, s3CompatibleId(props), ACCESS_KEY);
    this.notEnforced = s3CompatibleNotEnforced(props);
    this.handover = {
      provider: "MINIO",
      bucket,
      endpoint,
      region,
      tls: isPlain(props) ? "false" : "true",
      ...(forUser && { user_name: userName(principal), user_policy: JSON.stringify(forUser) }),
    };
  }
}
