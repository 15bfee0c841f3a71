import * as z from "zod";
import type { RuleContext } from "../context";
import { ownTags, sharedFields } from "../fields";
import { at, type Issue } from "../issue";
import { accessField, accessIssues } from "./access";
import { existingFields, existingIssues } from "./existing";
import { federationFields } from "./federation";
import { guidFaults, locationFaults } from "./ids";
import { accountNameFaults, containerNameFaults, resourceGroupFaults, tagFaults } from "./names";
import { networkField, networkIssues } from "./network";

/** Bounds of Azure. @see https://learn.microsoft.com/azure/storage/blobs/soft-delete-blob-overview */
const SOFT_DELETE = z.int().min(1).max(365);

/** How Terraform reaches an Azure subscription: one provider configuration for each subscription of a deployment. */
export const azureProviderFields = {
  subscription: z.string().describe("Azure subscription id, a GUID"),
  tenantId: z.string().optional().describe("Tenant that Terraform signs in to. Default: that of its own credentials"),
};

const names = {
  account: z.string().describe("Name of the storage account; it can't be changed later"),
  container: z.string().describe("Name of the container; it can't be changed later"),
};

/** The fields of a storage on Azure Blob. */
export const azureProps = z.strictObject({
  cloud: z.literal("azure"),
  ...azureProviderFields,
  resourceGroup: z.string().describe("Existing resource group that the storage account is made in"),
  location: z.string().describe('Azure region, such as "westeurope"; it can\'t be changed later'),
  ...names,
  access: accessField,
  replication: z
    .enum(["LRS", "ZRS", "GRS", "RAGRS", "GZRS", "RAGZRS"])
    .optional()
    .describe("Copies of the data. Default: ZRS. LRS, GRS and RAGRS can't become one with a Z later, nor the reverse"),
  blobSoftDeleteDays: SOFT_DELETE.optional().describe(
    "Days that a deleted blob or version can be restored. Default: 7",
  ),
  containerSoftDeleteDays: SOFT_DELETE.optional().describe("Days that a deleted container can be restored. Default: 7"),
  infrastructureEncryption: z
    .boolean()
    .optional()
    .describe("Encrypts a second time, below the service. Set when the account is made, never later. Default: false"),
  ...existingFields,
  network: networkField.optional(),
  ...sharedFields,
  noncurrentVersionExpirationDays: sharedFields.noncurrentVersionExpirationDays.describe(
    "Days until a previous version is gone, counted, as Azure does, from the day it was written. Default: 30",
  ),
  tags: z.record(z.string(), z.string()).optional().describe("Tags of the account and the identities"),
});

/** The fields of a storage on Azure Blob, as TypeScript users write them. */
export type AzureProps = z.input<typeof azureProps>;

/** How Terraform reaches an Azure subscription, as TypeScript users write it. */
export type AzureAccountProps = Pick<AzureProps, "subscription" | "tenantId">;

/** The fields of a storage on Azure that leaves a deployment: all that its addresses are made of. */
export const azureRetiredFields = {
  ...azureProviderFields,
  ...names,
  serviceAccounts: federationFields.serviceAccounts,
};

/** The alias of the provider configuration for a subscription. */
export function azureProviderAlias({ subscription }: AzureAccountProps): string {
  return `azure_${subscription}`;
}

const tenantFix = "Give `tenantId` as `az account show` prints it, or drop it.";

/** All that is wrong with how Terraform is to reach an Azure subscription; paths begin at the storage. */
export function azureProviderIssues({ subscription, tenantId }: AzureAccountProps): Issue[] {
  return [
    ...at(["subscription"], guidFaults("subscription", subscription, "Give `id` as `az account show` prints it.")),
    ...at(["tenantId"], tenantId === undefined ? [] : guidFaults("tenant", tenantId, tenantFix)),
  ];
}

/** All that is wrong with a storage on Azure Blob whose shape is right; paths begin at the storage. */
export function azureIssues(props: AzureProps, context: RuleContext): Issue[] {
  const { network, tags = {} } = props;
  return [
    ...azureProviderIssues(props),
    ...at(["resourceGroup"], resourceGroupFaults(props.resourceGroup)),
    ...at(["location"], locationFaults(props.location)),
    ...at(["account"], accountNameFaults(props.account)),
    ...at(["container"], containerNameFaults(props.container)),
    ...accessIssues(props.access, context),
    ...existingIssues(props),
    ...(network ? networkIssues(network) : []),
    ...at(["tags"], tagFaults(tags, Object.keys(ownTags("")))),
  ];
}
