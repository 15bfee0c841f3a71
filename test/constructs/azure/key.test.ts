import { only } from "../../support/synth";
import { ACCOUNT_KEY, build, KEY, VAULT_ID } from "./fixture";

describe("KeyAccess", () => {
  const terraform = build({ access: ACCOUNT_KEY, customerManagedKey: KEY });
  const IDENTITY = "azurerm_user_assigned_identity.azure_acmewandb_key";
  const GRANT = "azurerm_role_assignment.azure_acmewandb_Key-Vault-Crypto-Service-Encryption-User";

  test("is not made by default", () => {
    expect(only(build(), "azurerm_storage_account")).not.toHaveProperty("customer_managed_key");
    expect(only(build(), "azurerm_storage_account")).not.toHaveProperty("identity");
  });

  test("has an identity of its own that survives a plan that would destroy it", () => {
    expect(only(terraform, "azurerm_user_assigned_identity")).toMatchObject({
      name: "acmewandb-key",
      resource_group_name: "acme-ml",
      location: "westeurope",
      tags: { ManagedBy: "wandb-byob", WandbDeployment: "acme" },
      lifecycle: { prevent_destroy: true },
    });
  });

  test("lets that identity use that key, and no other of the vault", () => {
    expect(only(terraform, "azurerm_role_assignment")).toEqual({
      provider: expect.any(String) as string,
      scope: `${VAULT_ID}/keys/wandb`,
      role_definition_name: "Key Vault Crypto Service Encryption User",
      principal_id: `\${${IDENTITY}.principal_id}`,
      principal_type: "ServicePrincipal",
    });
  });

  test("encrypts the account with the key's newest version, once the role is granted", () => {
    expect(only(terraform, "azurerm_storage_account")).toMatchObject({
      identity: { type: "UserAssigned", identity_ids: [`\${${IDENTITY}.id}`] },
      customer_managed_key: {
        key_vault_key_id: "https://acme-keys.vault.azure.net/keys/wandb",
        user_assigned_identity_id: `\${${IDENTITY}.id}`,
      },
      depends_on: [GRANT],
    });
  });
});
