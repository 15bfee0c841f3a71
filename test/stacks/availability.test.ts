import { AVAILABILITY, CLOUDS, cloudsOf, SCOPES, TYPES } from "../../stacks/availability";

test("the matrix is the one that W&B publishes", () => {
  const cells = TYPES.flatMap((type) => SCOPES.map((scope) => [type, scope, [...AVAILABILITY[type][scope]].sort()]));
  const all = ["aws", "azure", "coreweave", "gcp", "s3-compatible"];
  expect(cells).toEqual([
    ["saas", "instance", []],
    ["saas", "team", ["aws", "coreweave", "gcp"]],
    ["dedicated", "instance", all],
    ["dedicated", "team", all],
    ["self-managed", "instance", all],
    ["self-managed", "team", all],
  ]);
});

test("cloudsOf() is in the order of CLOUDS", () => {
  expect(cloudsOf("saas")).toEqual(["aws", "gcp", "coreweave"]);
  expect(cloudsOf("dedicated")).toEqual(CLOUDS);
});
