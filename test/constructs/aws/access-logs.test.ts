import { dedicated } from "../../support/deployments";
import { addresses, synth, type Block } from "../../support/synth";
import { awsAddresses } from "../../../constructs/aws/storage";

describe("AccessLogs", () => {
  const terraform = synth(dedicated({ logging: { logBucket: "acme-logs" } }));
  const ofLogs = (type: string): Block => {
    const block = terraform.resource[type]?.["aws_acme-logs"];
    if (!block) throw new Error(`no ${type}`);
    return block;
  };

  test("logs the bucket's requests below a prefix of its name, once the bucket for them is ready", () => {
    expect(terraform.resource["aws_s3_bucket_logging"]?.["aws_acme-wandb"]).toMatchObject({
      target_bucket: "acme-logs",
      target_prefix: "acme-wandb/",
      depends_on: expect.arrayContaining(["aws_s3_bucket_policy.aws_acme-logs"]) as string[],
    });
  });

  test("keeps the logs as closed as the files", () => {
    expect(ofLogs("aws_s3_bucket")).toMatchObject({
      bucket: "acme-logs",
      force_destroy: false,
      lifecycle: { prevent_destroy: true },
    });
    expect(ofLogs("aws_s3_bucket_public_access_block")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
    expect(ofLogs("aws_s3_bucket_ownership_controls")["rule"]).toEqual({ object_ownership: "BucketOwnerEnforced" });
  });

  test("encrypts with SSE-S3: S3 delivers to nothing else", () => {
    expect(ofLogs("aws_s3_bucket_server_side_encryption_configuration")["rule"]).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" } },
    ]);
  });

  test("lets a log go after a year, or after other days", () => {
    const days = (block: Block) => (block["rule"] as { expiration: unknown }[])[0]?.expiration;
    expect(days(ofLogs("aws_s3_bucket_lifecycle_configuration"))).toEqual([{ days: 365 }]);
    const short = synth(dedicated({ logging: { logBucket: "acme-logs", expirationDays: 90 } }));
    expect(days(short.resource["aws_s3_bucket_lifecycle_configuration"]?.["aws_acme-logs"] ?? {})).toEqual([
      { days: 90 },
    ]);
  });

  test("is in the account and region of the bucket", () => {
    for (const byId of Object.values(terraform.resource)) {
      expect(byId["aws_acme-logs"]?.["provider"] ?? "aws.aws_111122223333_us-east-1").toBe(
        "aws.aws_111122223333_us-east-1",
      );
    }
  });

  test("is forgotten with its bucket when that is retired", () => {
    expect(awsAddresses({ bucket: "acme-wandb", logBucket: "acme-logs" })).toEqual(
      expect.arrayContaining(addresses(terraform)),
    );
  });

  test("targetBucket logs to a bucket that exists, and makes none", () => {
    const given = synth(dedicated({ logging: { targetBucket: "company-logs" } }));
    expect(given.resource["aws_s3_bucket_logging"]?.["aws_acme-wandb"]).toMatchObject({
      target_bucket: "company-logs",
    });
    expect(Object.keys(given.resource["aws_s3_bucket"] ?? {})).toEqual(["aws_acme-wandb"]);
  });
});
