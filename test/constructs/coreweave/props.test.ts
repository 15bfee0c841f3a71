import * as z from "zod";
import {
  coreweaveIssues,
  coreweaveNotEnforced,
  coreweaveProps,
  coreweaveProviderAlias,
  coreweaveProviderIssues,
  coreweaveRetiredFields,
  coreweaveWarnings,
} from "../../../constructs/coreweave/props";
import {
  COREWEAVE_STORAGE,
  DEDICATED,
  issues,
  NAMED,
  NAMESPACE,
  ORGANIZATION,
  props,
  REASON,
  SAAS,
  SELF_MANAGED,
  VARIANTS,
} from "./fixture";

const OMITTED = { ownerStatement: { omitted: true, reason: REASON } };
const MUST_NAME = "Cannot let W&B into the bucket: must";

describe("coreweaveIssues()", () => {
  test.each(Object.entries(VARIANTS))("accepts %s", (_, change) => {
    expect(issues(change)).toEqual([]);
    expect(issues({ ...change, ...NAMED }, DEDICATED)).toEqual([]);
    expect(issues({ ...change, ...NAMED }, SELF_MANAGED)).toEqual([]);
  });

  test.each([
    [
      "an underscore",
      { bucket: "acme_wandb" },
      'bucket: Cannot name the bucket: must have only a-z, 0-9 and "-" (not "_")',
    ],
    ["a dot", { bucket: "acme.wandb" }, 'bucket: Cannot name the bucket: must have only a-z, 0-9 and "-" (not ".")'],
    ["a capital", { bucket: "Acme" }, 'bucket: Cannot name the bucket: must have only a-z, 0-9 and "-" (not "A")'],
    [
      "cw-",
      { bucket: "cw-acme" },
      'bucket: Cannot name the bucket: must not begin with "cw-", which CoreWeave reserves',
    ],
    [
      "vip-",
      { bucket: "vip-acme" },
      'bucket: Cannot name the bucket: must not begin with "vip-", which CoreWeave reserves',
    ],
    ["xn--", { bucket: "xn--acme" }, 'bucket: Cannot name the bucket: must not begin with "xn--"'],
    [
      "log-stitcher-ch-",
      { bucket: "log-stitcher-ch-1" },
      'bucket: Cannot name the bucket: must not begin with "log-stitcher-ch-"',
    ],
    ["int", { bucket: "int" }, 'bucket: Cannot name the bucket: must not be "int"'],
    ["two letters", { bucket: "ab" }, "bucket: Cannot name the bucket: must be 3 to 63 characters"],
    ["64 letters", { bucket: "x".repeat(64) }, "bucket: Cannot name the bucket: must be 3 to 63 characters"],
    ["a hyphen at its end", { bucket: "acme-" }, "bucket: Cannot name the bucket: must begin and end with a letter"],
    [
      "a zone in lower case",
      { zone: "us-east-04a" },
      "zone: Cannot put the bucket there: must be an Availability Zone",
    ],
    ["a region of AWS", { zone: "us-east-1" }, "zone: Cannot put the bucket there"],
    ["a region without its zone", { zone: "US-EAST-04" }, "zone: Cannot put the bucket there"],
    ["an empty zone", { zone: "" }, "zone: Cannot put the bucket there"],
    [
      "no organization",
      { organizationId: undefined },
      `organizationId: ${MUST_NAME} have \`organizationId\` on this deployment type`,
    ],
    [
      "every organization",
      { organizationId: "*" },
      `organizationId: ${MUST_NAME} name one organization, without "*" and "?", got "*"`,
    ],
    ["many organizations", { organizationId: "acme*" }, `organizationId: ${MUST_NAME} name one organization`],
    ["organizations alike", { organizationId: "acm?" }, `organizationId: ${MUST_NAME} name one organization`],
    ["an empty organization", { organizationId: "" }, `organizationId: ${MUST_NAME} be 1 to 128 letters`],
    ["a policy variable", { organizationId: "${wandb:OrgID}" }, `organizationId: ${MUST_NAME} be 1 to 128 letters`],
    [
      "no owner",
      { storageOrganization: undefined },
      "storageOrganization: Cannot let the owner in: must have `storageOrganization`, got none",
    ],
    [
      "an owner, and none",
      OMITTED,
      "storageOrganization: Cannot let the owner in: must have `storageOrganization` or `ownerStatement`, got both",
    ],
    [
      "every owner",
      { storageOrganization: "*" },
      "storageOrganization: Cannot let the owner in: must be the short id of one CoreWeave organization",
    ],
    [
      "an owner's principal",
      { storageOrganization: "ab1cd2:*" },
      "storageOrganization: Cannot let the owner in: must be the short id",
    ],
    [
      "capitals in an owner",
      { storageOrganization: "AB1CD2" },
      "storageOrganization: Cannot let the owner in: must be the short id",
    ],
    [
      "W&B as the owner",
      { storageOrganization: "wandb" },
      "storageOrganization: Cannot let the owner in: must not be W&B's own organization",
    ],
    [
      "a long tag",
      { tags: { team: "x".repeat(257) } },
      "tags: Cannot tag the bucket: must have a value of at most 256 characters",
    ],
    [
      "a tag without a key",
      { tags: { "": "x" } },
      "tags: Cannot tag the bucket: must have a key of 1 to 128 characters",
    ],
    [
      "49 tags",
      { tags: Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`t${i}`, ""])) },
      "tags: Cannot tag the bucket: must be at most 48",
    ],
  ])("refuses %s", (_, change, message) => expect(issues(change)).toEqual([expect.stringContaining(message)]));

  test.each([
    ["dedicated", DEDICATED],
    ["self-managed", SELF_MANAGED],
  ])("on %s, asks for the Customer Namespace, and not for an organization ID", (_, context) => {
    expect(issues({}, context)).toEqual([
      expect.stringMatching(/^customerNamespace: Cannot let W&B into the bucket: must have `customerNamespace`/),
      expect.stringMatching(/^organizationId: Cannot tell W&B's organizations apart by `organizationId`/),
    ]);
    expect(issues({ ...NAMED, customerNamespace: "*" }, context)).toEqual([
      expect.stringContaining(`customerNamespace: ${MUST_NAME} name one organization`),
    ]);
  });

  test("on SaaS, asks for the organization ID, and not for a Customer Namespace", () => {
    expect(issues(NAMED)).toHaveLength(2);
    expect(issues({ customerNamespace: NAMESPACE })).toEqual([
      expect.stringMatching(/^customerNamespace: Cannot tell W&B's organizations apart by `customerNamespace`/),
    ]);
  });

  test.each([
    ["organizationId", SAAS, { organizationId: "CW-SECRET-abc123" }],
    ["customerNamespace", DEDICATED, { ...NAMED, customerNamespace: "cw-secret-abc123" }],
  ])("shows no token that stands in %s", (field, context, change) => {
    const found = coreweaveIssues(props(change), context);
    expect(found.map(({ path }) => path)).toEqual([[field]]);
    expect(JSON.stringify(found)).toContain("be an id, not a token, got what looks like a token");
    expect(JSON.stringify(found)).not.toContain("abc123");
  });

  test.each([ORGANIZATION, "acme", "acme-ns", "1234", "org_1.2"])("takes the organization %s", (organizationId) => {
    expect(issues({ organizationId })).toEqual([]);
  });

  test.each(["US-EAST-04A", "US-WEST-01A", "RNO2A", "EU-SOUTH-03A"])("takes the zone %s", (zone) => {
    expect(issues({ zone })).toEqual([]);
  });

  test("every issue has a fix", () => {
    const wrong = { zone: "", bucket: "_", organizationId: "*", storageOrganization: "*", tags: { "": "" } };
    const all = coreweaveIssues(props(wrong), SAAS);
    expect(all.length).toBeGreaterThan(6);
    for (const { fix } of all) expect(fix).toMatch(/^[A-Z].*\.$/s);
  });
});

describe("the shape of a storage", () => {
  const refused = (change: object) => coreweaveProps.safeParse({ ...COREWEAVE_STORAGE, ...change }).error?.issues ?? [];

  test.each([
    ["no zone", { zone: undefined }],
    ["no bucket", { bucket: undefined }],
    ["a token", { token: "CW-SECRET-abc123" }],
    ["an access key", { accessKey: "CWAKEY" }],
    ["a principal", { principal: "arn:aws:iam::wandb:static/wandb-integration" }],
    ["no owner, without a reason", { ownerStatement: { omitted: true } }],
    ["no owner, as a word", { ownerStatement: false }],
    ["no days", { noncurrentVersionExpirationDays: 0 }],
    ["an empty profile", { profile: "" }],
    ["an encryption key", { kmsKeyArn: "x" }],
  ])("refuses %s", (_, change) => expect(refused(change)).toHaveLength(1));

  test("says what each field is for", () => {
    const { properties } = z.toJSONSchema(coreweaveProps) as { properties: Record<string, { description?: string }> };
    const { cloud: _, ...fields } = properties;
    for (const [name, { description }] of Object.entries(fields))
      expect([name, description]).toEqual([name, expect.any(String)]);
  });
});

test("coreweaveProviderIssues() are those of the zone alone", () => {
  expect(coreweaveProviderIssues({ zone: "x" }).map(({ path }) => path)).toEqual([["zone"]]);
  expect(coreweaveProviderIssues({ zone: "US-EAST-04A" })).toEqual([]);
  expect(Object.keys(coreweaveRetiredFields).sort()).toEqual(["bucket", "profile", "zone"]);
});

test("coreweaveProviderAlias() is another for every zone", () => {
  expect(coreweaveProviderAlias({ zone: "US-EAST-04A" })).toBe("coreweave_US-EAST-04A");
});

describe("coreweaveWarnings()", () => {
  const warned = (change: object) =>
    coreweaveWarnings(props(change)).map(({ path, message }) => `${path.join()}: ${message}`);
  const POLICY =
    "cloud: An organization access policy must exist before CoreWeave makes any bucket, and it must let Terraform's identity do so";

  test("of the organization access policy, always", () => expect(warned({})).toEqual([POLICY]));

  test("of a bucket that shuts out its owner", () => {
    expect(warned({ storageOrganization: undefined, ...OMITTED })).toEqual([
      POLICY,
      expect.stringMatching(/^ownerStatement: Terraform can't read the bucket's settings/),
    ]);
  });
});

test("coreweaveNotEnforced() tells of each control that a reviewer may look for", () => {
  expect(coreweaveNotEnforced().map((line) => line.split(":")[0])).toEqual([
    "network",
    "lifetime of URLs",
    "TLS",
    "encryption at rest",
  ]);
});
