import { existsSync } from "node:fs";
import { join } from "node:path";
import { readDeployments } from "../../stacks/deployment-file";
import {
  AZURE_STORAGE,
  COREWEAVE_STORAGE,
  dedicated,
  FEDERATED,
  GCP_STORAGE,
  KEY_ARN,
  S3_COMPATIBLE_STORAGE,
} from "../support/deployments";
import { standInProject } from "../support/stand-in";
import { synth, synthRequest } from "../support/synth";
import { tempFolder } from "../support/temp";
import { testWith } from "../support/tool";

const testTerraform = testWith(
  "terraform",
  ["version"],
  "install Terraform 1.7 or later (https://developer.hashicorp.com/terraform/install)",
);

/** What Terraform says, if it refuses; else nothing. */
const complaint = ({ code, out, err }: { code: number | null; out: string; err: string }) =>
  code === 0 ? "" : out + err;

describe("the real Terraform accepts", () => {
  testTerraform.each(readDeployments(["deployments"]).map((request) => ({ name: request.name, request })))(
    "$name: references, dependencies and outputs",
    ({ name, request }) => {
      const { write, terraform } = standInProject(tempFolder(), name);
      write(synthRequest(request));
      expect(complaint(terraform("init", "-no-color"))).toBe("");
      expect(complaint(terraform("validate", "-no-color"))).toBe("");
      expect(complaint(terraform("plan", "-no-color", "-input=false"))).toBe("");
    },
    60_000,
  );
});

testTerraform(
  "the real Terraform accepts a deployment on all clouds, with all that can be asked for",
  () => {
    const { write, terraform } = standInProject(tempFolder(), "acme");
    const because = "the test asks for it";
    const storage = {
      aws: {
        ...dedicated().storage.main,
        credentials: { create: true, reason: because },
        logging: { logBucket: "acme-l" },
      },
      gcp: {
        ...GCP_STORAGE,
        credentials: { create: true, reason: because },
        encryption: { customerManagedKey: true, reason: because },
        customRole: { undocumented: true, reason: because },
        dataAccessLogs: { authoritative: true, reason: because },
        logging: { logBucket: "acme-g" },
      },
      azure: { ...AZURE_STORAGE, access: FEDERATED },
      ceph: S3_COMPATIBLE_STORAGE,
      coreweave: { ...COREWEAVE_STORAGE, customerNamespace: "acme" },
    };
    const teams = Object.fromEntries(Object.keys(storage).map((name) => [name, { storage: name }]));
    const wandb = { url: "https://acme.wandb.io", runsOn: "azure" };
    write(synth({ name: "acme", type: "dedicated", wandb, storage, teams }));
    expect(complaint(terraform("init", "-no-color"))).toBe("");
    expect(complaint(terraform("plan", "-no-color", "-input=false"))).toBe("");
  },
  60_000,
);

describe("the life of a storage", () => {
  testTerraform(
    "is made, keeps its addresses when it is renamed, keeps a key that it drops, and is forgotten, not destroyed, when it is retired",
    () => {
      const root = tempFolder();
      const { write, terraform } = standInProject(root, "acme-dedicated");
      const { main } = dedicated().storage;
      const second = { ...main, bucket: "acme-second" };
      const instance = { storage: "second" };

      write(synth(dedicated({}, { storage: { main, second }, instance, teams: { omega: { storage: "main" } } })));
      expect(complaint(terraform("init", "-no-color"))).toBe("");
      expect(terraform("apply", "-auto-approve", "-no-color").out).toContain("Apply complete! Resources: 20 added");
      expect(existsSync(join(root, "terraform.acme-dedicated.tfstate"))).toBe(true);
      expect(JSON.parse(terraform("output", "-json", "team_omega").out)).toMatchObject({ bucket: "acme-wandb" });

      write(
        synth(dedicated({}, { storage: { other: main, second }, instance, teams: { omega: { storage: "other" } } })),
      );
      expect(terraform("plan", "-no-color").out).toContain("No changes.");

      const given = { ...second, kmsKeyArn: KEY_ARN };
      write(
        synth(dedicated({}, { storage: { main, second: given }, instance, teams: { omega: { storage: "main" } } })),
      );
      const plan = terraform("plan", "-no-color").out;
      expect(plan).toMatch(
        /aws_kms_key--aws_acme-second will no longer be managed by Terraform, but will not be destroyed/,
      );
      expect(plan).toContain("1 to destroy"); // the alias

      write(synth(dedicated({}, { storage: { second }, instance })));
      expect(terraform("plan", "-no-color").out).toContain("10 to destroy"); // why `retired` is there
      write(
        synth(dedicated({}, { storage: { second }, instance, retired: [{ ...main, reason: "its team is gone" }] })),
      );
      expect(terraform("apply", "-auto-approve", "-no-color").out).toMatch(
        /Apply complete! Resources: 0 added, 0 changed, 0 destroyed/,
      );
      const left = terraform("state", "list").out.trim().split("\n");
      expect(left).toHaveLength(10);
      expect(left.join()).not.toContain("acme-wandb");
    },
    60_000,
  );
});
