import { bindingsOf, capabilitiesOf } from "./access-gcp";
import { isTrue, setting, type Setting } from "./check-values";
import { MET, notApplicable, unknown, unmet, waiverOf, type Check, type Outcome } from "./checks";
import { BYOB } from "./contract";
import { partOf, type Storage } from "./facts";
import { blocks, isOpen, numberAt, pick, textAt, textOf } from "./value";

const GCS = "https://cloud.google.com/storage/docs";
const KEY_ROTATION_DAYS = 90;
const SECONDS_PER_DAY = 86_400;

const base = { severity: "error", kind: "control", clouds: ["gcp"], source: GCS } as const;

function ofBucket(path: string, holds: Setting["holds"], otherwise: string, fix: string) {
  return (storage: Storage): Outcome =>
    setting(storage, { type: "google_storage_bucket", path, holds, otherwise, fix });
}

const rules = (storage: Storage) => blocks(partOf(storage, "google_storage_bucket")?.values["lifecycle_rule"]);

/** Good practice for buckets of Google Cloud Storage. */
export const GCP_CHECKS: readonly Check[] = [
  {
    ...base,
    id: "gcs-public-access-prevention",
    title: "Public access is prevented",
    why: "A binding to everyone made later then opens nothing.",
    source: `${GCS}/public-access-prevention`,
    controls: ["CIS GCP 5.1", "CCC.Core.CN05"],
    purposes: ["wandb", "other", "logs"],
    evaluate: ofBucket(
      "public_access_prevention",
      (value) => value === "enforced",
      "public_access_prevention is not enforced.",
      'Set it to "enforced".',
    ),
  },
  {
    ...base,
    id: "gcs-uniform-access",
    title: "No ACL counts",
    why: "With uniform bucket-level access the bucket's bindings alone say who gets in.",
    source: `${GCS}/uniform-bucket-level-access`,
    controls: ["CIS GCP 5.2", "CCC.ObjStor.CN02"],
    purposes: ["wandb", "other", "logs"],
    evaluate: ofBucket(
      "uniform_bucket_level_access",
      isTrue,
      "uniform_bucket_level_access is not true.",
      "Set it to true.",
    ),
  },
  {
    ...base,
    id: "gcs-versioning",
    title: "Overwritten and deleted files can be had back",
    why: "W&B's page on deleting artifacts asks for versioning, and it is what a mistaken delete is undone by.",
    source: "https://docs.wandb.ai/models/artifacts/delete-artifacts",
    controls: ["CCC.ObjStor.CN05"],
    evaluate: (storage, facts) => {
      const outcome = ofBucket("versioning.enabled", isTrue, "Versioning is not enabled.", "Enable it.")(storage);
      return outcome.state === "unmet" ? (waiverOf(storage, facts, "versioning") ?? outcome) : outcome;
    },
  },
  {
    ...base,
    id: "gcs-no-expiry",
    title: "No rule deletes current files",
    why: "W&B reads old runs from the bucket: with their files expired, their history can't be read.",
    source: BYOB,
    controls: ["CCC.ObjStor.CN03"],
    purposes: ["wandb"],
    evaluate: (storage) => {
      const deletes = rules(storage).find((rule) => {
        const noncurrent = ["days_since_noncurrent_time", "num_newer_versions", "noncurrent_time_before"];
        const state = textAt(rule, "condition.with_state");
        const old = state === "ARCHIVED" || noncurrent.some((key) => Boolean(pick(rule, `condition.${key}`)));
        return textAt(rule, "action.type") === "Delete" && !old;
      });
      return deletes ? unmet("A lifecycle rule deletes current files.", "Take it out.") : MET;
    },
  },
  {
    ...base,
    id: "gcs-noncurrent-expiry",
    title: "Old versions go after a while",
    why: "W&B's garbage collection only makes files noncurrent; without this rule they stay, and cost, for ever.",
    severity: "warning",
    controls: [],
    evaluate: (storage) => {
      const versioned = isTrue(pick(partOf(storage, "google_storage_bucket")?.values, "versioning.enabled"));
      if (!versioned) return notApplicable("The bucket keeps no versions");
      const found = rules(storage).some((rule) => textAt(rule, "action.type") === "Delete");
      return found ? MET : unmet("No rule deletes noncurrent versions.", "Add one.");
    },
  },
  {
    ...base,
    id: "gcs-access-logs",
    title: "Requests are logged",
    why: "The log names the W&B user of each pre-signed URL (X-User).",
    severity: "note",
    source: `${GCS}/access-logs`,
    controls: ["CIS GCP 2.1", "CCC.Core.CN04"],
    evaluate: (storage, { stack }) => {
      const audited = [...stack.resources.values()].some(
        ({ type, values }) =>
          type === "google_project_iam_audit_config" &&
          /^(storage\.googleapis\.com|allServices)$/.test(textOf(values["service"])),
      );
      const logged = ofBucket(
        "logging.log_bucket",
        (value) => value !== undefined,
        "No usage log is kept.",
        "Give `logging`.",
      );
      return audited ? MET : logged(storage);
    },
  },
  {
    ...base,
    id: "gcs-key-rotation",
    title: "The key rotates within 90 days",
    why: "A key that leaks then opens only what it wrapped since.",
    severity: "warning",
    source: "https://cloud.google.com/kms/docs/key-rotation",
    controls: ["CIS GCP 1.10", "CCC.KeyMgmt.CN03"],
    evaluate: (storage) => {
      const key = storage.keys.find(({ resource }) => resource)?.resource;
      if (!key)
        return notApplicable(
          storage.keys.length ? "The key is made elsewhere" : "Google's own keys encrypt the bucket",
        );
      const period = pick(key.values, "rotation_period");
      if (isOpen(period)) return unknown("rotation_period is known only after apply.", key.address);
      const days = Number(/^(\d+)s$/.exec(textOf(period))?.[1] ?? Infinity) / SECONDS_PER_DAY;
      return days <= KEY_ROTATION_DAYS
        ? MET
        : unmet("It rotates later than that, or never.", "Set rotation_period to 7776000s.", key.address);
    },
  },
  {
    ...base,
    id: "gcs-key-grant",
    title: "Cloud Storage's service agent, and no one else, may use the key",
    why: "It encrypts and decrypts for whoever may read the bucket; W&B needs nothing on the key.",
    source: `${GCS}/encryption/customer-managed-keys`,
    controls: ["CIS GCP 1.9", "CCC.KeyMgmt.CN02"],
    evaluate: (storage, facts) => {
      const key = storage.keys[0];
      if (!key) return notApplicable("Google's own keys encrypt the bucket");
      const grants = bindingsOf(storage, facts).filter(({ on }) => on === "key");
      const agents = grants.filter(({ member }) =>
        /google_storage_project_service_account|@gs-project-accounts\./.test(member),
      );
      const others = grants.filter((grant) => !agents.includes(grant) && capabilitiesOf(grant)?.length !== 0);
      const [other] = others;
      if (other) return unmet(`${other.member} has ${other.role} on the key.`, "Take the grant away.", other.address);
      return agents.length
        ? MET
        : unmet(
            "No grant lets the service agent use the key.",
            "Grant it to encrypt and decrypt.",
            key.resource?.address,
          );
    },
  },
  {
    ...base,
    id: "gcs-soft-delete",
    title: "Deleted files can be restored for a while",
    why: "It is what a mistaken delete of a whole bucket's files is undone by.",
    severity: "warning",
    source: `${GCS}/soft-delete`,
    controls: ["CCC.ObjStor.CN03"],
    purposes: ["other", "logs"],
    evaluate: (storage) => {
      const seconds = numberAt(
        partOf(storage, "google_storage_bucket")?.values,
        "soft_delete_policy.retention_duration_seconds",
      );
      return seconds === 0 ? unmet("Soft delete is off.", "Keep it on.") : MET;
    },
  },
];
