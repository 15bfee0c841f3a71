import { dependable, TerraformStack } from "cdktf";
import { coreweaveAddresses, CoreweaveStorage } from "../../../constructs/coreweave/storage";
import { addresses, only, synthApp, type Block } from "../../support/synth";
import {
  COREWEAVE_STORAGE,
  DEDICATED,
  make,
  NAMED,
  props,
  REASON,
  SAAS,
  SELF_MANAGED,
  synth,
  VARIANTS,
} from "./fixture";

const ID = "coreweave_acme-wandb";

/** Why each resource is there. */
const BUCKET = `coreweave_object_storage_bucket.${ID}`; // the bucket
const VERSIONING = `coreweave_object_storage_bucket_versioning.${ID}`; // an overwritten file can be had back
const LIFECYCLE = `coreweave_object_storage_bucket_lifecycle_configuration.${ID}`; // old versions and parts don't pile up
const POLICY = `coreweave_object_storage_bucket_policy.${ID}`; // who is let in
const CORS = `aws_s3_bucket_cors_configuration.${ID}`; // W&B's pages may fetch files; CoreWeave's provider can't
const ALL = [BUCKET, CORS, LIFECYCLE, POLICY, VERSIONING];

const ALIAS = "coreweave.coreweave";

describe("CoreweaveStorage", () => {
  test.each(Object.entries(VARIANTS))("is the same five resources: %s", (_, change) => {
    expect(addresses(synth(change)).sort()).toEqual([...ALL].sort());
    expect(addresses(synth({ ...change, ...NAMED }, DEDICATED)).sort()).toEqual([...ALL].sort());
  });

  test("has the addresses that coreweaveAddresses() tells", () => {
    expect(coreweaveAddresses(COREWEAVE_STORAGE).sort()).toEqual([...ALL].sort());
  });

  test("has no address that depends on anything but the bucket's name", () => {
    const moved = { zone: "RNO2A", storageOrganization: "ffffff", profile: "x", tags: { a: "b" } };
    expect(addresses(synth(moved)).sort()).toEqual([...ALL].sort());
  });

  test("stands beside another", () => {
    const [terraform] = make([{}, { bucket: "second" }, { bucket: "third", zone: "RNO2A" }]);
    expect(addresses(terraform)).toHaveLength(3 * ALL.length);
    expect(terraform.provider["coreweave"]).toHaveLength(1);
    expect(terraform.provider["aws"]?.map(({ alias }) => alias)).toEqual(["coreweave_US-EAST-04A", "coreweave_RNO2A"]);
  });
});

describe("each setting", () => {
  const block = (type: string, change: object = {}, wandbUrl?: string) =>
    only(synth(change, SAAS, wandbUrl), type.startsWith("aws") ? type : `coreweave_object_storage_bucket${type}`);

  test("the bucket is in its zone, says whose it is, and can't be destroyed by a plan", () => {
    expect(block("")).toEqual({
      name: "acme-wandb",
      zone: "US-EAST-04A",
      tags: { ManagedBy: "wandb-byob", WandbDeployment: "acme" },
      lifecycle: { prevent_destroy: true },
      provider: ALIAS,
    });
    expect(block("", { tags: { team: "ml" } })["tags"]).toMatchObject({ ManagedBy: "wandb-byob", team: "ml" });
  });

  test("all else is of that bucket, once it is there", () => {
    for (const type of ["_versioning", "_lifecycle_configuration", "_policy", "aws_s3_bucket_cors_configuration"])
      expect(block(type)["bucket"]).toBe(`\${${BUCKET}.name}`);
  });

  test("it is versioned, unless that is given up", () => {
    const status = (change: object) => block("_versioning", change)["versioning_configuration"];
    expect(status({})).toEqual({ status: "Enabled" });
    expect(status({ versioning: { suspended: true, reason: REASON } })).toEqual({ status: "Suspended" });
  });

  test("only old versions and unfinished uploads expire, after the days that are asked for", () => {
    const rule = (change: object) => block("_lifecycle_configuration", change)["rule"];
    const rules = (noncurrent: number, parts: number) => [
      {
        id: "expire-noncurrent-versions",
        status: "Enabled",
        filter: { prefix: "" },
        noncurrent_version_expiration: { noncurrent_days: noncurrent },
        expiration: { expired_object_delete_marker: true },
      },
      {
        id: "abort-incomplete-multipart-uploads",
        status: "Enabled",
        filter: { prefix: "" },
        abort_incomplete_multipart_upload: { days_after_initiation: parts },
      },
    ];
    expect(rule({})).toEqual(rules(30, 7));
    expect(rule({ noncurrentVersionExpirationDays: 90, abortIncompleteMultipartUploadDays: 3 })).toEqual(rules(90, 3));
    expect(block("_lifecycle_configuration")["depends_on"]).toEqual([VERSIONING]);
  });

  test("pages of W&B may use it, of any origin where W&B's isn't known or that is given up", () => {
    const rule = (change: object, url?: string) =>
      (block("aws_s3_bucket_cors_configuration", change, url)["cors_rule"] as Block[])[0];
    expect(rule({}, "https://acme.wandb.io/home")).toEqual({
      allowed_headers: ["*"],
      allowed_methods: ["GET", "HEAD", "PUT"],
      allowed_origins: ["https://acme.wandb.io"],
      expose_headers: ["ETag"],
      max_age_seconds: 3600,
    });
    expect(rule({})).toMatchObject({ allowed_origins: ["*"] });
    const anyOrigin = { cors: { anyOrigin: true, reason: REASON } };
    expect(rule(anyOrigin, "https://acme.wandb.io")).toMatchObject({ allowed_origins: ["*"] });
  });

  test("the policy comes last: it may shut out whoever makes the rest", () => {
    expect(block("_policy")["depends_on"]).toEqual([VERSIONING, LIFECYCLE, CORS]);
  });

  test("what CoreWeave's provider can make, it makes; the AWS provider does CORS alone", () => {
    const { resource } = synth();
    for (const [type, byId] of Object.entries(resource))
      for (const { provider } of Object.values(byId))
        expect([type, provider]).toEqual([type, type.startsWith("aws_") ? "aws.coreweave_US-EAST-04A" : ALIAS]);
  });
});

describe("the provider configurations", () => {
  test("CoreWeave's is pinned, and takes all it needs from the environment", () => {
    const terraform = synth();
    expect(terraform.terraform.required_providers["coreweave"]).toEqual({
      source: "coreweave/coreweave",
      version: "0.21.0",
    });
    expect(terraform.provider["coreweave"]).toEqual([{ alias: "coreweave" }]);
  });

  test("the AWS provider asks CoreWeave for S3, with the bucket in the host, and AWS for nothing", () => {
    expect(synth().provider["aws"]).toEqual([
      {
        alias: "coreweave_US-EAST-04A",
        region: "US-EAST-04A",
        endpoints: [{ s3: "https://cwobject.com" }],
        s3_use_path_style: false,
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: "true",
        skip_region_validation: true,
      },
    ]);
    expect(synth({ profile: "coreweave" }).provider["aws"]?.[0]).toMatchObject({ profile: "coreweave" });
  });

  test("no credential stands anywhere", () => {
    for (const change of Object.values(VARIANTS))
      expect(JSON.stringify(synth(change))).not.toMatch(/token|access_?key|secret|cwlota/i);
  });
});

describe("the handover", () => {
  test.each([
    ["saas", SAAS, {}],
    ["dedicated", DEDICATED, NAMED],
    ["self-managed", SELF_MANAGED, NAMED],
  ])("is the name alone, and no credentials, on %s", (_, context, change) => {
    const [terraform, [storage]] = make([change], context);
    expect(storage?.handover).toEqual({ provider: "COREWEAVE", bucket: "acme-wandb" });
    expect(storage?.credentials).toBeUndefined();
    expect(terraform.variable).toBeUndefined();
  });

  test("comes once all of it is there", () => {
    const terraform = synthApp((app) => {
      const stack = new TerraformStack(app, "t");
      const storage = new CoreweaveStorage(stack, "x", { ...props(), ...SAAS, deployment: "acme" });
      stack.addOverride("output.handover", { value: storage.handover, depends_on: storage.ready.map(dependable) });
      expect(storage.notEnforced).not.toEqual([]);
    })["t"];
    expect((terraform?.output?.["handover"]?.["depends_on"] as string[]).sort()).toEqual([...ALL].sort());
  });
});
