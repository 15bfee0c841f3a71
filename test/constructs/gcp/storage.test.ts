import { dependable, TerraformStack } from "cdktf";
import { gcpAddresses, GcpStorage } from "../../../constructs/gcp/storage";
import { addresses, synthApp } from "../../support/synth";
import { EVERYTHING, GCP_STORAGE, props, SAAS, synth, synthAll, VARIANTS } from "./fixture";

/** Why each resource is there. */
const PLAIN = [
  "google_storage_bucket.gcp_acme-wandb", // the bucket
  "google_storage_bucket_iam_member.gcp_acme-wandb", // W&B's access to it
];
const ALL = [
  ...PLAIN,
  "google_kms_key_ring.gcp_acme-wandb", // encryption: a key lives in a ring
  "google_kms_crypto_key.gcp_acme-wandb", // encryption: the key
  "google_kms_crypto_key_iam_member.gcp_acme-wandb", // encryption: Cloud Storage may use it
  "google_project_iam_custom_role.gcp_acme-wandb", // customRole: the narrower role
  "google_storage_bucket.gcp_acme-wandb-logs", // logging: where the logs go
  "google_storage_bucket_iam_member.gcp_acme-wandb-logs", // logging: Google writes them
  "google_project_iam_audit_config.gcp_acme-ml", // dataAccessLogs: one for the project
];

describe("GcpStorage", () => {
  test("is a bucket and a grant, and nothing else unless asked", () => {
    expect(addresses(synth()).sort()).toEqual([...PLAIN].sort());
  });

  test("is all of these at most", () => expect(addresses(synth(EVERYTHING)).sort()).toEqual([...ALL].sort()));

  test.each(Object.entries({ ...VARIANTS, everything: EVERYTHING }))(
    "has no address that gcpAddresses() does not tell: %s",
    (_, change) => {
      const names = { ...GCP_STORAGE, logBucket: props(change).logging?.logBucket };
      expect(gcpAddresses(names)).toEqual(expect.arrayContaining(addresses(synth(change))));
    },
  );

  test("gcpAddresses() without a bucket of logs tells no address of one", () => {
    const made = ["google_service_account.gcp_acme-wandb", "google_service_account_key.gcp_acme-wandb"]; // with `credentials`
    const data = ALL.filter((address) => !address.endsWith("-logs"));
    expect(data).toHaveLength(ALL.length - 2);
    expect([...gcpAddresses(GCP_STORAGE)].sort()).toEqual([...data, ...made].sort());
  });

  test("two storages of a project share its provider configuration alone", () => {
    const terraform = synthAll([EVERYTHING, { ...EVERYTHING, bucket: "acme-second", logging: undefined }]);
    expect(terraform.provider["google"]).toHaveLength(1);
    expect(Object.keys(terraform.resource["google_storage_bucket"] ?? {})).toEqual([
      "gcp_acme-second",
      "gcp_acme-wandb",
      "gcp_acme-wandb-logs",
    ]);
  });

  test("has no address that depends on anything but project and names", () => {
    const moved = synth({ ...EVERYTHING, labels: { a: "b" }, location: "US", storageClass: "NEARLINE" });
    expect(addresses(moved).sort()).toEqual(addresses(synth(EVERYTHING)).sort());
  });

  test("hands over what W&B's form asks for, once all of it is there", () => {
    const terraform = synthApp((app) => {
      const stack = new TerraformStack(app, "t");
      const storage = new GcpStorage(stack, "x", { ...props(EVERYTHING), ...SAAS, deployment: "acme" });
      stack.addOverride("output.handover", { value: storage.handover, depends_on: storage.ready.map(dependable) });
    })["t"];
    expect(terraform?.output?.["handover"]?.value).toEqual({ provider: "GCP", bucket: "acme-wandb" });
    const ready = terraform?.output?.["handover"]?.["depends_on"] as string[];
    expect(ready.sort()).toEqual(ALL.filter((address) => !address.includes("key_ring")).sort());
  });

  test("holds no credential", () => {
    expect(JSON.stringify(synth(EVERYTHING))).not.toMatch(/private_?key|secret|password|token/i);
  });
});
