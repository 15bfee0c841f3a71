import { dependable, TerraformStack } from "cdktf";
import { KIND_NAMES } from "../../../constructs/s3-compatible/kinds";
import { s3CompatibleAddresses, s3CompatibleId, S3CompatibleStorage } from "../../../constructs/s3-compatible/storage";
import { addresses, synthApp } from "../../support/synth";
import { CEPH_STORAGE, CONTEXT, make, ofKind, props, REASON, synth, VARIANTS } from "./fixture";

const ID = "s3-compatible_s3_acme_com_7443__acme-wandb";

/** Why each resource is there. */
const POLICY = `aws_s3_bucket_policy.${ID}`; // who is let in, and what nobody may do
const VERSIONING = `aws_s3_bucket_versioning.${ID}`; // an overwritten file can be had back
const CORS = `aws_s3_bucket_cors_configuration.${ID}`; // W&B's pages may fetch files

/** What is never there: asked to remove the first two, Ceph deletes the bucket; the rest no store has, or not by this provider. */
const NEVER = /encryption|ownership|public_access_block|lifecycle|logging|kms|iam|aws_s3_bucket\./;

describe("S3CompatibleStorage", () => {
  test("is the settings of a bucket that exists already", () => {
    expect(addresses(synth()).sort()).toEqual([CORS, POLICY, VERSIONING].sort());
  });

  test.each([
    ["minio", [POLICY, VERSIONING]],
    ["aistor", [POLICY, VERSIONING, CORS]],
    ["ceph", [POLICY, VERSIONING, CORS]],
    ["other", [POLICY, VERSIONING, CORS]],
  ] as const)("on %s is what that kind has, and nothing else", (kind, expected) => {
    expect(addresses(synth(ofKind(kind))).sort()).toEqual([...expected].sort());
  });

  test.each(Object.entries(VARIANTS))("never has encryption, ownership or the bucket itself: %s", (_, change) => {
    for (const address of addresses(synth(change))) expect(address).not.toMatch(NEVER);
  });

  test.each(Object.entries(VARIANTS))("has no address that s3CompatibleAddresses() does not tell: %s", (_, change) => {
    expect(s3CompatibleAddresses(props(change))).toEqual(expect.arrayContaining(addresses(synth(change))));
  });

  test("s3CompatibleAddresses() tells of no more than some kind has", () => {
    expect(s3CompatibleAddresses(CEPH_STORAGE).sort()).toEqual(addresses(synth()).sort());
  });

  test("has no address that depends on anything but endpoint and bucket", () => {
    const moved = {
      region: "x",
      profile: "y",
      principal: "arn:aws:iam:::user/z",
      kind: "ceph",
      tls: { mode: "at-proxy" },
    };
    expect(addresses(synth(moved)).sort()).toEqual(addresses(synth()).sort());
  });

  test("stands beside others: buckets of one name at two stores, and kinds side by side", () => {
    const [terraform] = make([
      {},
      { endpoint: "s3.acme.com" },
      { bucket: "acme.wandb" },
      ...KIND_NAMES.map((kind) => ({ ...ofKind(kind), endpoint: `${kind}.acme.com` })),
    ]);
    expect(Object.keys(terraform.resource["aws_s3_bucket_policy"] ?? {})).toHaveLength(7);
  });
});

test("s3CompatibleId() is another for every endpoint and bucket", () => {
  const names = [
    { endpoint: "a.b", bucket: "ccc" },
    { endpoint: "a.b:1", bucket: "ccc" },
    { endpoint: "a.b:11", bucket: "ccc" },
    { endpoint: "a", bucket: "b.ccc" },
    { endpoint: "a.b", bucket: "c-c" },
    { endpoint: "a.b", bucket: "c.c" },
  ];
  const ids = names.map(s3CompatibleId);
  expect(new Set(ids).size).toBe(names.length);
  for (const id of ids) expect(id).toMatch(/^[a-z][\w-]*$/);
});

describe("the handover", () => {
  const handover = (change: object) => make([change])[1][0]?.handover;

  test("has what W&B's address is made of", () => {
    const expected = { provider: "MINIO", bucket: "acme-wandb", endpoint: "s3.acme.com:7443", region: "eu-acme-1" };
    expect(handover({})).toEqual({ ...expected, tls: "true" });
    expect(handover({ tls: { mode: "at-proxy" } })).toEqual({ ...expected, tls: "true" });
    expect(handover({ tls: { mode: "off", reason: REASON } })).toEqual({ ...expected, tls: "false" });
  });

  test("comes once all of it is there", () => {
    const terraform = synthApp((app) => {
      const stack = new TerraformStack(app, "t");
      const storage = new S3CompatibleStorage(stack, "x", { ...props(), ...CONTEXT, deployment: "acme" });
      stack.addOverride("output.handover", { value: storage.handover, depends_on: storage.ready.map(dependable) });
    })["t"];
    expect(terraform?.output?.["handover"]?.["depends_on"]).toEqual([VERSIONING, CORS, POLICY]);
  });
});

describe("the credentials", () => {
  const [terraform, [storage]] = make([{}]);
  const prefix = "s3_compatible_s3__acme__com__7443____acme_wandb";

  test("are two sensitive variables, empty unless given", () => {
    expect(terraform.variable).toEqual({
      [`${prefix}_access_key_id`]: expect.objectContaining({ type: "string", sensitive: true, default: "" }) as object,
      [`${prefix}_secret_access_key`]: expect.objectContaining({
        type: "string",
        sensitive: true,
        default: "",
      }) as object,
    });
  });

  test("are asked for by every such storage, since W&B has no other way in", () => {
    for (const [terraform, made] of Object.values(VARIANTS).map((change) => make([change]))) {
      expect(Object.keys(made[0]?.credentials ?? {})).toEqual(["access_key_id", "secret_access_key"]);
      expect(Object.keys(terraform.variable ?? {})).toHaveLength(2);
    }
  });

  test("are no part of anything that Terraform makes", () => {
    expect(JSON.stringify([terraform.resource, terraform.provider])).not.toMatch(/var\.|access_key|secret/);
    expect(JSON.stringify(storage?.handover)).not.toMatch(/access_key|secret/);
  });
});

test("what is not enforced goes with the storage", () => {
  const [, [storage]] = make([{}]);
  expect(storage?.notEnforced).toContainEqual(expect.stringMatching(/^lifetime of URLs: /));
});
