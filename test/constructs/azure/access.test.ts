import { SERVICE_ACCOUNTS } from "../../../constructs/azure/federation";
import { only, type Terraform } from "../../support/synth";
import { ACCOUNT_ID, ACCOUNT_KEY, build, FEDERATED, PLATFORM } from "./fixture";

const grants = (terraform: Terraform) =>
  Object.values(terraform.resource["azurerm_role_assignment"] ?? {}).map(({ "//": _, ...block }) => block);
/** The federated credentials in the order of a list of service accounts: Terraform's JSON is sorted by address. */
const credentials = (terraform: Terraform, names: readonly string[]) => {
  const all = terraform.resource["azurerm_federated_identity_credential"] ?? {};
  expect(Object.keys(all)).toHaveLength(names.length);
  return names.map((name) => all[`azure_acmewandb_${name}`]);
};
const IDENTITY = "azurerm_user_assigned_identity.azure_acmewandb_wandb";

/** What W&B's page asks for, and no more: neither role may list keys. */
const ROLES = ["Reader", "Storage Blob Data Contributor"];

describe("federated", () => {
  const terraform = build();

  test("has an identity that survives a plan that would destroy it, and has the tags", () => {
    expect(only(terraform, "azurerm_user_assigned_identity")).toMatchObject({
      name: "acmewandb-wandb",
      resource_group_name: "acme-ml",
      location: "westeurope",
      tags: { ManagedBy: "wandb-byob", WandbDeployment: "acme" },
      lifecycle: { prevent_destroy: true },
    });
  });

  test("lets that identity read the account and write its blobs, and nothing else", () => {
    expect(grants(terraform)).toEqual(
      ROLES.map((role) => ({
        provider: expect.any(String) as string,
        scope: ACCOUNT_ID,
        role_definition_name: role,
        principal_id: `\${${IDENTITY}.principal_id}`,
        principal_type: "ServicePrincipal",
        depends_on: ["azurerm_storage_account.azure_acmewandb"],
      })),
    );
  });

  test("trusts the thirteen service accounts of W&B's module", () => {
    expect(SERVICE_ACCOUNTS).toEqual([
      "wandb-app",
      "wandb-api",
      "wandb-console",
      "wandb-executor",
      "wandb-parquet",
      "wandb-filestream",
      "wandb-filemeta",
      "wandb-glue",
      "wandb-weave",
      "wandb-weave-trace",
      "wandb-settings-migration-job",
      "bufstream-service-account",
      "wandb-bucket-access",
    ]);
    expect(credentials(terraform, SERVICE_ACCOUNTS)).toMatchObject(
      SERVICE_ACCOUNTS.map((name) => ({
        name,
        parent_id: `\${${IDENTITY}.id}`,
        resource_group_name: "acme-ml",
        issuer: FEDERATED.oidcIssuerUrl,
        audience: ["api://AzureADTokenExchange"],
        subject: `system:serviceaccount:default:${name}`,
      })),
    );
  });

  test("makes the credentials one after another: two at once are a 409", () => {
    const waits = credentials(terraform, SERVICE_ACCOUNTS).map((credential) => credential?.["depends_on"] ?? []);
    expect(waits).toEqual([
      [],
      ...SERVICE_ACCOUNTS.slice(0, -1).map((name) => [`azurerm_federated_identity_credential.azure_acmewandb_${name}`]),
    ]);
  });

  test("takes other service accounts and another namespace", () => {
    const serviceAccounts = ["wandb-x", "identity"];
    const other = build({ access: { ...FEDERATED, namespace: "wandb", serviceAccounts } });
    expect(credentials(other, serviceAccounts).map((credential) => credential?.["subject"])).toEqual([
      "system:serviceaccount:wandb:wandb-x",
      "system:serviceaccount:wandb:identity",
    ]);
  });
});

describe("platform-identity", () => {
  const terraform = build({ access: PLATFORM });

  test("lets W&B's managed identity read the account and write its blobs, all known before apply", () => {
    expect(grants(terraform)).toEqual(
      ROLES.map((role) => ({
        provider: expect.any(String) as string,
        scope: ACCOUNT_ID,
        role_definition_name: role,
        principal_id: PLATFORM.principalId,
        principal_type: "ServicePrincipal",
        depends_on: ["azurerm_storage_account.azure_acmewandb"],
      })),
    );
  });

  test("makes no identity", () => {
    expect(terraform.resource).not.toHaveProperty("azurerm_user_assigned_identity");
    expect(terraform.resource).not.toHaveProperty("azurerm_federated_identity_credential");
  });
});

describe("account-key", () => {
  test("grants no role and makes no identity: the key may do anything", () => {
    const { resource } = build({ access: ACCOUNT_KEY });
    expect(resource).not.toHaveProperty("azurerm_role_assignment");
    expect(resource).not.toHaveProperty("azurerm_user_assigned_identity");
  });
});
