import { policiesOf } from "./access-s3";
import { anyOf, atLeast, isFalse, isTrue } from "./check-values";
import { MET, notApplicable, unknown, unmet, type Check, type Outcome } from "./checks";
import { BYOB } from "./contract";
import type { Storage } from "./facts";
import type { RawStatement } from "./s3-policy";
import { isOpen, pick, type Json } from "./value";

const KMS_FSBP = "https://docs.aws.amazon.com/securityhub/latest/userguide/kms-controls.html";

const base = { severity: "error", kind: "control", clouds: ["aws"] } as const;

/** Good practice for the key of a bucket of AWS. */
export const S3_KEY_CHECKS: readonly Check[] = [
  {
    ...base,
    id: "s3-key-rotation",
    title: "The key rotates",
    why: "A key that leaks then opens only what it wrapped since.",
    severity: "warning",
    source: KMS_FSBP,
    controls: ["FSBP KMS.4", "CIS AWS 4.6", "CCC.KeyMgmt.CN03"],
    evaluate: (storage) =>
      ofKey(storage, "enable_key_rotation", isTrue, "enable_key_rotation is not true.", "Set it to true."),
  },
  {
    ...base,
    id: "s3-key-deletion-window",
    title: "A key's deletion can be called off for 30 days",
    why: "When the key is gone, so is every file.",
    severity: "warning",
    source: KMS_FSBP,
    controls: ["FSBP KMS.3"],
    evaluate: (storage) =>
      ofKey(
        storage,
        "deletion_window_in_days",
        (value) => value === undefined || atLeast(30)(value),
        "The window is shorter than 30 days.",
        "Set 30.",
      ),
  },
  {
    ...base,
    id: "s3-key-enabled",
    title: "The key is on, and for encryption",
    why: "W&B asks for a key of the usage ENCRYPT_DECRYPT; with a key that is off no file can be read.",
    source: BYOB,
    controls: [],
    evaluate: (storage) =>
      anyOf([
        ofKey(storage, "is_enabled", (value) => !isFalse(value), "The key is disabled.", "Enable it."),
        ofKey(
          storage,
          "key_usage",
          (value) => value === undefined || value === "ENCRYPT_DECRYPT",
          "The key isn't for encryption.",
          "Make another.",
        ),
      ]),
  },
  {
    ...base,
    id: "s3-key-owner",
    title: "The owner's account administers the key",
    why: "A key that only a session or a single user administers can't be managed when that is gone.",
    source: "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
    controls: ["FSBP KMS.5"],
    evaluate: (storage) => keyOwner(storage),
  },
];

/** A setting of the key, where it is made here. */
function ofKey(
  storage: Storage,
  path: string,
  holds: (value: Json | undefined) => boolean,
  otherwise: string,
  fix: string,
): Outcome {
  const made = storage.keys.find(({ resource }) => resource?.type === "aws_kms_key")?.resource;
  if (!made)
    return notApplicable(storage.keys.length ? "The key is made elsewhere" : "No key of yours encrypts the bucket");
  const value = pick(made.values, path);
  if (isOpen(value)) return unknown(`${path} is known only after apply.`, made.address);
  return holds(value) ? MET : unmet(otherwise, fix, made.address);
}

function keyOwner(storage: Storage): Outcome {
  const { key, unread } = policiesOf(storage);
  if (!storage.keys.some(({ resource }) => resource)) return notApplicable("The key is made elsewhere");
  if (unread.length) return unknown(`${unread[0]?.address} can't be judged.`, unread[0]?.address);
  const administers = key
    .flatMap(({ parts }) => parts)
    .some(({ raw, actions }) => {
      return isRoots(raw, storage) && actions.some((action) => action === "kms:*" || action === "*");
    });
  const message = "No statement lets the owning account administer the key.";
  return administers || !key.length ? MET : unmet(message, "Add one for its root.", key[0]?.address);
}

/** Whether it is an Allow for the root of the owner, or of some account where the owner isn't known. */
function isRoots({ Effect, Principal }: RawStatement, { owner }: Storage): boolean {
  const named = JSON.stringify(Principal ?? "");
  const root = /:root"|"\d{12}"/.test(named) && (owner === undefined || named.includes(owner));
  return Effect === "Allow" && root;
}
