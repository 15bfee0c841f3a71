import { only } from "../../support/synth";
import { ACCOUNT_KEY, build, LOGS_ID, PLATFORM, SUBNET_ID, WORKSPACE_ID } from "./fixture";

describe("Account", () => {
  const account = only(build(), "azurerm_storage_account");
  const changed = (changes: Parameters<typeof build>[0]) => only(build(changes), "azurerm_storage_account");
  const blobs = (from = account) => from["blob_properties"] as Record<string, unknown>;

  test.each([
    ["name", "acmewandb"],
    ["resource_group_name", "acme-ml"],
    ["location", "westeurope"],
    ["account_kind", "StorageV2"],
    ["account_tier", "Standard"],
    ["account_replication_type", "ZRS"],
    ["https_traffic_only_enabled", true],
    ["min_tls_version", "TLS1_2"],
    ["allow_nested_items_to_be_public", false],
    ["cross_tenant_replication_enabled", false],
    ["shared_access_key_enabled", false],
    ["default_to_oauth_authentication", true],
    ["local_user_enabled", false],
    ["public_network_access_enabled", true],
    ["infrastructure_encryption_enabled", false],
  ])("%s is %j", (setting, value) => expect(account[setting]).toBe(value));

  test("survives a plan that would destroy it", () => {
    expect(account["lifecycle"]).toEqual({ prevent_destroy: true });
  });

  test("has no setting that takes the data plane", () => {
    expect(account).not.toHaveProperty("queue_properties");
    expect(account).not.toHaveProperty("static_website");
  });

  test.each([
    [PLATFORM, false],
    [ACCOUNT_KEY, true],
  ])("$mode: Shared Key %j", (access, sharedKey) => {
    expect(changed({ access })["shared_access_key_enabled"]).toBe(sharedKey);
  });

  test("takes another replication", () => {
    expect(changed({ replication: "GZRS" })["account_replication_type"]).toBe("GZRS");
  });

  test("infrastructureEncryption encrypts twice", () => {
    expect(changed({ infrastructureEncryption: true })["infrastructure_encryption_enabled"]).toBe(true);
  });

  test("keeps versions", () => expect(blobs()["versioning_enabled"]).toBe(true));

  test("versioning.suspended suspends versioning", () => {
    const suspended = changed({ versioning: { suspended: true, reason: "a scratch account" } });
    expect(blobs(suspended)["versioning_enabled"]).toBe(false);
  });

  test("keeps deleted blobs and containers 7 days", () => {
    expect(blobs()["delete_retention_policy"]).toEqual({ days: 7 });
    expect(blobs()["container_delete_retention_policy"]).toEqual({ days: 7 });
  });

  test("keeps them for other days", () => {
    const kept = blobs(changed({ blobSoftDeleteDays: 14, containerSoftDeleteDays: 365 }));
    expect(kept["delete_retention_policy"]).toEqual({ days: 14 });
    expect(kept["container_delete_retention_policy"]).toEqual({ days: 365 });
  });

  test("has the tags of this project and the user's", () => {
    expect(changed({ tags: { CostCenter: "42" } })["tags"]).toEqual({
      ManagedBy: "wandb-byob",
      WandbDeployment: "acme",
      CostCenter: "42",
    });
  });

  describe("CORS", () => {
    const rules = (from = account) => blobs(from)["cors_rule"];

    test("lets W&B's pages use pre-signed URLs and read all headers", () => {
      expect(rules()).toEqual([
        {
          allowed_methods: ["GET", "HEAD", "PUT"],
          allowed_headers: ["*"],
          allowed_origins: ["https://acme.wandb.io"],
          exposed_headers: ["*"],
          max_age_in_seconds: 3600,
        },
      ]);
    });

    test("cors.anyOrigin admits any origin though W&B's is known", () => {
      const any = changed({ cors: { anyOrigin: true, reason: "pages of three hosts" } });
      expect(rules(any)).toMatchObject([{ allowed_origins: ["*"] }]);
    });

    test("admits any origin where W&B's is not known", () => {
      const open = build({}, "");
      expect(rules(only(open, "azurerm_storage_account"))).toMatchObject([{ allowed_origins: ["*"] }]);
    });
  });

  describe("network", () => {
    test("is open by default: where callers are is not known", () => {
      expect(account).not.toHaveProperty("network_rules");
    });

    test("lets in W&B's callers, the clients and Azure's trusted services only, each once", () => {
      const network = {
        wandb: { ranges: ["203.0.113.7"], subnets: [SUBNET_ID] },
        clients: { ranges: ["198.51.100.0/24", "203.0.113.7"], subnets: [SUBNET_ID] },
      };
      expect(changed({ network })["network_rules"]).toEqual({
        default_action: "Deny",
        bypass: ["AzureServices"],
        ip_rules: ["203.0.113.7", "198.51.100.0/24"],
        virtual_network_subnet_ids: [SUBNET_ID],
      });
    });

    test("writes an empty list out: the provider keeps the old rules for an absent one", () => {
      const network = { wandb: { subnets: [SUBNET_ID] }, clients: {} };
      expect(changed({ network })["network_rules"]).toMatchObject({ ip_rules: [] });
      const ranges = { wandb: { ranges: ["203.0.113.7"] }, clients: {} };
      expect(changed({ network: ranges })["network_rules"]).toMatchObject({ virtual_network_subnet_ids: [] });
    });
  });

  describe("management policy", () => {
    const rules = (changes = {}) =>
      only(build(changes), "azurerm_storage_management_policy")["rule"] as Record<string, unknown>[];

    test("deletes previous versions after 30 days, and never moves or deletes a current blob", () => {
      expect(rules()).toEqual([
        {
          name: "delete-previous-versions",
          enabled: true,
          filters: { blob_types: ["blockBlob", "appendBlob"] },
          actions: { version: { delete_after_days_since_creation: 30 } },
        },
      ]);
    });

    test("takes other days", () => {
      expect(rules({ noncurrentVersionExpirationDays: 14 })).toMatchObject([
        { actions: { version: { delete_after_days_since_creation: 14 } } },
      ]);
    });

    test("is that of the account", () => {
      expect(only(build(), "azurerm_storage_management_policy")["storage_account_id"]).toBe(
        "${azurerm_storage_account.azure_acmewandb.id}",
      );
    });
  });

  describe("diagnostic setting", () => {
    const setting = (diagnosticSetting: object) =>
      only(build({ diagnosticSetting }), "azurerm_monitor_diagnostic_setting");

    test("is not made by default", () => {
      expect(build().resource).not.toHaveProperty("azurerm_monitor_diagnostic_setting");
    });

    test("logs every read, write and delete of blobs", () => {
      expect(setting({ logAnalyticsWorkspaceId: WORKSPACE_ID })).toMatchObject({
        name: "wandb-byob",
        target_resource_id: "${azurerm_storage_account.azure_acmewandb.id}/blobServices/default",
        enabled_log: [{ category: "StorageRead" }, { category: "StorageWrite" }, { category: "StorageDelete" }],
        log_analytics_workspace_id: WORKSPACE_ID,
      });
    });

    test("logs to a storage account, or to both", () => {
      const toAccount = setting({ storageAccountId: LOGS_ID });
      expect(toAccount["storage_account_id"]).toBe(LOGS_ID);
      expect(toAccount).not.toHaveProperty("log_analytics_workspace_id");
      expect(setting({ storageAccountId: LOGS_ID, logAnalyticsWorkspaceId: WORKSPACE_ID })).toMatchObject({
        storage_account_id: LOGS_ID,
        log_analytics_workspace_id: WORKSPACE_ID,
      });
    });
  });
});
