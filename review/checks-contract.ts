import { accessOf } from "./access";
import { assignmentsOf } from "./access-azure";
import { bindingsOf } from "./access-gcp";
import { policiesOf } from "./access-s3";
import { askBucket, askKey, BY_HEADER, networksIn, OVER_TLS, pathsOf, presigned } from "./ask";
import { MET, notApplicable, unknown, unmet, type Check, type Outcome } from "./checks";
import { AZURE_ROLES, BUCKET_ACTIONS, BYOB, GCP_ROLE, KEY_ACTIONS, PRESIGNED, URL_SECONDS } from "./contract";
import { azurePrincipal } from "./principals";
import { askedName } from "./foreign-arns";
import type { Facts, Storage } from "./facts";
import { isOpen, pick, textAt, textOf } from "./value";
import { corsChecks } from "./checks-cors";

const S3 = ["aws", "s3-compatible", "coreweave"] as const;

/** W&B's identity for a storage: its own principal, or the declared one of yours. */
function wandbOf(storage: Storage, facts: Facts): string | undefined {
  const rows = accessOf(storage, facts).map(({ principal }) => principal);
  const declared = storage.declared?.fields["principal"];
  const own =
    rows.find(({ id }) => id === declared) ?? rows.find(({ kind, id }) => kind === "own" && !id.endsWith(":root"));
  return (rows.find(({ kind }) => kind === "wandb") ?? own)?.id;
}

/** Whoever asks can't be asked for: a foreign configuration in which no one of W&B's is let in has no contract to meet. */
function withWandb(storage: Storage, facts: Facts, then: (principal: string) => Outcome): Outcome {
  const { unread } = policiesOf(storage);
  if (unread.length) return unknown(`${unread[0]?.address} can't be judged: ${unread[0]?.why}`, unread[0]?.address);
  const principal = wandbOf(storage, facts);
  if (principal !== undefined) return ownPolicy(storage, facts, principal) ?? then(askedName(principal));
  return unmet("No policy lets W&B's principal in.", "Run `npx byob synth`.");
}

/** What a store's user may do by a policy of the user, no file of Terraform's tells. */
function ownPolicy(storage: Storage, facts: Facts, principal: string): Outcome | undefined {
  const row = accessOf(storage, facts).find((one) => one.principal.id === principal);
  const elsewhere = storage.cloud === "s3-compatible" && row?.cells.read.answer === "unknown";
  return elsewhere ? notApplicable("W&B's user has its rights by a policy of the store's own") : undefined;
}

function actionCheck(action: string, asked: readonly string[], purpose: string, on: "bucket" | "object"): Check {
  return {
    id: `contract-action-${action.replace(":", "-").replace("*", "")}`,
    title: `W&B may \`${action}\``,
    why: `W&B needs it for ${purpose}.`,
    severity: "error",
    source: BYOB,
    controls: [],
    kind: "contract",
    clouds: S3,
    purposes: ["wandb"],
    evaluate: (storage, facts) =>
      withWandb(storage, facts, (principal) => {
        const refused = asked.find((name) => refuses(storage, principal, name, on));
        return refused
          ? unmet(`${principal} may not ${refused}.`, `Allow ${action} to it.`, policiesOf(storage).bucket[0]?.address)
          : MET;
      }),
  };
}

/** Whether W&B is refused something of the bucket, or of files in one of the folders that it uses. */
function refuses(storage: Storage, principal: string, action: string, on: "bucket" | "object"): boolean {
  const question = { principal, action, context: BY_HEADER };
  if (on === "bucket") return askBucket(storage, question) !== "allow";
  return usedPaths(storage).some((path) => askBucket(storage, { ...question, path }) !== "allow");
}

/** Where W&B keeps files: the root of the bucket only if something is attached to it, or nothing is told. */
function usedPaths(storage: Storage): readonly string[] {
  const rooted = storage.attachments.length === 0 || storage.attachments.some(({ path }) => path === "");
  const paths = pathsOf(storage);
  return rooted || paths.length === 1 ? paths : paths.filter((path) => path !== "");
}

function keyCheck(action: string, asked: readonly string[], purpose: string): Check {
  return {
    id: `contract-key-${action.replace(":", "-").replace("*", "")}`,
    title: `W&B may \`${action}\` with the key`,
    why: `W&B needs it for ${purpose}.`,
    severity: "error",
    source: BYOB,
    controls: ["CCC.KeyMgmt.CN02"],
    kind: "contract",
    clouds: ["aws"],
    purposes: ["wandb"],
    evaluate: (storage, facts) =>
      withWandb(storage, facts, (principal) => {
        const { elsewhere, key } = policiesOf(storage);
        if (elsewhere.length)
          return notApplicable(`The policy of ${elsewhere[0]?.id} is kept elsewhere: check it there`);
        if (!storage.keys.length) return notApplicable("No key of yours encrypts the bucket");
        const refused = asked.find(
          (name) => askKey(storage, { principal, action: name, context: OVER_TLS }) !== "allow",
        );
        return refused ? unmet(`${principal} may not ${refused}.`, `Allow ${action} to it.`, key[0]?.address) : MET;
      }),
  };
}

/** A pre-signed request, with no header but those that W&B's clients send. */
function presignedCheck(id: string, verb: string, action: string, seconds: number): Check {
  return {
    id,
    title: `${verb} by a pre-signed URL is let through for as long as W&B's URLs live`,
    why: `W&B's URLs for it live ${seconds / URL_SECONDS.read} h, and its clients send no header that asks for an encryption.`,
    severity: "error",
    source: PRESIGNED,
    controls: [],
    kind: "contract",
    clouds: ["aws", "s3-compatible"],
    purposes: ["wandb"],
    evaluate: (storage, facts) =>
      withWandb(storage, facts, (principal) => {
        const networks = networksIn(policiesOf(storage).bucket);
        const passes = (age: number) =>
          usedPaths(storage).every((path) =>
            networks.some((network) => {
              const context = presigned(age, network);
              return askBucket(storage, { principal, action, path, context }) === "allow";
            }),
          );
        const address = policiesOf(storage).bucket[0]?.address;
        if (!passes(1))
          return unmet(
            `A fresh URL for ${action} is refused from everywhere.`,
            "Loosen the Deny that refuses it.",
            address,
          );
        return passes(seconds)
          ? MET
          : unmet(`A URL for ${action} is refused before its end.`, "Let the age be W&B's.", address);
      }),
  };
}

const has = (condition: boolean, message: string, fix: string) => (condition ? MET : unmet(message, fix));

/** What W&B's documentation asks for, one check a line. */
export const CONTRACT_CHECKS: readonly Check[] = [
  ...Object.entries(BUCKET_ACTIONS).map(([action, { asked, for: purpose, on }]) =>
    actionCheck(action, asked, purpose, on),
  ),
  ...Object.entries(KEY_ACTIONS).map(([action, { asked, for: purpose }]) => keyCheck(action, asked, purpose)),
  presignedCheck("contract-presigned-read", "Reading", "s3:GetObject", URL_SECONDS.read),
  presignedCheck("contract-presigned-write", "Writing", "s3:PutObject", URL_SECONDS.write),
  ...corsChecks,
  {
    id: "contract-gcp-role",
    title: `W&B has \`${GCP_ROLE}\` on the bucket, or all that is known to be needed`,
    why: "W&B reads the bucket's CORS and versioning with it, and gets a 403 otherwise.",
    severity: "error",
    source: BYOB,
    controls: [],
    kind: "contract",
    clouds: ["gcp"],
    purposes: ["wandb"],
    evaluate: (storage, facts) => {
      if (!facts.intent) return notApplicable("Who W&B is, is not declared");
      const kinds = new Map(accessOf(storage, facts).map(({ principal }) => [principal.id, principal.kind]));
      const own = bindingsOf(storage, facts).filter(
        ({ member, on }) => on === "bucket" && ["wandb", "own"].includes(kinds.get(member) ?? ""),
      );
      const narrow = own.find(
        ({ permissions }) =>
          permissions?.includes("storage.buckets.get") && permissions.includes("storage.objects.create"),
      );
      const found = own.some(({ role }) => role === GCP_ROLE) || narrow !== undefined;
      return has(
        found,
        "No binding gives W&B's service account the documented role.",
        `Grant ${GCP_ROLE} on the bucket.`,
      );
    },
  },
  {
    id: "contract-gcp-soft-delete",
    title: "Soft delete is on",
    why: 'Without it W&B refuses the bucket: "Bucket does not have soft deletion enabled".',
    severity: "error",
    source: BYOB,
    controls: ["CCC.ObjStor.CN03"],
    kind: "contract",
    clouds: ["gcp"],
    purposes: ["wandb"],
    evaluate: ({ resource }) => {
      if (!resource) return notApplicable("The bucket is made elsewhere");
      const seconds = pick(resource.values, "soft_delete_policy.retention_duration_seconds");
      if (isOpen(seconds)) return unknown("How long soft delete keeps is known only after apply.", resource.address);
      const fix = "Set soft_delete_policy to at least 604800 seconds.";
      if (seconds === undefined)
        return unmet("It is not said, so that the organization's default, which may be off, holds.", fix);
      return has(
        Number(seconds) >= SOFT_DELETE_SECONDS,
        `It keeps for ${textOf(seconds)} s; W&B and Google ask for at least 7 days.`,
        fix,
      );
    },
  },
  ...AZURE_ROLES.map((role): Check => ({
    id: `contract-azure-role-${role.toLowerCase().replaceAll(" ", "-")}`,
    title: `W&B's identity has the role ${role}`,
    why:
      role === "Reader"
        ? "W&B reads the account's settings with it."
        : "W&B reads, writes and deletes files and signs URLs with it.",
    severity: "error",
    source: BYOB,
    controls: [],
    kind: "contract",
    clouds: ["azure"],
    purposes: ["wandb"],
    evaluate: (storage, facts) => {
      if (!facts.intent) return notApplicable("Who W&B is, is not declared");
      const byKey = storage.declared && textAt(storage.declared.fields, "access.mode") === "account-key";
      if (byKey) return notApplicable("W&B signs in with a key of the account");
      const own = (id: string) => azurePrincipal(id, storage, facts).kind !== "stranger";
      const found = assignmentsOf(storage, facts).some(
        (assignment) => assignment.role === role && assignment.on === "storage" && own(assignment.principal),
      );
      return has(found, `No assignment gives the role ${role} on the account.`, `Grant ${role} on the account.`);
    },
  })),
];

/** Google keeps for 7 to 90 days, or not at all. */
const SOFT_DELETE_SECONDS = 7 * 24 * 3600;
