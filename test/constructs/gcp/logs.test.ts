import { EVERYTHING, REASON, resource, synth, synthAll } from "./fixture";

const LOGGING = { logging: { logBucket: "acme-wandb-logs" } };
const AUDIT = { dataAccessLogs: { authoritative: true, reason: REASON } };

describe("AccessLogs", () => {
  const terraform = synth(LOGGING);
  const logs = resource(terraform, "google_storage_bucket", "acme-wandb-logs");

  test("are asked for by the bucket, once Google can write them", () => {
    expect(resource(terraform, "google_storage_bucket")).toMatchObject({
      logging: { log_bucket: "acme-wandb-logs", log_object_prefix: "acme-wandb" },
      depends_on: ["google_storage_bucket.gcp_acme-wandb-logs", "google_storage_bucket_iam_member.gcp_acme-wandb-logs"],
    });
  });

  test.each([
    ["uniform_bucket_level_access", true],
    ["public_access_prevention", "enforced"],
    ["force_destroy", false],
    ["lifecycle", { prevent_destroy: true }],
    ["soft_delete_policy", { retention_duration_seconds: 604_800 }],
    ["versioning", { enabled: true }],
    ["labels", { "managed-by": "wandb-byob", "wandb-deployment": "acme-saas" }],
    ["location", "EU"],
    ["project", "acme-ml"],
    ["name", "acme-wandb-logs"],
  ])("have a bucket of their own with %s", (setting, value) => expect(logs[setting]).toEqual(value));

  test("are written by Google, and no one else is let in", () => {
    const { resource: all } = terraform;
    expect(all["google_storage_bucket_iam_member"]?.["gcp_acme-wandb-logs"]).toMatchObject({
      bucket: "${google_storage_bucket.gcp_acme-wandb-logs.name}",
      role: "roles/storage.objectCreator",
      member: "group:cloud-storage-analytics@google.com",
    });
    expect(Object.keys(all["google_storage_bucket_iam_member"] ?? {})).toEqual([
      "gcp_acme-wandb", // W&B's access to the other bucket
      "gcp_acme-wandb-logs",
    ]);
  });

  test("go after 365 days, or as many as asked", () => {
    const expiry = (days: number) => ({ action: { type: "Delete" }, condition: { age: days, with_state: "ANY" } });
    expect(logs["lifecycle_rule"]).toContainEqual(expiry(365));
    const short = synth({ logging: { ...LOGGING.logging, expirationDays: 30 } });
    expect(resource(short, "google_storage_bucket", "acme-wandb-logs")["lifecycle_rule"]).toContainEqual(expiry(30));
  });

  test("keep no logs of their own, take no page's requests, and have no IP filter", () => {
    const all = resource(synth(EVERYTHING), "google_storage_bucket", "acme-wandb-logs");
    for (const setting of ["logging", "cors", "ip_filter"]) expect(all).not.toHaveProperty(setting);
  });

  test("are encrypted with the key of the bucket", () => {
    expect(resource(synth(EVERYTHING), "google_storage_bucket", "acme-wandb-logs")).toMatchObject({
      encryption: {
        default_kms_key_name: "projects/acme-ml/locations/europe/keyRings/acme-wandb/cryptoKeys/wandb",
      },
      depends_on: ["google_kms_crypto_key_iam_member.gcp_acme-wandb"],
    });
  });
});

describe("dataAccessLogs()", () => {
  test("sets all three logs of Cloud Storage in the project, for everybody", () => {
    const { "//": _, ...config } = resource(synth(AUDIT), "google_project_iam_audit_config", "acme-ml");
    expect(config).toEqual({
      provider: "google.gcp_acme-ml",
      project: "acme-ml",
      service: "storage.googleapis.com",
      audit_log_config: [{ log_type: "ADMIN_READ" }, { log_type: "DATA_READ" }, { log_type: "DATA_WRITE" }],
    });
  });

  test("is one for the storages of a project, and one for each project", () => {
    const terraform = synthAll([
      AUDIT,
      { ...AUDIT, bucket: "acme-second" },
      { ...AUDIT, bucket: "acme-third", project: "acme-other" },
      { bucket: "acme-fourth", project: "acme-silent" },
    ]);
    expect(Object.keys(terraform.resource["google_project_iam_audit_config"] ?? {})).toEqual([
      "gcp_acme-ml",
      "gcp_acme-other",
    ]);
  });
});
