/** A JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object, such as a block of Terraform. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}

/** What stands in a plan where only the cloud can tell. */
export const AFTER_APPLY = "${known after apply}";

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is not known here: an expression that could not be followed, or what only the cloud can tell. */
export function isOpen(value: unknown): value is string {
  return typeof value === "string" && value.includes("${");
}

/** The expression within an open value: `aws_kms_key.main.arn`. */
export function expressionOf(open: string): string {
  return /\$\{([^{}]*)\}/.exec(open)?.[1]?.trim() ?? open;
}

/** One value or a list of values as a list; nothing as none. */
export function listOf(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? (value as readonly Json[]) : [value];
}

/** The blocks of a value: Terraform's JSON writes one block as an object or as a list of one. */
export function blocks(value: Json | undefined): JsonObject[] {
  return listOf(value).filter(isObject);
}

/** The strings of a value, known ones and open ones. */
export function texts(value: Json | undefined): string[] {
  return listOf(value).filter((item) => typeof item === "string");
}

/**
 * The value at a path such as `rule.bucket_key_enabled`, through the first of several blocks; `undefined` where there is
 * none. An open block on the way is the answer: nothing can be told about what is in it.
 */
export function pick(value: Json | undefined, path: string): Json | undefined {
  let inner: Json | undefined = value;
  for (const key of path.split(".")) {
    if (isOpen(inner)) return inner;
    inner = isObject(inner) ? inner[key] : (blocks(inner)[0]?.[key] ?? listOf(inner).find(isOpen));
  }
  return inner ?? undefined;
}

/** The known string at a path. */
export function textAt(value: Json | undefined, path: string): string | undefined {
  const found = pick(value, path);
  return typeof found === "string" && !isOpen(found) ? found : undefined;
}

/** The known number at a path. */
export function numberAt(value: Json | undefined, path: string): number | undefined {
  const found = pick(value, path);
  const number = typeof found === "string" && /^\d+$/.test(found) ? Number(found) : found;
  return typeof number === "number" ? number : undefined;
}

/** All open strings within a value, each with its path. */
export function openStrings(value: Json | undefined, path = ""): { path: string; value: string }[] {
  if (isOpen(value)) return [{ path, value }];
  const inner = Array.isArray(value) ? [...(value as readonly Json[]).entries()] : Object.entries(asObject(value));
  return inner.flatMap(([key, item]) => openStrings(item, path ? `${path}.${key}` : String(key)));
}

function asObject(value: Json | undefined): JsonObject {
  return isObject(value) ? value : {};
}

/** The entry of a table that is its own: a name from a file may be `constructor`. */
export function entryOf<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}

/** A scalar as text; nothing as "", anything else as JSON. */
export function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
