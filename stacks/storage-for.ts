import type { TerraformStack } from "cdktf";
import { awsAddresses, AwsStorage } from "../constructs/aws/storage";
import { awsProvider } from "../constructs/aws/provider";
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
      return new AwsStorage(stack, logicalId("aws", props.bucket), { ...props, ...context });
    case "gcp":
    case "azure":
    case "s3-compatible":
    case "coreweave":
      throw new Error(`no storage for ${props.cloud}: the rules refuse it`);
    default:
      return props satisfies never;
  }
}

/**
 * Makes Terraform forget storages without destroying them. Their provider configurations stay: Terraform asks for the one
 * that a resource was made with, even to forget it ("Provider configuration not present").
 */
export function retire(stack: TerraformStack, retired: readonly Retired[]): void {
  if (retired.length === 0) return;
  for (const gone of retired) awsProvider(stack, gone);
  const addresses = retired.flatMap(({ bucket }) => awsAddresses(bucket));
  stack.addOverride(
    "removed",
    addresses.map((from) => ({ from, lifecycle: { destroy: false } })),
  );
}
