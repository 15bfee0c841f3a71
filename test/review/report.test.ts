import { htmlPage } from "../../review/render-html";
import { json } from "../../review/render-json";
import { markdown } from "../../review/render-markdown";
import { sarif } from "../../review/render-sarif";
import { pictureOf } from "../../review/picture";
import { mermaidOf } from "../../review/picture-mermaid";
import { svgOf } from "../../review/picture-svg";
import { CHECKS } from "../../review/report";
import { dedicated } from "../support/deployments";
import { synth } from "../support/synth";
import { editPolicy, example, EXAMPLES, resource, reviewed } from "./fixture";

const review = (name: (typeof EXAMPLES)[number]) => reviewed(example(name), name);

test("every check has an id of its own, a reason and a source", () => {
  expect(new Set(CHECKS.map(({ id }) => id)).size).toBe(CHECKS.length);
  expect(CHECKS.filter(({ why, source, title }) => !why || !title || !source.startsWith("https://"))).toEqual([]);
});

test("W&B's shared account and roles/storage.admin are said to be more than is needed", () => {
  const rules = review("example-dedicated").findings.map(({ rule }) => rule);
  expect(rules).toEqual(expect.arrayContaining(["access-dedicated-root", "access-gcp-storage-admin"]));
});

test("every statement has a reason, and an example of what is allowed and what is refused", () => {
  for (const name of EXAMPLES) {
    const lacking = review(name).statements.filter(({ why, without, allowed, refused, name: own, effect }) => {
      const service = own === "LoggingServiceWrites" || own === "roles/storage.objectCreator" || own === "Reader";
      return !why || !without || (!service && effect === "allow" && !allowed) || !refused;
    });
    expect(lacking.map(({ storage, name: own }) => `${storage} ${own}`)).toEqual([]);
  }
});

test("beside a policy that can't be judged no `no` is certain", () => {
  const terraform = example("example-saas");
  editPolicy(resource(terraform, "aws_s3_bucket_policy"), (all) => [
    ...all,
    { Sid: "Odd", Effect: "Allow", NotAction: "s3:*" },
  ]);
  const row = reviewed(terraform).access.find(({ principal }) => principal.kind === "wandb");
  expect(row?.cells).toMatchObject({
    read: { answer: "unknown" },
    administer: { answer: "unknown" },
    decrypt: { answer: "yes" },
  });
});

test("the state and what it holds are named", () => {
  expect(review("example-saas").state).toMatch(/backend "local"/);
});

test("SARIF has a rule for every finding, and the line of the deployment file", () => {
  const log = JSON.parse(sarif(EXAMPLES.map(review))) as {
    runs: {
      tool: { driver: { rules: { id: string }[] } };
      results: { ruleId: string; locations: { physicalLocation: object }[] }[];
    }[];
  };
  const [run] = log.runs;
  const rules = run?.tool.driver.rules.map(({ id }) => id) ?? [];
  expect(new Set(rules).size).toBe(rules.length);
  expect(run?.results.filter(({ ruleId }) => !rules.includes(ruleId))).toEqual([]);
  const at = run?.results.find(({ ruleId }) => ruleId === "access-dedicated-root")?.locations[0]?.physicalLocation;
  expect(at).toMatchObject({
    artifactLocation: { uri: "deployments/example-dedicated.yaml" },
    region: { startLine: expect.any(Number) as number },
  });
});

test("JSON holds what the other forms show", () => {
  expect(JSON.parse(json([review("example-saas")]))).toMatchObject({
    version: 1,
    verdict: "caution",
    reviews: [{ deployment: "example-saas" }],
  });
});

test("HTML has no script and loads nothing", () => {
  const page = htmlPage(EXAMPLES.map(review));
  expect(page).toContain("default-src 'none'");
  expect(page).not.toMatch(/<script|<link|src=|@import|url\(/);
});

/** A deployment with so many storages, a team each. */
function wide(count: number) {
  const names = Array.from({ length: count }, (_, index) => `s${index}`);
  const base = dedicated();
  const storage = Object.fromEntries(names.map((name) => [name, { ...base.storage.main, bucket: `acme-${name}` }]));
  const teams = Object.fromEntries(names.map((name) => [`team-${name}`, { storage: name, path: name }]));
  return reviewed(synth({ ...base, storage, instance: { storage: "s0", path: "shared" }, teams }));
}

test.each([3, 30])("a picture of %i storages has each thing once", (count) => {
  const picture = pictureOf(wide(count));
  const kinds = (kind: string) => picture.nodes.filter((node) => node.kind === kind).length;
  expect([kinds("storage"), kinds("team"), kinds("key")]).toEqual([count, count + 1, count]);
  expect(kinds("principal")).toBe(2);
  const drawing = mermaidOf(picture);
  expect(drawing.split("\n").length).toBe(2 + picture.nodes.length + picture.edges.length);
  const svg = svgOf(picture);
  expect(svg.match(/<rect/g)).toHaveLength(picture.nodes.length);
  expect(svg).not.toContain("NaN");
});

test("a picture of 300 storages leaves edges out, and says how many", () => {
  const one = pictureOf(wide(2));
  const edges = Array.from({ length: 900 }, () => one.edges[0]).flatMap((edge) => edge ?? []);
  expect(mermaidOf({ nodes: one.nodes, edges })).toMatch(/\d+ more edges are in the tables/);
});

test.each(EXAMPLES)("the report of %s", (name) => {
  expect(markdown([review(name)])).toMatchSnapshot();
});

test("says what a storage can't be told to refuse", () => {
  const found = review("example-saas").findings.filter(({ rule }) => rule === "not-enforced");
  expect(found.map(({ message }) => message)).toContainEqual(
    expect.stringMatching(/^perception: the age of pre-signed URLs/),
  );
});
