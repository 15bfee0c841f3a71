import { KEY_NAME, props, REASON, resource, synth } from "./fixture";

const encrypted = (fields: object = {}, change: object = {}) =>
  synth({ ...change, encryption: { customerManagedKey: true, reason: REASON, ...fields } });

describe("EncryptionKey", () => {
  const terraform = encrypted();
  const key = resource(terraform, "google_kms_crypto_key");
  const ring = resource(terraform, "google_kms_key_ring");

  test("is a symmetric key in a ring of its own, in the location of the bucket", () => {
    expect(ring).toMatchObject({ project: "acme-ml", location: "europe", name: "acme-wandb" });
    expect(key).toMatchObject({
      key_ring: "${google_kms_key_ring.gcp_acme-wandb.id}",
      name: "wandb",
      purpose: "ENCRYPT_DECRYPT",
    });
  });

  test.each([
    ["us", "us", undefined],
    ["ASIA", "asia", undefined],
    ["EUR4", "eur4", undefined],
    ["EUR8", "europe", undefined],
    ["europe-west4", "europe-west4", undefined],
    ["US", "us", ["US-EAST1", "US-WEST1"]],
  ])("of a bucket in %s is in %s", (location, expected, dataLocations) => {
    const placed = encrypted({}, { location, ...(dataLocations ? { dataLocations } : {}) });
    expect(resource(placed, "google_kms_key_ring")["location"]).toBe(expected);
    expect(resource(placed, "google_storage_bucket")["encryption"]).toEqual({
      default_kms_key_name: `projects/acme-ml/locations/${expected}/keyRings/acme-wandb/cryptoKeys/wandb`,
    });
  });

  test("rotates within 90 days, or sooner", () => {
    expect(key["rotation_period"]).toBe(`${90 * 24 * 60 * 60}s`);
    expect(resource(encrypted({ rotationDays: 30 }), "google_kms_crypto_key")["rotation_period"]).toBe("2592000s");
    expect(() => props({ encryption: { customerManagedKey: true, reason: REASON, rotationDays: 91 } })).toThrow();
  });

  test("can't be destroyed by a plan, nor its ring, and stays 30 days when it is destroyed by hand", () => {
    expect(key["lifecycle"]).toEqual({ prevent_destroy: true });
    expect(ring["lifecycle"]).toEqual({ prevent_destroy: true });
    expect(key["destroy_scheduled_duration"]).toBe("2592000s");
  });

  test("may be used by the project's storage service agent, and is by no one else", () => {
    expect(terraform.resource["google_kms_crypto_key_iam_member"]).toEqual({
      "gcp_acme-wandb": expect.objectContaining({
        crypto_key_id: "${google_kms_crypto_key.gcp_acme-wandb.id}",
        role: "roles/cloudkms.cryptoKeyEncrypterDecrypter",
        member: "serviceAccount:${data.google_storage_project_service_account.gcp_acme-wandb.email_address}",
      }) as object,
    });
  });

  test("has its grant before the bucket: else Google refuses the bucket", () => {
    expect(resource(terraform, "google_storage_bucket")["depends_on"]).toEqual([
      "google_kms_crypto_key_iam_member.gcp_acme-wandb",
    ]);
  });

  test("has the labels of this project and the user's", () => {
    expect(resource(encrypted({}, { labels: { owner: "ml" } }), "google_kms_crypto_key")["labels"]).toEqual({
      "managed-by": "wandb-byob",
      "wandb-deployment": "acme-saas",
      owner: "ml",
    });
  });

  test("keyRing names its ring", () => {
    const named = encrypted({ keyRing: "Data_Keys" });
    expect(resource(named, "google_kms_key_ring")["name"]).toBe("Data_Keys");
    expect(resource(named, "google_storage_bucket")["encryption"]).toEqual({
      default_kms_key_name: "projects/acme-ml/locations/europe/keyRings/Data_Keys/cryptoKeys/wandb",
    });
  });

  test("kmsKeyName encrypts with that key, lets the agent use it, and makes none", () => {
    const given = encrypted({ kmsKeyName: KEY_NAME });
    expect(resource(given, "google_storage_bucket")).toMatchObject({
      encryption: { default_kms_key_name: KEY_NAME },
      depends_on: ["google_kms_crypto_key_iam_member.gcp_acme-wandb"],
    });
    expect(resource(given, "google_kms_crypto_key_iam_member")["crypto_key_id"]).toBe(KEY_NAME);
    expect(given.resource).not.toHaveProperty("google_kms_crypto_key");
    expect(given.resource).not.toHaveProperty("google_kms_key_ring");
  });

  test("is not made unless asked for", () => expect(Object.keys(synth().resource).join()).not.toContain("kms"));
});
