import { readdirSync, readFileSync } from "node:fs";
import Ajv from "ajv";
import { parse } from "yaml";
import { jsonSchema } from "../../stacks/schema";

const file = JSON.parse(readFileSync("deployment.schema.json", "utf8")) as object;

test("deployment.schema.json is current (npm run schema writes it)", () => {
  expect(file).toEqual(JSON.parse(JSON.stringify(jsonSchema())));
});

describe("an editor that uses it", () => {
  const validate = new Ajv({ strict: false, allErrors: true }).compile(file);
  const example = () => parse(readFileSync("deployments/example-dedicated.yaml", "utf8")) as Record<string, unknown>;

  test.each(readdirSync("deployments"))("accepts %s", (name) => {
    expect(validate(parse(readFileSync(`deployments/${name}`, "utf8"))) || validate.errors).toBe(true);
  });

  test("marks an unknown key, a wrong type and a missing key", () => {
    expect(validate({ ...example(), team: {} })).toBe(false);
    expect(validate({ ...example(), type: "dedicatd" })).toBe(false);
    const { name: _, ...nameless } = example();
    expect(validate(nameless)).toBe(false);
  });
});
