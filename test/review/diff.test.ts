import { diff, isUnchanged } from "../../review/diff";
import { reviewOf, reviewOfGone } from "../../review/report";
import { byType, editPolicy, example, factsOf, resource, statement, type Editable } from "./fixture";

const SAAS = "example-saas";

function compared(edit: (terraform: Editable) => void, before: (terraform: Editable) => void = () => undefined) {
  const [old, today] = [example(SAAS), example(SAAS)];
  before(old);
  edit(today);
  const [a, b] = [factsOf(old, SAAS), factsOf(today, SAAS)];
  return { changes: diff(a, b, "main"), review: reviewOf(b, { name: "main", facts: a }) };
}

const policy = (terraform: Editable) => resource(terraform, "aws_s3_bucket_policy");

function network(...ranges: readonly string[]) {
  return (terraform: Editable) =>
    editPolicy(policy(terraform), (all) => [
      ...all.filter(({ Sid }) => Sid !== "DenyOtherNetworks"),
      {
        Sid: "DenyOtherNetworks",
        Effect: "Deny",
        Principal: { AWS: "arn:aws:iam::725579432336:role/WandbIntegration" },
        Action: "s3:*",
        Resource: "arn:aws:s3:::example-saas-wandb-research/*",
        Condition: {
          StringEquals: { "s3:authType": "REST-QUERY-STRING" },
          NotIpAddressIfExists: { "aws:SourceIp": ranges },
          StringNotEqualsIfExists: { "aws:SourceVpce": ["vpce-1"] },
        },
      },
    ]);
}

function age(seconds: number) {
  return (terraform: Editable) =>
    editPolicy(policy(terraform), (all) => [
      ...all.filter(({ Sid }) => !Sid?.startsWith("DenyOld")),
      {
        Sid: "DenyOldReadUrls",
        Effect: "Deny",
        Principal: "*",
        Action: "s3:GetObject*",
        Resource: "arn:aws:s3:::example-saas-wandb-research/*",
        Condition: {
          StringEquals: { "s3:authType": "REST-QUERY-STRING" },
          NumericGreaterThan: { "s3:signatureAge": String(seconds * 1000) },
        },
      },
    ]);
}

test("nothing changed is no change, and the verdict says so", () => {
  const { changes, review } = compared(() => undefined);
  expect(isUnchanged(changes)).toBe(true);
  expect(changes.unchangedCells).toBeGreaterThan(10);
  expect(review.verdict).toBe("no change");
});

test("a new network limit narrows", () => {
  const { changes } = compared(network("192.0.2.0/24"));
  expect(new Set(changes.access.map(({ change }) => change))).toEqual(new Set(["narrowed"]));
  expect(changes.access[0]).toMatchObject({
    capability: "read",
    after: expect.stringContaining("pre-signed URLs only from 192.0.2.0/24, vpce-1") as string,
  });
});

test("more networks broaden, fewer narrow", () => {
  const one = network("192.0.2.0/24");
  const two = network("192.0.2.0/24", "198.51.100.0/24");
  const changesOf = (a: typeof one, b: typeof one) =>
    new Set(compared(b, a).changes.access.map(({ change }) => change));
  expect(changesOf(one, two)).toEqual(new Set(["broadened"]));
  expect(changesOf(two, one)).toEqual(new Set(["narrowed"]));
});

test("an older age broadens, a younger one narrows", () => {
  const changesOf = (a: number, b: number) => compared(age(b), age(a)).changes.access.map(({ change }) => change);
  expect(changesOf(3600, 7200)).toEqual(["broadened"]);
  expect(changesOf(7200, 3600)).toEqual(["narrowed"]);
});

test("a dropped Deny broadens, and is a finding", () => {
  const { changes, review } = compared((terraform) =>
    editPolicy(policy(terraform), (all) => all.filter(({ Sid }) => Sid !== "DenyInsecureTransport")),
  );
  expect(changes.access.every(({ change, before }) => change === "broadened" && before.includes("TLS only"))).toBe(
    true,
  );
  expect(review.findings.map(({ rule }) => rule)).toContain("access-broadened");
});

test("a new principal broadens for each thing that it can do", () => {
  const { changes } = compared((terraform) =>
    editPolicy(policy(terraform), (all) => {
      statement(all, "WAndBObjectAccess").Principal = {
        AWS: ["arn:aws:iam::725579432336:role/WandbIntegration", "arn:aws:iam::999999999999:role/thief"],
      };
    }),
  );
  expect(changes.access.map(({ principal, capability, change }) => [principal, capability, change])).toEqual(
    ["read", "write", "delete"].map((capability) => ["999999999999:role/thief", capability, "broadened"]),
  );
});

test("a policy that turned unreadable is not less access", () => {
  const { changes, review } = compared((terraform) => {
    policy(terraform)["policy"] = "${data.x.y.json}";
  });
  expect(changes.access.some(({ change, after }) => change === "broadened" && after.startsWith("unknown"))).toBe(true);
  expect(review.verdict).toBe("unknown");
});

test.each<[string, (terraform: Editable) => void, string, RegExp]>([
  [
    "another name",
    (terraform) => {
      resource(terraform, "aws_s3_bucket")["bucket"] = "other";
    },
    "replaced",
    /would be replaced \(bucket\)/,
  ],
  [
    "another region",
    (terraform) => {
      resource(terraform, "aws_s3_bucket")["provider"] = "aws.other";
    },
    "replaced",
    /replaced \(provider\)/,
  ],
  [
    "another location",
    (terraform) => {
      resource(terraform, "google_storage_bucket")["location"] = "EU";
    },
    "replaced",
    /replaced \(location\)/,
  ],
  [
    "a key of another usage",
    (terraform) => {
      resource(terraform, "aws_kms_key")["key_usage"] = "SIGN_VERIFY";
    },
    "replaced",
    /aws_kms_key.*replaced/,
  ],
  [
    "a bucket that is gone",
    (terraform) => {
      const all = byType(terraform, "google_storage_bucket");
      delete all[Object.keys(all)[0] ?? ""];
    },
    "destroyed",
    /without being retired/,
  ],
])("files would be lost by %s: blocked", (_, edit, change, says) => {
  const { changes, review } = compared(edit);
  expect(changes.resources.find(({ holdsData, change: what }) => holdsData && what === change)).toBeDefined();
  expect(changes.losses.join("\n")).toMatch(says);
  expect([review.verdict, review.first[0]?.rule]).toEqual(["blocked", "data-loss"]);
});

test("a bucket that is retired is forgotten, and nothing is lost", () => {
  const { changes } = compared((terraform) => {
    const all = byType(terraform, "google_storage_bucket");
    const [id = ""] = Object.keys(all);
    delete all[id];
    terraform["removed"] = [{ from: `google_storage_bucket.${id}`, lifecycle: { destroy: false } }];
  });
  expect(changes.resources).toContainEqual(expect.objectContaining({ change: "forgotten", holdsData: true }));
  expect(changes.losses).toEqual([]);
});

test("`removed` that destroys is no retiring", () => {
  const { changes } = compared((terraform) => {
    const all = byType(terraform, "google_storage_bucket");
    const [id = ""] = Object.keys(all);
    delete all[id];
    terraform["removed"] = [{ from: `google_storage_bucket.${id}`, lifecycle: { destroy: true } }];
  });
  expect(changes.losses).toHaveLength(1);
});

test("a tag is changed in place", () => {
  const { changes } = compared((terraform) => {
    resource(terraform, "aws_s3_bucket")["tags"] = { Team: "b" };
  });
  expect(changes).toMatchObject({ resources: [{ change: "changed", attributes: ["tags"] }], losses: [], access: [] });
});

test("a type that the table doesn't have may be replaced", () => {
  const add = (size: number) => (terraform: Editable) => {
    byType(terraform, "aws_ebs_volume")["disk"] = { size };
  };
  expect(compared(add(2), add(1)).changes.resources).toEqual([
    {
      address: "aws_ebs_volume.disk",
      type: "aws_ebs_volume",
      change: "changed or replaced",
      attributes: ["size"],
      holdsData: false,
    },
  ]);
});

test("a new deployment broadens everything, and one that is gone blocks", () => {
  const facts = factsOf(example(SAAS), SAAS);
  const fresh = reviewOf(facts, { name: "main", facts: undefined });
  expect(fresh.changes?.access.every(({ change }) => change === "broadened")).toBe(true);
  expect(fresh.changes?.resources.every(({ change }) => change === "created")).toBe(true);
  expect(reviewOfGone(SAAS, facts, "main")).toMatchObject({
    verdict: "blocked",
    changes: { losses: expect.arrayContaining([expect.stringContaining("aws_s3_bucket")]) as string[] },
  });
});
