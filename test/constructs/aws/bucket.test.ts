import { dedicated, KEY_ARN, saas } from "../../support/deployments";
import { only, synth } from "../../support/synth";

describe("Bucket", () => {
  const terraform = synth(dedicated());
  const ADDRESS = "aws_acme-wandb";

  test("is named as asked and survives a plan that would destroy it", () => {
    expect(only(terraform, "aws_s3_bucket")).toMatchObject({
      bucket: "acme-wandb",
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
  });

  test("keeps versions", () => {
    expect(only(terraform, "aws_s3_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Enabled" },
    });
  });

  test("versioning.suspended suspends versioning", () => {
    const suspended = synth(dedicated({ versioning: { suspended: true, reason: "a scratch bucket" } }));
    expect(only(suspended, "aws_s3_bucket_versioning")).toMatchObject({
      versioning_configuration: { status: "Suspended" },
    });
  });

  test.each(["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"])(
    "%s",
    (setting) => expect(only(terraform, "aws_s3_bucket_public_access_block")[setting]).toBe(true),
  );

  test("admits no ACL", () => {
    expect(only(terraform, "aws_s3_bucket_ownership_controls")["rule"]).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
  });

  test("encrypts with the key that is made beside it, with a bucket key, and not with keys of the uploader", () => {
    expect(only(terraform, "aws_s3_bucket_server_side_encryption_configuration")["rule"]).toEqual([
      {
        apply_server_side_encryption_by_default: {
          sse_algorithm: "aws:kms",
          kms_master_key_id: `\${aws_kms_key.${ADDRESS}.arn}`,
        },
        bucket_key_enabled: true,
        blocked_encryption_types: ["SSE-C"],
      },
    ]);
  });

  test("kmsKeyArn encrypts with that key, and makes none", () => {
    const given = synth(dedicated({ kmsKeyArn: KEY_ARN }));
    expect(only(given, "aws_s3_bucket_server_side_encryption_configuration")["rule"]).toMatchObject([
      { apply_server_side_encryption_by_default: { kms_master_key_id: KEY_ARN } },
    ]);
    expect(given.resource).not.toHaveProperty("aws_kms_key");
    expect(given.resource).not.toHaveProperty("aws_kms_alias");
  });

  describe("CORS", () => {
    const rule = (deployment: object) =>
      (only(synth(deployment), "aws_s3_bucket_cors_configuration")["cors_rule"] as object[])[0];

    test("lets W&B's pages use pre-signed URLs and read ETag", () => {
      expect(rule(dedicated())).toMatchObject({
        allowed_methods: ["GET", "HEAD", "PUT"],
        allowed_headers: ["*"],
        allowed_origins: ["https://acme.wandb.io"],
        expose_headers: ["ETag"],
        max_age_seconds: expect.any(Number) as number,
      });
    });

    test("admits any origin where W&B's is not known", () => {
      expect(rule(saas())).toMatchObject({ allowed_origins: ["*"] });
    });

    test("cors.anyOrigin admits any origin though W&B's is known", () => {
      const any = { cors: { anyOrigin: true, reason: "pages of three hosts" } };
      expect(rule(dedicated(any))).toMatchObject({ allowed_origins: ["*"] });
    });
  });

  describe("lifecycle", () => {
    const rules = (deployment: object) =>
      only(synth(deployment), "aws_s3_bucket_lifecycle_configuration")["rule"] as Record<string, unknown>[];

    test("expires noncurrent versions after 30 days and the markers that these leave", () => {
      expect(rules(dedicated())).toContainEqual({
        id: "expire-noncurrent-versions",
        status: "Enabled",
        filter: [{ prefix: "" }],
        noncurrent_version_expiration: [{ noncurrent_days: 30 }],
        expiration: [{ expired_object_delete_marker: true }],
      });
    });

    test("aborts unfinished uploads after 7 days", () => {
      expect(rules(dedicated())).toContainEqual({
        id: "abort-incomplete-multipart-uploads",
        status: "Enabled",
        filter: [{ prefix: "" }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      });
    });

    test("takes other days", () => {
      const days = { noncurrentVersionExpirationDays: 14, abortIncompleteMultipartUploadDays: 2 };
      expect(rules(dedicated(days))).toMatchObject([
        { noncurrent_version_expiration: [{ noncurrent_days: 14 }] },
        { abort_incomplete_multipart_upload: [{ days_after_initiation: 2 }] },
      ]);
    });

    test("never expires or moves a current object", () => {
      for (const rule of rules(dedicated())) {
        expect(rule).not.toHaveProperty("transition");
        for (const expiration of (rule["expiration"] ?? []) as object[]) {
          expect(expiration).not.toHaveProperty("days");
          expect(expiration).not.toHaveProperty("date");
        }
      }
    });

    test("waits for versioning", () => {
      expect(only(terraform, "aws_s3_bucket_lifecycle_configuration")["depends_on"]).toEqual([
        `aws_s3_bucket_versioning.${ADDRESS}`,
      ]);
    });
  });

  test("gets its policy after the public access block: both at once is a conflict", () => {
    expect(only(terraform, "aws_s3_bucket_policy")["depends_on"]).toEqual([
      `aws_s3_bucket_public_access_block.${ADDRESS}`,
    ]);
  });

  test("has one policy, with no value that is known only after apply", () => {
    const { policy } = only(terraform, "aws_s3_bucket_policy");
    expect(policy).not.toContain("${");
    expect(JSON.parse(policy as string)).toMatchObject({ Version: "2012-10-17", Id: "WandBAccess" });
  });

  test("has the tags of this project and the user's", () => {
    expect(only(synth(dedicated({ tags: { CostCenter: "42" } })), "aws_s3_bucket")["tags"]).toEqual({
      ManagedBy: "wandb-byob",
      WandbDeployment: "acme-dedicated",
      CostCenter: "42",
    });
  });
});
