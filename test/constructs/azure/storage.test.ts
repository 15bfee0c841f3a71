import type { AzureProps } from "../../../constructs/azure/props";
import { azureAddresses } from "../../../constructs/azure/storage";
import { addresses, only } from "../../support/synth";
import { ACCOUNT_KEY, build, FEDERATED, FULL, PLATFORM, STORAGE, SUBSCRIPTION } from "./fixture";

const TWO = { ...FEDERATED, serviceAccounts: ["wandb-app", "wandb-api"] };

describe("AzureStorage", () => {
  test("with an account key is these resources, each for a reason", () => {
    expect(addresses(build({ access: ACCOUNT_KEY })).sort()).toEqual([
      "azurerm_management_lock.azure_acmewandb", // no one deletes the account in passing
      "azurerm_storage_account.azure_acmewandb", // holds the container; CORS, versions and soft delete are its
      "azurerm_storage_container.azure_acmewandb_wandb", // holds the files
      "azurerm_storage_management_policy.azure_acmewandb", // ends previous versions
    ]);
  });

  test("with all it may have is these, each for a reason", () => {
    expect(addresses(build({ ...FULL, access: TWO })).sort()).toEqual([
      "azurerm_federated_identity_credential.azure_acmewandb_wandb-api", // one pod of W&B's
      "azurerm_federated_identity_credential.azure_acmewandb_wandb-app", // another
      "azurerm_management_lock.azure_acmewandb",
      "azurerm_monitor_diagnostic_setting.azure_acmewandb", // logs requests
      "azurerm_role_assignment.azure_acmewandb_Key-Vault-Crypto-Service-Encryption-User", // the account uses the key
      "azurerm_role_assignment.azure_acmewandb_Reader", // W&B sees the account's settings
      "azurerm_role_assignment.azure_acmewandb_Storage-Blob-Data-Contributor", // W&B uses files and signs URLs
      "azurerm_storage_account.azure_acmewandb",
      "azurerm_storage_container.azure_acmewandb_wandb",
      "azurerm_storage_management_policy.azure_acmewandb",
      "azurerm_user_assigned_identity.azure_acmewandb_key", // who uses the key
      "azurerm_user_assigned_identity.azure_acmewandb_wandb", // who W&B is here
    ]);
  });

  test.each([
    ["federated", {}, undefined],
    ["federated with all", FULL, undefined],
    ["federated with others", { access: TWO }, TWO.serviceAccounts],
    ["platform-identity", { access: PLATFORM }, undefined],
    ["account-key", { access: ACCOUNT_KEY }, undefined],
  ])("azureAddresses() has every address of %s", (_, changes, serviceAccounts) => {
    const { account, container } = STORAGE;
    expect(azureAddresses({ account, container, serviceAccounts })).toEqual(
      expect.arrayContaining(addresses(build(changes))),
    );
  });

  test("azureAddresses() has no address that no storage has", () => {
    const { account, container } = STORAGE;
    expect(addresses(build(FULL)).sort()).toEqual(azureAddresses({ account, container }).sort());
  });

  test("is ready when every resource is", () => {
    const terraform = build(FULL);
    expect((terraform.output?.["handover"]?.["depends_on"] as string[]).sort()).toEqual(addresses(terraform).sort());
  });

  test("uses a provider that leaves the data plane and the subscription alone", () => {
    const alias = `azure_${SUBSCRIPTION}`;
    const tenantId = "11111111-2222-4333-8444-555555555555";
    expect(build().provider["azurerm"]).toEqual([
      {
        alias,
        subscription_id: SUBSCRIPTION,
        storage_use_azuread: true,
        resource_provider_registrations: "none",
        features: [{ storage: [{ data_plane_available: false }] }],
      },
    ]);
    expect(build({ tenantId }).provider["azurerm"]).toMatchObject([{ tenant_id: tenantId }]);
    for (const byId of Object.values(build(FULL).resource)) {
      for (const { provider } of Object.values(byId)) expect(provider).toBe(`azurerm.${alias}`);
    }
  });

  test("has a private container that survives a plan that would destroy it", () => {
    const container = only(build(), "azurerm_storage_container");
    expect(container).toMatchObject({
      name: "wandb",
      storage_account_id: "${azurerm_storage_account.azure_acmewandb.id}",
      container_access_type: "private",
      lifecycle: { prevent_destroy: true },
    });
    expect(container).not.toHaveProperty("storage_account_name");
  });

  test("locks the account against deletion, after all that the lock would keep", () => {
    const lock = only(build(FULL), "azurerm_management_lock");
    expect(lock).toMatchObject({
      name: "wandb-byob",
      scope: "${azurerm_storage_account.azure_acmewandb.id}",
      lock_level: "CanNotDelete",
    });
    expect((lock["depends_on"] as string[]).sort()).toEqual([
      "azurerm_monitor_diagnostic_setting.azure_acmewandb",
      "azurerm_role_assignment.azure_acmewandb_Reader",
      "azurerm_role_assignment.azure_acmewandb_Storage-Blob-Data-Contributor",
      "azurerm_storage_container.azure_acmewandb_wandb",
      "azurerm_storage_management_policy.azure_acmewandb",
    ]);
  });

  describe("handover", () => {
    const handover = (access: AzureProps["access"]) => build({ access }).output?.["handover"]?.value;

    test("names account and container, and the identity to sign in as", () => {
      expect(handover(FEDERATED)).toEqual({
        provider: "AZURE",
        account_name: "acmewandb",
        container_name: "wandb",
        tenant_id: "${azurerm_user_assigned_identity.azure_acmewandb_wandb.tenant_id}",
        managed_identity_client_id: "${azurerm_user_assigned_identity.azure_acmewandb_wandb.client_id}",
      });
    });

    test.each([PLATFORM, ACCOUNT_KEY])("$mode: names account and container only, no key among them", (access) => {
      expect(handover(access)).toEqual({ provider: "AZURE", account_name: "acmewandb", container_name: "wandb" });
    });
  });
});
