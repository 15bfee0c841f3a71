import { signIns } from "./principals";
import { atLeast, isFalse, isTrue, setting, type Setting } from "./check-values";
import { MET, notApplicable, unmet, waiverOf, type Check, type Outcome } from "./checks";
import { AZURE_AUDIENCE, BYOB } from "./contract";
import { partOf, partsOf, type Storage } from "./facts";
import { blocks, pick, texts, textOf } from "./value";

const BLOBS = "https://learn.microsoft.com/azure/storage/blobs";
const COMMON = "https://learn.microsoft.com/azure/storage/common";

const base = {
  severity: "error",
  kind: "control",
  clouds: ["azure"],
  source: `${BLOBS}/security-recommendations`,
} as const;

function ofAccount(path: string, holds: Setting["holds"], otherwise: string, fix: string) {
  return (storage: Storage): Outcome =>
    setting(storage, { type: "azurerm_storage_account", path, holds, otherwise, fix });
}

const TLS = ["TLS1_2", "TLS1_3"];

/** Good practice for storage accounts of Azure. */
export const AZURE_CHECKS: readonly Check[] = [
  {
    ...base,
    id: "azure-https",
    title: "Nobody gets in without TLS",
    why: "A pre-signed URL over plain HTTP can be read, and used, by whoever sees it pass.",
    controls: ["CIS Azure 9.3.4", "CCC.Core.CN01"],
    evaluate: ofAccount(
      "https_traffic_only_enabled",
      (value) => !isFalse(value),
      "Plain HTTP is let in.",
      "Set https_traffic_only_enabled to true.",
    ),
  },
  {
    ...base,
    id: "azure-tls-version",
    title: "TLS is 1.2 or later",
    why: "Earlier versions are broken.",
    source: `${COMMON}/transport-layer-security-configure-minimum-version`,
    controls: ["CIS Azure 9.3.6", "CCC.Core.CN01"],
    evaluate: ofAccount(
      "min_tls_version",
      (value) => value === undefined || TLS.includes(textOf(value)),
      "An earlier TLS than 1.2 is let in.",
      'Set "TLS1_2".',
    ),
  },
  {
    ...base,
    id: "azure-no-anonymous-access",
    title: "No container can be made public",
    why: "A container's setting made later then opens nothing.",
    source: `${BLOBS}/anonymous-read-access-prevent`,
    controls: ["CIS Azure 9.3.8", "CCC.Core.CN05"],
    evaluate: ofAccount(
      "allow_nested_items_to_be_public",
      isFalse,
      "Containers may be made public.",
      "Set allow_nested_items_to_be_public to false.",
    ),
  },
  {
    ...base,
    id: "azure-private-container",
    title: "The container is private",
    why: "W&B's files are for those who have a URL of W&B's.",
    source: `${BLOBS}/anonymous-read-access-configure`,
    controls: ["CIS Azure 9.3.8"],
    evaluate: (storage) =>
      setting(storage, {
        type: "azurerm_storage_container",
        path: "container_access_type",
        holds: (value) => value === undefined || value === "private",
        otherwise: "Everyone may read the container's files.",
        fix: 'Set container_access_type to "private".',
      }),
  },
  {
    ...base,
    id: "azure-no-foreign-replication",
    title: "Files can't be replicated to another tenant",
    why: "Whoever may set up replication could copy every file to a tenant of theirs.",
    source: `${BLOBS}/object-replication-prevent-cross-tenant-policies`,
    controls: ["CIS Azure 9.3.7", "CCC.Core.CN10"],
    evaluate: ofAccount(
      "cross_tenant_replication_enabled",
      (value) => value === undefined || isFalse(value),
      "Replication to other tenants is on.",
      "Set it to false.",
    ),
  },
  {
    ...base,
    id: "azure-blob-soft-delete",
    title: "Deleted files can be restored for 7 days",
    why: "W&B's page on deleting artifacts asks for soft delete, and it is what a mistaken delete is undone by.",
    source: `${BLOBS}/soft-delete-blob-overview`,
    controls: ["CIS Azure 9.2.1", "CCC.ObjStor.CN03"],
    evaluate: ofAccount(
      "blob_properties.delete_retention_policy.days",
      atLeast(7),
      "Blob soft delete is off or shorter than 7 days.",
      "Set 7 days or more.",
    ),
  },
  {
    ...base,
    id: "azure-container-soft-delete",
    title: "A deleted container can be restored for 7 days",
    why: "A deleted container takes all its files along.",
    source: `${BLOBS}/soft-delete-container-overview`,
    controls: ["CIS Azure 9.2.2", "CCC.ObjStor.CN03"],
    evaluate: ofAccount(
      "blob_properties.container_delete_retention_policy.days",
      atLeast(7),
      "Container soft delete is off or shorter than 7 days.",
      "Set 7 days or more.",
    ),
  },
  {
    ...base,
    id: "azure-versioning",
    title: "Overwritten and deleted files can be had back",
    why: "It is what a mistaken overwrite is undone by.",
    source: `${BLOBS}/versioning-overview`,
    controls: ["CIS Azure 9.2.3", "CCC.ObjStor.CN05"],
    evaluate: (storage, facts) => {
      const outcome = ofAccount(
        "blob_properties.versioning_enabled",
        isTrue,
        "Versioning is not enabled.",
        "Enable it.",
      )(storage);
      return outcome.state === "unmet" ? (waiverOf(storage, facts, "versioning") ?? outcome) : outcome;
    },
  },
  {
    ...base,
    id: "azure-default-entra",
    title: "The portal signs in by roles, not by the account's keys",
    why: "Whoever works in the portal then has what their roles give them, and the log has their name.",
    severity: "note",
    source: `${COMMON}/authorize-data-operations-portal`,
    controls: ["CIS Azure 9.3.3.1"],
    evaluate: ofAccount(
      "default_to_oauth_authentication",
      isTrue,
      "The portal signs in by keys.",
      "Set default_to_oauth_authentication to true.",
    ),
  },
  {
    ...base,
    id: "azure-local-users",
    title: "No local users (SFTP)",
    why: "Local users have passwords and get in past all roles.",
    severity: "warning",
    source: `${BLOBS}/secure-file-transfer-protocol-support`,
    controls: ["MCSB IM-1"],
    evaluate: ofAccount("local_user_enabled", isFalse, "Local users are possible.", "Set local_user_enabled to false."),
  },
  {
    ...base,
    id: "azure-lock",
    title: "A lock keeps the account from being deleted",
    why: "Whoever may delete in the subscription has to take the lock away first.",
    severity: "warning",
    source: "https://learn.microsoft.com/azure/azure-resource-manager/management/lock-resources",
    controls: ["CIS Azure 9.3.9"],
    evaluate: (storage) =>
      partsOf(storage, "azurerm_management_lock").length || !storage.resource
        ? MET
        : unmet("The account has no lock.", "Add a lock CanNotDelete."),
  },
  {
    ...base,
    id: "azure-no-expiry",
    title: "No rule deletes current files",
    why: "W&B reads old runs from the container: with their files expired, their history can't be read.",
    source: BYOB,
    controls: ["CCC.ObjStor.CN03"],
    purposes: ["wandb"],
    evaluate: (storage) => {
      const policy = partOf(storage, "azurerm_storage_management_policy");
      const deletes = blocks(policy?.values["rule"]).some((rule) =>
        Object.keys(blocks(pick(rule, "actions.base_blob"))[0] ?? {}).some(
          (key) => key.startsWith("delete_after") && pick(rule, `actions.base_blob.${key}`) !== -1,
        ),
      );
      return deletes ? unmet("A rule deletes current files.", "Take it out.", policy?.address) : MET;
    },
  },
  {
    ...base,
    id: "azure-access-logs",
    title: "Requests are logged",
    why: "The log names the W&B user of each pre-signed URL (scid).",
    severity: "note",
    source: `${BLOBS}/monitor-blob-storage`,
    controls: ["MCSB LT-4", "CCC.Core.CN04"],
    evaluate: (storage) =>
      partsOf(storage, "azurerm_monitor_diagnostic_setting").length || !storage.resource
        ? MET
        : unmet("No request is logged.", "Give `diagnosticSetting`."),
  },
  {
    ...base,
    id: "azure-network",
    title: "The network is narrowed",
    why: "A pre-signed URL that leaks is then of no use elsewhere.",
    severity: "note",
    source: `${COMMON}/storage-network-security`,
    controls: ["CIS Azure 9.3.2.2", "CIS Azure 9.3.2.3", "MCSB NS-2"],
    evaluate: (storage) => {
      const closed = isFalse(pick(partOf(storage, "azurerm_storage_account")?.values, "public_network_access_enabled"));
      const narrowed = ofAccount(
        "network_rules.default_action",
        (value) => value === "Deny",
        "Any network is let in.",
        "Give `network`.",
      );
      return closed ? MET : narrowed(storage);
    },
  },
  {
    ...base,
    id: "azure-sign-in",
    title: "Only W&B's pods sign in as its identity",
    why: "Whatever workload an identity trusts has all that the identity has.",
    source: BYOB,
    controls: ["MCSB IM-3"],
    evaluate: (storage, facts) => {
      const identities = [...facts.stack.resources.values()].filter(
        ({ type }) => type === "azurerm_user_assigned_identity",
      );
      const used = identities.filter(({ address }) =>
        partsOf(storage, "azurerm_role_assignment").some(({ values }) =>
          textOf(values["principal_id"]).includes(`{${address}.`),
        ),
      );
      const all = used.flatMap(({ address }) => signIns(address, facts));
      if (!all.length) return notApplicable("No one signs in by tokens of a cluster");
      const stranger = all.find((one) => one.stranger);
      const wrong = all.find(
        ({ credential }) =>
          !texts(facts.stack.resources.get(credential)?.values["audience"]).every((name) => name === AZURE_AUDIENCE),
      );
      if (stranger)
        return unmet(
          `${stranger.subject} of ${String(stranger.issuer)} may sign in.`,
          "Take the credential out.",
          stranger.credential,
        );
      return wrong
        ? unmet("A credential has another audience than Entra's.", `Set ${AZURE_AUDIENCE}.`, wrong.credential)
        : MET;
    },
  },
];
