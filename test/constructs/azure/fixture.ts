import { dependable, TerraformOutput, TerraformStack } from "cdktf";
import { azureProps, azureIssues, type AzureProps } from "../../../constructs/azure/props";
import { AzureStorage } from "../../../constructs/azure/storage";
import type { RuleContext } from "../../../constructs/context";
import { synthApp, type Terraform } from "../../support/synth";

export const SUBSCRIPTION = "0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";
export const GROUP_ID = `/subscriptions/${SUBSCRIPTION}/resourceGroups/acme-ml`;
export const ACCOUNT_ID = `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/acmewandb`;
export const VAULT_ID = `${GROUP_ID}/providers/Microsoft.KeyVault/vaults/acme-keys`;
export const SUBNET_ID = `${GROUP_ID}/providers/Microsoft.Network/virtualNetworks/acme/subnets/ml`;
export const WORKSPACE_ID = `${GROUP_ID}/providers/Microsoft.OperationalInsights/workspaces/acme-logs`;
export const LOGS_ID = `${GROUP_ID}/providers/Microsoft.Storage/storageAccounts/acmelogs`;

export const FEDERATED = {
  mode: "federated",
  oidcIssuerUrl: "https://westeurope.oic.prod-aks.azure.com/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d/5e6f/",
} as const;
export const PLATFORM = { mode: "platform-identity", principalId: "9f8e7d6c-5b4a-4938-8271-605f4e3d2c1b" } as const;
export const ACCOUNT_KEY = { mode: "account-key", reason: "W&B runs on AWS" } as const;
export const KEY = { keyVaultId: VAULT_ID, keyName: "wandb" };

/** The smallest storage for a team. */
export const STORAGE: AzureProps = {
  cloud: "azure",
  subscription: SUBSCRIPTION,
  resourceGroup: "acme-ml",
  location: "westeurope",
  account: "acmewandb",
  container: "wandb",
  access: FEDERATED,
};

/** All that a storage may have, for a team. */
export const FULL: AzureProps = {
  ...STORAGE,
  customerManagedKey: KEY,
  diagnosticSetting: { logAnalyticsWorkspaceId: WORKSPACE_ID, storageAccountId: LOGS_ID },
  network: { wandb: { ranges: ["203.0.113.7"], subnets: [SUBNET_ID] }, clients: { ranges: ["198.51.100.0/24"] } },
};

const TEAM: RuleContext = { type: "dedicated", access: "role", scopes: ["team"] };

/** Makes a storage in a stack of its own, with its handover as the output `handover`. */
export function build(changes: Partial<AzureProps> = {}, wandbUrl = "https://acme.wandb.io"): Terraform {
  const { type, scopes } = TEAM;
  const props = { ...azureProps.parse({ ...STORAGE, ...changes }), type, scopes, wandbUrl, deployment: "acme" };
  const stacks = synthApp((app) => {
    const stack = new TerraformStack(app, "t");
    const storage = new AzureStorage(stack, "storage", props);
    const output = new TerraformOutput(stack, "handover", { value: storage.handover });
    output.addOverride("depends_on", storage.ready.map(dependable));
  });
  if (!stacks["t"]) throw new Error("no stack");
  return stacks["t"];
}

/** What the rules say of a storage: `path: message`. */
export function issues(changes: Partial<AzureProps> = {}, context: Partial<RuleContext> = {}): string[] {
  const props = azureProps.parse({ ...STORAGE, ...changes });
  return azureIssues(props, { ...TEAM, ...context }).map(({ path, message }) => `${path.join(".")}: ${message}`);
}
