import * as z from "zod";
import { KIND_NAMES } from "../../../constructs/s3-compatible/kinds";
import {
  s3CompatibleIssues,
  s3CompatibleProps,
  s3CompatibleProviderAlias,
  s3CompatibleProviderIssues,
  s3CompatibleRetiredFields,
  s3CompatibleWarnings,
} from "../../../constructs/s3-compatible/props";
import { CEPH_STORAGE, CIDRS, issues, MINIO_USER, ofKind, props, REASON, VARIANTS } from "./fixture";

const principal = (arn: string, kind: (typeof KIND_NAMES)[number] = "ceph") => ({ ...ofKind(kind), principal: arn });
const network = (...cidrs: string[]) => ({ network: { cidrs } });

describe("s3CompatibleIssues()", () => {
  test.each(Object.entries(VARIANTS))("accepts %s", (_, change) => expect(issues(change)).toEqual([]));

  test.each([
    ["a scheme", { endpoint: "https://minio.acme.com" }, "endpoint: Cannot use the endpoint: must have no scheme"],
    [
      "user info",
      { endpoint: "key:secret@minio.acme.com" },
      "endpoint: Cannot use the endpoint: must have no user info",
    ],
    ["a path", { endpoint: "minio.acme.com/wandb" }, "endpoint: Cannot use the endpoint: must have no path or query"],
    ["a space", { endpoint: "minio .acme.com" }, "endpoint: Cannot use the endpoint: must have no spaces"],
    [
      "AWS",
      { endpoint: "s3.amazonaws.com" },
      "endpoint: Cannot use the endpoint: must not be of a store that has a cloud",
    ],
    [
      "port 80 without TLS",
      { endpoint: "a.b:80", tls: { mode: "off", reason: REASON } },
      "endpoint: Cannot use the endpoint: must be written",
    ],
    ["an empty region", { region: "" }, "region: Cannot use the region: must be 1 to 63"],
    ["a short name", { bucket: "ab" }, "bucket: Cannot name the bucket: must be 3 to 63 characters"],
    [
      "MinIO's own name",
      { ...ofKind("minio"), bucket: "minio" },
      'bucket: Cannot name the bucket: must not be "minio"',
    ],
    ...KIND_NAMES.map(
      (kind) =>
        [
          `a bucket to make on ${kind}`,
          { ...ofKind(kind), createBucket: true },
          "createBucket: Cannot make the bucket: must exist already on",
        ] as const,
    ),
    ["everyone", principal("*"), "principal: Cannot let W&B into the bucket: must name one user of Ceph RGW"],
    ["every user", principal("arn:aws:iam::acme:user/*"), 'got "arn:aws:iam::acme:user/*"'],
    ["the whole tenant", principal("arn:aws:iam::acme:root"), 'got "arn:aws:iam::acme:root"'],
    ["a role", principal("arn:aws:iam::acme:role/wandb"), 'got "arn:aws:iam::acme:role/wandb"'],
    [
      "a user with an account, on MinIO",
      principal("arn:aws:iam::111122223333:user/wandb", "minio"),
      "must name one user of MinIO (arn:aws:iam:::user/<name>)",
    ],
    ["everyone, on AIStor", principal("arn:aws:iam:::user/*", "aistor"), "must name one user of MinIO AIStor"],
    ["a wildcard, on an unknown store", principal("urn:acme:user/*", "other"), 'got "urn:acme:user/*"'],
    ["an account, on an unknown store", principal("arn:aws:iam::1:root", "other"), 'got "arn:aws:iam::1:root"'],
    ["a bare name, on an unknown store", principal("wandb", "other"), "got no ARN"],
    ["an access key", principal("AKIAIOSFODNN7EXAMPLE"), "got no ARN"],
    [
      "a network on an unknown store",
      { ...ofKind("other"), ...network(...CIDRS) },
      'network: Cannot restrict the network: must be of kind "minio", "aistor" or "ceph"',
    ],
    [
      "a single address",
      network("10.1.2.3"),
      "network.cidrs.0: Cannot let the range in: must be an IPv4 or IPv6 range",
    ],
    [
      "the whole internet",
      network("0.0.0.0/0"),
      "network.cidrs.0: Cannot let the range in: must have a prefix of at least /8",
    ],
    ["bits behind the prefix", network("10.0.0.1/8"), "network.cidrs.0: Cannot let the range in: must have no bit set"],
    [
      "an overlap",
      network("10.0.0.0/8", "10.1.0.0/16"),
      'network.cidrs.1: Cannot let the range in: must not overlap with "10.0.0.0/8"',
    ],
    [
      "the age of URLs, given up on Ceph",
      { urlLifetime: { unrestricted: true, reason: REASON } },
      'urlLifetime: Cannot give up the lifetime of URLs: must be of kind "minio" or "aistor"',
    ],
    [
      "and on an unknown store",
      { ...ofKind("other"), urlLifetime: { unrestricted: true, reason: REASON } },
      "urlLifetime: Cannot give up",
    ],
  ] as const)("refuses %s", (_, change, message) => {
    expect(issues(change)).toEqual([expect.stringContaining(message)]);
  });

  test("shows no access key that stands where a user should", () => {
    const text = JSON.stringify(s3CompatibleIssues(props(principal("AKIAIOSFODNN7EXAMPLE:wJalrXUtnFEMI"))));
    expect(text).toContain("got no ARN");
    expect(text).not.toMatch(/AKIA|wJalr/);
  });

  test("takes private ranges, since the store may be next door", () => {
    expect(issues(network("10.0.0.0/8", "192.168.0.0/16", "fd00::/16"))).toEqual([]);
  });

  test("takes a user with and without a tenant, and a sub-user, on Ceph", () => {
    for (const arn of [
      "arn:aws:iam:::user/wandb",
      "arn:aws:iam::acme:user/wandb",
      "arn:aws:iam::acme:user/wandb:swift",
    ])
      expect(issues(principal(arn))).toEqual([]);
  });

  test("every issue has a fix", () => {
    const all = s3CompatibleIssues(
      props({
        endpoint: "A b",
        region: "",
        bucket: "_",
        principal: "x",
        kind: "other",
        createBucket: true,
        ...network("1"),
      }),
    );
    expect(all.length).toBeGreaterThan(7);
    for (const { fix } of all) expect(fix).toMatch(/^[A-Z].*\.$/s);
  });
});

describe("the shape of a storage", () => {
  const refused = (change: object) => s3CompatibleProps.safeParse({ ...CEPH_STORAGE, ...change }).error?.issues ?? [];

  test.each([
    ["no region", { region: undefined }],
    ["no endpoint", { endpoint: undefined }],
    ["no kind", { kind: undefined }],
    ["a kind that isn't known", { kind: "swift" }],
    ["no principal", { principal: undefined }],
    ["no bucket", { bucket: undefined }],
    ["TLS off without a reason", { tls: { mode: "off" } }],
    ["TLS off for a short reason", { tls: { mode: "off", reason: "fast" } }],
    ["TLS at a proxy for a reason", { tls: { mode: "at-proxy", reason: REASON } }],
    ["TLS as a word", { tls: "off" }],
    ["a network without ranges", { network: { cidrs: [] } }],
    ["an access key", { accessKey: "AKIAIOSFODNN7EXAMPLE" }],
    ["a secret key", { secretKey: "wJalrXUtnFEMI" }],
    ["a lifecycle", { noncurrentVersionExpirationDays: 30 }],
    ["an account of AWS", { account: "111122223333" }],
    ["createBucket: false", { createBucket: false }],
    ["an empty profile", { profile: "" }],
    ["no versions without a reason", { versioning: { suspended: true } }],
    ["URLs of any age without a reason", { urlLifetime: { unrestricted: true } }],
  ])("refuses %s", (_, change) => expect(refused(change)).toHaveLength(1));

  test("says what each field is for", () => {
    const { properties } = z.toJSONSchema(s3CompatibleProps) as {
      properties: Record<string, { description?: string }>;
    };
    const { cloud: _, ...fields } = properties;
    for (const [name, { description }] of Object.entries(fields))
      expect([name, description]).toEqual([name, expect.any(String)]);
  });
});

describe("s3CompatibleProviderIssues()", () => {
  test("are those of endpoint and region alone", () => {
    const found = s3CompatibleProviderIssues({ endpoint: "https://a", region: "" }).map(({ path }) => path.join("."));
    expect(found).toEqual(["endpoint", "region"]);
  });

  test("need no more than what a storage that is retired has", () => {
    expect(Object.keys(s3CompatibleRetiredFields).sort()).toEqual(["bucket", "endpoint", "profile", "region", "tls"]);
  });
});

describe("s3CompatibleProviderAlias()", () => {
  test("is a name for Terraform, of scheme, endpoint and region", () => {
    expect(s3CompatibleProviderAlias(props())).toBe("s3-https_s3_acme_com_7443__eu-acme-1");
  });

  test("is another for every scheme, endpoint and region", () => {
    const aliases = [
      {},
      { tls: { mode: "off", reason: REASON } },
      { endpoint: "s3.acme.com" },
      { endpoint: "s3.acme.com:744" },
      { region: "eu-acme-11" },
      { endpoint: "s3.acme", region: "com__eu-acme-1" },
      { endpoint: "s3.acme.com", region: "7443__eu-acme-1" },
    ].map((change) => s3CompatibleProviderAlias(props(change)));
    expect(new Set(aliases).size).toBe(aliases.length);
    for (const alias of aliases) expect(alias).toMatch(/^[a-z][\w-]*$/);
  });

  test("is the same for TLS at the store and at a proxy, and whoever signs in", () => {
    const alias = s3CompatibleProviderAlias(props());
    expect(s3CompatibleProviderAlias(props({ tls: { mode: "at-proxy" } }))).toBe(alias);
    expect(s3CompatibleProviderAlias(props({ profile: "x" }))).toBe(alias);
  });
});

describe("s3CompatibleWarnings()", () => {
  const warned = (change: object) =>
    s3CompatibleWarnings(props(change)).map(({ path, message }) => `${path.join()}: ${message}`);

  test("none by default, nor on MinIO with a network", () => {
    expect(warned({})).toEqual([]);
    expect(warned({ ...ofKind("minio"), ...network(...CIDRS) })).toEqual([]);
    expect(warned({ tls: { mode: "at-proxy" } })).toEqual([]);
  });

  test("of pages that stay blank without TLS", () => {
    expect(warned({ tls: { mode: "off", reason: REASON } })).toEqual([expect.stringMatching(/^tls: Browsers refuse/)]);
  });

  test("that a network on Ceph must hold W&B's own servers", () => {
    expect(warned(network(...CIDRS))).toEqual([
      "network: Ceph RGW can't tell pre-signed URLs from W&B's own requests: W&B's servers are shut out unless a range holds them",
    ]);
  });
});

test("W&B's user on MinIO has no account in its ARN", () => expect(issues(principal(MINIO_USER, "minio"))).toEqual([]));
