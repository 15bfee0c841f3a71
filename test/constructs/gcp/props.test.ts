import * as z from "zod";
import { gcpIssues, gcpProps, gcpProviderAlias, gcpProviderIssues } from "../../../constructs/gcp/props";
import {
  CREDENTIALS,
  DEDICATED,
  EVERYTHING,
  GCP_STORAGE,
  issues,
  KEY_NAME,
  OWN_ACCOUNT,
  props,
  REASON,
  SAAS,
  SELF_MANAGED,
  VARIANTS,
} from "./fixture";

const encryption = (fields: object) => ({ encryption: { customerManagedKey: true, reason: REASON, ...fields } });
const account = (serviceAccount: string) => ({ serviceAccount });

describe("gcpIssues()", () => {
  test.each(Object.entries({ ...VARIANTS, everything: EVERYTHING }))("accepts %s", (_, change) => {
    expect(issues(change)).toEqual([]);
  });

  test.each([
    ["acme", { project: "acme" }, 'project: Cannot use the project: must be 6 to 30 of a-z, 0-9 and "-"'],
    ["a project's number", { project: "123456789012" }, "project: Cannot use the project"],
    ["a misspelt location", { location: "us-east-1" }, "location: Cannot put the bucket there: must be a region"],
    ["an area alone", { location: "CA" }, 'location: Cannot put the bucket there: must have `dataLocations` in "CA"'],
    [
      "regions of a region",
      { location: "us-east1", dataLocations: ["us-east1", "us-west1"] },
      "dataLocations: Cannot choose",
    ],
    ["one region", { location: "US", dataLocations: ["US-EAST1"] }, "dataLocations: Cannot choose the two regions"],
    ["regions apart", { location: "US", dataLocations: ["US-EAST1", "ASIA-EAST1"] }, "dataLocations: Cannot choose"],
    ["a short name", { bucket: "ab" }, "bucket: Cannot name the bucket: must be 3 to 63 characters"],
    ["capitals", { bucket: "Acme" }, "bucket: Cannot name the bucket: must have only"],
    ["a dot", { bucket: "wandb.acme.com" }, 'bucket: Cannot name the bucket: must have no "."'],
    ["Google's name", { bucket: "my-g00gle-bucket" }, 'bucket: Cannot name the bucket: must have no "google" in it'],
    [
      "a key of another place",
      encryption({ kmsKeyName: KEY_NAME.replace("europe", "us") }),
      'encryption.kmsKeyName: Cannot use the key: must be in "europe"',
    ],
    [
      "a version of a key",
      encryption({ kmsKeyName: `${KEY_NAME}/cryptoKeyVersions/1` }),
      "encryption.kmsKeyName: Cannot use",
    ],
    [
      "a key and a ring",
      encryption({ kmsKeyName: KEY_NAME, keyRing: "r" }),
      "encryption.keyRing: Cannot choose the key: must have `kmsKeyName` or `keyRing`, got both",
    ],
    [
      "a key and its rotation",
      encryption({ kmsKeyName: KEY_NAME, rotationDays: 30 }),
      "encryption.rotationDays: Cannot choose the key",
    ],
    ["a faulty ring", encryption({ keyRing: "a/b" }), "encryption.keyRing: Cannot name the key ring"],
    ["logs of logs", { logging: { logBucket: "acme-wandb" } }, "logging.logBucket: Cannot keep the logs there"],
    ["a faulty bucket for logs", { logging: { logBucket: "Logs" } }, "logging.logBucket: Cannot name the bucket"],
    [
      "a filter without W&B",
      { ipFilter: { deployer: { ranges: ["8.8.8.0/24"] } } },
      "ipFilter.wandb: Cannot filter addresses",
    ],
    ["a faulty label", { labels: { Owner: "ml" } }, "labels: Cannot label the resources"],
    [
      "a faulty impersonation",
      { impersonateServiceAccount: "terraform" },
      "impersonateServiceAccount: Cannot use the service account",
    ],
  ])("refuses %s", (_, change, message) => {
    expect(issues(change)).toContainEqual(expect.stringContaining(message));
  });

  test.each([
    ["SaaS with another account", SAAS, account(OWN_ACCOUNT), "must be W&B's own (wandb-integration@"],
    [
      "SaaS with W&B's account",
      SAAS,
      account("wandb-integration@wandb-production.iam.gserviceaccount.com"),
      "must be W&B's own",
    ],
    ["Dedicated with another account", DEDICATED, account(OWN_ACCOUNT), "must be W&B's own (deploy@"],
    ["Dedicated by credentials of nobody", CREDENTIALS, {}, "must name the service account whose key W&B will use"],
    ["Self-managed without an account", SELF_MANAGED, {}, "must name the service account that your W&B runs as"],
    [
      "credentials of W&B itself",
      CREDENTIALS,
      account("deploy@wandb-production.iam.gserviceaccount.com"),
      "must be of a project of yours",
    ],
    [
      "Self-managed as W&B itself",
      SELF_MANAGED,
      account("deploy@wandb-production.iam.gserviceaccount.com"),
      "must be of a project of yours",
    ],
    ["a user", SELF_MANAGED, account("ann@acme.com"), "must be <name>@<project>.iam.gserviceaccount.com"],
    ["a member", SELF_MANAGED, account(`serviceAccount:${OWN_ACCOUNT}`), "must be <name>@<project>"],
    ["everybody", SELF_MANAGED, account("allUsers"), "must be <name>@<project>"],
    ["a short name", SELF_MANAGED, account("wandb@acme-ml.iam.gserviceaccount.com"), "must be <name>@<project>"],
    [
      "the default account of machines",
      SELF_MANAGED,
      account("123456789012-compute@developer.gserviceaccount.com"),
      "must be <name>@<project>",
    ],
    ["an empty name", SELF_MANAGED, account(""), "must be <name>@<project>"],
  ])("refuses %s", (_, context, change, message) => {
    expect(issues(change, context)).toEqual([expect.stringContaining(`serviceAccount: Cannot `)]);
    expect(issues(change, context)[0]).toContain(message);
  });

  test("says all that is wrong at once", () => {
    const wrong = {
      project: "x",
      location: "mars",
      bucket: "A",
      encryption: encryption({ keyRing: "/" }).encryption,
      logging: { logBucket: "B" },
      ipFilter: {},
      labels: { A: "b" },
    };
    const keys = new Set(gcpIssues(props(wrong), SELF_MANAGED).map(({ path }) => path[0]));
    expect([...keys].sort()).toEqual([...Object.keys(wrong), "serviceAccount"].sort());
  });

  test("does not blame a key for a location that is at fault itself", () => {
    expect(issues({ location: "mars", ...encryption({ kmsKeyName: KEY_NAME }) })).toEqual([
      expect.stringContaining("location: Cannot put the bucket there"),
    ]);
  });

  test("gives each issue a fix that is a sentence", () => {
    for (const { fix, message } of gcpIssues(
      props({ location: "mars", bucket: "A", labels: { A: "B" } }),
      SELF_MANAGED,
    )) {
      expect(fix).toMatch(/[.?]$/);
      expect(message).toMatch(/^Cannot .*: must .*, got /);
    }
  });
});

describe("gcpProps", () => {
  test.each([
    ["an opt-out without a reason", { dataAccessLogs: { authoritative: true } }],
    ["an opt-out with hardly a reason", { customRole: { undocumented: true, reason: "because" } }],
    ["an opt-out that opts in", { encryption: { customerManagedKey: false, reason: REASON } }],
    ["a key that nothing reads", { ...encryption({}), kms: "x" }],
    ["soft delete of none", { softDeleteRetentionDays: 0 }],
    ["a rotation of none", encryption({ rotationDays: 0 })],
    ["logs that go at once", { logging: { logBucket: "acme-logs", expirationDays: 0 } }],
    ["logs to nowhere", { logging: {} }],
    ["a class that is none", { storageClass: "GLACIER" }],
  ])("has no shape for %s", (_, change) => {
    expect(gcpProps.safeParse({ ...GCP_STORAGE, ...change }).success).toBe(false);
  });

  test("describes every field, for editors", () => {
    const { properties = {} } = z.toJSONSchema(gcpProps, { target: "draft-7" });
    const undescribed = Object.entries(properties).filter(
      ([, field]) => typeof field === "boolean" || !field.description,
    );
    expect(undescribed.map(([key]) => key)).toEqual(["cloud"]);
  });
});

describe("gcpProviderAlias()", () => {
  test("is one for a project", () => expect(gcpProviderAlias(GCP_STORAGE)).toBe("gcp_acme-ml"));
});

describe("gcpProviderIssues()", () => {
  test("accepts a service account of one's own", () => {
    expect(gcpProviderIssues({ ...GCP_STORAGE, impersonateServiceAccount: OWN_ACCOUNT })).toEqual([]);
  });
});
