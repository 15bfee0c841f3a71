import { allUnknown, cells, NO, type Cell, type Row } from "./access";
import { AZURE_ROLE_IDS, AZURE_ROLES, type Capability } from "./capability";
import type { Limit } from "./condition-words";
import { partOf, type Facts, type Storage } from "./facts";
import { azurePrincipal } from "./principals";
import type { Resource } from "./stack";
import { blocks, entryOf, isOpen, textAt, texts, textOf } from "./value";

/** A role for a principal on an account, or on what holds the account. */
export interface Assignment {
  readonly address: string;
  readonly role: string | undefined;
  readonly principal: string;
  readonly on: "storage" | "key";
}

/** Every role assignment that reaches a storage account or its key. */
export function assignmentsOf(storage: Storage, facts: Facts): Assignment[] {
  const all = [...facts.stack.resources.values()].filter(({ type }) => type === "azurerm_role_assignment");
  return all.flatMap((resource) => {
    const on = reach(resource, storage);
    if (!on) return [];
    const { address, values } = resource;
    return [{ address, role: roleOf(resource), principal: textOf(values["principal_id"] ?? ""), on }];
  });
}

/** Whether the scope is the account, its container, or something that the account is in. An unknown one may be. */
function reach(assignment: Resource, storage: Storage): Assignment["on"] | undefined {
  const scope = textOf(assignment.values["scope"] ?? "");
  if (/\/providers\/Microsoft\.KeyVault\//i.test(scope)) return keyIsIn(scope, storage) ? "key" : undefined;
  if (storage.parts.includes(assignment)) return "storage";
  if (/\/storageAccounts\//i.test(scope)) return undefined;
  const { owner } = storage;
  const group = textAt(partOf(storage, "azurerm_storage_account")?.values, "resource_group_name");
  const [, subscription, resourceGroup] =
    /^\/subscriptions\/([^/]+)(?:\/resourceGroups\/([^/]+))?\/?$/i.exec(scope) ?? [];
  const inSubscription = subscription !== undefined && (owner === undefined || subscription === owner);
  const inGroup = resourceGroup === undefined || resourceGroup === group;
  const management = scope.startsWith("/providers/Microsoft.Management/managementGroups/");
  return isOpen(scope) || management || (inSubscription && inGroup) ? "storage" : undefined;
}

/** The address of a key ends in its name, as the scope does. */
function keyIsIn(scope: string, storage: Storage): boolean {
  const name = /\/keys\/([^/]+)$/.exec(scope)?.[1];
  return storage.keys.some(({ id }) => name === undefined || id.includes(`/keys/${name}`) || id === name);
}

function roleOf({ values }: Resource): string | undefined {
  const id = textAt(values, "role_definition_id")?.split("/").at(-1) ?? "";
  return textAt(values, "role_definition_name") ?? entryOf(AZURE_ROLE_IDS, id);
}

/** Who can do what with a storage account and its container. */
export function azureRows(storage: Storage, facts: Facts): Row[] {
  const account = partOf(storage, "azurerm_storage_account");
  const limits = account ? limitsOf(account) : [];
  const keys = account?.values["shared_access_key_enabled"] !== false;
  const assigned = assignmentsOf(storage, facts).map((assignment) => row(assignment, storage, facts, limits, keys));
  return [...assigned, ...(account && keys ? [keyRow(account, storage, limits)] : []), ...publicRows(storage, limits)];
}

function row(assignment: Assignment, storage: Storage, facts: Facts, limits: readonly Limit[], keys: boolean): Row {
  const { role = "", address } = assignment;
  const principal = azurePrincipal(assignment.principal, storage, facts);
  const known = entryOf(AZURE_ROLES, role);
  if (!known) {
    const what = role ? `the role "${role}"` : "a role that isn't named";
    return { storage: storage.id, principal, cells: allUnknown(`what ${what} allows is not known here (${address})`) };
  }
  const cell = (name: Capability): Cell => {
    const because = [`${address} (${role})`];
    if (known.allows.includes(name)) return { answer: "yes", limits: name === "decrypt" ? [] : limits, because };
    const byKey = known.listsKeys && keys && (["list", "read", "write", "delete"] as const).includes(name as never);
    const byKeys: Limit = { kind: "other", text: "by the account's keys, which it may read" };
    return byKey ? { answer: "yes", limits: [...limits, byKeys], because } : NO;
  };
  return {
    storage: storage.id,
    principal: assignment.on === "key" ? ownIdentity(principal) : principal,
    cells: cells(cell),
  };
}

/** The identity that an account reads its key as. */
function ownIdentity<P extends { readonly kind: string; readonly label: string }>(principal: P): P {
  return principal.kind === "own" ? { ...principal, label: `${principal.label}, the account's own` } : principal;
}

/** Whoever holds a key of the account may do anything with its files. */
function keyRow(account: Resource, storage: Storage, limits: readonly Limit[]): Row {
  const because = [`${account.address} shared_access_key_enabled`];
  const principal = {
    id: "account-key",
    label: "whoever holds a key of the account",
    kind: "own",
    note: "A key names no one, has no end, and can't be narrowed.",
  } as const;
  const cell = (name: Capability): Cell =>
    name === "decrypt" || name === "change policy" ? NO : { answer: "yes", limits, because };
  return { storage: storage.id, principal, cells: cells(cell) };
}

/** `blob`: every file may be read by whoever knows its name; `container`: they may be listed too. */
function publicRows(storage: Storage, limits: readonly Limit[]): Row[] {
  const account = partOf(storage, "azurerm_storage_account");
  if (account?.values["allow_nested_items_to_be_public"] === false) return [];
  const container = partOf(storage, "azurerm_storage_container");
  const access = container?.values["container_access_type"];
  if (!container || (access !== "blob" && access !== "container")) return [];
  const principal = { id: "anonymous", label: "everyone", kind: "everyone" } as const;
  const cell = (name: Capability): Cell =>
    name === "read" || (name === "list" && access === "container")
      ? { answer: "yes", limits, because: [`${container.address} (${access})`] }
      : NO;
  return [{ storage: storage.id, principal, cells: cells(cell) }];
}

function limitsOf({ values }: Resource): Limit[] {
  const https = values["https_traffic_only_enabled"] ?? values["enable_https_traffic_only"] ?? true;
  const rules = blocks(values["network_rules"])[0];
  const closed = values["public_network_access_enabled"] === false;
  const admits = [...texts(rules?.["ip_rules"]), ...texts(rules?.["virtual_network_subnet_ids"])].sort();
  return [
    ...(https === true ? [{ kind: "tls", text: "TLS only" } as const] : []),
    ...(closed ? [{ kind: "network", text: "only by private endpoints", admits: [] } as const] : []),
    ...(!closed && rules?.["default_action"] === "Deny"
      ? [{ kind: "network", text: `only from ${admits.join(", ") || "private endpoints"}`, admits } as const]
      : []),
  ];
}
