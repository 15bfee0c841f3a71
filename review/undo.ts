import { BYOB } from "./contract";
import { titleOf, type Facts, type Storage } from "./facts";
import { isDataBearing, REPLACED_BY } from "./replacement";
import type { Resource, Stack } from "./stack";
import { entryOf, openStrings, pick, textAt, type Json, textOf } from "./value";

/** Something that can't be undone, or that undoing something has cost. */
export interface Irreversible {
  readonly kind: "wandb" | "replacement" | "retention" | "deletion" | "opt-out" | "secret";
  readonly what: string;
  readonly why: string;
  readonly source?: string;
  /** `error` blocks: a secret in plain sight, a bucket that deletes its files. @default note */
  readonly severity?: "error" | "warning";
  readonly address?: string;
}

/** All that can't be undone about a deployment's storages. */
export function irreversibleOf(facts: Facts): Irreversible[] {
  const { storages, stack, intent } = facts;
  const attached = storages.filter(({ attachments }) => attachments.length);
  return [
    ...(attached.length ? [choice(attached)] : []),
    ...storages.flatMap(replacement),
    ...storages.flatMap(retention),
    ...storages.flatMap(deletion),
    ...(intent?.optOuts ?? []).map(({ path, what, reason }) => ({
      kind: "opt-out" as const,
      what: `${path.join(".")}: ${what}`,
      why: `Given up on purpose: ${reason}`,
    })),
    ...secretsIn(stack),
  ];
}

function choice(attached: readonly Storage[]): Irreversible {
  const who = attached.flatMap(({ attachments, id }) => attachments.map(({ team }) => `${team ?? "instance"} → ${id}`));
  return {
    kind: "wandb",
    what: `A team's storage can't be changed once the team is created: ${who.join(", ")}`,
    why: "W&B keeps the bucket, path and key that were typed in; moving needs W&B's help and is not offered for teams.",
    source: BYOB,
  };
}

/** What would be another storage. */
function replacement(storage: Storage): Irreversible[] {
  const own = storage.parts.filter(({ type, isData }) => isDataBearing(type) && !isData);
  return own.map(({ type, address }) => ({
    kind: "replacement" as const,
    what: `${address}: another ${(entryOf(REPLACED_BY, type) ?? [])
      .filter((name) => name !== "provider")
      .slice(0, 4)
      .join(", ")} is another ${wordFor(type)}`,
    why: `Terraform would destroy it and make a new, empty one for ${titleOf(storage)}.`,
    source: "https://developer.hashicorp.com/terraform/cli/commands/plan",
    address,
  }));
}

function wordFor(type: string): string {
  if (/key_ring/.test(type)) return "key ring";
  if (/key/.test(type)) return "key";
  return /account|container/.test(type) ? (type.split("_").at(-1) ?? "storage") : "bucket";
}

/** A setting of a type, under which something can't be undone. */
interface Rule {
  readonly types: RegExp;
  readonly path: string;
  readonly holds: (value: Json | undefined) => boolean;
  readonly what: string;
  readonly why: string;
  readonly severity?: Irreversible["severity"];
  readonly kind: Irreversible["kind"];
}

const is = (wanted: Json) => (value: Json | undefined) => value === wanted;

const RETENTION: readonly Rule[] = [
  {
    kind: "retention",
    types: /^aws_s3_bucket_versioning$/,
    path: "versioning_configuration.status",
    holds: is("Enabled"),
    what: "Versioning, once on, can only be suspended",
    why: "Versions that are there stay until a rule expires them.",
  },
  {
    kind: "retention",
    types: /^aws_s3_bucket$/,
    path: "object_lock_enabled",
    holds: is(true),
    what: "Object lock can't be switched off",
    why: "In the mode COMPLIANCE no one, the owner included, can delete a file before its time; W&B documents no use of it.",
    severity: "warning",
  },
  {
    kind: "retention",
    types: /^aws_s3_bucket_object_lock_configuration$/,
    path: "rule.default_retention.mode",
    holds: (value) => value !== undefined,
    what: "Every file is locked by default",
    why: "W&B's garbage collection can't delete locked versions; W&B documents no use of object lock.",
    severity: "warning",
  },
  {
    kind: "retention",
    types: /^google_storage_bucket$/,
    path: "retention_policy.is_locked",
    holds: is(true),
    what: "A locked retention policy can't be taken away or shortened",
    why: "The bucket can't be deleted until its last file is old enough.",
    severity: "warning",
  },
  {
    kind: "retention",
    types: /^azurerm_storage_(account|container_immutability_policy)$/,
    path: "immutability_policy.state",
    holds: is("Locked"),
    what: "A locked immutability policy can't be taken away",
    why: "No one can delete or overwrite a file before its time; W&B documents no use of it.",
    severity: "warning",
  },
];

function retention(storage: Storage): Irreversible[] {
  return RETENTION.flatMap((rule) => applied(rule, storage));
}

function applied({ types, path, holds, ...rest }: Rule, storage: Storage): Irreversible[] {
  return storage.parts
    .filter(({ type, values }) => types.test(type) && holds(pick(values, path)))
    .map(({ address }) => ({ ...rest, what: `${address}: ${rest.what}`, address }));
}

function deletion({ parts }: Storage): Irreversible[] {
  return parts.flatMap(({ type, address, values }) => {
    const window = type === "aws_kms_key" ? (pick(values, "deletion_window_in_days") ?? 30) : undefined;
    const forced = values["force_destroy"] === true;
    return [
      ...(window === undefined ? [] : [keyDeletion(address, textOf(window))]),
      ...(type === "google_kms_crypto_key"
        ? [keyDeletion(address, googleDays(values["destroy_scheduled_duration"]))]
        : []),
      ...(forced
        ? [
            {
              kind: "deletion" as const,
              what: `${address}: force_destroy deletes every file with the bucket`,
              why: "Neither versions nor soft delete outlive the bucket.",
              address,
            },
          ]
        : []),
    ];
  });
}

function keyDeletion(address: string, days: string): Irreversible {
  const why = "Every file it has encrypted is then lost, versions and copies included.";
  return {
    kind: "deletion",
    what: `${address}: ${days} days after its deletion is asked for, the key is gone`,
    why,
    address,
  };
}

function googleDays(value: Json | undefined): string {
  const seconds = Number(/^(\d+)s$/.exec(textOf(value))?.[1] ?? 30 * 86_400);
  return String(seconds / 86_400);
}

/** Resources whose secret parts Terraform writes into its state. */
const SECRET_KEEPERS: Readonly<Record<string, string>> = {
  aws_iam_access_key: "the secret access key",
  google_service_account_key: "the private key",
  google_storage_hmac_key: "the secret",
  azuread_application_password: "the password",
  azurerm_storage_account_sas: "the signature",
  random_password: "the password",
  coreweave_object_storage_access_key: "the secret key",
};

/** Attributes that hold a secret once the resource is there. */
const SECRET =
  /\.(secret|secret_key|ses_smtp_password_v4|private_key|password|sas|(primary|secondary)_(access_key|connection_string|blob_connection_string))$/;

/** Texts that are secrets by their form. */
const SECRET_TEXT: readonly (readonly [RegExp, string])[] = [
  [/\b(AKIA|ASIA)[A-Z0-9]{16}\b/, "an AWS access key id"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\b[a-z0-9+]{2,6}:\/\/[^/\s:@]*:[^/\s@$]+@/, "a user and a password in an address"],
  [/AccountKey=[A-Za-z0-9+/=]{20,}/, "an account key"],
  [/[?&]sig=[A-Za-z0-9%+/=]{20,}/, "the signature of a SAS"],
];

function secretsIn(stack: Stack): Irreversible[] {
  const managed = [...stack.resources.values()].filter(({ isData }) => !isData);
  return [
    ...managed.flatMap(({ type, address }) => keeper(address, entryOf(SECRET_KEEPERS, type))),
    ...managed.filter(sharedKey).flatMap(({ address }) => keeper(address, "the account's keys")),
    ...managed.flatMap(({ address, values }) => plainSecrets(address, values)),
    ...[...stack.providers].flatMap(([name, values]) => plainSecrets(`provider ${name}`, values)),
    ...stack.outputs.flatMap(({ name, value, sensitive }) => (sensitive ? [] : outputSecrets(name, value, stack))),
  ];
}

function sharedKey({ type, values }: Resource): boolean {
  return type === "azurerm_storage_account" && values["shared_access_key_enabled"] !== false;
}

function keeper(address: string, what: string | undefined): Irreversible[] {
  const why = "Whoever can read the state has it; keep the state encrypted and its readers few, and rotate.";
  return what
    ? [{ kind: "secret", what: `${address}: Terraform's state holds ${what}`, why, severity: "warning", address }]
    : [];
}

const plain = (address: string, what: string): Irreversible => ({
  kind: "secret",
  what: `${address}: holds ${what} in plain sight`,
  why: "It stands in the files, in the state and in every log that shows them. Rotate it, then take it out.",
  severity: "error",
  address,
});

function plainSecrets(address: string, values: Json | undefined): Irreversible[] {
  const text = JSON.stringify(values ?? null);
  return SECRET_TEXT.filter(([form]) => form.test(text)).map(([, what]) => plain(address, what));
}

function outputSecrets(name: string, value: Json | undefined, stack: Stack): Irreversible[] {
  const keepers = /^(random_password\.[\w-]+\.(result|bcrypt_hash)|azurerm_key_vault_secret\.[\w-]+\.value)$/;
  const refers = openStrings(value).some(({ value: open }) => {
    const expression = open.replace(/^.*\$\{([^}]*)\}.*$/s, "$1");
    return (
      (SECRET.test(expression) || keepers.test(expression)) &&
      [...stack.resources.keys()].some((address) => expression.startsWith(`${address}.`))
    );
  });
  const address = `output.${name}`;
  return [...(refers ? [plain(address, "a secret that isn't marked sensitive")] : []), ...plainSecrets(address, value)];
}

/** Where the state is kept, in words. */
export function stateOf({ backend, kind }: Stack): string {
  if (!backend)
    return kind === "plan" ? "A plan doesn't say where the state is kept." : "The state is kept in a local file.";
  const place = ["bucket", "storage_account_name", "organization", "path"]
    .map((key) => textAt(backend.values, key))
    .find(Boolean);
  return `The state is kept by the backend "${backend.type}"${place ? ` (${place})` : ""}.`;
}
