import { editPolicy, resource, statement, type Editable } from "../fixture";
import { bucketPolicy, SAAS, DEDICATED, OWN, key, without, set, OTHER_ROLE, add, type Fault } from "./plant";

export const AWS_BUCKET_FAULTS: readonly Fault[] = [
  { name: "no policy at all", into: SAAS, plant: without("aws_s3_bucket_policy"), rule: "s3-tls" },
  {
    name: "a second policy on the bucket",
    into: SAAS,
    plant: (terraform) => add("aws_s3_bucket_policy", "second", { ...bucketPolicy(terraform) })(terraform),
    rule: "s3-one-policy",
  },
  {
    name: "public ACLs are not blocked",
    into: SAAS,
    plant: set("aws_s3_bucket_public_access_block", "block_public_acls", false),
    rule: "s3-block-public-acls",
  },
  {
    name: "public policies are not blocked",
    into: SAAS,
    plant: set("aws_s3_bucket_public_access_block", "block_public_policy", undefined),
    rule: "s3-block-public-policy",
  },
  {
    name: "public access is not blocked at all",
    into: SAAS,
    plant: without("aws_s3_bucket_public_access_block"),
    rule: "s3-restrict-public-buckets",
  },
  {
    name: "a public ACL",
    into: SAAS,
    plant: (terraform) => {
      without("aws_s3_bucket_public_access_block")(terraform);
      add("aws_s3_bucket_acl", "open", { bucket: "example-saas-wandb-research", acl: "public-read" })(terraform);
    },
    rule: "access-public",
  },
  {
    name: "ACLs count",
    into: SAAS,
    plant: set("aws_s3_bucket_ownership_controls", "rule.object_ownership", "BucketOwnerPreferred"),
    rule: "s3-ownership",
  },
  {
    name: "AWS's own encryption",
    into: SAAS,
    plant: set("aws_s3_bucket_server_side_encryption_configuration", "rule.apply_server_side_encryption_by_default", {
      sse_algorithm: "AES256",
    }),
    rule: "s3-encryption",
  },
  {
    name: "KMS without a key of one's own",
    into: SAAS,
    plant: set(
      "aws_s3_bucket_server_side_encryption_configuration",
      "rule.apply_server_side_encryption_by_default.kms_master_key_id",
      undefined,
    ),
    rule: "s3-encryption",
  },
  {
    name: "versioning is suspended without a reason",
    into: SAAS,
    plant: set("aws_s3_bucket_versioning", "versioning_configuration.status", "Suspended"),
    rule: "s3-versioning",
  },
  {
    name: "a rule deletes current files",
    into: SAAS,
    plant: set("aws_s3_bucket_lifecycle_configuration", "rule.expiration", [{ days: 30 }]),
    rule: "s3-no-expiry",
  },
  {
    name: "unfinished uploads stay",
    into: SAAS,
    plant: (terraform) => {
      const block = resource(terraform, "aws_s3_bucket_lifecycle_configuration");
      block["rule"] = (block["rule"] as Editable[]).slice(0, 1);
    },
    rule: "s3-abort-uploads",
    verdict: "caution",
  },
  {
    name: "the key doesn't rotate",
    into: SAAS,
    plant: set("aws_kms_key", "enable_key_rotation", false),
    rule: "s3-key-rotation",
    verdict: "caution",
  },
  {
    name: "the key is gone after 7 days",
    into: SAAS,
    plant: set("aws_kms_key", "deletion_window_in_days", 7),
    rule: "s3-key-deletion-window",
    verdict: "caution",
  },
  { name: "the key is disabled", into: SAAS, plant: set("aws_kms_key", "is_enabled", false), rule: "s3-key-enabled" },
  {
    name: "a stranger may decrypt",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(key(terraform), (all) => {
        statement(all, "WAndBUsesKey").Principal = { AWS: OTHER_ROLE };
      }),
    rule: "access-unknown-principal",
    says: /decrypt/,
  },
  {
    name: "everyone may decrypt",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(key(terraform), (all) => {
        statement(all, "WAndBUsesKey").Principal = "*";
      }),
    rule: "access-public",
  },
  {
    name: "W&B may not decrypt",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(key(terraform), (all) => {
        statement(all, "WAndBUsesKey").Action = ["kms:Describe*", "kms:Encrypt"];
      }),
    rule: "contract-key-kms-Decrypt",
  },
  {
    name: "W&B's own user may not decrypt",
    into: OWN,
    plant: (terraform) => editPolicy(key(terraform), (all) => all.filter(({ Sid }) => Sid !== "WAndBUsesKey")),
    rule: "contract-key-kms-Decrypt",
  },
  {
    name: "W&B may schedule the key's deletion",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(key(terraform), (all) => {
        statement(all, "WAndBUsesKey").Action = ["kms:*"];
      }),
    rule: "access-own-change-policy",
  },
  {
    name: "a session administers the key",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(key(terraform), (all) => {
        statement(all, "AccountAdministersKey").Principal = { AWS: "arn:aws:sts::111122223333:assumed-role/sso/ada" };
      }),
    rule: "s3-key-owner",
  },
  {
    name: "CORS lacks PUT",
    into: SAAS,
    plant: set("aws_s3_bucket_cors_configuration", "cors_rule.allowed_methods", ["GET", "HEAD"]),
    rule: "contract-cors-put",
  },
  {
    name: "CORS does not expose ETag",
    into: SAAS,
    plant: set("aws_s3_bucket_cors_configuration", "cors_rule.expose_headers", []),
    rule: "contract-cors-etag",
  },
  {
    name: "CORS is for another origin",
    into: DEDICATED,
    plant: set("aws_s3_bucket_cors_configuration", "cors_rule.allowed_origins", ["https://evil.example"]),
    rule: "contract-cors-origin",
  },
  {
    name: "CORS is for any origin without a reason",
    into: DEDICATED,
    plant: set("aws_s3_bucket_cors_configuration", "cors_rule.allowed_origins", ["*"]),
    rule: "cors-any-origin",
    verdict: "caution",
  },
  {
    name: "there is no CORS",
    into: SAAS,
    plant: without("aws_s3_bucket_cors_configuration"),
    rule: "contract-cors-get",
  },
  {
    name: "the bucket may be destroyed by a plan",
    into: SAAS,
    plant: set("aws_s3_bucket", "lifecycle", undefined),
    rule: "data-prevent-destroy",
  },
  {
    name: "the key may be destroyed by a plan",
    into: SAAS,
    plant: set("aws_kms_key", "lifecycle.prevent_destroy", false),
    rule: "data-prevent-destroy",
  },
  {
    name: "the bucket is deleted with its files",
    into: SAAS,
    plant: set("aws_s3_bucket", "force_destroy", true),
    rule: "data-force-destroy",
  },
  {
    name: "files are replicated elsewhere",
    into: SAAS,
    plant: add("aws_s3_bucket_replication_configuration", "away", { bucket: "example-saas-wandb-research", rule: [] }),
    rule: "data-sharing-by-policy",
    verdict: "caution",
  },
  {
    name: "object lock",
    into: SAAS,
    plant: set("aws_s3_bucket", "object_lock_enabled", true),
    rule: "undo-retention",
    verdict: "caution",
  },
];
