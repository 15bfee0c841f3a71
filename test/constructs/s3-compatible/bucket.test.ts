import { TerraformStack } from "cdktf";
import { BucketSettings } from "../../../constructs/s3-compatible/bucket";
import { s3CompatibleProvider } from "../../../constructs/s3-compatible/provider";
import { addresses, only, synthApp, type Block } from "../../support/synth";
import { CEPH_STORAGE, make, ofKind, policyOf, props, REASON, synth, userPolicyOf } from "./fixture";

const ALIAS = "aws.s3-https_s3_acme_com_7443__eu-acme-1";
const setting = (type: string, change: object = {}, wandbUrl?: string) => only(synth(change, wandbUrl), type);

describe("each setting", () => {
  test("its policy is the one that was asked", () => {
    const { bucket, policy, provider } = setting("aws_s3_bucket_policy");
    expect([bucket, provider]).toEqual([CEPH_STORAGE.bucket, ALIAS]);
    expect(JSON.parse(policy as string)).toEqual(policyOf());
  });

  test("its policy is plain text, known before anything is made", () => {
    expect(setting("aws_s3_bucket_policy")["policy"]).not.toContain("${");
  });

  test("it is versioned, unless that is given up", () => {
    const status = (change: object) => setting("aws_s3_bucket_versioning", change)["versioning_configuration"];
    expect(status({})).toEqual({ status: "Enabled" });
    expect(status({ versioning: { suspended: true, reason: REASON } })).toEqual({ status: "Suspended" });
  });

  test("pages of W&B may use it, of any origin where W&B's isn't known or that is given up", () => {
    const rule = (change: object, url?: string) =>
      (setting("aws_s3_bucket_cors_configuration", change, url)["cors_rule"] as Block[])[0];
    expect(rule({}, "https://wandb.acme.com/home")).toEqual({
      allowed_headers: ["*"],
      allowed_methods: ["GET", "HEAD", "PUT"],
      allowed_origins: ["https://wandb.acme.com"],
      expose_headers: ["ETag"],
      max_age_seconds: 3600,
    });
    expect(rule({})).toMatchObject({ allowed_origins: ["*"] });
    const anyOrigin = { cors: { anyOrigin: true, reason: REASON } };
    expect(rule(anyOrigin, "https://wandb.acme.com")).toMatchObject({ allowed_origins: ["*"] });
  });

  test("all are of the one bucket and provider configuration", () => {
    const { resource } = synth();
    for (const byId of Object.values(resource))
      for (const block of Object.values(byId)) expect(block).toMatchObject({ bucket: "acme-wandb", provider: ALIAS });
  });
});

describe("the provider configuration", () => {
  const provider = (change: object = {}) => synth(change).provider["aws"];

  test("asks the store for S3, and AWS for nothing", () => {
    expect(provider()).toEqual([
      {
        alias: "s3-https_s3_acme_com_7443__eu-acme-1",
        region: "eu-acme-1",
        endpoints: [{ s3: "https://s3.acme.com:7443" }],
        s3_use_path_style: true,
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: "true",
        skip_region_validation: true,
      },
    ]);
  });

  test("goes over plain HTTP only where TLS is off", () => {
    const endpoints = (change: object) => provider(change)?.[0]?.["endpoints"];
    expect(endpoints({ tls: { mode: "off", reason: REASON } })).toEqual([{ s3: "http://s3.acme.com:7443" }]);
    expect(endpoints({ tls: { mode: "at-proxy" } })).toEqual([{ s3: "https://s3.acme.com:7443" }]);
  });

  test("signs in by a profile where one is named", () => {
    expect(provider({ profile: "ceph-owner" })?.[0]).toMatchObject({ profile: "ceph-owner" });
    expect(provider()?.[0]).not.toHaveProperty("profile");
  });

  test("holds no key and no account", () => {
    expect(JSON.stringify(provider({ profile: "x" }))).not.toMatch(/access_key|secret_key|token|allowed_account_ids/);
  });

  test("is one for each scheme, endpoint and region", () => {
    const [{ provider: all }] = make([
      {},
      { bucket: "second" },
      { region: "eu-acme-2", bucket: "fourth" },
      { endpoint: "s3.acme.com" },
      { tls: { mode: "off", reason: REASON }, bucket: "third" },
    ]);
    expect(all["aws"]).toHaveLength(4);
  });
});

describe("a kind that let Terraform make the bucket", () => {
  const terraform = synthApp((app) => {
    const stack = new TerraformStack(app, "t");
    new BucketSettings(stack, "x", {
      provider: s3CompatibleProvider(stack, props()),
      bucket: "acme-wandb",
      address: "address",
      manages: { bucket: true, cors: false, versioning: false },
      policy: policyOf(),
      allowedOrigins: ["*"],
      versioned: true,
    });
  })["t"];

  test("would have one that no plan can destroy", () => {
    if (!terraform) throw new Error("no stack");
    expect(addresses(terraform).sort()).toEqual(["aws_s3_bucket.address", "aws_s3_bucket_policy.address"]);
    expect(only(terraform, "aws_s3_bucket")).toEqual({
      bucket: "acme-wandb",
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
      provider: ALIAS,
    });
    expect(only(terraform, "aws_s3_bucket_policy")["bucket"]).toBe("${aws_s3_bucket.address.bucket}");
  });
});

describe("on MinIO", () => {
  test("the bucket's policy refuses requests without a key, and lets no one in", () => {
    const text = setting("aws_s3_bucket_policy", ofKind("minio"))["policy"] as string;
    expect(JSON.parse(text)).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "DenyAnonymous",
          Effect: "Deny",
          Principal: { AWS: "*" },
          Action: "s3:*",
          Resource: ["arn:aws:s3:::acme-wandb", "arn:aws:s3:::acme-wandb/*"],
          Condition: { StringEquals: { "aws:principaltype": "Anonymous" } },
        },
      ],
    });
  });

  test("the user's policy is handed over", () => {
    const [, [storage]] = make([ofKind("minio")]);
    expect(storage?.handover.user_name).toBe("wandb");
    expect(JSON.parse(storage?.handover.user_policy ?? "")).toEqual(userPolicyOf(ofKind("minio")));
  });
});
