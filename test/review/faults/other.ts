import { type Editable } from "../fixture";
import { SAAS, DEDICATED, OWN, first, without, set, add, output, type Fault } from "./plant";

export const OTHER_FAULTS: readonly Fault[] = [
  {
    name: "an output names another bucket",
    into: DEDICATED,
    plant: (terraform) => {
      const { value } = (terraform["output"] as Record<string, Editable>)["team_kappa"] ?? {};
      (value as Editable)["bucket"] = "thiefs-bucket";
    },
    rule: "contract-handover",
  },
  {
    name: "an output names another path",
    into: DEDICATED,
    plant: (terraform) => {
      const { value } = (terraform["output"] as Record<string, Editable>)["team_kappa"] ?? {};
      (value as Editable)["path"] = "omega";
    },
    rule: "contract-handover",
  },
  {
    name: "a secret in a plain output",
    into: OWN,
    plant: (terraform) => {
      add("aws_iam_access_key", "wandb", { user: "wandb" })(terraform);
      output("secret", { value: "${aws_iam_access_key.wandb.secret}" })(terraform);
    },
    rule: "undo-secret",
    says: /output.secret: holds a secret/,
  },
  {
    name: "a storage address with its secret",
    into: OWN,
    plant: output("address", { value: "s3://AKIAABCDEFGHIJKLMNOP:abc%2Fdef@s3.amazonaws.com/bucket" }),
    rule: "undo-secret",
    says: /output.address/,
  },
  {
    name: "an access key in a provider",
    into: SAAS,
    plant: (terraform) => {
      first((terraform["provider"] as Editable)["aws"])["access_key"] = "AKIAABCDEFGHIJKLMNOP";
    },
    rule: "undo-secret",
    says: /provider aws/,
  },
  {
    name: "a private key in a tag",
    into: SAAS,
    plant: set("aws_s3_bucket", "tags", { note: "-----BEGIN RSA PRIVATE KEY-----" }),
    rule: "undo-secret",
  },
  {
    name: "a secret in the state",
    into: OWN,
    plant: add("aws_iam_access_key", "wandb", { user: "wandb" }),
    rule: "undo-secret",
    says: /state holds the secret access key/,
    verdict: "caution",
  },
  {
    name: "a declared storage is gone",
    into: SAAS,
    plant: without("google_storage_bucket"),
    rule: "unknown",
    says: /no resource of the file is it|elsewhere/,
    verdict: "unknown",
  },
  {
    name: "a module that isn't in the file",
    into: SAAS,
    plant: (terraform) => {
      terraform["module"] = { extra: { source: "./extra" } };
    },
    rule: "unknown",
    says: /module/,
    verdict: "unknown",
  },
  {
    name: "a principal known only after apply",
    into: SAAS,
    plant: set(
      "google_storage_bucket_iam_member",
      "member",
      "serviceAccount:${random_id.x.hex}@p.iam.gserviceaccount.com",
    ),
    rule: "unknown",
    says: /random_id/,
  },
  {
    name: "a policy of an identity",
    into: OWN,
    plant: add("aws_iam_user_policy", "more", { user: "wandb", policy: "{}" }),
    rule: "unknown",
    says: /identity/,
    verdict: "unknown",
  },
];
