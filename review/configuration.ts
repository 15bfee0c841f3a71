import { quote } from "../constructs/issue";
import { resolve } from "./resolve";
import type { Gap, Output, Resource, Stack } from "./stack";
import { unreadable } from "./unreadable";
import { blocks, isObject, isOpen, texts, type Json, type JsonObject } from "./value";

/** Blocks that a root module may have at its top. Anything else means that the file is something else. */
const TOP = ["terraform", "provider", "resource", "data", "output", "variable", "locals", "module"];
const MORE = ["//", "removed", "moved", "import", "check", "ephemeral"];

/**
 * Reads a root module in Terraform's JSON syntax, such as `cdk.tf.json`.
 *
 * @throws Unreadable if it is none
 * @see https://developer.hashicorp.com/terraform/language/syntax/json
 */
export function readConfiguration(name: string, file: string, json: unknown): Stack {
  if (!isObject(json) || !TOP.some((key) => key in json)) return notTerraform(file, json);
  const foreign = Object.keys(json).find((key) => ![...TOP, ...MORE].includes(key));
  if (foreign !== undefined) return notTerraform(file, foreign);
  const resources = [...resourcesIn(json["resource"], false), ...resourcesIn(json["data"], true)];
  const comment = blocks(json["//"])[0];
  const byob = comment?.["byob"];
  return resolve(
    {
      name,
      file,
      kind: "configuration",
      resources: new Map(resources.map((resource) => [resource.address, resource])),
      outputs: outputsIn(json["output"]),
      providers: providersIn(json["provider"]),
      backend: backendIn(json["terraform"]),
      forgotten: blocks(json["removed"]).flatMap(({ from, lifecycle }) =>
        blocks(lifecycle).some(({ destroy }) => destroy === false) ? texts(from) : [],
      ),
      byob: isObject(byob) ? byob : undefined,
      gaps: [...moduleGaps(json["module"]), ...resources.flatMap(countGaps)],
    },
    { locals: merged(json["locals"]), variables: variablesIn(json["variable"]) },
  );
}

function notTerraform(file: string, value: unknown): never {
  const got = isObject(value) ? Object.keys(value).slice(0, 3).join(", ") : value;
  return unreadable(
    `Cannot review ${quote(file)}: must be a root module in Terraform's JSON syntax, got ${quote(got)}`,
    "Give what `npx byob synth` wrote, a folder with .tf.json files, or `terraform show -json <plan>` by --plan.",
  );
}

/** `{ type: { name: block } }`, each level an object or a list of objects. */
function resourcesIn(value: Json | undefined, isData: boolean): Resource[] {
  return blocks(value).flatMap((byType) =>
    Object.entries(byType).flatMap(([type, named]) =>
      blocks(named).flatMap((byName) =>
        Object.entries(byName).flatMap(([name, body]) =>
          blocks(body).map((block) => ({
            address: `${isData ? "data." : ""}${type}.${name}`,
            type,
            name,
            isData,
            values: opened(block),
            provider: providerKey(type, block["provider"]),
          })),
        ),
      ),
    ),
  );
}

/** Blocks that Terraform generates are open: how many there are and what is in them is for Terraform to say. */
function opened({ "//": _, dynamic, ...block }: JsonObject): JsonObject {
  const generated = blocks(dynamic).flatMap((byName) => Object.keys(byName));
  return { ...block, ...Object.fromEntries(generated.map((key) => [key, "${dynamic block}"])) };
}

function providerKey(type: string, provider: Json | undefined): string {
  const prefix = type.split("_")[0] ?? type;
  return typeof provider === "string" ? provider.replace(/^\$\{(.*)\}$/, "$1") : prefix;
}

function providersIn(value: Json | undefined): Map<string, JsonObject> {
  const named = blocks(value).flatMap((byName) => Object.entries(byName));
  const all = named.flatMap(([name, list]) => blocks(list).map((block) => ({ name, block })));
  return new Map(
    all.map(({ name, block }) => [typeof block["alias"] === "string" ? `${name}.${block["alias"]}` : name, block]),
  );
}

function outputsIn(value: Json | undefined): Output[] {
  return blocks(value).flatMap((byName) =>
    Object.entries(byName).map(([name, body]) => {
      const block = blocks(body)[0] ?? {};
      return { name, value: block["value"], sensitive: block["sensitive"] === true };
    }),
  );
}

function backendIn(terraform: Json | undefined): Stack["backend"] {
  const all = blocks(terraform);
  const block = all.find(({ backend, cloud }) => backend ?? cloud) ?? {};
  const [type, body] = Object.entries(blocks(block["backend"])[0] ?? {})[0] ?? [];
  if (type) return { type, values: blocks(body)[0] ?? {} };
  return block["cloud"] === undefined ? undefined : { type: "cloud", values: blocks(block["cloud"])[0] ?? {} };
}

function merged(value: Json | undefined): JsonObject {
  return Object.assign({}, ...blocks(value)) as JsonObject;
}

function variablesIn(value: Json | undefined): JsonObject {
  const entries = Object.entries(merged(value)).map(([name, body]) => [name, blocks(body)[0]?.["default"]] as const);
  return Object.fromEntries(entries);
}

function moduleGaps(value: Json | undefined): Gap[] {
  return Object.keys(merged(value)).map((name) => ({
    address: `module.${name}`,
    message: "What is in this module is not in the file; review a plan (--plan) to see it.",
  }));
}

function countGaps({ address, values }: Resource): Gap[] {
  const key = ["count", "for_each"].find((name) => values[name] !== undefined && values[name] !== 1);
  if (key === undefined) return [];
  const said = isOpen(values[key]) ? "is only known to Terraform" : "is read as one";
  return [{ address, message: `How many of it there are (${key}) ${said}; review a plan (--plan) to see each.` }];
}
