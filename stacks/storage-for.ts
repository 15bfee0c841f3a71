import { TerraformResource, type TerraformStack } from "cdktf";
import { awsAddresses, AwsStorage } from "../constructs/aws/storage";
import { awsProvider } from "../constructs/aws/provider";
import { azureProvider } from "../constructs/azure/provider";
import { azureAddresses, AzureStorage } from "../constructs/azure/storage";
import { gcpProvider } from "../constructs/gcp/provider";
import { gcpAddresses, GcpStorage } from "../constructs/gcp/storage";
import { logicalId } from "../constructs/logical-id";
import type { Storage } from "../constructs/storage";
import { accessOf } from "./access";
import { scopesOf } from "./attachments";
import type { Request } from "./request";
import type { Retired, StorageShape } from "./schema";

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
      return new AwsStorage(stack, logicalId("aws", props.bucket), { ...context, ...props });
    case "gcp":
      return new GcpStorage(stack, logicalId("gcp", props.bucket), { ...context, ...props });
    case "azure":
      return new AzureStorage(stack, logicalId("azure", props.account), { ...context, ...props });
    case "s3-compatible":
    case "coreweave":
      throw new Error(`no storage for ${props.cloud}: the rules refuse it`);
    default:
      return props satisfies never;
  }
}

/**
 * Makes Terraform forget storages without destroying them; to be called when all others are made, since what a storage
 * that stays shares with one that goes is not forgotten. The provider configurations stay: Terraform asks for the one
 * that a resource was made with, even to forget it ("Provider configuration not present").
 */
export function retire(stack: TerraformStack, retired: readonly Retired[]): void {
  if (retired.length === 0) return;
  const declared = stack.node
    .findAll()
    .filter((each) => each instanceof TerraformResource)
    .map(({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`);
  const addresses = new Set(retired.flatMap((gone) => forget(stack, gone)));
  stack.addOverride(
    "removed",
    [...addresses].filter((from) => !declared.includes(from)).map((from) => ({ from, lifecycle: { destroy: false } })),
  );
}

/** Keeps the provider configuration of a storage that goes; its addresses. */
function forget(stack: TerraformStack, gone: Retired): string[] {
  switch (gone.cloud) {
    case "aws":
      awsProvider(stack, gone);
      return awsAddresses(gone);
    case "gcp":
      gcpProvider(stack, gone);
      return gcpAddresses(gone);
    case "azure":
      azureProvider(stack, gone);
      return azureAddresses(gone);
    default:
      return gone satisfies never;
  }
}
