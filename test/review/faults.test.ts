import { CHECKS } from "../../review/report";
import { AWS_BUCKET_FAULTS } from "./faults/aws-bucket";
import { AWS_POLICY_FAULTS } from "./faults/aws-policy";
import { AZURE_FAULTS } from "./faults/azure";
import { FINER_FAULTS } from "./faults/finer";
import { GCP_FAULTS } from "./faults/gcp";
import { LISTED } from "./faults/listed";
import { OTHER_FAULTS } from "./faults/other";
import { example, EXAMPLES, reviewed } from "./fixture";

const ALL = [
  ...LISTED,
  ...FINER_FAULTS,
  ...AWS_POLICY_FAULTS,
  ...AWS_BUCKET_FAULTS,
  ...GCP_FAULTS,
  ...AZURE_FAULTS,
  ...OTHER_FAULTS,
];

test.each(ALL)("$name is found", ({ into, plant, rule, says, verdict = "blocked" }) => {
  const terraform = example(into);
  const before = reviewed(terraform, into);
  const had = new Set(before.findings.map((finding) => JSON.stringify(finding)));
  plant(terraform);
  const after = reviewed(terraform, into);
  const found = after.findings.filter((finding) => finding.rule === rule && !had.has(JSON.stringify(finding)));
  expect(after.findings.filter((finding) => !had.has(JSON.stringify(finding)))).toContainEqual(
    expect.objectContaining({ rule }),
  );
  if (says) expect(found.map(({ message }) => message).join("\n")).toMatch(says);
  expect(after.verdict).toBe(verdict);
});

/** Found by `other-stores.test.ts`. */
const ELSEWHERE = ["coreweave-organization", "s3-endpoint-tls"];

test("every check finds a planted fault, or one that an example has on purpose", () => {
  const shipped = EXAMPLES.flatMap((name) => reviewed(example(name), name).findings.map(({ rule }) => rule));
  const planted = new Set([...ALL.map(({ rule }) => rule), ...shipped, ...ELSEWHERE]);
  expect(CHECKS.map(({ id }) => id).filter((id) => !planted.has(id))).toEqual([]);
});

test("more than forty faults are planted, each under a name of its own", () => {
  expect(new Set(ALL.map(({ name }) => name)).size).toBe(ALL.length);
  expect(ALL.length).toBeGreaterThanOrEqual(40);
});

test.each(EXAMPLES)("%s raises no false alarm", (name) => {
  const { verdict, findings, unknowns } = reviewed(example(name), name);
  expect({
    verdict,
    unknowns,
    alarms: findings.filter(({ severity }) => severity === "error" || severity === "unknown"),
  }).toEqual({
    verdict: "caution",
    unknowns: [],
    alarms: [],
  });
});
