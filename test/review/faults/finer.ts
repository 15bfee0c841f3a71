import { editPolicy, resource, type Editable } from "../fixture";
import { SAAS, DEDICATED, OWN, bucketPolicy, without, set, add, type Fault } from "./plant";

/** A key of Google that turns but once a year, and that the service agent may not use. */
function customerKey(terraform: Editable): void {
  const lifecycle = { prevent_destroy: true };
  add("google_kms_key_ring", "ring", { name: "ring", location: "us-central1", lifecycle })(terraform);
  const key_ring = "${google_kms_key_ring.ring.id}";
  add("google_kms_crypto_key", "key", { name: "wandb", key_ring, rotation_period: "31536000s", lifecycle })(terraform);
  set("google_storage_bucket", "encryption", { default_kms_key_name: "${google_kms_crypto_key.key.id}" })(terraform);
}

export const FINER_FAULTS: readonly Fault[] = [
  {
    name: "a service writes into W&B's bucket",
    into: SAAS,
    plant: add("google_storage_bucket_iam_member", "logs", {
      bucket: "example-saas-wandb-perception",
      role: "roles/storage.objectCreator",
      member: "group:cloud-storage-analytics@google.com",
    }),
    rule: "access-service-only-logs",
    verdict: "caution",
  },
  {
    name: "URLs to read end too soon",
    into: SAAS,
    plant: (terraform) =>
      editPolicy(bucketPolicy(terraform), (all) => [
        ...all,
        {
          Sid: "DenyOld",
          Effect: "Deny",
          Principal: "*",
          Action: "s3:GetObject",
          Resource: "arn:aws:s3:::example-saas-wandb-research/*",
          Condition: { NumericGreaterThan: { "s3:signatureAge": 600000 } },
        },
      ]),
    rule: "contract-presigned-read",
  },
  {
    name: "pages may send no header",
    into: SAAS,
    plant: set("aws_s3_bucket_cors_configuration", "cors_rule.allowed_headers", []),
    rule: "contract-cors-headers",
  },
  {
    name: "W&B's identity can't read settings",
    into: OWN,
    plant: without("azurerm_role_assignment", "examplewandb_Reader"),
    rule: "contract-azure-role-reader",
  },
  {
    name: "the bucket doesn't block SSE-C by itself",
    into: SAAS,
    plant: set("aws_s3_bucket_server_side_encryption_configuration", "rule.blocked_encryption_types", undefined),
    rule: "s3-sse-c-blocked",
    verdict: "caution",
  },
  {
    name: "no bucket key",
    into: SAAS,
    plant: set("aws_s3_bucket_server_side_encryption_configuration", "rule.bucket_key_enabled", false),
    rule: "s3-bucket-key",
    verdict: "caution",
  },
  {
    name: "old versions stay",
    into: SAAS,
    plant: (terraform) => {
      const block = resource(terraform, "aws_s3_bucket_lifecycle_configuration");
      block["rule"] = (block["rule"] as Editable[]).slice(1);
    },
    rule: "s3-noncurrent-expiry",
    verdict: "caution",
  },
  {
    name: "requests are not logged on AWS",
    into: DEDICATED,
    plant: set("aws_s3_bucket_logging", "target_bucket", undefined),
    rule: "s3-access-logs",
  },
  {
    name: "old versions stay on Google",
    into: SAAS,
    plant: set("google_storage_bucket", "lifecycle_rule", []),
    rule: "gcs-noncurrent-expiry",
    verdict: "caution",
  },
  { name: "a key of Google that hardly rotates", into: SAAS, plant: customerKey, rule: "gcs-key-rotation" },
  { name: "a key of Google that the service may not use", into: SAAS, plant: customerKey, rule: "gcs-key-grant" },
  {
    name: "soft delete of logs is off",
    into: DEDICATED,
    plant: set("google_storage_bucket", "soft_delete_policy.retention_duration_seconds", 0, "-logs"),
    rule: "gcs-soft-delete",
    verdict: "caution",
  },
  {
    name: "a container set to public",
    into: OWN,
    plant: set("azurerm_storage_container", "container_access_type", "blob"),
    rule: "azure-private-container",
  },
  {
    name: "the portal uses keys",
    into: OWN,
    plant: set("azurerm_storage_account", "default_to_oauth_authentication", false),
    rule: "azure-default-entra",
    verdict: "caution",
  },
  {
    name: "a path with a slash at its end",
    into: DEDICATED,
    plant: slashedPath,
    rule: "contract-path",
    verdict: "caution",
  },
];

/** The path of team kappa with a slash at its end, in the metadata and in the output alike. */
function slashedPath(terraform: Editable): void {
  const { byob } = terraform["//"] as { byob: { attachments: Editable[] } };
  for (const one of byob.attachments) if (one["team"] === "kappa") one["path"] = "kappa/";
  const { value } = (terraform["output"] as Record<string, { value: Editable }>)["team_kappa"] ?? { value: {} };
  value["path"] = "kappa/";
}
