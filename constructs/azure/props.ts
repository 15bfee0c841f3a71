import * as z from "zod";

/** The fields of a storage on Azure Blob. */
export const azureProps = z.strictObject({
  cloud: z.literal("azure"),
  subscription: z.string().describe("Azure subscription id"),
  resourceGroup: z.string().describe("Resource group that holds the storage account"),
  location: z.string().describe("Azure region"),
  account: z.string().describe("Name of the storage account; it can't be changed later"),
  container: z.string().describe("Name of the container; it can't be changed later"),
});
export type AzureProps = z.input<typeof azureProps>;
