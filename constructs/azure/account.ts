import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageManagementPolicy } from "@cdktf/provider-azurerm/lib/storage-management-policy";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { CORS } from "../cors";
import { DEFAULT_DAYS } from "../fields";
import { logicalId, withId } from "../logical-id";
import type { KeyAccess } from "./key";
import { rulesOf } from "./network";
import type { AzureProps } from "./props";

type Fields = Pick<AzureProps, "resourceGroup" | "location" | "account" | "replication" | "network"> &
  Pick<
    AzureProps,
    "blobSoftDeleteDays" | "containerSoftDeleteDays" | "infrastructureEncryption" | "diagnosticSetting"
  > &
  Pick<AzureProps, "noncurrentVersionExpirationDays">;

export interface AccountProps extends Fields {
  readonly provider: TerraformProvider;
  /** Whether requests may be signed with the account's keys. */
  readonly sharedKey: boolean;
  /** The key that encrypts the account. @default - Microsoft's */
  readonly key?: KeyAccess | undefined;
  /** Origins whose pages may use the account. */
  readonly allowedOrigins: readonly string[];
  /** @default true */
  readonly versioned?: boolean;
  readonly tags: Readonly<Record<string, string>>;
}

/** A storage account that is private, versioned and recoverable, takes TLS 1.2 and no password, and can't be destroyed by a plan. */
export class Account extends Construct {
  readonly account: StorageAccount;
  /** All that makes the account fit for use. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: AccountProps) {
    super(scope, id);
    const { provider, key, network } = props;
    const address = logicalId("azure", props.account);
    this.account = withId(
      new StorageAccount(this, "account", {
        provider,
        name: props.account,
        resourceGroupName: props.resourceGroup,
        location: props.location,
        accountKind: "StorageV2",
        accountTier: "Standard",
        accountReplicationType: props.replication ?? "ZRS",
        httpsTrafficOnlyEnabled: true,
        minTlsVersion: "TLS1_2",
        allowNestedItemsToBePublic: false,
        crossTenantReplicationEnabled: false, // W&B's module has true: others could copy all files to a tenant of theirs
        sharedAccessKeyEnabled: props.sharedKey,
        defaultToOauthAuthentication: true,
        localUserEnabled: false,
        publicNetworkAccessEnabled: true, // pre-signed URLs are used from outside; `networkRules` narrow it
        infrastructureEncryptionEnabled: props.infrastructureEncryption ?? false,
        blobProperties: blobProperties(props),
        ...(network ? { networkRules: networkRules(network) } : {}),
        ...(key ? encryptedWith(key) : {}),
        tags: { ...props.tags },
        lifecycle: { preventDestroy: true }, // W&B can't move a team to another account
      }),
      address,
    );
    const companions = [
      new StorageManagementPolicy(this, "management-policy", {
        provider,
        storageAccountId: this.account.id,
        rule: [lifecycleRule(props)],
      }),
      ...(props.diagnosticSetting
        ? [
            new MonitorDiagnosticSetting(this, "diagnostic-setting", {
              provider,
              name: "wandb-byob",
              targetResourceId: `${this.account.id}/blobServices/default`,
              ...props.diagnosticSetting,
              enabledLog: ["StorageRead", "StorageWrite", "StorageDelete"].map((category) => ({ category })),
            }),
          ]
        : []),
    ];
    this.ready = [this.account, ...companions.map((companion) => withId(companion, address))];
  }
}

const SOFT_DELETE_DAYS = 7;

/** Settings of the blob service, which are the account's, though W&B's page speaks of the container. */
function blobProperties(props: AccountProps) {
  return {
    versioningEnabled: props.versioned ?? true,
    deleteRetentionPolicy: { days: props.blobSoftDeleteDays ?? SOFT_DELETE_DAYS },
    containerDeleteRetentionPolicy: { days: props.containerSoftDeleteDays ?? SOFT_DELETE_DAYS },
    corsRule: [
      {
        allowedMethods: [...CORS.methods],
        allowedHeaders: [...CORS.allowedHeaders],
        allowedOrigins: [...props.allowedOrigins],
        exposedHeaders: ["*"], // as W&B's page has it for Azure; ETag and the x-ms- headers among them
        maxAgeInSeconds: CORS.maxAgeSeconds,
      },
    ],
  };
}

/** Empty lists are written out: the provider would keep the old rules for a list that is absent. */
function networkRules(network: NonNullable<AccountProps["network"]>) {
  const { ranges, subnets } = rulesOf(network);
  return { defaultAction: "Deny", bypass: ["AzureServices"], ipRules: ranges, virtualNetworkSubnetIds: subnets };
}

function encryptedWith({ identity, grant, keyId }: KeyAccess) {
  return {
    identity: { type: "UserAssigned", identityIds: [identity.id] },
    customerManagedKey: { keyVaultKeyId: keyId, userAssignedIdentityId: identity.id },
    dependsOn: [grant],
  };
}

/**
 * A rule that never touches a current blob: W&B reads old runs from the account, and an expired file is a lost one. Azure
 * counts from the day a version was written, not from the day it was replaced, so an old file's last version may go on
 * the next run; soft delete keeps it for its own days from then on.
 *
 * @see https://learn.microsoft.com/azure/storage/blobs/lifecycle-management-policy-structure#action-run-conditions
 */
function lifecycleRule(props: AccountProps) {
  return {
    name: "delete-previous-versions",
    enabled: true,
    filters: { blobTypes: ["blockBlob", "appendBlob"] },
    actions: {
      version: {
        deleteAfterDaysSinceCreation: props.noncurrentVersionExpirationDays ?? DEFAULT_DAYS.noncurrentVersionExpiration,
      },
    },
  };
}
