import { kindOf, type KindName } from "../../../constructs/s3-compatible/kinds";
import { bucketNameFaults, regionFaults } from "../../../constructs/s3-compatible/names";

const named = (name: string, kind: KindName = "ceph") =>
  bucketNameFaults(name, kindOf(kind)).map(({ message }) => message);

describe("bucketNameFaults()", () => {
  test.each([
    "abc",
    "acme-wandb",
    "wandb.acme.com",
    "1-2-3",
    "x".repeat(63),
    "xn--acme",
    "acme-s3alias",
    "amzn-s3-demo",
  ])("takes %s", (name) => expect(named(name)).toEqual([]));

  test.each([
    ["ab", "be 3 to 63 characters"],
    ["x".repeat(64), "be 3 to 63 characters"],
    ["Acme-wandb", 'have only a-z, 0-9, "-" and "." (not "A")'],
    ["acme_wandb", 'have only a-z, 0-9, "-" and "." (not "_")'],
    ["acme/wandb", 'have only a-z, 0-9, "-" and "." (not "/")'],
    ["tenant:wandb", 'have only a-z, 0-9, "-" and "." (not ":")'],
    ["acme wandb", 'have only a-z, 0-9, "-" and "." (not " ")'],
    ["acmé", 'have only a-z, 0-9, "-" and "." (not "\\u{e9}")'],
    ["-acme", "begin and end with a letter or digit"],
    ["acme-", "begin and end with a letter or digit"],
    [".acme", "begin and end with a letter or digit"],
    ["acme..wandb", 'have no "." beside another "." or "-"'],
    ["acme.-wandb", 'have no "." beside another "." or "-"'],
    ["acme-.wandb", 'have no "." beside another "." or "-"'],
    ["10.1.2.3", "not look like an IP address"],
    ["acme--x-s3", 'not end with "--x-s3", by which Terraform\'s provider knows directory buckets of AWS'],
  ])("refuses %s", (name, rule) => {
    const messages = named(name);
    expect(messages.some((message) => message.startsWith(`Cannot name the bucket: must ${rule}, got `))).toBe(true);
  });

  test("tells all that is wrong at once", () => expect(named("_")).toHaveLength(3));

  test("refuses what a kind reserves, there only", () => {
    expect(named("minio", "minio")).toEqual([
      'Cannot name the bucket: must not be "minio", which MinIO reserves, got "minio"',
    ]);
    expect(named("minio", "aistor")).toHaveLength(1);
    expect(named("minio", "ceph")).toEqual([]);
  });
});

describe("regionFaults()", () => {
  test.each(["us-east-1", "default", "eu_acme", "RNO2A", "1"])("takes %s", (region) => {
    expect(regionFaults(region)).toEqual([]);
  });

  test.each(["", " ", "us east", "-us", "us.east", "us/east", "${region}", "x".repeat(64)])("refuses %j", (region) => {
    expect(regionFaults(region)).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(
          /^Cannot use the region: must be 1 to 63 of a-z, A-Z, 0-9, "_" and "-"/,
        ) as string,
        fix: expect.stringMatching(/^Give the region/) as string,
      }),
    ]);
  });
});
