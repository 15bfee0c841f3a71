import { nearest, oneOf, quote, type Issue } from "../constructs/issue";

/** Names of keys whose values are secrets. */
const SECRET = /secret|password|token|access_?key|private_?key|credential|connection_?string/i;

/** A key that isn't known. Its value is not shown: it may be a secret under a misspelt name. */
export function unknownKey(key: string, known: readonly string[], path: readonly string[]): Issue {
  const meant = nearest(key, known);
  return {
    path: [...path, key],
    atKey: true,
    message: `Cannot read the key: must be one of ${oneOf(known)}, got ${quote(key)} (value not shown: it may be a secret)`,
    fix: SECRET.test(key)
      ? "Drop it, and change the credential if this file was shared: a deployment file holds none."
      : meant
        ? `Did you mean ${quote(meant)}?`
        : "Drop the key.",
  };
}

/** A key that must be there and isn't; `what` says what to write. */
export function missingKey(path: readonly string[], what?: string): Issue {
  const key = path.at(-1) ?? "";
  return {
    path,
    message: `Cannot read ${path.length > 1 ? quote(path.slice(0, -1).join(".")) : "the deployment"}: must have the key ${quote(key)}, got none`,
    fix: `Add \`${key}: …\`${what ? ` (${what})` : ""}.`,
  };
}

const KINDS: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  object: "a mapping",
  record: "a mapping",
  array: "a list",
  boolean: "true or false",
};

/** A value of another type than the key takes. */
export function wrongType(expected: string, value: unknown, path: readonly string[]): Issue {
  const scalar = typeof value !== "object" || value === null;
  const kind = Array.isArray(value) ? "array" : typeof value;
  const got = value === null ? "nothing" : scalar ? `${quote(value)} (${KINDS[kind] ?? kind})` : (KINDS[kind] ?? kind);
  return {
    path,
    message: `Cannot read ${path.length ? "the value" : "the deployment"}: must be ${KINDS[expected] ?? expected}, got ${got}`,
    fix:
      expected === "string" && scalar && value !== null
        ? "Put it in quotes, with all its digits: unquoted, YAML reads it as something else than text."
        : `Write ${KINDS[expected] ?? expected} here.`,
  };
}

/** A value that isn't one of those that the key takes. */
export function notOneOf(known: readonly string[], value: unknown, path: readonly string[]): Issue {
  const meant = typeof value === "string" ? nearest(value, known) : undefined;
  return {
    path,
    message: `Cannot read the value: must be ${oneOf(known)}, got ${typeof value === "object" ? "no plain value" : quote(value)}`,
    fix: meant ? `Did you mean ${quote(meant)}?` : `Write ${oneOf(known)}.`,
  };
}

/** A value out of its bounds. */
export function bound(rule: string, value: unknown, path: readonly string[]): Issue {
  return { path, message: `Cannot use the value: must be ${rule}, got ${quote(value)}`, fix: "Change the value." };
}
