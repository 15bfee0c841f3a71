import { SAAS, DEDICATED, set, add, type Fault } from "./plant";

export const GCP_FAULTS: readonly Fault[] = [
  {
    name: "everyone is let into a bucket of Google",
    into: SAAS,
    plant: set("google_storage_bucket_iam_member", "member", "allUsers"),
    rule: "access-public",
  },
  {
    name: "another service account is let in",
    into: SAAS,
    plant: set("google_storage_bucket_iam_member", "member", "serviceAccount:x@evil.iam.gserviceaccount.com"),
    rule: "access-unknown-principal",
  },
  {
    name: "W&B's account of another deployment type",
    into: SAAS,
    plant: set(
      "google_storage_bucket_iam_member",
      "member",
      "serviceAccount:deploy@wandb-production.iam.gserviceaccount.com",
    ),
    rule: "access-unknown-principal",
  },
  {
    name: "a role that isn't enough",
    into: SAAS,
    plant: set("google_storage_bucket_iam_member", "role", "roles/storage.objectAdmin"),
    rule: "contract-gcp-role",
  },
  {
    name: "a role that isn't known",
    into: SAAS,
    plant: set("google_storage_bucket_iam_member", "role", "roles/storage.someday"),
    rule: "unknown",
    verdict: "blocked",
  },
  {
    name: "a role on the whole project",
    into: SAAS,
    plant: add("google_project_iam_member", "wide", {
      project: "example-ml",
      role: "roles/storage.objectViewer",
      member: "user:ada@example.com",
    }),
    rule: "access-gcp-project",
  },
  {
    name: "a binding of several members",
    into: SAAS,
    plant: add("google_storage_bucket_iam_binding", "more", {
      bucket: "example-saas-wandb-perception",
      role: "roles/storage.objectViewer",
      members: ["group:all@example.com"],
    }),
    rule: "access-unknown-principal",
    says: /group:all/,
  },
  {
    name: "public access is not prevented",
    into: SAAS,
    plant: set("google_storage_bucket", "public_access_prevention", "inherited"),
    rule: "gcs-public-access-prevention",
  },
  {
    name: "ACLs count on Google",
    into: SAAS,
    plant: set("google_storage_bucket", "uniform_bucket_level_access", false),
    rule: "gcs-uniform-access",
  },
  {
    name: "soft delete is off",
    into: SAAS,
    plant: set("google_storage_bucket", "soft_delete_policy.retention_duration_seconds", 0),
    rule: "contract-gcp-soft-delete",
  },
  {
    name: "soft delete is not said",
    into: SAAS,
    plant: set("google_storage_bucket", "soft_delete_policy", undefined),
    rule: "contract-gcp-soft-delete",
  },
  {
    name: "versioning is off on Google",
    into: SAAS,
    plant: set("google_storage_bucket", "versioning.enabled", false),
    rule: "gcs-versioning",
  },
  {
    name: "a rule deletes current files on Google",
    into: SAAS,
    plant: set("google_storage_bucket", "lifecycle_rule.condition", { age: 30 }),
    rule: "gcs-no-expiry",
  },
  {
    name: "CORS exposes no ETag on Google",
    into: SAAS,
    plant: set("google_storage_bucket", "cors.response_header", ["Content-Type"]),
    rule: "contract-cors-etag",
  },
  {
    name: "force_destroy on Google",
    into: SAAS,
    plant: set("google_storage_bucket", "force_destroy", true),
    rule: "data-force-destroy",
  },
  {
    name: "the log bucket is public",
    into: DEDICATED,
    plant: set("google_storage_bucket_iam_member", "member", "allUsers", "-logs"),
    rule: "access-public",
  },
  {
    name: "a bucket that no one declared",
    into: SAAS,
    plant: add("google_storage_bucket", "spare", {
      name: "spare",
      public_access_prevention: "enforced",
      uniform_bucket_level_access: true,
      versioning: { enabled: true },
      lifecycle: { prevent_destroy: true },
      cors: [{ origin: ["https://example.com"], method: ["GET"] }],
    }),
    rule: "data-declared",
    verdict: "caution",
  },
];
