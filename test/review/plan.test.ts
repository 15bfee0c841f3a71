import { readFacts } from "../../review/read-facts";
import { readPlan } from "../../review/plan";
import { reviewOf } from "../../review/report";
import { example, factsOf, type Editable } from "./fixture";

type Values = Record<string, unknown>;

interface Change {
  readonly address: string;
  readonly actions: readonly string[];
  readonly before?: Values | null;
  readonly after?: Values | null;
  readonly unknown?: Values;
  readonly replace?: readonly (readonly string[])[];
  readonly mode?: "data";
}

/** A plan as Terraform prints it, made by hand. */
function plan(changes: readonly Change[], more: object = {}) {
  const resource_changes = changes.map(
    ({ address, actions, before = null, after = null, unknown = {}, replace, mode = "managed" }) => ({
      address,
      mode,
      type: address.replace(/^data\./, "").split(".")[0],
      name: address.split(".").at(-1),
      change: { actions, before, after, after_unknown: unknown, ...(replace ? { replace_paths: replace } : {}) },
    }),
  );
  return { format_version: "1.2", terraform_version: "1.11.4", resource_changes, ...more };
}

const facts = (json: object) => readFacts(readPlan("acme", "plan.json", json));

function reviewed(json: object) {
  const stack = readPlan("acme", "plan.json", json);
  return reviewOf(readFacts(stack), { name: "the plan", facts: stack.before && readFacts(stack.before) });
}

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "A",
      Effect: "Allow",
      Principal: { AWS: "arn:aws:iam::725579432336:role/WandbIntegration" },
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::acme/*",
    },
  ],
});
const bucket = { bucket: "acme", force_destroy: false };

test("what is planned is read as what will be", () => {
  const { storages } = facts(
    plan(
      [
        { address: "aws_s3_bucket.b", actions: ["create"], after: bucket, unknown: { arn: true, id: true } },
        {
          address: "aws_s3_bucket_policy.b",
          actions: ["create"],
          after: { policy: POLICY },
          unknown: { bucket: true, id: true },
        },
      ],
      {
        configuration: {
          root_module: {
            resources: [
              {
                address: "aws_s3_bucket_policy.b",
                provider_config_key: "aws",
                expressions: { bucket: { references: ["aws_s3_bucket.b.id", "aws_s3_bucket.b"] } },
              },
            ],
          },
        },
      },
    ),
  );
  expect(storages).toMatchObject([
    {
      id: "aws:acme",
      parts: [{ address: "aws_s3_bucket.b" }, { address: "aws_s3_bucket_policy.b", values: { bucket: "acme" } }],
    },
  ]);
});

test("a policy that is known only after apply is an unknown, not an empty one", () => {
  const review = reviewed(
    plan([
      { address: "aws_s3_bucket.b", actions: ["create"], after: bucket },
      { address: "aws_s3_bucket_policy.b", actions: ["create"], after: { bucket: "acme" }, unknown: { policy: true } },
    ]),
  );
  expect(review.unknowns).toContainEqual({
    address: "aws_s3_bucket_policy.b",
    what: "policy",
    why: "known only after apply: known after apply",
  });
  expect(review.access.flatMap(({ cells }) => Object.values(cells).map(({ answer }) => answer))).toEqual(
    Array(7).fill("unknown"),
  );
});

test("an expression of more than one reference is not taken for its value", () => {
  const expressions = { policy: { references: ["aws_s3_bucket.b.arn", "aws_s3_bucket.b"] } };
  const review = reviewed(
    plan(
      [
        { address: "aws_s3_bucket.b", actions: ["create"], after: bucket },
        {
          address: "aws_s3_bucket_policy.b",
          actions: ["create"],
          after: { bucket: "acme" },
          unknown: { policy: true },
        },
      ],
      { configuration: { root_module: { resources: [{ address: "aws_s3_bucket_policy.b", expressions }] } } },
    ),
  );
  expect(review.unknowns.map(({ what }) => what)).toContain("policy");
});

test("a bucket that is named by more than one reference is not taken for the first", () => {
  const expressions = { bucket: { references: ["aws_s3_bucket.b.id", "aws_s3_bucket.b", "var.suffix"] } };
  const { storages, gaps } = facts(
    plan(
      [
        { address: "aws_s3_bucket.b", actions: ["create"], after: bucket },
        {
          address: "aws_s3_bucket_policy.b",
          actions: ["create"],
          after: { policy: POLICY },
          unknown: { bucket: true },
        },
      ],
      { configuration: { root_module: { resources: [{ address: "aws_s3_bucket_policy.b", expressions }] } } },
    ),
  );
  expect(storages.flatMap(({ parts }) => parts.map(({ address }) => address))).toEqual(["aws_s3_bucket.b"]);
  expect(gaps).toContainEqual({
    address: "aws_s3_bucket_policy.b",
    message: "Which bucket this is about is known only after apply.",
  });
});

test.each<[string, readonly string[], string]>([
  ["create", ["create"], "created"],
  ["update", ["update"], "changed"],
  ["delete", ["delete"], "destroyed"],
  ["replace", ["delete", "create"], "replaced"],
  ["replace, created first", ["create", "delete"], "replaced"],
  ["forget", ["forget"], "forgotten"],
])("%s", (_, actions, change) => {
  const there = actions.includes("create") || actions.includes("update");
  const { changes } = reviewed(
    plan([
      { address: "aws_s3_bucket.b", actions, before: bucket, after: there ? bucket : null, replace: [["bucket"]] },
    ]),
  );
  expect(changes?.resources).toEqual([expect.objectContaining({ change, holdsData: true })]);
});

test("no-op and read are no changes", () => {
  const { changes } = reviewed(
    plan([
      { address: "aws_s3_bucket.b", actions: ["no-op"], before: bucket, after: bucket },
      { address: "data.aws_region.here", actions: ["read"], after: {}, mode: "data" },
    ]),
  );
  expect(changes?.resources).toEqual([]);
});

test("the provider's own words for what forces a replacement stand in the report, and block", () => {
  const review = reviewed(
    plan([
      {
        address: "aws_s3_bucket.b",
        actions: ["delete", "create"],
        before: bucket,
        after: { bucket: "other" },
        replace: [["bucket"], ["rule", "0"]],
      },
    ]),
  );
  expect(review).toMatchObject({
    verdict: "blocked",
    changes: {
      losses: ["aws_s3_bucket.b would be replaced (bucket, rule.0): its files, or the key to them, are lost."],
    },
  });
});

test("access is compared with what the plan says is there", () => {
  const wider = POLICY.replace('"s3:GetObject"', '["s3:GetObject","s3:DeleteObject"]');
  const { changes } = reviewed(
    plan([
      { address: "aws_s3_bucket.b", actions: ["no-op"], before: bucket, after: bucket },
      {
        address: "aws_s3_bucket_policy.b",
        actions: ["update"],
        before: { bucket: "acme", policy: POLICY },
        after: { bucket: "acme", policy: wider },
      },
    ]),
  );
  expect(changes?.access).toMatchObject([{ capability: "delete", change: "broadened", before: "no", after: "yes" }]);
});

test("a plan that Terraform gave up on is incomplete", () => {
  expect(
    reviewed(plan([], { errored: true }))
      .unknowns.map(({ why }) => why)
      .join(),
  ).toMatch(/not complete/);
});

test("a policy document that is read later is followed", () => {
  const statement = [
    { actions: ["s3:GetObject"], effect: "Allow", principals: [{ type: "*", identifiers: ["*"] }], resources: [] },
  ];
  const review = reviewed(
    plan(
      [
        { address: "aws_s3_bucket.b", actions: ["create"], after: bucket },
        {
          address: "data.aws_iam_policy_document.p",
          actions: ["read"],
          mode: "data",
          after: { statement: [{ ...statement[0], resources: ["arn:aws:s3:::acme/*"] }] },
          unknown: { json: true },
        },
        {
          address: "aws_s3_bucket_policy.b",
          actions: ["create"],
          after: { bucket: "acme" },
          unknown: { policy: true },
        },
      ],
      {
        configuration: {
          root_module: {
            resources: [
              {
                address: "aws_s3_bucket_policy.b",
                expressions: {
                  policy: { references: ["data.aws_iam_policy_document.p.json", "data.aws_iam_policy_document.p"] },
                },
              },
            ],
          },
        },
      },
    ),
  );
  expect(review.findings.map(({ rule }) => rule)).toContain("access-public");
});

test("a plan of an example says what the example says", () => {
  const terraform = example("example-saas");
  const resources = terraform["resource"] as Record<string, Record<string, Editable>>;
  const written = factsOf(terraform, "example-saas");
  const changes = Object.entries(resources).flatMap(([type, byId]) =>
    Object.keys(byId).map((id): Change => {
      const after = written.stack.resources.get(`${type}.${id}`)?.values;
      return { address: `${type}.${id}`, actions: ["create"], after: JSON.parse(JSON.stringify(after)) as Values };
    }),
  );
  const stack = { ...readPlan("example-saas", "plan.json", plan(changes)), byob: written.stack.byob };
  const [byPlan, byFiles] = [reviewOf(readFacts(stack)), reviewOf(written)];
  const names = ({ access }: typeof byPlan) => access.map(({ storage, principal: { id } }) => `${storage} ${id}`);
  expect(names(byPlan)).toEqual(names(byFiles));
  expect(byPlan.access.map(({ cells }) => cells)).toEqual(byFiles.access.map(({ cells }) => cells));
});
