import { accessOf, type Row } from "./access";
import { AZURE_ROLES, BYOB, GCP_ROLE } from "./contract";
import { assignmentsOf } from "./access-azure";
import { bindingsOf } from "./access-gcp";
import { CAPABILITIES } from "./capability";
import { MET, unknown, unmet, waiverOf, type Check, type Outcome } from "./checks";
import { CLOUDS, type Facts, type Storage } from "./facts";

const can = ({ cells }: Row) => CAPABILITIES.filter((name) => cells[name].answer === "yes");
const whoAndWhat = (row: Row) => `${row.principal.id} (${can(row).join(", ") || "what is not known"})`;

/** Rows of a kind of principal that can do, or may be able to do, anything. */
function rowsOf(storage: Storage, facts: Facts, kind: Row["principal"]["kind"]): Row[] {
  const able = (row: Row) => CAPABILITIES.some((name) => row.cells[name].answer !== "no");
  return accessOf(storage, facts).filter((row) => row.principal.kind === kind && able(row));
}

function noneOf(storage: Storage, facts: Facts, kind: Row["principal"]["kind"], fix: string): Outcome {
  const rows = rowsOf(storage, facts, kind);
  const certain = rows.filter((row) => can(row).length);
  if (certain.length) {
    const notes = [...new Set(certain.flatMap(({ principal }) => principal.note ?? []))].join(" ");
    return unmet(`Let in: ${certain.map(whoAndWhat).join("; ")}. ${notes}`.trim(), fix, certain.flatMap(because)[0]);
  }
  const [first] = rows;
  return first ? unknown(`Whether ${first.principal.label} is let in can't be told: ${reason(first)}.`) : MET;
}

const because = ({ cells }: Row) =>
  CAPABILITIES.flatMap((name) => cells[name].because).map((text) => text.split(" ")[0] ?? text);
const reason = ({ cells }: Row) => CAPABILITIES.flatMap((name) => cells[name].because)[0] ?? "it is not said";

/** Who is let in, on every cloud. */
export const PRINCIPAL_CHECKS: readonly Check[] = [
  {
    id: "access-public",
    title: "Nobody unnamed is let in",
    why: "W&B needs no public access: browsers and SDKs use pre-signed URLs, each for one file.",
    severity: "error",
    source: BYOB,
    controls: ["FSBP S3.2", "FSBP S3.3", "CIS GCP 5.1", "CIS Azure 9.3.8", "CCC.Core.CN05"],
    kind: "control",
    clouds: CLOUDS,
    purposes: ["wandb", "other", "logs"],
    evaluate: (storage, facts) => noneOf(storage, facts, "everyone", "Take the grant to everyone away."),
  },
  {
    id: "access-unknown-principal",
    title: "Every principal is W&B's, the owner's or declared",
    why: "A principal that no one can account for may read, change or delete what teams store.",
    severity: "error",
    source: BYOB,
    controls: ["FSBP S3.6", "CCC.Core.CN05"],
    kind: "control",
    clouds: CLOUDS,
    purposes: ["wandb", "other", "logs"],
    evaluate: (storage, facts) =>
      noneOf(
        storage,
        facts,
        "stranger",
        "Take the principal out, or declare it in the deployment file if W&B runs as it.",
      ),
  },
  {
    id: "access-service-only-logs",
    title: "No service of a cloud reads or changes W&B's files",
    why: "Services write logs to buckets of logs; in W&B's bucket they have nothing to do.",
    severity: "warning",
    source: BYOB,
    controls: ["CCC.Core.CN05"],
    kind: "control",
    clouds: CLOUDS,
    evaluate: (storage, facts) => {
      const rows = rowsOf(storage, facts, "service").filter((row) => can(row).some((name) => name !== "decrypt"));
      return rows.length
        ? unmet(`Let in: ${rows.map(whoAndWhat).join("; ")}.`, "Take the grant away, if nothing needs it.")
        : MET;
    },
  },
  {
    id: "access-own-change-policy",
    title: "No policy hands the storage itself to W&B's principal",
    why: "Who may change the policy may let anyone in; W&B's documentation asks for that on Google Cloud only.",
    severity: "error",
    source: BYOB,
    controls: ["FSBP S3.6"],
    kind: "control",
    clouds: ["aws", "azure", "s3-compatible"],
    evaluate: (storage, facts) => tooMuch(storage, facts),
  },
  {
    id: "access-dedicated-root",
    title: "W&B is let in by a role, not by a whole account",
    why: "All of W&B's Dedicated customers share one AWS account: a policy that admits its root admits every role in it that W&B lets.",
    severity: "warning",
    source: BYOB,
    controls: ["CCC.Core.CN05"],
    kind: "control",
    clouds: ["aws"],
    evaluate: (storage, facts) => {
      const row = accessOf(storage, facts).find(
        ({ principal }) => principal.kind === "wandb" && principal.id.endsWith(":root"),
      );
      const fix = "Ask W&B for the role that your deployment's nodes run as, and give it as `principal`.";
      return row ? unmet(`${row.principal.id} is let in, as W&B's documentation asks.`, fix) : MET;
    },
  },
  {
    id: "access-gcp-storage-admin",
    title: "W&B has no more than it needs on Google Cloud",
    why: "roles/storage.admin is documented, but it may also change and delete the bucket and let others in; objects and storage.buckets.get are what W&B says it reads.",
    severity: "warning",
    source: BYOB,
    controls: ["CIS GCP 1.6", "CCC.Core.CN05"],
    kind: "control",
    clouds: ["gcp"],
    evaluate: (storage, facts) => {
      const admin = bindingsOf(storage, facts).find(({ role, on }) => role === GCP_ROLE && on === "bucket");
      const fix = "Consider `customRole`; W&B doesn't document that it is enough, so test before the team is created.";
      return admin ? unmet(`${admin.member} has ${GCP_ROLE}, as W&B's documentation asks.`, fix, admin.address) : MET;
    },
  },
  {
    id: "access-gcp-project",
    title: "Nobody gets in by a role on the whole project",
    why: "Such a role reaches every bucket of the project, those of other teams and those made later.",
    severity: "error",
    source: "https://cloud.google.com/storage/docs/access-control/iam",
    controls: ["CIS GCP 1.5", "CCC.Core.CN05"],
    kind: "control",
    clouds: ["gcp"],
    evaluate: (storage, facts) => {
      const wide = bindingsOf(storage, facts).filter(({ on }) => on === "project");
      const said = wide.map(({ member, role }) => `${member} has ${role}`).join("; ");
      return wide.length ? unmet(`${said} on the project.`, "Grant the role on the bucket.", wide[0]?.address) : MET;
    },
  },
  {
    id: "access-azure-roles",
    title: "Roles on the account are those that W&B's documentation asks for",
    why: "Storage Account Contributor, for one, may read the account's keys, and with them every file past all roles.",
    severity: "error",
    source: BYOB,
    controls: ["CIS Azure 9.3.1.3", "CCC.Core.CN05"],
    kind: "control",
    clouds: ["azure"],
    evaluate: (storage, facts) => {
      const documented: readonly string[] = AZURE_ROLES;
      const more = assignmentsOf(storage, facts).filter(
        ({ role, on }) => on === "storage" && !documented.includes(role ?? ""),
      );
      const open = more.find(({ role }) => role === undefined);
      if (open) return unknown("Which role this assignment gives is not known here.", open.address);
      const said = more.map(({ principal, role }) => `${principal} has "${role}"`).join("; ");
      return more.length ? unmet(`${said}.`, `Grant ${documented.join(" and ")} instead.`, more[0]?.address) : MET;
    },
  },
  {
    id: "access-azure-shared-key",
    title: "No one gets in by the account's keys",
    why: "A key may do anything with every file, has no end, and names no one in the logs.",
    severity: "error",
    source: "https://learn.microsoft.com/azure/storage/common/shared-key-authorization-prevent",
    controls: ["CIS Azure 9.3.1.3", "MCSB IM-1"],
    kind: "control",
    clouds: ["azure"],
    evaluate: (storage, facts) => {
      const held = accessOf(storage, facts).some(({ principal }) => principal.id === "account-key");
      const said = unmet("The account takes its keys.", "Set shared_access_key_enabled to false.");
      return held ? (waiverOf(storage, facts, "access") ?? said) : MET;
    },
  },
];

const OURS = ["wandb", "own"];

function tooMuch(storage: Storage, facts: Facts): Outcome {
  const rows = accessOf(storage, facts).filter(({ principal, cells }) => {
    const asked =
      principal.id !== "account-key" && !isOwnerRoot(principal.id, storage) && OURS.includes(principal.kind);
    return asked && (cells["change policy"].answer === "yes" || cells.administer.answer === "yes");
  });
  const [first] = rows;
  if (!first) return MET;
  const fix = "Keep to the documented actions and roles.";
  return unmet(
    `Let in: ${rows.map(whoAndWhat).join("; ")}.`,
    fix,
    first.cells["change policy"].because[0]?.split(" ")[0],
  );
}

const isOwnerRoot = (id: string, { owner }: Storage) => owner !== undefined && id.endsWith(`::${owner}:root`);
