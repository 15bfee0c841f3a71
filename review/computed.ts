import { documentPolicy } from "./policy-document";
import { providerOf, type Resource, type Stack } from "./stack";
import { entryOf, isOpen, listOf, textAt, type Json } from "./value";

type Compute = (resource: Resource, stack: Stack) => string | undefined;

const named =
  (key: string): Compute =>
  ({ values }) =>
    textAt(values, key);

/** The AWS account that a provider configuration is pinned to. */
export function accountOf(stack: Stack, resource: Resource): string | undefined {
  const allowed = listOf(providerOf(stack, resource)["allowed_account_ids"]);
  const [only] = allowed;
  return allowed.length === 1 && typeof only === "string" && !isOpen(only) ? only : undefined;
}

export function regionOf(stack: Stack, resource: Resource): string | undefined {
  return textAt(resource.values, "region") ?? textAt(providerOf(stack, resource), "region");
}

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html */
export function partitionOf(region: string | undefined): string {
  if (region?.startsWith("cn-")) return "aws-cn";
  return region?.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

const bucketArn: Compute = (resource, stack) => {
  const name = textAt(resource.values, "bucket");
  return name && `arn:${partitionOf(regionOf(stack, resource))}:s3:::${name}`;
};

function identityArn(kind: "role" | "user"): Compute {
  return (resource, stack) => {
    const [account, name] = [accountOf(stack, resource), textAt(resource.values, "name")];
    const path = textAt(resource.values, "path") ?? "/";
    return account && name && `arn:${partitionOf(regionOf(stack, resource))}:iam::${account}:${kind}${path}${name}`;
  };
}

/** The id of a storage account, which holds nothing but names. */
const storageAccountId: Compute = (resource, stack) => {
  const subscription = textAt(providerOf(stack, resource), "subscription_id");
  const [group, name] = [textAt(resource.values, "resource_group_name"), textAt(resource.values, "name")];
  const provider = "providers/Microsoft.Storage/storageAccounts";
  return subscription && group && name && `/subscriptions/${subscription}/resourceGroups/${group}/${provider}/${name}`;
};

const containerId: Compute = ({ values }) => {
  const [account, name] = [textAt(values, "storage_account_id"), textAt(values, "name")];
  return account && name && `${account}/blobServices/default/containers/${name}`;
};

/** Attributes that the cloud computes from what is written, so that they are known before anything exists. */
const COMPUTED: Readonly<Record<string, Readonly<Record<string, Compute>>>> = {
  aws_s3_bucket: { id: named("bucket"), arn: bucketArn },
  aws_iam_role: { arn: identityArn("role"), id: named("name") },
  aws_iam_user: { arn: identityArn("user"), id: named("name") },
  aws_iam_policy_document: {
    json: ({ values }) => documentPolicy(values),
    minified_json: ({ values }) => documentPolicy(values),
  },
  aws_caller_identity: { account_id: (resource, stack) => accountOf(stack, resource) },
  aws_region: {
    name: (resource, stack) => regionOf(stack, resource),
    region: (resource, stack) => regionOf(stack, resource),
  },
  aws_partition: { partition: (resource, stack) => partitionOf(regionOf(stack, resource)) },
  google_storage_bucket: { id: named("name") },
  azurerm_storage_account: { id: storageAccountId },
  azurerm_storage_container: { id: containerId, resource_manager_id: containerId },
};

/** The value of a computed attribute, or nothing where only the cloud can tell. */
export function computed(resource: Resource, attribute: string, stack: Stack): Json | undefined {
  return entryOf(entryOf(COMPUTED, resource.type) ?? {}, attribute)?.(resource, stack) || undefined;
}
