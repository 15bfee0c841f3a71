import { join } from "node:path";
import { readFolder } from "../../review/folder";
import { readJson } from "../../review/json-file";
import { readPlan } from "../../review/plan";
import { readRevision } from "../../review/revision";
import { review } from "../../review/review";
import { Unreadable } from "../../review/unreadable";
import { tempFolder } from "../support/temp";
import { example, factsOf, reviewed } from "./fixture";

/** What is said of bad input: message and fix. */
function said(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof Unreadable) return `${error.fault.message} → ${error.fault.fix}`;
    throw error;
  }
  throw new Error("nothing was refused");
}

const stack = (name: string) => ({ name, synthesizedStackPath: `stacks/${name}/cdk.tf.json` });
const manifest = (stacks: unknown) => JSON.stringify({ version: "0.21.0", stacks });

describe("a folder", () => {
  test.each<[string, Record<string, string | Buffer>, RegExp]>([
    ["is not there", {}, /must be a folder of synthesized Terraform, got none → Run `npx byob synth` first/],
    ["has no stacks", { "manifest.json": manifest({}) }, /must hold a stack, got none/],
    [
      "has a manifest of something else",
      { "manifest.json": '{"name":"app","icons":[]}' },
      /must list stacks as CDKTF does, got another file/,
    ],
    ["has a manifest that is cut off", { "manifest.json": '{"stacks": {"a"' }, /must be whole JSON/],
    [
      "has a manifest that is no text",
      { "manifest.json": Buffer.from([0xff, 0xfe, 0x00]) },
      /must be UTF-8, got other bytes/,
    ],
    [
      "has two stacks with one name",
      { "manifest.json": manifest({ a: stack("acme"), b: stack("acme") }) },
      /must have one stack of a name, got two of "acme"/,
    ],
    [
      "has one key twice",
      { "manifest.json": '{"stacks":{"a":{},"a":{}}}' },
      /must have no key twice in one object, got "a"/,
    ],
    [
      "names a file that isn't there",
      { "manifest.json": manifest({ a: stack("a") }) },
      /a\/cdk.tf.json": must be a readable file, got none/,
    ],
    [
      "names a file outside",
      { "manifest.json": manifest({ a: { synthesizedStackPath: "../../etc/passwd" } }) },
      /must have a path within the folder/,
    ],
    ["names no file", { "manifest.json": manifest({ a: {} }) }, /must have a path within the folder, got undefined/],
    [
      "has a stack that is cut off",
      { "manifest.json": manifest({ a: stack("a") }), "stacks/a/cdk.tf.json": '{"resource": {' },
      /must be whole JSON/,
    ],
    [
      "has a stack that is something else",
      { "manifest.json": manifest({ a: stack("a") }), "stacks/a/cdk.tf.json": '{"Resources": {}}' },
      /must be a root module in Terraform's JSON syntax, got "Resources"/,
    ],
    [
      "has a stack that is a list",
      { "manifest.json": manifest({ a: stack("a") }), "stacks/a/cdk.tf.json": "[]" },
      /must be a root module/,
    ],
    ["has files in HCL", { "main.tf": "" }, /nothing but .tf.json files, got files in HCL \(.tf\)/],
    [
      "has nothing of Terraform",
      { "README.md": "" },
      /must hold manifest.json or nothing but .tf.json files, got none/,
    ],
  ])("that %s", (_, files, message) => {
    const folder = Object.keys(files).length ? tempFolder(files) : join(tempFolder(), "gone");
    expect(said(() => readFolder(folder))).toMatch(message);
  });
});

describe("a plan", () => {
  test.each<[string, unknown, RegExp]>([
    ["is a list", [], /must be a plan as JSON, got another file/],
    ["is something else", { name: "x" }, /must be a plan as JSON/],
    ["is a state", { format_version: "1.0", values: {} }, /must hold planned changes, got a state/],
    ["is empty", { format_version: "1.0" }, /got neither resources nor changes/],
    [
      "is of another version",
      { format_version: "2.0", resource_changes: [] },
      /must have the format version 1, got "2.0"/,
    ],
  ])("that %s", (_, json, message) => {
    expect(said(() => readPlan("acme", "plan.json", json))).toMatch(message);
  });

  test("of another project, where a deployment is named", () => {
    const folder = tempFolder({
      "out/manifest.json": manifest({ a: stack("a") }),
      "out/stacks/a/cdk.tf.json": JSON.stringify({ resource: { aws_s3_bucket: { mine: { bucket: "mine" } } } }),
      "plan.json": JSON.stringify({
        format_version: "1.2",
        resource_changes: [
          {
            address: "aws_s3_bucket.yours",
            mode: "managed",
            type: "aws_s3_bucket",
            name: "yours",
            change: { actions: ["create"], after: { bucket: "yours" } },
          },
        ],
      }),
    });
    const plan = join(folder, "plan.json");
    const out = join(folder, "out");
    expect(said(() => review({ deployments: ["a"], folder: out, plan }))).toMatch(
      /must be of the deployment "a", got one that has none of its resources/,
    );
    expect(said(() => review({ deployments: ["a", "b"], folder: out, plan }))).toMatch(
      /must be of one deployment, got 2/,
    );
    expect(review({ deployments: [], folder: out, plan })).toMatchObject([
      {
        deployment: "plan",
        storages: [{ id: "aws:yours" }],
        verdict: expect.stringMatching(/blocked|unknown/) as string,
      },
    ]);
  });
});

test("a deployment that isn't there", () => {
  const folder = tempFolder({
    "manifest.json": manifest({ acme: stack("acme") }),
    "stacks/acme/cdk.tf.json": JSON.stringify({ resource: {} }),
  });
  expect(said(() => review({ deployments: ["acmee"], folder }))).toMatch(
    /must be "acme", got "acmee" → Did you mean "acme"\?/,
  );
});

test.each([["no-such-revision"], ["--output=/tmp/x"], ["HEAD~99999"], [""]])(
  "the git revision %j that isn't there",
  (revision) => {
    expect(said(() => readRevision(revision))).toMatch(/must be a folder or a git revision that is there/);
  },
);

test("a revision outside a repository", () => {
  expect(said(() => readRevision("HEAD", tempFolder()))).toMatch(/outside a repository/);
});

test("a file with one key twice deep within is refused", () => {
  const file = join(tempFolder({ "x.json": '{"a":[{"b":{"c":1,"c":2}}]}' }), "x.json");
  expect(said(() => readJson(file, "x.json"))).toMatch(/got "c"/);
});

test("keys that only look alike are not twice", () => {
  const file = join(tempFolder({ "x.json": '{"a":{"c":"c: [{"},"b":{"c":[{"d":1},{"d":2}]},"\\"c\\":":0}' }), "x.json");
  expect(readJson(file, "x.json")).toMatchObject({ a: { c: "c: [{" } });
});

describe("odd Terraform is an unknown or just handled, never a crash", () => {
  test.each<[string, object]>([
    ["nothing in it", { resource: {} }],
    ["no bucket", { resource: { null_resource: { x: {} } } }],
    ["blocks of the wrong kind", { resource: { aws_s3_bucket: { b: null, c: "text", d: [1, 2], e: { bucket: 7 } } } }],
    [
      "names of JavaScript",
      {
        resource: {
          constructor: { __proto__: {}, toString: { bucket: "x" } },
          aws_s3_bucket: { constructor: { bucket: "constructor" } },
        },
      },
    ],
    [
      "a policy that is no JSON",
      {
        resource: { aws_s3_bucket: { b: { bucket: "b" } }, aws_s3_bucket_policy: { b: { bucket: "b", policy: "{" } } },
      },
    ],
    [
      "a policy that is an object",
      {
        resource: {
          aws_s3_bucket: { b: { bucket: "b" } },
          aws_s3_bucket_policy: { b: { bucket: "b", policy: { Version: "2012-10-17" } } },
        },
      },
    ],
    [
      "references in a circle",
      {
        resource: {
          aws_s3_bucket: { a: { bucket: "${aws_s3_bucket.b.bucket}" }, b: { bucket: "${aws_s3_bucket.a.bucket}" } },
        },
      },
    ],
    [
      "metadata of another version",
      { "//": { byob: { version: 99 } }, resource: { aws_s3_bucket: { b: { bucket: "b" } } } },
    ],
    [
      "metadata of the wrong kind",
      {
        "//": { byob: { version: 1, storages: "x", attachments: [3], optOuts: {} } },
        resource: { aws_s3_bucket: { b: { bucket: "b" } } },
      },
    ],
  ])("%s", (_, terraform) => {
    const { verdict, unknowns } = reviewed(terraform);
    expect(["blocked", "unknown"]).toContain(verdict);
    expect(unknowns.length).toBeGreaterThan(0);
  });
});

test("10,000 resources are read in seconds", () => {
  const terraform = example("example-saas");
  const resources = terraform["resource"] as Record<string, object>;
  resources["aws_sqs_queue"] = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, i) => [`q${i}`, { name: `\${aws_s3_bucket.none.id}-${i}` }]),
  );
  const before = Date.now();
  expect(factsOf(terraform).storages).toHaveLength(2);
  expect(Date.now() - before).toBeLessThan(5000);
});
