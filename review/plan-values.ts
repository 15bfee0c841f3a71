import { AFTER_APPLY, blocks, isObject, texts, type Json } from "./value";

/**
 * Attributes by which one resource names another. Only for these does a reference in the configuration say what the value
 * will be: elsewhere it may be a part of a longer expression, which a plan doesn't hold.
 */
const LINKS =
  /^(bucket|target_bucket|key_id|target_key_id|kms_master_key_id|crypto_key_id|default_kms_key_name|storage_account_id|parent_id|scope|principal_id|member|policy|role)$/;

/** The planned values, with an open one wherever Terraform will know it only after apply. */
export function openPlanned(
  after: Json | undefined,
  unknown: Json | undefined,
  expressions: Json | undefined,
  prefix: string,
  key = "",
): Json {
  if (unknown === true) return link(key, expressions, prefix) ?? AFTER_APPLY;
  if (Array.isArray(after) || Array.isArray(unknown)) return list(after, unknown, expressions, prefix, key);
  if (!isObject(after) && !isObject(unknown)) return after ?? null;
  const [known, open, written] = [after, unknown, expressions].map((side) => (isObject(side) ? side : {}));
  const keys = [...new Set([...Object.keys(known ?? {}), ...Object.keys(open ?? {})])];
  const inner = keys.map((name) => {
    return [name, openPlanned(known?.[name], open?.[name], written?.[name], prefix, name)] as const;
  });
  return Object.fromEntries(inner);
}

function list(
  after: Json | undefined,
  unknown: Json | undefined,
  written: Json | undefined,
  prefix: string,
  key: string,
) {
  const [items, opens] = [after, unknown].map((side) => (Array.isArray(side) ? (side as readonly Json[]) : []));
  const length = Math.max(items?.length ?? 0, opens?.length ?? 0);
  return Array.from({ length }, (_, index) => {
    const expression = Array.isArray(written) ? (written as readonly Json[])[index] : written;
    return openPlanned(items?.[index], opens?.[index], expression, prefix, key);
  });
}

/** The one reference that an attribute which names another resource is made of. */
function link(key: string, expression: Json | undefined, prefix: string): string | undefined {
  const references = texts(blocks(expression)[0]?.["references"]);
  const [first = ""] = references;
  // Terraform lists each reference with its shorter forms: `a.b.arn`, `a.b`.
  const others = references.filter((reference) => !first.startsWith(reference));
  const policy = key !== "policy" || /^data\.[\w.-]+\.json$/.test(first);
  return first && !others.length && policy && LINKS.test(key) ? `\${${prefix}${first}}` : undefined;
}
