import { LOCATIONS } from "../../../constructs/azure/ids";
import { azureIssues, azureProps, azureProviderAlias, azureProviderIssues } from "../../../constructs/azure/props";
import * as f from "./fixture";

const { FEDERATED, SUBNET_ID, SUBSCRIPTION, VAULT_ID } = f;
const federated = (changes: object) => ({ access: { ...FEDERATED, ...changes } });
const wandb = (ranges: string[]) => ({ network: { wandb: { ranges }, clients: {} } });
const OTHER = VAULT_ID.replace(SUBSCRIPTION, "11111111-2222-4333-8444-555555555555");

describe("azureIssues()", () => {
  test.each([
    ["the smallest storage", f.STORAGE, {}],
    ["a storage with all", f.FULL, {}],
    ["W&B's identity for an instance", { access: f.PLATFORM }, { scopes: ["instance"] }],
    ["a key for an instance", { access: f.ACCOUNT_KEY }, { scopes: ["instance"] }],
    ["a key for a team", { access: f.ACCOUNT_KEY }, {}],
    ["a key for both", { access: f.ACCOUNT_KEY }, { scopes: ["instance", "team"] }],
    ["a key for W&B in another cloud", { access: f.ACCOUNT_KEY }, { access: "credentials" }],
    ["twenty service accounts", federated({ serviceAccounts: Array.from({ length: 20 }, (_, i) => `wandb-${i}`) }), {}],
    ["a public range of /30", wandb(["203.0.113.4/30"]), {}],
  ] as const)("accepts %s", (_, changes, context) => expect(f.issues(changes, context)).toEqual([]));

  test.each([
    [{ subscription: "acme" }, 'subscription: Cannot use the subscription: must be a GUID in lower case, got "acme"'],
    [{ subscription: SUBSCRIPTION.toUpperCase() }, "subscription: Cannot use the subscription: must be a GUID"],
    [{ tenantId: "acme.com" }, "tenantId: Cannot use the tenant: must be a GUID"],
    [{ tenantId: "" }, "tenantId: Cannot use the tenant: must be a GUID"],
    [{ resourceGroup: "acme ml" }, "resourceGroup: Cannot name the resource group: must have only letters"],
    [
      { location: "West Europe" },
      "location: Cannot use the location: must be a region of Azure's public cloud, got \"West",
    ],
    [{ location: "usgovvirginia" }, "location: Cannot use the location"],
    [{ account: "acme-wandb" }, 'account: Cannot name the storage account: must have only a-z and 0-9 (not "-")'],
    [{ container: "wan--db" }, 'container: Cannot name the container: must have no two "-" in a row'],
    [
      { access: { ...f.PLATFORM, principalId: "wandb" } },
      "access.principalId: Cannot use the principal id: must be a GUID",
    ],
    [
      federated({ oidcIssuerUrl: "https://oidc.acme.io/a" }),
      'access.oidcIssuerUrl: Cannot trust the OIDC issuer: must end with "/"',
    ],
    [federated({ oidcIssuerUrl: "https://oidc.acme.io" }), 'must end with "/", got "https://oidc.acme.io"'],
    [federated({ oidcIssuerUrl: "http://oidc.acme.io/" }), "must be an https:// address in lower case"],
    [federated({ oidcIssuerUrl: "https://OIDC.acme.io/" }), "must be an https:// address in lower case"],
    [federated({ oidcIssuerUrl: "https://oidc.acme.io/?a=/" }), "without user, port, query or fragment"],
    [federated({ oidcIssuerUrl: "https://me@oidc.acme.io/" }), "without user, port, query or fragment"],
    [federated({ oidcIssuerUrl: "oidc.acme.io/" }), "must be an https:// address"],
    [federated({ namespace: "W&B" }), "access.namespace: Cannot use the namespace: must be 1 to 63 of a-z"],
    [
      federated({ serviceAccounts: [] }),
      "access.serviceAccounts: Cannot let the service accounts sign in: must be 1 to 20, got 0",
    ],
    [federated({ serviceAccounts: Array.from({ length: 21 }, (_, i) => `wandb-${i}`) }), "must be 1 to 20, got 21"],
    [
      federated({ serviceAccounts: ["wandb-app", "Wandb"] }),
      "access.serviceAccounts.1: Cannot let the service account sign in: must be 3 to 120",
    ],
    [
      federated({ serviceAccounts: ["wandb.app"] }),
      "access.serviceAccounts.0: Cannot let the service account sign in: must be 3 to 120",
    ],
    [
      federated({ serviceAccounts: ["wandb-app", "wandb-app"] }),
      'access.serviceAccounts.1: Cannot let the service account sign in: must be listed once, got "wandb-app"',
    ],
    [
      { network: { wandb: {}, clients: { ranges: ["203.0.113.0/24"] } } },
      "network.wandb: Cannot close the network: must let W&B's own callers in, got none",
    ],
    [{ network: { wandb: { ranges: [], subnets: [] }, clients: {} } }, "network.wandb: Cannot close the network"],
    [wandb(["203.0.113.4/31"]), "network.wandb.ranges.0: Cannot let the range in: must have a prefix of at most /30"],
    [wandb(["203.0.113.4/32"]), "network.wandb.ranges.0: Cannot let the range in: must have a prefix of at most /30"],
    [wandb(["203.0.113.4", "10.0.0.0/8"]), "network.wandb.ranges.1: Cannot let the range in: must be public"],
    [wandb(["192.168.1.1"]), "must be public"],
    [wandb(["2001:db8::/32"]), "must be IPv4"],
    [wandb(["203.0.113.300"]), "must be an IPv4 address or range in CIDR notation"],
    [wandb(["203.0.113.1/24"]), "must have no bit set behind its prefix"],
    [
      { network: { wandb: { ranges: ["203.0.113.7"] }, clients: { ranges: ["0.0.0.0/0"] } } },
      "network.clients.ranges.0: Cannot let the range in",
    ],
    [
      wandb(Array.from({ length: 401 }, (_, i) => `203.${i % 100}.${Math.floor(i / 100)}.7`)),
      "network: Cannot close the network: must have at most 400 ranges, got 401",
    ],
    [
      { network: { wandb: { subnets: ["ml"] }, clients: {} } },
      "network.wandb.subnets.0: Cannot use the subnet: must be a resource id (/subscriptions/<subscription>/resourceGroups/<group>/providers/Microsoft.Network/virtualNetworks/<name>/subnets/<name>)",
    ],
    [
      { network: { wandb: { subnets: [SUBNET_ID] }, clients: { subnets: [VAULT_ID] } } },
      "network.clients.subnets.0: Cannot use the subnet",
    ],
    [
      { customerManagedKey: { keyVaultId: "acme-keys", keyName: "wandb" } },
      "customerManagedKey.keyVaultId: Cannot use the Key Vault: must be a resource id",
    ],
    [
      { customerManagedKey: { keyVaultId: OTHER, keyName: "wandb" } },
      "customerManagedKey.keyVaultId: Cannot use the Key Vault: must be of the account's subscription",
    ],
    [
      { customerManagedKey: { keyVaultId: VAULT_ID, keyName: "wandb/1a2b" } },
      "customerManagedKey.keyName: Cannot name the key: must be 1 to 127",
    ],
    [
      { diagnosticSetting: {} },
      "diagnosticSetting: Cannot log requests: must have `logAnalyticsWorkspaceId` or `storageAccountId` or both, got neither",
    ],
    [
      { diagnosticSetting: { logAnalyticsWorkspaceId: "acme-logs" } },
      "diagnosticSetting.logAnalyticsWorkspaceId: Cannot use the workspace: must be a resource id",
    ],
    [
      { diagnosticSetting: { storageAccountId: "acmelogs" } },
      "diagnosticSetting.storageAccountId: Cannot use the storage account for logs",
    ],
    [
      { diagnosticSetting: { storageAccountId: f.ACCOUNT_ID } },
      'diagnosticSetting.storageAccountId: Cannot log requests: must be to another storage account than the one that is logged, got "acmewandb"',
    ],
    [{ tags: { "a/b": "1" } }, "tags: Cannot tag the resources: must have no key with one of"],
  ])("refuses %j", (changes, message) => {
    expect(f.issues(changes)).toContainEqual(expect.stringContaining(message));
  });

  test.each([
    [f.PLATFORM, ["team"], 'must be by "federated" or "account-key" at team level, got "platform-identity"'],
    [FEDERATED, ["instance"], 'must be by "platform-identity" or "account-key" at instance level, got "federated"'],
    [FEDERATED, ["instance", "team"], 'must be by "account-key" at both levels at once, got "federated"'],
    [f.PLATFORM, ["instance", "team"], 'must be by "account-key" at both levels at once, got "platform-identity"'],
  ] as const)("refuses $mode at %j", (access, scopes, rule) => {
    expect(f.issues({ access }, { scopes })).toEqual([`access.mode: Cannot let W&B sign in: ${rule}`]);
  });

  test.each([FEDERATED, f.PLATFORM])("refuses $mode where W&B runs in another cloud", (access) => {
    expect(f.issues({ access }, { access: "credentials" })).toEqual([
      `access.mode: Cannot let W&B sign in: must be by "account-key" where W&B runs outside Azure, got "${access.mode}"`,
    ]);
  });

  test("says all that is wrong at once, each with a fix", () => {
    const found = azureIssues(
      {
        ...f.STORAGE,
        subscription: "x",
        location: "mars",
        account: "A-",
        container: "c",
        access: { ...FEDERATED, oidcIssuerUrl: "http://x", serviceAccounts: [] },
        network: { wandb: {}, clients: {} },
      },
      { type: "dedicated", access: "role", scopes: ["instance"] },
    );
    expect(found).toHaveLength(10);
    for (const { fix } of found) expect(fix).toMatch(/\S.*[.?]$/);
  });

  test("suggests the region and the spelling of an id that was meant", () => {
    const [location, workspace] = azureIssues(
      {
        ...f.STORAGE,
        location: "West Europe",
        diagnosticSetting: { logAnalyticsWorkspaceId: f.WORKSPACE_ID.replace("resourceGroups", "resourcegroups") },
      },
      { type: "dedicated", access: "role", scopes: ["team"] },
    );
    expect(location?.fix).toBe('Did you mean "westeurope"?');
    expect(workspace?.fix).toContain(`Write ${f.WORKSPACE_ID}:`);
  });
});

describe("azureProps", () => {
  const refused = (changes: object) => azureProps.safeParse({ ...f.STORAGE, ...changes }).success;

  test.each([
    { access: undefined },
    { access: "account-key" },
    { access: { mode: "account-key" } },
    { access: { mode: "account-key", reason: "short" } },
    { access: { mode: "sas" } },
    { access: { ...FEDERATED, reason: "two ways at once" } },
    { access: { ...FEDERATED, ...f.PLATFORM } },
    { replication: "XRS" },
    { replication: "zrs" },
    { blobSoftDeleteDays: 0 },
    { blobSoftDeleteDays: 366 },
    { containerSoftDeleteDays: 0 },
    { containerSoftDeleteDays: 1.5 },
    { noncurrentVersionExpirationDays: 0 },
    { infrastructureEncryption: "yes" },
    { network: {} },
    { network: { clients: {} } },
    { network: { wandb: { ranges: "203.0.113.7" }, clients: {} } },
    { customerManagedKey: { keyVaultId: VAULT_ID } },
    { versioning: { suspended: true } },
    { accountKey: "c2VjcmV0" },
  ])("has no room for %j", (changes) => expect(refused(changes)).toBe(false));
});

test("one provider configuration for each subscription", () => {
  expect(azureProviderAlias({ subscription: SUBSCRIPTION })).toBe(`azure_${SUBSCRIPTION}`);
  expect(azureProviderIssues({ subscription: SUBSCRIPTION })).toEqual([]);
});

test("the regions are listed once each", () => expect(new Set(LOCATIONS).size).toBe(LOCATIONS.length));
