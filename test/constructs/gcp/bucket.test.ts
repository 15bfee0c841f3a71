import { DEDICATED, GCP_STORAGE, props, REASON, resource, synth } from "./fixture";

const bucket = (change: object = {}) => resource(synth(change), "google_storage_bucket");

describe("Bucket", () => {
  const plain = bucket();

  test("is named and placed as asked", () => {
    expect(plain).toMatchObject({ name: "acme-wandb", project: "acme-ml", location: "EU" });
    expect(plain).not.toHaveProperty("custom_placement_config");
  });

  test.each([
    ["uniform_bucket_level_access", true],
    ["public_access_prevention", "enforced"],
    ["force_destroy", false],
    ["lifecycle", { prevent_destroy: true }],
    ["soft_delete_policy", { retention_duration_seconds: 7 * 24 * 60 * 60 }],
    ["versioning", { enabled: true }],
    ["storage_class", "STANDARD"],
  ])("%s", (setting, value) => expect(plain[setting]).toEqual(value));

  test.each([
    ["location", { location: "europe-west1" }, "EUROPE-WEST1"],
    ["storage_class", { storageClass: "NEARLINE" }, "NEARLINE"],
    ["soft_delete_policy", { softDeleteRetentionDays: 90 }, { retention_duration_seconds: 7_776_000 }],
    ["versioning", { versioning: { suspended: true, reason: REASON } }, { enabled: false }],
    [
      "custom_placement_config",
      { location: "us", dataLocations: ["us-east1", "us-west1"] },
      { data_locations: ["US-EAST1", "US-WEST1"] },
    ],
  ])("%s is as asked by %j", (setting, change, value) => expect(bucket(change)[setting]).toEqual(value));

  test.each([6, 91, 7.5])("softDeleteRetentionDays can't be %d", (days) => {
    expect(() => props({ softDeleteRetentionDays: days })).toThrow();
  });

  test("is encrypted by Google, logs nothing and filters no address, unless asked", () => {
    for (const setting of ["encryption", "logging", "ip_filter", "depends_on"])
      expect(plain).not.toHaveProperty(setting);
  });

  describe("CORS", () => {
    const rules = (change: object = {}, wandbUrl?: string) =>
      resource(synth(change, DEDICATED, wandbUrl), "google_storage_bucket")["cors"];

    test("lets W&B's pages use pre-signed URLs, send a Content-Type and read ETag", () => {
      expect(rules({}, "https://acme.wandb.io")).toEqual([
        {
          origin: ["https://acme.wandb.io"],
          method: ["GET", "HEAD", "PUT"],
          response_header: ["Content-Type", "ETag"],
          max_age_seconds: expect.any(Number) as number,
        },
      ]);
    });

    test("admits any origin where W&B's is not known", () => expect(rules()).toMatchObject([{ origin: ["*"] }]));

    test("cors.anyOrigin admits any origin though W&B's is known", () => {
      const any = { cors: { anyOrigin: true, reason: REASON } };
      expect(rules(any, "https://acme.wandb.io")).toMatchObject([{ origin: ["*"] }]);
    });
  });

  describe("lifecycle rules", () => {
    const rules = (change: object = {}) => bucket(change)["lifecycle_rule"] as { action: object; condition: object }[];

    test("expire noncurrent versions after 30 days, and abort unfinished uploads after 7; no other", () => {
      expect(rules()).toEqual([
        {
          action: { type: "Delete" },
          condition: { days_since_noncurrent_time: 30, with_state: "ARCHIVED", send_age_if_zero: false },
        },
        { action: { type: "AbortIncompleteMultipartUpload" }, condition: { age: 7 } },
      ]);
    });

    test("take other days", () => {
      const days = { noncurrentVersionExpirationDays: 14, abortIncompleteMultipartUploadDays: 2 };
      expect(rules(days)).toMatchObject([{ condition: { days_since_noncurrent_time: 14 } }, { condition: { age: 2 } }]);
    });

    test("never touch a current object, even with logs", () => {
      for (const { action, condition } of rules({ logging: { logBucket: "acme-logs" } })) {
        expect(action).not.toMatchObject({ type: "SetStorageClass" });
        if ("type" in action && action.type === "Delete") expect(condition).toMatchObject({ with_state: "ARCHIVED" });
      }
    });
  });

  test("has the labels of this project and the user's", () => {
    expect(bucket({ labels: { "cost-center": "42" } })["labels"]).toEqual({
      "managed-by": "wandb-byob",
      "wandb-deployment": "acme-saas",
      "cost-center": "42",
    });
  });

  test("is made by the provider configuration of its project", () => {
    const { provider } = synth();
    expect(plain["provider"]).toBe("google.gcp_acme-ml");
    expect(provider).toEqual({ google: [{ alias: "gcp_acme-ml", project: GCP_STORAGE.project }] });
  });

  test("impersonateServiceAccount makes Terraform act as that", () => {
    const account = "terraform@acme-ml.iam.gserviceaccount.com";
    expect(synth({ impersonateServiceAccount: account }).provider).toMatchObject({
      google: [{ impersonate_service_account: account }],
    });
  });
});
