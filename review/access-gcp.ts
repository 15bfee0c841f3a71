import { allUnknown, cells, NO, type Cell, type Row } from "./access";
import { GCP_ROLES, gcpCapabilities, type Capability } from "./capability";
import type { Limit } from "./condition-words";
import { partOf, partsOf, type Facts, type Storage } from "./facts";
import { gcpPrincipal } from "./principals";
import { referred } from "./resolve";
import { blocks, entryOf, isOpen, pick, textAt, texts, type Json, type JsonObject, textOf } from "./value";

/** A role for a member on a bucket, its key or its project. */
export interface Binding {
  readonly address: string;
  readonly member: string;
  readonly role: string;
  /** The role's permissions, where it is made here. */
  readonly permissions?: readonly string[];
  readonly on: "bucket" | "key" | "project";
  readonly limits: readonly Limit[];
}

/** Every binding that reaches a bucket. */
export function bindingsOf(storage: Storage, facts: Facts): Binding[] {
  const { stack } = facts;
  const own = storage.parts.filter(({ type }) =>
    /^google_(storage_bucket|kms_crypto_key)_iam_(member|binding|policy)$/.test(type),
  );
  const project = [...stack.resources.values()].filter(
    ({ type, values }) =>
      /^google_project_iam_(member|binding)$/.test(type) &&
      /storage|roles\/(owner|editor|viewer)$|^projects\//.test(textOf(values["role"])),
  );
  return [...own, ...project].flatMap(({ address, type, values }) => {
    const on = type.startsWith("google_kms") ? "key" : type.startsWith("google_project") ? "project" : "bucket";
    return rolesIn(values).flatMap(({ role, members, condition }) => {
      const permissions = permissionsOf(role, facts);
      const limits = conditionLimits(condition);
      return members.map(
        (member) => ({ address, member, role, on, limits, ...(permissions ? { permissions } : {}) }) as const,
      );
    });
  });
}

function rolesIn(values: JsonObject): { role: string; members: string[]; condition?: Json | undefined }[] {
  const data = textAt(values, "policy_data");
  if (data !== undefined) return parsedPolicy(data);
  if (values["policy_data"] !== undefined)
    return [{ role: textOf(values["policy_data"]), members: ["${known after apply}"] }];
  const members = [...texts(values["member"]), ...texts(values["members"])];
  return [{ role: textOf(values["role"]), members, condition: values["condition"] }];
}

function parsedPolicy(text: string) {
  try {
    const { bindings } = JSON.parse(text) as JsonObject;
    return blocks(bindings).map(({ role, members, condition }) => ({
      role: textOf(role),
      members: texts(members),
      condition,
    }));
  } catch {
    return [{ role: "a policy that is no JSON", members: ["${not readable}"] }];
  }
}

function conditionLimits(condition: Json | undefined): Limit[] {
  return blocks(condition).map(({ expression }) => ({ kind: "other", text: `only where \`${textOf(expression)}\`` }));
}

/** The permissions of a custom role that is made here. */
function permissionsOf(role: string, { stack }: Facts): readonly string[] | undefined {
  const made = [...stack.resources.values()].find(
    (resource) =>
      /^google_(project|organization)_iam_custom_role$/.test(resource.type) &&
      (referred(role, stack) === resource || role.endsWith(`/roles/${textAt(resource.values, "role_id")}`)),
  );
  const permissions = made && made.values["permissions"];
  return isOpen(permissions) ? undefined : made && texts(permissions);
}

/** What a binding allows; nothing where its role isn't known here. */
export function capabilitiesOf({
  role,
  permissions,
}: Pick<Binding, "role" | "permissions">): readonly Capability[] | undefined {
  return permissions ? gcpCapabilities(permissions) : entryOf(GCP_ROLES, role);
}

/** Who can do what with a bucket of Google's. */
export function gcpRows(storage: Storage, facts: Facts): Row[] {
  const network = ipLimits(storage);
  const granted = bindingsOf(storage, facts).map((binding) => row(binding, storage, facts, network));
  return [...granted, ...aclRows(storage, network)];
}

function row(binding: Binding, storage: Storage, facts: Facts, network: readonly Limit[]): Row {
  const { role, address, limits } = binding;
  const principal = gcpPrincipal(memberName(binding.member, facts), storage, facts);
  const allowed = capabilitiesOf(binding);
  const open: boolean = isOpen(role);
  if (!allowed || open) {
    return {
      storage: storage.id,
      principal,
      cells: allUnknown(`what the role ${role} allows is not known here (${address})`),
    };
  }
  const cell = (name: Capability): Cell => {
    if (!allowed.includes(name)) return NO;
    return {
      answer: "yes",
      limits: [...limits, ...(name === "decrypt" ? [] : network)],
      because: [`${address} (${role})`],
    };
  };
  return { storage: storage.id, principal, cells: cells(cell) };
}

/** A member that is a service account made here, by its e-mail address. */
function memberName(member: string, { stack }: Facts): string {
  const account = referred(member, stack);
  if (account?.type !== "google_service_account") return member;
  const [id, project] = ["account_id", "project"].map((key) => textAt(account.values, key));
  const from = project ?? textAt(stack.providers.get(account.provider) ?? {}, "project");
  return id && from ? `serviceAccount:${id}@${from}.iam.gserviceaccount.com` : member;
}

/** @see https://cloud.google.com/storage/docs/ip-filtering-overview */
function ipLimits(storage: Storage): Limit[] {
  const filter = blocks(partOf(storage, "google_storage_bucket")?.values["ip_filter"])[0];
  if (filter?.["mode"] !== "Enabled") return [];
  const ranges = texts(pick(filter, "public_network_source.allowed_ip_cidr_ranges"));
  const networks = blocks(filter["vpc_network_sources"]).map(({ network }) => textOf(network));
  const admits = [...ranges, ...networks].sort();
  return [{ kind: "network", text: `only from ${admits.join(", ") || "nowhere"}`, admits }];
}

/** Old-style access lists, which count only without uniform bucket-level access. */
function aclRows(storage: Storage, limits: readonly Limit[]): Row[] {
  const bucket = partOf(storage, "google_storage_bucket");
  if (bucket?.values["uniform_bucket_level_access"] === true) return [];
  const types = [
    "google_storage_bucket_acl",
    "google_storage_default_object_acl",
    "google_storage_bucket_access_control",
  ];
  return partsOf(storage, ...types, "google_storage_default_object_access_control").flatMap(({ address, values }) => {
    const said = JSON.stringify([values["role_entity"], values["entity"], values["predefined_acl"]]);
    if (!/allUsers|allAuthenticatedUsers|public/.test(said)) return [];
    const principal = { id: "allUsers", label: "everyone", kind: "everyone" } as const;
    const cell = (name: Capability): Cell =>
      name === "read" || name === "list" ? { answer: "yes", limits, because: [address] } : NO;
    return [{ storage: storage.id, principal, cells: cells(cell) }];
  });
}
