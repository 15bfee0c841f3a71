import { readFacts } from "../../handover/facts";
import { handOver } from "../../handover/handover";
import { scimBody } from "../../handover/scim";
import { handoverText } from "../../handover/text";
import {
  ACCOUNT_KEY,
  COREWEAVE_STORAGE,
  S3_COMPATIBLE_STORAGE,
  AZURE_STORAGE,
  dedicated,
  FEDERATED,
  GCP_STORAGE,
  KEY_ARN,
  OWN_SERVICE_ACCOUNT,
  OWN_USER,
  PLATFORM,
  saas,
  selfManaged,
} from "../support/deployments";
import { issuesOf } from "../support/refused";
import { synth } from "../support/synth";
import { accept } from "../../stacks/request";

/** Secrets with every character that breaks a naive address; found anywhere, they are a leak. */
const MARKER = "MARKER/+@?%: x";

/** What Terraform prints for a stack, its references replaced by made-up values. */
function printed(terraform: ReturnType<typeof synth>): object {
  const resolve = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value)
        .replace(/\$\{aws_kms_key[^}]*\}/g, KEY_ARN)
        .replace(/\$\{azurerm_user_assigned_identity[^}]*\.client_id\}/g, "client-id")
        .replace(/\$\{azurerm_user_assigned_identity[^}]*\.tenant_id\}/g, "tenant-id")
        .replace(/\$\{[^}]*\}/g, MARKER),
    );
  return Object.fromEntries(
    Object.entries(terraform.output ?? {}).map(([id, { value, sensitive }]) => [
      id,
      { value: resolve(value), sensitive: sensitive === true, type: "object" },
    ]),
  );
}

function handover(deployment: object, reveal = false) {
  const terraform = synth(deployment);
  return handOver(readFacts(terraform, printed(terraform)), reveal);
}

const ON_AWS = { wandb: { url: "https://acme.wandb.io", runsOn: "aws" } };
const ON_GCP = { wandb: { url: "https://acme.wandb.io", runsOn: "gcp" } };
const ON_AZURE = { wandb: { url: "https://acme.wandb.io", runsOn: "azure" } };
const TEAM = { instance: undefined, teams: { omega: { storage: "main", path: "omega" } } };
const OWN_GCP = { ...GCP_STORAGE, serviceAccount: OWN_SERVICE_ACCOUNT };

function on(storage: object, rest: object) {
  const { instance, ...others } = dedicated({}, { ...rest, storage: { main: storage } });
  return instance ? { ...others, instance } : others;
}

const CELLS: [string, object][] = [
  ["SaaS, team, AWS", saas()],
  ["SaaS, team, AWS, a given key", saas({ kmsKeyArn: KEY_ARN })],
  ["SaaS, team, Google Cloud", saas({}, { storage: { main: GCP_STORAGE } })],
  ["Dedicated, instance, AWS", dedicated({}, { instance: { storage: "main", path: "shared" } })],
  [
    "Dedicated, team, AWS, from Google Cloud",
    on({ ...dedicated().storage.main, principal: OWN_USER }, { ...ON_GCP, ...TEAM }),
  ],
  ["Dedicated, instance, Google Cloud", on(GCP_STORAGE, ON_GCP)],
  ["Dedicated, team, Google Cloud, from AWS", on(OWN_GCP, { ...ON_AWS, ...TEAM })],
  ["Dedicated, instance, Azure, by W&B's identity", on({ ...AZURE_STORAGE, access: PLATFORM }, ON_AZURE)],
  ["Dedicated, team, Azure, federated", on({ ...AZURE_STORAGE, access: FEDERATED }, { ...ON_AZURE, ...TEAM })],
  ["Dedicated, team, Azure, from AWS", on({ ...AZURE_STORAGE, access: ACCOUNT_KEY }, { ...ON_AWS, ...TEAM })],
  ["SaaS, team, CoreWeave", saas({}, { storage: { main: { ...COREWEAVE_STORAGE, organizationId: "acme" } } })],
  [
    "Self-managed, team, CoreWeave",
    { ...on({ ...COREWEAVE_STORAGE, customerNamespace: "acme" }, { ...ON_AWS, ...TEAM }), type: "self-managed" },
  ],
  ["Dedicated, team, S3-compatible", on(S3_COMPATIBLE_STORAGE, { ...ON_AWS, ...TEAM })],
  ["Self-managed, instance, S3-compatible", { ...on(S3_COMPATIBLE_STORAGE, ON_AWS), type: "self-managed" }],
  ["Self-managed, instance, AWS", selfManaged()],
  [
    "Self-managed, instance, Azure, by key",
    { ...on({ ...AZURE_STORAGE, access: ACCOUNT_KEY }, ON_AZURE), type: "self-managed" },
  ],
  [
    "Self-managed, team, AWS, from on-premises",
    {
      ...on(
        { ...dedicated().storage.main, principal: OWN_USER },
        { wandb: { url: "https://w.acme.com", runsOn: "onprem" }, ...TEAM },
      ),
      type: "self-managed",
    },
  ],
];

describe.each(CELLS)("%s", (_, deployment) => {
  test("as text", () => expect(handoverText(handover(deployment))).toMatchSnapshot());

  test("as JSON: every team has a SCIM body that W&B's schema takes", () => {
    for (const { team, scim } of handover(deployment).attachments) {
      expect(scim !== undefined).toBe(team !== undefined);
      if (scim) expect(() => scimBody.parse(scim)).not.toThrow();
    }
  });

  test("without --reveal no secret is printed, in text or JSON", () => {
    const masked = handover(deployment);
    expect(handoverText(masked) + JSON.stringify(masked)).not.toContain("MARKER");
  });

  test("warns, at team level, that the storage can't be changed", () => {
    for (const { scope, steps } of handover(deployment).attachments) {
      if (scope === "team") expect(steps.before.at(-1)).toContain("CAN'T BE CHANGED");
    }
  });
});

describe("the storage address", () => {
  const stores = (deployment: object) =>
    handover(deployment, true).attachments.map(({ supportedFileStore }) => supportedFileStore?.value);
  const encoded = "MARKER%2F%2B%40%3F%25%3A%20x";
  const cell = (name: string) => CELLS.find(([each]) => each === name)?.[1] ?? {};

  test.each([
    [
      "Dedicated, team, AWS, from Google Cloud",
      `s3://${encoded}:${encoded}@s3.us-east-1.amazonaws.com/acme-wandb?region=us-east-1`,
    ],
    ["Dedicated, team, Google Cloud, from AWS", `gs://${OWN_SERVICE_ACCOUNT}:${encoded}@acme-wandb`],
    ["Dedicated, team, S3-compatible", `s3://${encoded}:${encoded}@s3.acme.com/acme-wandb?region=default&tls=true`],
    ["Self-managed, team, CoreWeave", "cw://"],
    ["SaaS, team, CoreWeave", undefined],
    ["Dedicated, team, Azure, from AWS", `az://:${encoded}@acmewandb/wandb`],
  ])("%s", (name, address) => expect(stores(cell(name))).toEqual([address]));

  test.each(["SaaS, team, AWS", "SaaS, team, Google Cloud", "Dedicated, team, Azure, federated"])(
    "none for %s: a role will do",
    (name) => {
      expect(stores(cell(name))).toEqual([undefined]);
    },
  );

  test("without its secrets says what to give, and composes nothing", () => {
    const terraform = synth(cell("Dedicated, team, AWS, from Google Cloud"));
    const empty = JSON.parse(JSON.stringify(printed(terraform)).replaceAll(MARKER, "")) as object;
    const [attachment] = handOver(readFacts(terraform, empty), true).attachments;
    expect(attachment?.supportedFileStore).toEqual({
      value: "",
      note: "give access_key_id and secret_access_key by a Terraform variable, deploy, and hand over again",
    });
  });
});

describe("what Terraform can't set up is said", () => {
  const before = (deployment: object) =>
    handover(deployment)
      .attachments.flatMap(({ steps }) => steps.before)
      .join("\n");
  const minio = { ...S3_COMPATIBLE_STORAGE, kind: "minio", principal: "arn:aws:iam:::user/wandb" };

  test.each([on(minio, { ...ON_AWS, ...TEAM }), on(minio, ON_AWS)])("MinIO: the policy of W&B's user", (deployment) => {
    expect(before(deployment)).toContain('Save this as policy.json: {"Version"');
    expect(before(deployment)).toContain("mc admin policy attach <alias> wandb-acme-wandb --user wandb");
  });

  test("CoreWeave on Dedicated: W&B's support", () => {
    const coreweave = on({ ...COREWEAVE_STORAGE, customerNamespace: "acme" }, { ...ON_AWS, ...TEAM });
    expect(before(coreweave)).toContain("Tell W&B's support that the bucket exists.");
  });
});

test("a second team on a bucket picks the existing one", () => {
  const two = saas({}, { teams: { omega: { storage: "main", path: "o" }, kappa: { storage: "main", path: "k" } } });
  const [first, second] = handover(two).attachments;
  expect(first?.form).toContainEqual({ label: "Bucket", value: "New bucket" });
  expect(second?.form).toContainEqual({ label: "Bucket", value: "the existing bucket, from the list" });
  expect(second?.steps.before).toContainEqual(expect.stringContaining("Pick the *existing* bucket"));
});

describe("is refused", () => {
  const terraform = synth(saas());
  const whole = printed(terraform);

  test.each([
    ["a stack that is not one of ours", { resource: {} }, whole, "must be a cdk.tf.json that this version wrote"],
    ["no JSON", undefined, whole, "must be a cdk.tf.json that this version wrote"],
    ["outputs that are none", terraform, "hello", "must be what `terraform output -json` prints"],
    ["a list of outputs", terraform, [1], "must be what `terraform output -json` prints"],
    ["a stack that was not applied", terraform, {}, "must be deployed, got a state without outputs"],
    [
      "the outputs of another stack",
      terraform,
      { vpc: { value: "x" } },
      'must be its own outputs, got those of another stack ("vpc")',
    ],
    [
      "an output that is missing",
      synth(saas({}, { teams: { omega: { storage: "main", path: "o" }, kappa: { storage: "main", path: "k" } } })),
      whole,
      'must have the outputs "team_kappa"',
    ],
  ])("%s", (_, synthesized, outputs, message) => {
    expect(() => readFacts(synthesized, outputs)).toThrow(message);
  });
});

test("secrets never reach a deployment file, a message or the synthesized file", () => {
  const issues = issuesOf(() => accept(dedicated({ secretAccessKey: MARKER })));
  expect(JSON.stringify(issues)).not.toContain("MARKER");
});
