import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { StorageContext } from "../context";
import { allowedOrigins } from "../cors";
import { ownTags } from "../fields";
import { logicalId, withId } from "../logical-id";
import type { AzureHandover, Storage } from "../storage";
import { Account } from "./account";
import { Container } from "./container";
import { SERVICE_ACCOUNTS } from "./federation";
import { FederatedIdentity } from "./identity";
import { KeyAccess } from "./key";
import type { AzureProps } from "./props";
import { azureProvider } from "./provider";
import { KEY_ROLE, roleSuffix, WANDB_ROLES, wandbGrants } from "./roles";

/** `access` is the field of the deployment file; the rules have seen to it that it fits how W&B gets at the storage. */
export { azureProvider } from "./provider";

export interface AzureStorageProps extends AzureProps, Omit<StorageContext, "access"> {}

/** What the addresses of a storage on Azure are made of. */
export interface AzureAddressProps {
  readonly account: string;
  readonly container: string;
  /** @default - W&B's list */
  readonly serviceAccounts?: readonly string[] | undefined;
}

/** The Terraform addresses that a storage on Azure may have. */
export function azureAddresses({ account, container, serviceAccounts }: AzureAddressProps): string[] {
  const id = (...names: readonly string[]) => logicalId("azure", account, ...names);
  return [
    `azurerm_storage_account.${id()}`,
    `azurerm_storage_container.${id(container)}`,
    `azurerm_storage_management_policy.${id()}`,
    `azurerm_monitor_diagnostic_setting.${id()}`,
    `azurerm_management_lock.${id()}`,
    `azurerm_user_assigned_identity.${id("key")}`,
    `azurerm_user_assigned_identity.${id("wandb")}`,
    ...[...WANDB_ROLES, KEY_ROLE].map((role) => `azurerm_role_assignment.${id(roleSuffix(role))}`),
    ...(serviceAccounts ?? SERVICE_ACCOUNTS).map((name) => `azurerm_federated_identity_credential.${id(name)}`),
  ];
}

/**
 * A storage account with one container, open to W&B in one of three ways and to no one else, and locked against deletion.
 * Under the lock Azure refuses to take a role away too: who changes `access.mode` lifts it first (`az lock delete`), and
 * the next apply puts it back.
 */
export class AzureStorage extends Construct implements Storage {
  readonly cloud = "azure";
  readonly handover: AzureHandover;
  readonly ready: Storage["ready"];
  readonly credentials: Storage["credentials"];
  readonly notEnforced: readonly string[];

  constructor(scope: Construct, id: string, props: AzureStorageProps) {
    super(scope, id);
    const { account, access, customerManagedKey } = props;
    const common = {
      provider: azureProvider(TerraformStack.of(this), props),
      resourceGroup: props.resourceGroup,
      location: props.location,
      account,
      tags: { ...ownTags(props.deployment), ...props.tags },
    };
    const { provider } = common;

    const key = customerManagedKey && new KeyAccess(this, "key", { ...common, ...customerManagedKey });
    const made = new Account(this, "account", {
      ...props,
      ...common,
      key,
      sharedKey: access.mode === "account-key",
      allowedOrigins: allowedOrigins(props.wandbUrl, props.cors !== undefined),
      versioned: props.versioning === undefined,
    });
    const storageAccount = made.account;
    const { container } = new Container(this, "container", { ...common, storageAccount, container: props.container });
    const federated =
      access.mode === "federated" ? new FederatedIdentity(this, "identity", { ...common, ...access }) : undefined;
    const principalId =
      access.mode === "platform-identity" ? access.principalId : (federated?.identity.principalId ?? "");
    const grants = wandbGrants(access, props).map(({ role, scope }) =>
      withId(
        new RoleAssignment(this, roleSuffix(role), {
          provider,
          scope, // known before apply, so that a plan shows it
          roleDefinitionName: role,
          principalId,
          principalType: "ServicePrincipal",
          dependsOn: [storageAccount],
        }),
        logicalId("azure", account, roleSuffix(role)),
      ),
    );
    const locked = [...made.ready, container, ...grants];
    const lock = withId(
      new ManagementLock(this, "lock", {
        provider,
        name: "wandb-byob",
        scope: storageAccount.id,
        lockLevel: "CanNotDelete",
        notes: "Holds files that W&B can't find elsewhere. Roles and settings of the account can't be removed either.",
        dependsOn: locked.slice(1), // made last and so removed first: under it, Azure deletes none of these
      }),
      logicalId("azure", account),
    );

    this.ready = [...(key ? [key.identity, key.grant] : []), ...locked, ...(federated?.ready ?? []), lock];
    this.notEnforced = [
      "the age of pre-signed URLs: Azure has no condition on it",
      props.network
        ? "the network of pre-signed URLs alone: the rules hold for every request, and ranges not for callers in the account's region"
        : "the network of pre-signed URLs",
      ...(access.mode === "account-key" ? ["who used a URL: with the account's key, no log names W&B's user"] : []),
    ];
    this.credentials = access.mode === "account-key" ? { account_key: storageAccount.primaryAccessKey } : undefined;
    this.handover = {
      provider: "AZURE",
      account_name: account,
      container_name: props.container,
      ...(federated && {
        tenant_id: federated.identity.tenantId,
        managed_identity_client_id: federated.identity.clientId,
      }),
    };
  }
}
