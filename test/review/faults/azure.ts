import { OWN, without, set, add, type Fault } from "./plant";

export const AZURE_FAULTS: readonly Fault[] = [
  {
    name: "another principal on Azure",
    into: OWN,
    plant: set("azurerm_role_assignment", "principal_id", "0a1b2c3d-9999-4000-8000-00000000000f", "_Storage-Blob"),
    rule: "access-unknown-principal",
  },
  {
    name: "a role that may read the account's keys",
    into: OWN,
    plant: set("azurerm_role_assignment", "role_definition_name", "Storage Account Contributor", "_Reader"),
    rule: "access-azure-roles",
  },
  {
    name: "a role on the whole resource group",
    into: OWN,
    plant: add("azurerm_role_assignment", "wide", {
      scope: "/subscriptions/0a1b2c3d-0000-4000-8000-000000000001/resourceGroups/wandb",
      role_definition_name: "Storage Blob Data Reader",
      principal_id: "0a1b2c3d-9999-4000-8000-00000000000f",
    }),
    rule: "access-unknown-principal",
  },
  {
    name: "W&B's identity lacks a role",
    into: OWN,
    plant: without("azurerm_role_assignment", "examplewandb_Storage-Blob"),
    rule: "contract-azure-role-storage-blob-data-contributor",
  },
  {
    name: "keys of the account are taken",
    into: OWN,
    plant: set("azurerm_storage_account", "shared_access_key_enabled", undefined),
    rule: "access-azure-shared-key",
  },
  {
    name: "plain HTTP on Azure",
    into: OWN,
    plant: set("azurerm_storage_account", "https_traffic_only_enabled", false),
    rule: "azure-https",
  },
  {
    name: "an old TLS on Azure",
    into: OWN,
    plant: set("azurerm_storage_account", "min_tls_version", "TLS1_0"),
    rule: "azure-tls-version",
  },
  {
    name: "containers may be public",
    into: OWN,
    plant: set("azurerm_storage_account", "allow_nested_items_to_be_public", true),
    rule: "azure-no-anonymous-access",
  },
  {
    name: "a public container",
    into: OWN,
    plant: (terraform) => {
      set("azurerm_storage_account", "allow_nested_items_to_be_public", true)(terraform);
      set("azurerm_storage_container", "container_access_type", "blob")(terraform);
    },
    rule: "access-public",
  },
  {
    name: "replication to other tenants",
    into: OWN,
    plant: set("azurerm_storage_account", "cross_tenant_replication_enabled", true),
    rule: "azure-no-foreign-replication",
  },
  {
    name: "blob soft delete is missing",
    into: OWN,
    plant: set("azurerm_storage_account", "blob_properties.delete_retention_policy", undefined),
    rule: "azure-blob-soft-delete",
  },
  {
    name: "container soft delete is missing",
    into: OWN,
    plant: set("azurerm_storage_account", "blob_properties.container_delete_retention_policy", undefined),
    rule: "azure-container-soft-delete",
  },
  {
    name: "versioning is off on Azure",
    into: OWN,
    plant: set("azurerm_storage_account", "blob_properties.versioning_enabled", false),
    rule: "azure-versioning",
  },
  {
    name: "local users on Azure",
    into: OWN,
    plant: set("azurerm_storage_account", "local_user_enabled", true),
    rule: "azure-local-users",
    verdict: "caution",
  },
  {
    name: "no lock on Azure",
    into: OWN,
    plant: without("azurerm_management_lock"),
    rule: "azure-lock",
    verdict: "caution",
  },
  {
    name: "another pod may sign in",
    into: OWN,
    plant: set("azurerm_federated_identity_credential", "subject", "system:serviceaccount:default:thief"),
    rule: "azure-sign-in",
  },
  {
    name: "another cluster may sign in",
    into: OWN,
    plant: set("azurerm_federated_identity_credential", "issuer", "https://evil.example/"),
    rule: "azure-sign-in",
  },
  {
    name: "a rule deletes current files on Azure",
    into: OWN,
    plant: set("azurerm_storage_management_policy", "rule.actions.base_blob", {
      delete_after_days_since_modification_greater_than: 30,
    }),
    rule: "azure-no-expiry",
  },
  {
    name: "CORS lacks HEAD on Azure",
    into: OWN,
    plant: set("azurerm_storage_account", "blob_properties.cors_rule.allowed_methods", ["GET", "PUT"]),
    rule: "contract-cors-head",
  },
];
