import { AZURE_SERVICE_ACCOUNTS, DEDICATED_ACCOUNT, SAAS_ACCOUNT, WANDB_PRINCIPALS } from "./contract";
import type { Facts, Storage } from "./facts";
import { storeName } from "./foreign-arns";
import { pick, textAt, texts, textOf } from "./value";

/** Who someone is, as far as the documentation, the owner of the storage and the declaration tell. */
export interface Principal {
  /** As policies and bindings name it. */
  readonly id: string;
  /** As the report names it. */
  readonly label: string;
  readonly kind: "wandb" | "own" | "service" | "everyone" | "stranger";
  /** What a reviewer should know of it. */
  readonly note?: string;
}

const SHARED_ROOT =
  "W&B's documentation asks for the whole account, which all of W&B's Dedicated customers share. The role that your deployment's nodes run as would do: ask W&B for it.";

/** Who a principal of a policy of S3, or of a store that speaks as S3 does, is. */
export function s3Principal(asked: string, storage: Storage, facts: Facts): Principal {
  const id = storeName(asked);
  if (storage.cloud === "coreweave" && id !== "*") return coreweavePrincipal(id, storage, facts);
  return awsPrincipal(id, storage, facts);
}

function coreweavePrincipal(id: string, storage: Storage, { intent }: Facts): Principal {
  const label = id.split(":").slice(4).join(":");
  const documented = Object.entries(WANDB_PRINCIPALS.coreweave).some(
    ([type, known]) => known === id && isFor(intent?.type, type),
  );
  if (documented) return { id, label: `W&B: ${label}`, kind: "wandb" };
  const owner = storage.declared && textAt(storage.declared.fields, "storageOrganization");
  const all = label.endsWith(":*") ? `everyone in the organization ${label.slice(0, -2)}` : label;
  const isOwner = owner !== undefined && id.startsWith(`arn:aws:iam::${owner}:`);
  if (isOwner) return { id, label: all, kind: "own" };
  return {
    id,
    label: all,
    kind: "stranger",
    note: "Neither documented by W&B for this deployment nor of the declared owner.",
  };
}

/** Who a principal of a policy of AWS is. */
function awsPrincipal(id: string, storage: Storage, facts: Facts): Principal {
  if (id === "*") return { id, label: "everyone", kind: "everyone" };
  if (!id.startsWith("arn:")) return { id, label: id, kind: "service" };
  const account = /^arn:[^:]+:(?:iam|sts)::(\d{12}):/.exec(id)?.[1];
  const root = id.endsWith(":root");
  const label = root ? `account ${account} (all of it)` : id.split(":").slice(4).join(":");
  if (account === DEDICATED_ACCOUNT || account === SAAS_ACCOUNT) return wandbOnAws(id, label, root, facts);
  if (storage.owner !== undefined && account === storage.owner) return own(id, label, storage, "principal");
  return declaredOr(id, label, storage, "principal");
}

function wandbOnAws(id: string, label: string, root: boolean, { intent }: Facts): Principal {
  const named = `W&B: ${label}`;
  const { saas, dedicated } = WANDB_PRINCIPALS.aws;
  if (id === saas && isFor(intent?.type, "saas")) return { id, label: named, kind: "wandb" };
  const ofDedicated = id.includes(`::${DEDICATED_ACCOUNT}:`) && isFor(intent?.type, "dedicated");
  if (id === dedicated && ofDedicated) return { id, label: named, kind: "wandb", note: SHARED_ROOT };
  if (ofDedicated && !root) return { id, label: named, kind: "wandb" };
  const note = `W&B documents no such principal for ${intent?.type ?? "this deployment"}.`;
  return { id, label: named, kind: "stranger", note };
}

const isFor = (type: string | undefined, wanted: string) => type === undefined || type === wanted;

/** Somebody of the storage's owner; W&B's identity where the declaration says so. */
function own(id: string, label: string, storage: Storage, field: string): Principal {
  return { id, label: isDeclared(id, storage, field) ? `W&B as ${label}` : label, kind: "own" };
}

function isDeclared(id: string, { declared }: Storage, field: string): boolean {
  return declared !== undefined && textAt(declared.fields, field) === id.replace(/^serviceAccount:/, "");
}

/** Somebody whom the declaration names as W&B's identity, else a stranger. */
function declaredOr(id: string, label: string, storage: Storage, field: string): Principal {
  const note = "Declared as W&B's identity, of another owner than the storage.";
  if (isDeclared(id, storage, field)) return { id, label: `W&B as ${label}`, kind: "own", note };
  return { id, label, kind: "stranger", note: "Neither documented by W&B, nor of the storage's owner, nor declared." };
}

/** Who a member of a binding of Google is. */
export function gcpPrincipal(id: string, storage: Storage, facts: Facts): Principal {
  if (id === "allUsers") return { id, label: "everyone", kind: "everyone" };
  if (id === "allAuthenticatedUsers") return { id, label: "everyone with a Google account", kind: "everyone" };
  if (/google_storage_project_service_account|@gs-project-accounts\.iam\.gserviceaccount\.com$/.test(id)) {
    return { id, label: "Cloud Storage's service agent of the project", kind: "service" };
  }
  if (id === "group:cloud-storage-analytics@google.com")
    return { id, label: "Google's writer of usage logs", kind: "service" };
  if (/@wandb-production\.iam\.gserviceaccount\.com$/.test(id)) return wandbOnGcp(id, facts);
  const bare = id.replace(/^serviceAccount:/, "");
  const project = /^serviceAccount:[^@]+@([\w-]+)\.iam\.gserviceaccount\.com$/.exec(id)?.[1];
  if (storage.owner !== undefined && project === storage.owner) return own(id, bare, storage, "serviceAccount");
  return declaredOr(id, bare, storage, "serviceAccount");
}

function wandbOnGcp(id: string, { intent }: Facts): Principal {
  const label = `W&B: ${id.replace(/^serviceAccount:/, "")}`;
  const documented = Object.entries(WANDB_PRINCIPALS.gcp).some(
    ([type, known]) => known === id && isFor(intent?.type, type),
  );
  if (documented) return { id, label, kind: "wandb" };
  return {
    id,
    label,
    kind: "stranger",
    note: `W&B documents no such principal for ${intent?.type ?? "this deployment"}.`,
  };
}

/** Who the id of a principal of Azure is: an identity made here, one that was declared, or a stranger. */
export function azurePrincipal(id: string, storage: Storage, facts: Facts): Principal {
  const identity = identityNamed(id, facts);
  if (!identity) {
    const declared = storage.declared && textAt(storage.declared.fields, "access.principalId");
    if (declared === id)
      return { id, label: `W&B as identity ${id}`, kind: "own", note: "Declared as the identity of W&B's cluster." };
    return { id, label: `principal ${id}`, kind: "stranger", note: "Neither made here nor declared." };
  }
  const name = textAt(identity.values, "name") ?? identity.address;
  const strangers = signIns(identity.address, facts).filter(({ stranger }) => stranger);
  const trusts = signIns(identity.address, facts).length > 0;
  if (!strangers.length) return { id, label: `${trusts ? "W&B as " : ""}identity ${name}`, kind: "own" };
  const note = `These may sign in as it, and are none of W&B's pods: ${strangers.map(({ subject }) => subject).join(", ")}.`;
  return { id, label: `identity ${name}`, kind: "stranger", note };
}

function identityNamed(id: string, { stack }: Facts) {
  const address = /\$\{([\w-]+\.[\w-]+)\./.exec(id)?.[1];
  return address === undefined ? undefined : stack.resources.get(address);
}

/** Who may sign in as an identity by tokens of a cluster. */
export function signIns(address: string, facts: Facts) {
  const all = [...facts.stack.resources.values()].filter(
    ({ type, values }) =>
      type === "azurerm_federated_identity_credential" && textOf(values["parent_id"]).includes(`{${address}.`),
  );
  const issuers = facts.storages.flatMap(
    ({ declared }) => (declared && textAt(declared.fields, "access.oidcIssuerUrl")) ?? [],
  );
  const namespaces = facts.storages.flatMap(
    ({ declared }) => (declared && textAt(declared.fields, "access.namespace")) ?? [],
  );
  const own = facts.storages.flatMap(({ declared }) =>
    texts(declared && pick(declared.fields, "access.serviceAccounts")),
  );
  return all.map(({ values, address: credential }) => {
    const subject = textAt(values, "subject") ?? "known only after apply";
    const issuer = textAt(values, "issuer");
    const [, namespace = "", account = ""] = /^system:serviceaccount:([^:]+):([^:]+)$/.exec(subject) ?? [];
    const known =
      [...AZURE_SERVICE_ACCOUNTS, ...own].includes(account) && ["default", ...namespaces].includes(namespace);
    const foreign = issuers.length > 0 && issuer !== undefined && !issuers.includes(issuer);
    return { credential, subject, issuer, stranger: !known || foreign };
  });
}
