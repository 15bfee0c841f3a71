import * as z from "zod";
import { at, quote, type Fault, type Issue } from "../issue";
import { ACCOUNT_TYPE, parseResourceId, resourceIdFaults, VAULT_TYPE, WORKSPACE_TYPE } from "./ids";
import { keyNameFaults } from "./names";

/** Things of yours, made before and elsewhere, that a storage may use. */
export const existingFields = {
  customerManagedKey: z
    .strictObject({
      keyVaultId: z
        .string()
        .describe("Id of a Key Vault of this subscription that has roles (RBAC), soft delete and purge protection on"),
      keyName: z.string().describe("Name of an RSA key in it; the account follows the key's newest version"),
    })
    .optional()
    .describe("A key of yours that encrypts the account. Default: Microsoft's"),
  diagnosticSetting: z
    .strictObject({
      logAnalyticsWorkspaceId: z.string().optional().describe("Id of a Log Analytics workspace"),
      storageAccountId: z.string().optional().describe("Id of a storage account for logs, in the same region"),
    })
    .optional()
    .describe("Where each read, write and delete is logged, with the username that W&B puts into its URLs (`scid`)"),
};

interface Existing {
  readonly subscription: string;
  readonly account: string;
  readonly customerManagedKey?: z.input<typeof existingFields.customerManagedKey>;
  readonly diagnosticSetting?: z.input<typeof existingFields.diagnosticSetting>;
}

/** All that is wrong with the things that a storage is to use; paths begin at the storage. */
export function existingIssues(props: Existing): Issue[] {
  return [...keyIssues(props), ...diagnosticIssues(props)];
}

function keyIssues({ customerManagedKey: key, subscription }: Existing): Issue[] {
  if (!key) return [];
  const vault = parseResourceId(key.keyVaultId, VAULT_TYPE);
  const elsewhere: Fault = {
    message: `Cannot use the Key Vault: must be of the account's subscription ${quote(subscription)}, got one of ${quote(vault?.subscription)}`,
    fix: "Give a vault of the same subscription: Terraform's provider looks for it nowhere else.",
    source:
      "https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/storage/storage_account_resource.go",
  };
  const path = ["customerManagedKey"];
  return [
    ...at([...path, "keyVaultId"], resourceIdFaults("Key Vault", key.keyVaultId, VAULT_TYPE)),
    ...at([...path, "keyVaultId"], vault && vault.subscription !== subscription ? [elsewhere] : []),
    ...at([...path, "keyName"], keyNameFaults(key.keyName)),
  ];
}

function diagnosticIssues({ diagnosticSetting: to, account }: Existing): Issue[] {
  if (!to) return [];
  const { logAnalyticsWorkspaceId: workspace, storageAccountId: logs } = to;
  const nowhere: Fault = {
    message: "Cannot log requests: must have `logAnalyticsWorkspaceId` or `storageAccountId` or both, got neither",
    fix: "Add the id of a workspace or of a storage account, or drop `diagnosticSetting`.",
  };
  const itself: Fault = {
    message: `Cannot log requests: must be to another storage account than the one that is logged, got ${quote(account)}`,
    fix: "Give an account that W&B can't reach.",
    source: "https://learn.microsoft.com/azure/azure-monitor/platform/diagnostic-settings",
  };
  const path = ["diagnosticSetting"];
  const workspaceFaults = workspace === undefined ? [] : resourceIdFaults("workspace", workspace, WORKSPACE_TYPE);
  const logsFaults = logs === undefined ? [] : resourceIdFaults("storage account for logs", logs, ACCOUNT_TYPE);
  const own = parseResourceId(logs ?? "", ACCOUNT_TYPE)?.names[0] === account;
  return [
    ...at(path, workspace === undefined && logs === undefined ? [nowhere] : []),
    ...at([...path, "logAnalyticsWorkspaceId"], workspaceFaults),
    ...at([...path, "storageAccountId"], [...logsFaults, ...(own ? [itself] : [])]),
  ];
}
