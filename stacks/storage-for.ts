import { TerraformResource, type TerraformStack } from "cdktf";
import type * as Aws from "../constructs/aws/storage";
import type * as Azure from "../constructs/azure/storage";
import type * as Coreweave from "../constructs/coreweave/storage";
import type * as S3Compatible from "../constructs/s3-compatible/storage";
import type * as Gcp from "../constructs/gcp/storage";
import { logicalId } from "../constructs/logical-id";
import type { Storage } from "../constructs/storage";
import { accessOf } from "./access";
import { scopesOf } from "./attachments";
import type { Request } from "./request";
import type { Retired, StorageShape } from "./schema";

/** A cloud's bindings cost tens of milliseconds and megabytes: only those of the clouds in use are loaded. */
const load = {
  aws: () => require("../constructs/aws/storage") as typeof Aws,
  gcp: () => require("../constructs/gcp/storage") as typeof Gcp,
  "s3-compatible": () => require("../constructs/s3-compatible/storage") as typeof S3Compatible,
  coreweave: () => require("../constructs/coreweave/storage") as typeof Coreweave,
  azure: () => require("../constructs/azure/storage") as typeof Azure,
};

/** Makes the storage of a request in a stack. */
export function storageFor(stack: TerraformStack, request: Request, alias: string, props: StorageShape): Storage {
  const { type, name, runsOn, wandbUrl, attachments } = request;
  const context = {
    type,
    deployment: name,
    wandbUrl,
    access: accessOf(type, runsOn, props.cloud),
    scopes: scopesOf(alias, attachments),
  };
  switch (props.cloud) {
    case "aws":
      return new (load.aws().AwsStorage)(stack, logicalId("aws", props.bucket), { ...context, ...props });
    case "gcp":
      return new (load.gcp().GcpStorage)(stack, logicalId("gcp", props.bucket), { ...context, ...props });
    case "azure":
      return new (load.azure().AzureStorage)(stack, logicalId("azure", props.account), { ...context, ...props });
    case "s3-compatible": {
      const { S3CompatibleStorage, s3CompatibleId } = load["s3-compatible"]();
      return new S3CompatibleStorage(stack, s3CompatibleId(props), { ...context, ...props });
    }
    case "coreweave":
      return new (load.coreweave().CoreweaveStorage)(stack, logicalId("coreweave", props.bucket), {
        ...context,
        ...props,
      });
    default:
      return props satisfies never;
  }
}

/** What holds data, or unlocks it. */
const STATEFUL =
  /^(aws_s3_bucket|aws_kms_key|google_storage_bucket|coreweave_object_storage_bucket|google_kms_(key_ring|crypto_key)|azurerm_(storage_account|storage_container|user_assigned_identity))\./;

/**
 * Makes Terraform forget, without destroying it, whatever a deployment no longer asks for: storages that are retired, and of
 * the others what they had and dropped, such as a key that was made before one was given. `prevent_destroy` can't see to
 * that: it goes with the block. To be called when all storages are made, since what is declared is not forgotten.
 */
export function forget(stack: TerraformStack, { retired, storages }: Pick<Request, "retired" | "storages">): void {
  for (const gone of retired) keepProvider(stack, gone);
  const addresses = new Set([
    ...Object.values(storages).flatMap((props) => addressesOf(props).filter((address) => STATEFUL.test(address))),
    ...retired.flatMap(addressesOf),
  ]);
  const declared = stack.node
    .findAll()
    .filter((each) => each instanceof TerraformResource)
    .map(({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`);
  const removed = [...addresses].filter((from) => !declared.includes(from));
  if (removed.length === 0) return;
  stack.addOverride(
    "removed",
    removed.map((from) => ({ from, lifecycle: { destroy: false } })),
  );
}

/** Terraform asks for the provider configuration that a resource was made with even to forget it. */
function keepProvider(stack: TerraformStack, gone: Retired): void {
  switch (gone.cloud) {
    case "aws":
      load.aws().awsProvider(stack, gone);
      return;
    case "gcp":
      load.gcp().gcpProvider(stack, gone);
      return;
    case "azure":
      load.azure().azureProvider(stack, gone);
      return;
    case "s3-compatible":
      load["s3-compatible"]().s3CompatibleProvider(stack, gone);
      return;
    case "coreweave":
      load.coreweave().coreweaveProvider(stack);
      load.coreweave().coreweaveS3Provider(stack, gone);
      return;
    default:
      gone satisfies never;
  }
}

/** The addresses that a storage may have. */
function addressesOf(props: StorageShape | Retired): string[] {
  switch (props.cloud) {
    case "aws":
      return load.aws().awsAddresses(props);
    case "gcp":
      return load.gcp().gcpAddresses(props);
    case "azure":
      return load.azure().azureAddresses(props);
    case "s3-compatible":
      return load["s3-compatible"]().s3CompatibleAddresses(props);
    case "coreweave":
      return load.coreweave().coreweaveAddresses(props);
    default:
      return props satisfies never;
  }
}
