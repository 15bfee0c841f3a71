import { quote } from "../constructs/issue";
import { openPlanned } from "./plan-values";
import { resolve } from "./resolve";
import type { Gap, Output, PlannedChange, Resource, Stack } from "./stack";
import { unreadable } from "./unreadable";
import { AFTER_APPLY, blocks, isObject, pick, texts, type Json, type JsonObject, textOf, listOf } from "./value";

const FIX = "Give what `terraform show -json <plan file>` prints.";

/** Whether a file is a plan rather than a configuration. */
export function isPlan(json: unknown): boolean {
  return isObject(json) && "format_version" in json;
}

/**
 * Reads a plan as `terraform show -json` prints it, with what is there before it as {@link Stack.before}.
 *
 * @throws Unreadable if it is none
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readPlan(name: string, file: string, json: unknown): Stack {
  const plan = checked(file, json);
  const configured = configuredIn(plan);
  const changes = blocks(plan["resource_changes"]);
  const read = priorData(plan);
  const after = changes.flatMap((change) => side(change, "after", configured));
  const before = changes.flatMap((change) => side(change, "before", configured));
  const base = {
    name,
    file,
    kind: "plan",
    outputs: outputsIn(plan),
    providers: providersIn(plan),
    backend: undefined,
    forgotten: changes.filter((change) => actionsOf(change).includes("forget")).map(addressOf),
    byob: undefined,
    gaps: gapsOf(plan),
  } as const satisfies Omit<Stack, "resources">;
  const stack = (resources: readonly Resource[]): Stack => ({ ...base, resources: byAddress([...read, ...resources]) });
  const old = before.some(({ isData }) => !isData);
  return {
    ...resolve(stack(after)),
    changes: changes.flatMap(plannedChange),
    ...(old ? { before: { ...resolve(stack(before)), gaps: [] } } : {}),
  };
}

function checked(file: string, json: unknown): JsonObject {
  if (!isObject(json) || typeof json["format_version"] !== "string") {
    return unreadable(`Cannot read the plan ${quote(file)}: must be a plan as JSON, got another file`, FIX);
  }
  if (!/^1\./.test(json["format_version"])) {
    const got = quote(json["format_version"]);
    return unreadable(`Cannot read the plan ${quote(file)}: must have the format version 1, got ${got}`, FIX);
  }
  if (!Array.isArray(json["resource_changes"]) && !("planned_values" in json)) {
    const got = "values" in json ? "a state" : "neither resources nor changes";
    return unreadable(`Cannot read the plan ${quote(file)}: must hold planned changes, got ${got}`, FIX);
  }
  return json;
}

function byAddress(resources: readonly Resource[]): Map<string, Resource> {
  return new Map(resources.map((resource) => [resource.address, resource]));
}

const addressOf = ({ address }: JsonObject) => textOf(address);

/** A resource as the configuration writes it, by its address without an index. */
interface Configured {
  readonly provider: string;
  readonly expressions: JsonObject;
}

function configuredIn(plan: JsonObject): Map<string, Configured> {
  const all = new Map<string, Configured>();
  const walk = (module: Json | undefined, prefix: string) => {
    for (const block of blocks(blocks(module)[0]?.["resources"])) {
      const provider = textOf(block["provider_config_key"] ?? "");
      all.set(prefix + addressOf(block), { provider, expressions: blocks(block["expressions"])[0] ?? {} });
    }
    for (const [name, call] of Object.entries(blocks(blocks(module)[0]?.["module_calls"])[0] ?? {})) {
      walk(blocks(call)[0]?.["module"], `${prefix}module.${name}.`);
    }
  };
  walk(pick(plan, "configuration.root_module"), "");
  return all;
}

/** The resource on one side of a change, if it is there on that side. */
function side(block: JsonObject, which: "before" | "after", configured: Map<string, Configured>): Resource[] {
  const change = blocks(block["change"])[0] ?? {};
  const values = change[which];
  if (!isObject(values)) return [];
  const address = addressOf(block);
  const written = configured.get(address.replace(/\[[^\]]*\]/g, ""));
  const known =
    which === "before" ? values : openPlanned(values, change["after_unknown"], written?.expressions, prefixOf(address));
  const type = textOf(block["type"]);
  return [
    {
      address,
      type,
      name: textOf(block["name"]),
      isData: block["mode"] === "data",
      values: blocks(known)[0] ?? {},
      provider: written?.provider || (type.split("_")[0] ?? type),
    },
  ];
}

function prefixOf(address: string): string {
  return /^(?:module\.[^.]+\.)*/.exec(address)?.[0] ?? "";
}

/** Data sources that Terraform has read already. */
function priorData(plan: JsonObject): Resource[] {
  const module = blocks(pick(plan, "prior_state.values.root_module"))[0] ?? {};
  return blocks(module["resources"])
    .filter(({ mode }) => mode === "data")
    .map((block) => {
      const type = textOf(block["type"]);
      const values = blocks(block["values"])[0] ?? {};
      return {
        address: addressOf(block),
        type,
        name: textOf(block["name"]),
        isData: true,
        values,
        provider: type.split("_")[0] ?? "",
      };
    });
}

function outputsIn(plan: JsonObject): Output[] {
  return Object.entries(blocks(plan["output_changes"])[0] ?? {}).map(([name, change]) => {
    const { after, after_unknown: unknown, after_sensitive: secret } = blocks(change)[0] ?? {};
    const value = unknown === true ? AFTER_APPLY : openPlanned(after, unknown, undefined, "");
    return { name, value, sensitive: secret === true };
  });
}

function providersIn(plan: JsonObject): Map<string, JsonObject> {
  const configs = Object.entries(blocks(pick(plan, "configuration.provider_config"))[0] ?? {});
  return new Map(configs.map(([key, config]) => [key, constants(blocks(config)[0]?.["expressions"])]));
}

/** What is written as a constant, of expressions. */
function constants(expressions: Json | undefined): JsonObject {
  const entries = Object.entries(blocks(expressions)[0] ?? {});
  return Object.fromEntries(
    entries.map(([key, value]) => {
      const block = blocks(value)[0] ?? {};
      return [
        key,
        "constant_value" in block ? block["constant_value"] : "references" in block ? AFTER_APPLY : [constants(value)],
      ];
    }),
  );
}

function gapsOf(plan: JsonObject): Gap[] {
  const errored = plan["errored"] === true || plan["complete"] === false;
  return errored
    ? [
        {
          address: "the plan",
          message: "Terraform says that this plan is not complete: what it left out is not reviewed.",
        },
      ]
    : [];
}

function plannedChange(block: JsonObject): PlannedChange[] {
  const change = blocks(block["change"])[0] ?? {};
  const action = block["mode"] === "data" ? undefined : actionOf(actionsOf(block));
  if (!action) return [];
  const list = change["replace_paths"];
  const replacePaths = (Array.isArray(list) ? (list as readonly Json[]) : []).map((path) =>
    listOf(path).map(textOf).join("."),
  );
  return [{ address: addressOf(block), type: textOf(block["type"]), action, replacePaths }];
}

const actionsOf = (block: JsonObject) => texts(blocks(block["change"])[0]?.["actions"]);

function actionOf(actions: readonly string[]): PlannedChange["action"] | undefined {
  if (actions.includes("create") && actions.includes("delete")) return "replace";
  return (["create", "update", "delete", "forget"] as const).find((action) => actions.includes(action));
}
