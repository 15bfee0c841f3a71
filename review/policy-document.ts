import { blocks, isOpen, listOf, texts, type Json, type JsonObject, textOf } from "./value";

/**
 * The policy that `data.aws_iam_policy_document` renders, as JSON; nothing where it merges others that aren't known.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document
 */
export function documentPolicy(values: JsonObject): string | undefined {
  const sources = ["source_policy_documents", "override_policy_documents"].flatMap((key) => listOf(values[key]));
  const open = [values["statement"], ...listOf(values["statement"])].some(isOpen);
  if (sources.length || open) return undefined;
  const Statement = blocks(values["statement"]).map(statement);
  const text = JSON.stringify({
    Version: values["version"] ?? "2012-10-17",
    ...(typeof values["policy_id"] === "string" ? { Id: values["policy_id"] } : {}),
    Statement,
  });
  return text;
}

function statement(block: JsonObject): object {
  const conditions = conditionsOf(block["condition"]);
  return {
    ...(typeof block["sid"] === "string" && block["sid"] ? { Sid: block["sid"] } : {}),
    Effect: block["effect"] ?? "Allow",
    ...principals("Principal", block["principals"]),
    ...principals("NotPrincipal", block["not_principals"]),
    ...list("Action", block["actions"]),
    ...list("NotAction", block["not_actions"]),
    ...list("Resource", block["resources"]),
    ...list("NotResource", block["not_resources"]),
    ...(Object.keys(conditions).length ? { Condition: conditions } : {}),
  };
}

function list(element: string, value: Json | undefined): object {
  const items = texts(value);
  return items.length ? { [element]: items.length === 1 ? items[0] : items } : {};
}

function principals(element: string, value: Json | undefined): object {
  const byType = new Map<string, string[]>();
  for (const { type, identifiers } of blocks(value)) {
    const key = textOf(type);
    byType.set(key, [...(byType.get(key) ?? []), ...texts(identifiers)]);
  }
  if (!byType.size) return {};
  return { [element]: byType.has("*") ? "*" : Object.fromEntries(byType) };
}

function conditionsOf(value: Json | undefined): Record<string, Record<string, string[]>> {
  const all = new Map<string, Map<string, string[]>>();
  for (const { test, variable, values } of blocks(value)) {
    const keys = all.get(textOf(test)) ?? new Map<string, string[]>();
    all.set(textOf(test), keys.set(textOf(variable), [...(keys.get(textOf(variable)) ?? []), ...texts(values)]));
  }
  return Object.fromEntries([...all].map(([test, keys]) => [test, Object.fromEntries(keys)]));
}
