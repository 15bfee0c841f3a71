import { policiesOf } from "./access-s3";
import { capabilitiesOf, bindingsOf, type Binding } from "./access-gcp";
import { assignmentsOf, type Assignment } from "./access-azure";
import { AZURE_ROLES } from "./capability";
import { conditionInWords, limitOfDeny } from "./condition-words";
import { examplesOf, questionInWords } from "./examples";
import type { Facts, Storage } from "./facts";
import { azurePrincipal, gcpPrincipal, s3Principal } from "./principals";
import { identities, type Part, type ReadPolicy } from "./s3-policy";
import type { Statement } from "./statement";
import { entryOf } from "./value";

/** Every statement, binding and role assignment of a storage in words. */
export function statementsOf(storage: Storage, facts: Facts): Statement[] {
  switch (storage.cloud) {
    case "aws":
    case "s3-compatible":
    case "coreweave":
      return s3Statements(storage, facts);
    case "gcp":
      return bindingsOf(storage, facts).map((binding) => bindingInWords(binding, storage, facts));
    case "azure":
      return assignmentsOf(storage, facts).map((assignment) => assignmentInWords(assignment, storage, facts));
    default:
      return storage.cloud satisfies never;
  }
}

function s3Statements(storage: Storage, facts: Facts): Statement[] {
  const { bucket, key, unread } = policiesOf(storage);
  const read = [...bucket, ...key].flatMap((policy) =>
    policy.parts.map((part) => inWords(part, policy, storage, facts)),
  );
  const rest = unread.map(({ address, why }) => ({
    storage: storage.id,
    address,
    name: "not judged",
    effect: "allow" as const,
    sentence: "What this policy says is not judged here.",
    why,
    without: "Not known.",
  }));
  return [...read, ...rest];
}

/** Words for actions; a list of several reads as a sentence. */
const VERBS: Readonly<Record<string, string>> = {
  "s3:*": "do anything with the bucket and its files",
  "s3:getobject*": "read files, their versions and tags",
  "s3:getobject": "read files",
  "s3:putobject": "upload files",
  "s3:deleteobject": "delete files",
  "s3:deleteobjectversion": "delete versions for good",
  "s3:abortmultipartupload": "give up uploads",
  "s3:listbucket": "list files",
  "s3:listbucketversions": "list versions",
  "s3:listbucketmultipartuploads": "list unfinished uploads",
  "s3:getbucketlocation": "see the region",
  "s3:getbucketversioning": "see whether versions are kept",
  "s3:getbucketcors": "see the CORS rules",
  "s3:getencryptionconfiguration": "see the encryption",
  "kms:*": "do anything with the key",
  "kms:decrypt": "decrypt",
  "kms:describe*": "see the key's settings",
  "kms:encrypt": "encrypt",
  "kms:reencrypt*": "encrypt anew",
  "kms:generatedatakey*": "make data keys for uploads",
  "*": "do anything",
};

function verbs(actions: string | readonly string[]): string {
  const all = [actions].flat().map((action) => entryOf(VERBS, action.toLowerCase()) ?? `${action}`);
  return all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all.at(-1)}`;
}

function inWords(part: Part, policy: ReadPolicy, storage: Storage, facts: Facts): Statement {
  const { raw, name } = part;
  const label = (id: string) => labelOf(id, storage, facts);
  const named = identities(raw.Principal);
  const who = named.map(label).join(", ");
  const where = raw.Condition === undefined ? "" : ` where ${conditionInWords(raw.Condition)}`;
  const deny = raw.Effect === "Deny";
  const subject = deny && named.includes("*") ? "Nobody may" : deny ? `${who}: may not` : `${who} may`;
  const { allowed, refused } = examplesOf(part, policy, storage);
  return {
    storage: storage.id,
    address: policy.address,
    name,
    effect: deny ? "deny" : "allow",
    sentence: `${subject} ${verbs(raw.Action)}${scopeOf(part)}${where ? `,${where}` : ""}.`,
    ...reasons(part, storage, facts),
    ...(allowed ? { allowed: questionInWords(allowed, label(allowed.principal)) } : {}),
    ...(refused ? { refused: questionInWords(refused, label(refused.principal)) } : {}),
  };
}

function labelOf(id: string, storage: Storage, facts: Facts): string {
  if (id === "arn:aws:iam::999999999999:role/anyone") return "a role of another account";
  return s3Principal(id, storage, facts).label;
}

/** A path that a statement is limited to. */
function scopeOf({ raw }: Part): string {
  const paths = [raw.Resource].flat().map((resource) => /^[^/]*\/(.+)$/.exec(resource)?.[1] ?? "*");
  const narrow = paths.filter((path) => path !== "*" && !path.startsWith("key/"));
  return narrow.length && narrow.length === paths.length ? ` below ${narrow.join(" and ")}` : "";
}

/** Why a statement is there and what breaks without it, by what it says: a name may lie. */
function reasons(part: Part, storage: Storage, facts: Facts): Pick<Statement, "why" | "without"> {
  const { raw, actions } = part;
  if (raw.Effect === "Deny") return denyReasons(raw.Condition);
  const kinds = identities(raw.Principal).map((id) => s3Principal(id, storage, facts).kind);
  const ofKey = actions.some((action) => action.startsWith("kms:"));
  if (kinds.includes("everyone"))
    return { why: "None that W&B has.", without: "Nothing of W&B's: pre-signed URLs are enough." };
  if (kinds.includes("service"))
    return { why: "A service of the cloud works for the owner.", without: "What that service does, such as logs." };
  if (ofKey && actions.includes("kms:*"))
    return {
      why: "The owner's account administers the key by its own IAM policies.",
      without: "Nobody could manage the key again.",
    };
  if (ofKey)
    return {
      why: "W&B's principal signs URLs, and what they upload or read is encrypted with this key.",
      without: "Every upload and download is refused.",
    };
  if (kinds.some((kind) => kind === "stranger"))
    return { why: "Not documented by W&B.", without: "Nothing that W&B's documentation names." };
  const changes = actions.some((action) => /object/.test(action) && !action.includes("list"));
  return changes
    ? {
        why: "W&B signs URLs for these, and deletes what users delete.",
        without: "No file can be read, uploaded or deleted.",
      }
    : { why: "W&B checks the bucket when a team is created, and lists files.", without: "Creating a team fails." };
}

function denyReasons(condition: unknown): Pick<Statement, "why" | "without"> {
  if (condition === undefined)
    return { why: "It refuses this whatever else is allowed.", without: "What other statements allow would hold." };
  const { kind } = limitOfDeny(condition);
  switch (kind) {
    case "tls":
      return {
        why: "A pre-signed URL over plain HTTP can be used by whoever sees it pass.",
        without: "Plain HTTP is let in.",
      };
    case "network":
      return {
        why: "A URL that leaks is of no use outside these networks.",
        without: "A leaked URL works from anywhere until its end.",
      };
    case "age":
      return {
        why: "A URL ends with W&B's own limit, whatever its signer wrote into it.",
        without: "A URL signed for up to 7 days would work.",
      };
    case "encryption":
      return {
        why: "An upload can't get past the bucket's key; one that names no encryption gets it by default.",
        without: "Uploads could name another encryption or key.",
      };
    case "scope":
    case "other":
      return {
        why: "It narrows what other statements allow.",
        without: "What other statements allow would hold there too.",
      };
    default:
      return kind satisfies never;
  }
}

function bindingInWords(binding: Binding, storage: Storage, facts: Facts): Statement {
  const principal = gcpPrincipal(binding.member, storage, facts);
  const can = capabilitiesOf(binding);
  const where = binding.limits.map(({ text }) => `, ${text}`).join("");
  const documented = principal.kind === "wandb" || principal.kind === "own";
  return {
    storage: storage.id,
    address: binding.address,
    name: binding.role,
    effect: "allow",
    sentence: `${principal.label} may ${can?.join(", ") || (can ? "see settings" : "do what is not known here")} (the ${binding.on})${where}.`,
    why:
      binding.on === "key"
        ? "Cloud Storage encrypts with this key."
        : documented
          ? "W&B's documentation asks for it: W&B reads settings, signs URLs and deletes with it."
          : principal.kind === "service"
            ? "Google writes logs here."
            : "Not documented by W&B.",
    without:
      binding.on === "key"
        ? "No file can be read or written."
        : documented
          ? "W&B gets a 403."
          : "Nothing that W&B's documentation names.",
    ...examplesOfRole(can ?? [], principal.label),
  };
}

function examplesOfRole(can: readonly string[], who: string): Pick<Statement, "allowed" | "refused"> {
  const refused = ["change policy", "administer", "decrypt", "delete", "read"].find((name) => !can.includes(name));
  return {
    ...(can[0] ? { allowed: `${can.includes("read") ? "read" : can[0]} by ${who}` } : {}),
    refused: refused === undefined || refused === "decrypt" ? "read by anyone else" : `${refused} by ${who}`,
  };
}

function assignmentInWords(
  { address, role, principal: id, on }: Assignment,
  storage: Storage,
  facts: Facts,
): Statement {
  const principal = azurePrincipal(id, storage, facts);
  const known = entryOf(AZURE_ROLES, role ?? "");
  const can = [...(known?.allows ?? []), ...(known?.listsKeys ? ["read the account's keys"] : [])];
  const said = known ? can.join(", ") || "see settings, but no file" : "do what is not known here";
  return {
    storage: storage.id,
    address,
    name: role ?? "a role that isn't named",
    effect: "allow",
    sentence: `${principal.label} may ${said} (the ${on === "key" ? "key" : "account"}).`,
    why:
      on === "key"
        ? "The account encrypts with this key."
        : "W&B reads settings, signs URLs in users' names and deletes with it.",
    without: on === "key" ? "No file can be read or written." : "W&B can't sign a URL.",
    ...examplesOfRole(can, principal.label),
  };
}
