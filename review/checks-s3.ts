import { isTrue, setting, anyOf } from "./check-values";
import { MET, notApplicable, unknown, unmet, waiverOf, type Check, type Outcome } from "./checks";
import { BYOB } from "./contract";
import { partOf, type Storage } from "./facts";
import { blocks, isOpen, pick, textOf, type Json } from "./value";

const S3_DOCS = "https://docs.aws.amazon.com/AmazonS3/latest/userguide";
const FSBP = "https://docs.aws.amazon.com/securityhub/latest/userguide/s3-controls.html";

const base = { severity: "error", kind: "control", clouds: ["aws"], source: FSBP } as const;

const PUBLIC_ACCESS = [
  "block_public_acls",
  "block_public_policy",
  "ignore_public_acls",
  "restrict_public_buckets",
] as const;
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration";
const DEFAULT = "rule.apply_server_side_encryption_by_default";

/** Good practice for buckets of AWS, as the resources set it. */
export const S3_CHECKS: readonly Check[] = [
  ...PUBLIC_ACCESS.map((path): Check => ({
    ...base,
    id: `s3-${path.replaceAll("_", "-")}`,
    title: `Public access is blocked (\`${path}\`)`,
    why: "A mistake in a policy or an ACL made later then opens nothing.",
    controls: ["FSBP S3.8", "CIS AWS 3.1.4"],
    purposes: ["wandb", "other", "logs"],
    evaluate: (storage) =>
      setting(storage, {
        type: "aws_s3_bucket_public_access_block",
        path,
        holds: isTrue,
        otherwise: `${path} is not true.`,
        fix: `Set ${path} to true.`,
      }),
  })),
  {
    ...base,
    id: "s3-encryption",
    title: "A key of yours encrypts every file",
    why: "W&B requires a KMS key; without one AWS's own key is used, which another account can't.",
    source: BYOB,
    controls: ["FSBP S3.17", "CCC.Core.CN02", "CCC.Core.CN11"],
    evaluate: (storage) =>
      anyOf([
        setting(storage, {
          type: ENCRYPTION,
          path: `${DEFAULT}.sse_algorithm`,
          holds: (value) => value === "aws:kms" || value === "aws:kms:dsse",
          otherwise: "The default encryption is not aws:kms.",
          fix: 'Set sse_algorithm to "aws:kms" and name the key.',
        }),
        storage.keys.length || !storage.resource ? MET : unmet("The encryption names no key.", "Name the key."),
      ]),
  },
  {
    ...base,
    id: "s3-sse-c-blocked",
    title: "The bucket blocks SSE-C by itself too",
    why: "It holds also where the policy is changed later.",
    severity: "note",
    source: `${S3_DOCS}/blocking-unblocking-s3-c-encryption-gpb.html`,
    controls: ["CCC.ObjStor.CN01"],
    evaluate: (storage) =>
      setting(storage, {
        type: ENCRYPTION,
        path: "rule.blocked_encryption_types",
        holds: (value) => [value].flat().includes("SSE-C"),
        otherwise: "SSE-C is not blocked by the bucket.",
        fix: 'Add "SSE-C" to blocked_encryption_types.',
      }),
  },
  {
    ...base,
    id: "s3-bucket-key",
    title: "A bucket key saves requests to KMS",
    why: "Without it every file costs a request to KMS, which has a limit that a training job can reach.",
    severity: "note",
    source: `${S3_DOCS}/bucket-key.html`,
    controls: [],
    evaluate: (storage) =>
      setting(storage, {
        type: ENCRYPTION,
        path: "rule.bucket_key_enabled",
        holds: isTrue,
        otherwise: "bucket_key_enabled is not true.",
        fix: "Set it to true.",
      }),
  },
  {
    ...base,
    id: "s3-ownership",
    title: "No ACL counts",
    why: "With BucketOwnerEnforced the policy alone says who gets in, and every file is the owner's.",
    source: `${S3_DOCS}/about-object-ownership.html`,
    controls: ["FSBP S3.12", "CCC.ObjStor.CN02"],
    evaluate: (storage) =>
      setting(storage, {
        type: "aws_s3_bucket_ownership_controls",
        path: "rule.object_ownership",
        holds: (value) => value === "BucketOwnerEnforced",
        otherwise: "Object ownership is not BucketOwnerEnforced.",
        fix: "Set it so.",
      }),
  },
  {
    ...base,
    id: "s3-versioning",
    title: "Overwritten and deleted files can be had back",
    why: "W&B's page on deleting artifacts asks for versioning, and it is what a mistaken delete is undone by.",
    source: "https://docs.wandb.ai/models/artifacts/delete-artifacts",
    controls: ["FSBP S3.14", "CCC.ObjStor.CN05"],
    evaluate: (storage, facts) => {
      const outcome = setting(storage, {
        type: "aws_s3_bucket_versioning",
        path: "versioning_configuration.status",
        holds: (value) => value === "Enabled",
        otherwise: "Versioning is not enabled.",
        fix: "Enable it.",
      });
      return outcome.state === "unmet" ? (waiverOf(storage, facts, "versioning") ?? outcome) : outcome;
    },
  },
  {
    ...base,
    id: "s3-noncurrent-expiry",
    title: "Old versions go after a while",
    why: "W&B's garbage collection only hides files; without this rule they stay, and cost, for ever.",
    severity: "warning",
    controls: ["FSBP S3.10", "FSBP S3.13"],
    evaluate: (storage) =>
      lifecycle(storage, "noncurrent_version_expiration.noncurrent_days", "No rule expires noncurrent versions."),
  },
  {
    ...base,
    id: "s3-abort-uploads",
    title: "Parts of unfinished uploads go after a while",
    why: "They cost, and no list of files shows them.",
    severity: "warning",
    controls: ["FSBP S3.13"],
    evaluate: (storage) =>
      lifecycle(
        storage,
        "abort_incomplete_multipart_upload.days_after_initiation",
        "No rule aborts unfinished uploads.",
      ),
  },
  {
    ...base,
    id: "s3-no-expiry",
    title: "No rule deletes current files",
    why: "W&B reads old runs from the bucket: with their files expired, their history can't be read.",
    source: BYOB,
    controls: ["CCC.ObjStor.CN03"],
    purposes: ["wandb"],
    evaluate: (storage) => {
      const rule = lifecycleRules(storage).find(
        (one) => on(one) && (pick(one, "expiration.days") ?? pick(one, "expiration.date")) !== undefined,
      );
      const address = partOf(storage, "aws_s3_bucket_lifecycle_configuration")?.address;
      return rule ? unmet(`The rule "${textOf(rule["id"])}" deletes current files.`, "Take it out.", address) : MET;
    },
  },
  {
    ...base,
    id: "s3-access-logs",
    title: "Requests are logged",
    why: "The log names the W&B user of each pre-signed URL (X-User).",
    severity: "note",
    controls: ["FSBP S3.9", "CCC.Core.CN04"],
    evaluate: (storage) =>
      setting(storage, {
        type: "aws_s3_bucket_logging",
        path: "target_bucket",
        holds: (value) => value !== undefined,
        otherwise: "No access log is kept.",
        fix: "Log to a bucket that W&B can't reach, or to CloudTrail.",
      }),
  },
];

const lifecycleRules = (storage: Storage) =>
  blocks(partOf(storage, "aws_s3_bucket_lifecycle_configuration")?.values["rule"]);
const on = (rule: { readonly status?: Json | undefined }) => rule.status === "Enabled";

function lifecycle(storage: Storage, path: string, otherwise: string): Outcome {
  const part = partOf(storage, "aws_s3_bucket_lifecycle_configuration");
  if (!part && !storage.resource) return notApplicable("The bucket is made elsewhere");
  if (isOpen(part?.values["rule"])) return unknown("The lifecycle rules are not known here.", part?.address);
  const found = lifecycleRules(storage).some((rule) => on(rule) && pick(rule, path) !== undefined);
  return found ? MET : unmet(otherwise, "Add the lifecycle rule.", part?.address);
}
