import { accountOf, regionOf } from "./computed";
import type { Cloud, Facts, Key, Storage } from "./facts";
import { intentOf, type DeclaredStorage, type Intent } from "./intent";
import { referred } from "./resolve";
import { providerOf, type Gap, type Resource, type Stack } from "./stack";
import { entryOf, isOpen, listOf, pick, textAt, type Json, textOf } from "./value";

/** A storage before its parts are gathered. */
interface Seed {
  readonly cloud: Cloud;
  readonly name: string;
  readonly resource?: Resource;
  /** Resources that are the storage together: an Azure account and its container. */
  readonly own: readonly Resource[];
}

/** Whatever a stack says about storages; never fails, since what can't be followed is a gap. */
export function readFacts(stack: Stack): Facts {
  const intent = intentOf(stack);
  const all = [...stack.resources.values()];
  const seeds = distinct([...all.flatMap((resource) => seedsOf(resource, stack)), ...adopted(all, stack)]);
  const linked = new Map(all.map((resource) => [resource, targetsOf(resource, stack)]));
  const byName = new Map<string, Resource[]>();
  for (const [resource, targets] of linked) {
    for (const target of targets) byName.set(target, [...(byName.get(target) ?? []), resource]);
  }
  const logs = logTargets(all);
  const storages = seeds.map((seed) => storageOf(seed, stack, intent, byName, logs));
  return {
    stack,
    intent,
    storages,
    gaps: [
      ...stack.gaps,
      ...intentGaps(stack, intent, storages),
      ...unlinked(linked, stack),
      ...unnamed(seeds),
      ...none(stack, seeds),
    ],
  };
}

const BUCKETS: Readonly<Record<string, { cloud: Cloud; name: string }>> = {
  aws_s3_bucket: { cloud: "aws", name: "bucket" },
  google_storage_bucket: { cloud: "gcp", name: "name" },
  coreweave_object_storage_bucket: { cloud: "coreweave", name: "name" },
};

function seedsOf(resource: Resource, stack: Stack): Seed[] {
  const known = entryOf(BUCKETS, resource.type);
  if (known) {
    const name = nameOf(resource, known.name);
    const own = resource.isData ? [] : [resource];
    return [{ cloud: cloudOf(known.cloud, resource, stack), name, own, ...(own[0] ? { resource: own[0] } : {}) }];
  }
  if (resource.isData || resource.type !== "azurerm_storage_account") return [];
  const containers = containersOf(resource, stack);
  const account = nameOf(resource, "name");
  if (!containers.length) return [{ cloud: "azure", name: account, resource, own: [resource] }];
  return containers.map((container) => ({
    cloud: "azure",
    name: `${account}/${nameOf(container, "name")}`,
    resource,
    own: [resource, container],
  }));
}

/** A name that isn't known is stood for by the address. */
function nameOf(resource: Resource, attribute: string): string {
  return textAt(resource.values, attribute) ?? `(${resource.address})`;
}

/** A provider of AWS with its endpoint elsewhere speaks to another store. */
function cloudOf(cloud: Cloud, resource: Resource, stack: Stack): Cloud {
  const s3 = pick(providerOf(stack, resource), "endpoints.s3");
  if (cloud !== "aws" || s3 === undefined || /\.amazonaws\.com(\.cn)?$/.test(textOf(s3))) return cloud;
  return /\bcwobject\.com$/.test(textOf(s3)) ? "coreweave" : "s3-compatible";
}

function containersOf(account: Resource, stack: Stack): Resource[] {
  return [...stack.resources.values()].filter(
    ({ type, isData, values }) =>
      type === "azurerm_storage_container" && !isData && accountNameIn(values, stack) === nameOf(account, "name"),
  );
}

/** The account that a resource belongs to, by its id, a reference or its name. */
function accountNameIn(values: Resource["values"], stack: Stack): string | undefined {
  const id = values["storage_account_id"] ?? values["target_resource_id"] ?? values["scope"];
  const account = referred(id, stack);
  const container = account?.type === "azurerm_storage_container" ? accountNameIn(account.values, stack) : undefined;
  if (account?.type === "azurerm_storage_account") return nameOf(account, "name");
  const [, byId] = /\/storageAccounts\/([^/$]+)/i.exec(textOf(id ?? "")) ?? [];
  return container ?? byId ?? textAt(values, "storage_account_name");
}

/** Storages that were made elsewhere, and of which these files only set the policy or the like. */
function adopted(all: readonly Resource[], stack: Stack): Seed[] {
  return all.flatMap((resource) => {
    if (resource.isData || entryOf(BUCKETS, resource.type)) return [];
    const name = textAt(resource.values, "bucket");
    const aws = /^aws_s3_bucket_/.test(resource.type);
    const gcp = /^google_storage_bucket_(iam|acl|access)/.test(resource.type);
    if (!name || !(aws || gcp)) return [];
    const cloud = aws ? cloudOf("aws", resource, stack) : "gcp";
    return [{ cloud, name: gcp ? name.replace(/^b\//, "") : name, own: [] } satisfies Seed];
  });
}

/** The first of each name, which is the one with the resource itself. */
function distinct(seeds: readonly Seed[]): Seed[] {
  const byId = new Map<string, Seed>();
  for (const seed of [...seeds].sort((a, b) => b.own.length - a.own.length)) {
    const id = idOf(seed);
    if (!byId.has(id)) byId.set(id, seed);
  }
  return seeds.filter((seed) => byId.get(idOf(seed)) === seed);
}

const idOf = ({ cloud, name }: Pick<Seed, "cloud" | "name">) => `${cloud}:${name}`;

/** The names of the storages that a resource speaks of. */
function targetsOf(resource: Resource, stack: Stack): string[] {
  const { type, values, isData } = resource;
  if (isData) return [];
  if (/^azurerm_/.test(type)) return [accountNameIn(values, stack) ?? ""].filter(Boolean);
  const bucket = textAt(values, "bucket");
  const target = referred(values["bucket"], stack);
  return [bucket?.replace(/^b\//, "") ?? (target ? `(${target.address})` : "")].filter(Boolean);
}

function none({ name }: Stack, seeds: readonly Seed[]): Gap[] {
  return seeds.length ? [] : [{ address: name, message: "No bucket or storage account is in the file." }];
}

/** Storages whose name is for Terraform or the cloud to choose. */
function unnamed(seeds: readonly Seed[]): Gap[] {
  const message = "Its name is known only after apply, so that nothing that names it by then can be matched.";
  return seeds.flatMap(({ name, resource }) =>
    resource && /^\(/.test(name) ? [{ address: resource.address, message }] : [],
  );
}

/** What sets access or protection of a storage which isn't known. */
function unlinked(linked: ReadonlyMap<Resource, readonly string[]>, stack: Stack): Gap[] {
  return [...linked].flatMap(([{ type, address, values, isData }, targets]) => {
    const companion = /^(aws_s3_bucket_|google_storage_bucket_|coreweave_object_storage_bucket_)/.test(type);
    if (isData || !companion || targets.length || referred(values["bucket"], stack)) return [];
    return [{ address, message: "Which bucket this is about is known only after apply." }];
  });
}

function logTargets(all: readonly Resource[]): Set<string> {
  return new Set(
    all.flatMap(({ type, values }) => {
      const target =
        type === "aws_s3_bucket_logging" ? textAt(values, "target_bucket") : textAt(values, "logging.log_bucket");
      return target ? [target] : [];
    }),
  );
}

function storageOf(
  seed: Seed,
  stack: Stack,
  intent: Intent | undefined,
  byName: ReadonlyMap<string, readonly Resource[]>,
  logs: ReadonlySet<string>,
): Storage {
  const { cloud, name, resource, own } = seed;
  const declared = intent?.storages.find((storage) => nameIn(storage) === name);
  const attachments = intent?.attachments.filter(({ storage }) => storage === declared?.name) ?? [];
  const parts = [...own, ...(byName.get(cloud === "azure" ? (name.split("/")[0] ?? name) : name) ?? [])];
  const mine = [...new Set(parts)].filter((part) => own.includes(part) || !isOtherContainer(part, own));
  const first = resource ?? mine[0];
  const keys = first ? keysOf(cloud, mine, stack) : [];
  const purpose = declared ? "wandb" : logs.has(name) ? "logs" : intent ? "other" : "wandb";
  return {
    id: idOf(seed),
    cloud,
    name,
    purpose,
    owner: first && ownerOf(cloud, first, stack),
    place: first && placeOf(first, stack),
    resource,
    parts: [...mine, ...keyParts(keys, stack)],
    keys,
    declared,
    attachments,
  };
}

function isOtherContainer({ type }: Resource, own: readonly Resource[]): boolean {
  return type === "azurerm_storage_container" && own.some((part) => part.type === type);
}

/** The physical name of a storage as it was declared. */
export function nameIn({ fields }: DeclaredStorage): string | undefined {
  const [bucket, account, container] = ["bucket", "account", "container"].map((key) => textAt(fields, key));
  return bucket ?? (container ? `${account}/${container}` : account);
}

function ownerOf(cloud: Cloud, resource: Resource, stack: Stack): string | undefined {
  const provider = providerOf(stack, resource);
  switch (cloud) {
    case "aws":
      return accountOf(stack, resource);
    case "gcp":
      return textAt(resource.values, "project") ?? textAt(provider, "project");
    case "azure":
      return textAt(provider, "subscription_id");
    case "s3-compatible":
    case "coreweave":
      return textAt(provider, "endpoints.s3");
    default:
      return cloud satisfies never;
  }
}

function placeOf(resource: Resource, stack: Stack): string | undefined {
  return textAt(resource.values, "location") ?? textAt(resource.values, "zone") ?? regionOf(stack, resource);
}

/** Where each kind of storage names its key. */
const KEY_FIELDS: Readonly<Record<string, readonly string[]>> = {
  aws_s3_bucket_server_side_encryption_configuration: [
    "rule.apply_server_side_encryption_by_default.kms_master_key_id",
  ],
  aws_s3_bucket: [
    "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
  ],
  google_storage_bucket: ["encryption.default_kms_key_name"],
  azurerm_storage_account: ["customer_managed_key.key_vault_key_id"],
  azurerm_storage_account_customer_managed_key: ["key_vault_key_id", "key_name"],
};

function keysOf(cloud: Cloud, parts: readonly Resource[], stack: Stack): Key[] {
  const named = parts.flatMap(({ type, values }) =>
    (entryOf(KEY_FIELDS, type) ?? []).map((path) => pick(values, path)),
  );
  const keys = named.filter((value) => typeof value === "string").map((value) => keyOf(cloud, value, stack));
  return keys.filter((key, index) => keys.findIndex(({ id }) => id === key.id) === index);
}

function keyOf(cloud: Cloud, value: string, stack: Stack): Key {
  const target = referred(value, stack);
  const resource = target?.type === "aws_kms_alias" ? referred(target.values["target_key_id"], stack) : target;
  if (resource) return { id: resource.address, resource };
  const made = cloud === "gcp" ? googleKeyNamed(value, stack) : undefined;
  return made ? { id: made.address, resource: made } : { id: isOpen(value) ? "known only after apply" : value };
}

/** A key of Google named in full, made here by a ring and a name. */
function googleKeyNamed(value: string, stack: Stack): Resource | undefined {
  return [...stack.resources.values()].find(({ type, values }) => {
    if (type !== "google_kms_crypto_key" || !value.endsWith(`/cryptoKeys/${textAt(values, "name")}`)) return false;
    const ring = referred(values["key_ring"], stack);
    const ringName = ring ? textAt(ring.values, "name") : textAt(values, "key_ring")?.split("/").at(-1);
    return value.includes(`/keyRings/${ringName}/`);
  });
}

/** What speaks of the keys: themselves, their policies and grants. */
function keyParts(keys: readonly Key[], stack: Stack): Resource[] {
  const own = keys.flatMap(({ resource }) => resource ?? []);
  const about = [...stack.resources.values()].filter(({ values }) =>
    ["key_id", "target_key_id", "crypto_key_id"].some((name) => speaksOf(values[name], keys, stack)),
  );
  return [...own, ...about];
}

function speaksOf(value: Json | undefined, keys: readonly Key[], stack: Stack): boolean {
  const target = referred(value, stack);
  return keys.some(({ id, resource }) => (target ? target === resource : listOf(value).includes(id)));
}

/** What was declared but isn't there. */
function intentGaps(stack: Stack, intent: Intent | undefined, storages: readonly Storage[]): Gap[] {
  if (!intent) {
    const said = stack.byob ? "in a form that this version can't read" : "not";
    const message = `Who uses which storage is said ${said} in the file (//.byob): teams, W&B's principal and opt-outs are not known.`;
    return [{ address: stack.name, message }];
  }
  const missing = intent.storages.filter((declared) => !storages.some((storage) => storage.declared === declared));
  return missing.map(({ name }) => ({
    address: name,
    message: "This storage is declared, but no resource of the file is it.",
  }));
}
