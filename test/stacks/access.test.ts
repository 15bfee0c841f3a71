import { accessOf } from "../../stacks/access";

test.each([
  ["saas", undefined, "aws", "role"],
  ["saas", undefined, "gcp", "role"],
  ["saas", undefined, "coreweave", "role"],
  ["dedicated", "aws", "aws", "role"],
  ["dedicated", "gcp", "gcp", "role"],
  ["dedicated", "azure", "azure", "role"],
  ["dedicated", "gcp", "aws", "credentials"],
  ["dedicated", "aws", "azure", "credentials"],
  ["self-managed", "aws", "gcp", "credentials"],
  ["self-managed", "onprem", "aws", "credentials"],
  ["self-managed", "aws", "s3-compatible", "credentials"],
  ["self-managed", "aws", "coreweave", "role"],
] as const)("W&B %s on %s gets at a bucket in %s by %s", (type, runsOn, cloud, access) => {
  expect(accessOf(type, runsOn, cloud)).toBe(access);
});
