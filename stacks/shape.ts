import * as z from "zod";
import { nearest, oneOf, quote, type Issue } from "../constructs/issue";
import { deploymentSchema, type DeploymentShape } from "./schema";

/** The shape of a deployment, or everything that is wrong with it. */
export type ShapeResult = { readonly shape: DeploymentShape } | { readonly issues: readonly Issue[] };

/** Checks the shape of a deployment: keys, types and enumerations. */
export function parseShape(raw: unknown): ShapeResult {
  const issues = hygieneIssues(raw);
  const result = deploymentSchema.safeParse(raw);
  if (!result.success) issues.push(...result.error.issues.flatMap((issue) => translate(issue, deploymentSchema, raw)));
  return result.success && issues.length === 0 ? { shape: result.data } : { issues };
}

/** Faults that a schema can't see: keys that JavaScript would drop, text that Terraform would evaluate or no one can read. */
function hygieneIssues(value: unknown, path: readonly string[] = []): Issue[] {
  if (typeof value === "string") return textIssues(value, path);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key];
    if (key === "__proto__") {
      return [
        {
          path: here,
          atKey: true,
          message: `Cannot use the name: must not be ${quote(key)}, which JavaScript reserves`,
          fix: "Choose another name.",
        },
      ];
    }
    return [...textIssues(key, here, true), ...hygieneIssues(inner, here)];
  });
}

function textIssues(text: string, path: readonly string[], atKey = false): Issue[] {
  const found: Issue[] = [];
  if (/[$%#]\{/.test(text)) {
    found.push({
      path,
      atKey,
      message: `Cannot use the text: must be literal, without "\${", "%{" or "#{", got ${quote(text)}`,
      fix: "Write the value itself: Terraform would evaluate it, and a reviewer couldn't read the policy that names it.",
    });
  }
  if (/(?![\t\n])[\p{Cc}\p{Cf}]/u.test(text)) {
    found.push({
      path,
      atKey,
      message: `Cannot use the text: must have no control or invisible characters, got ${quote(text)}`,
      fix: "Type the value again.",
    });
  }
  return found;
}

type ZodIssue = z.core.$ZodIssue;

/** One fault that zod found below `schema`, in this project's words. */
function translate(issue: ZodIssue, schema: z.ZodType, raw: unknown, prefix: readonly string[] = []): Issue[] {
  const inner = issue.path.map(String);
  const path = [...prefix, ...inner];
  const value = inner.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], raw);
  const here = schemaAt(schema, inner, raw);
  switch (issue.code) {
    case "invalid_union": {
      const options = optionsAt(schema, inner, raw);
      return bestOption(issue, options).flatMap(({ found, option }) =>
        found.path.length === 1 && isTag(found)
          ? [tagIssue(options, String(found.path[0]), value, path)]
          : translate(found, option, value, path),
      );
    }
    case "unrecognized_keys": {
      const known = here instanceof z.ZodObject ? Object.keys(here.shape) : [];
      return issue.keys.filter((key) => key !== "__proto__").map((key) => unknownKey(key, known, path));
    }
    case "invalid_type":
      return [value === undefined ? missingKey(path, here) : wrongType(issue.expected, value, path)];
    case "invalid_value":
      return [value === undefined ? missingKey(path, here) : notOneOf(issue.values.map(String), value, path)];
    case "too_small":
      return [bound(`at least ${issue.minimum}${issue.origin === "string" ? " characters" : ""}`, value, path)];
    case "too_big":
      return [bound(`at most ${issue.maximum}${issue.origin === "string" ? " characters" : ""}`, value, path)];
    default:
      return [{ path, message: `Cannot read the value: ${issue.message}`, fix: "Correct the value." }];
  }
}

/** The schema that a path of a value leads to. */
function schemaAt(schema: z.ZodType, path: readonly string[], raw: unknown): z.ZodType | undefined {
  let here: z.ZodType | undefined = unwrap(schema);
  let value = raw;
  for (const key of path) {
    here = unwrap(child(optionFor(here, value), key));
    value = (value as Record<string, unknown> | undefined)?.[key];
  }
  return value === undefined ? here : (optionFor(here, value) ?? here);
}

/** The options of the union that a path of a value leads to. */
function optionsAt(schema: z.ZodType, path: readonly string[], raw: unknown): readonly z.ZodType[] {
  const last = path.at(-1);
  const union = last === undefined ? schema : child(schemaAt(schema, path.slice(0, -1), raw), last);
  const bare = unwrap(union);
  return bare instanceof z.ZodUnion ? (bare.options as z.ZodType[]) : [];
}

/** Of a union, the option whose tag a value has; any other schema as it is. */
function optionFor(schema: z.ZodType | undefined, value: unknown): z.ZodType | undefined {
  if (!(schema instanceof z.ZodUnion)) return schema;
  const options = schema.options as z.ZodType[];
  return options.find((option) =>
    TAGS.some((tag) => {
      const literal = child(option, tag);
      return literal instanceof z.ZodLiteral && literal.value === (value as Record<string, unknown> | null)?.[tag];
    }),
  );
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  return schema instanceof z.ZodOptional ? unwrap(schema.unwrap() as z.ZodType) : schema;
}

function child(schema: z.ZodType | undefined, key: string): z.ZodType | undefined {
  if (schema instanceof z.ZodObject) return (schema.shape as Record<string, z.ZodType>)[key];
  if (schema instanceof z.ZodRecord) return schema.valueType as z.ZodType;
  if (schema instanceof z.ZodArray) return schema.element as z.ZodType;
  return undefined;
}

/** The faults of the option that the value most likely meant: the one whose tag (`cloud`, `backend`) fits, else the one it fits best. */
function bestOption(issue: z.core.$ZodIssueInvalidUnion, options: readonly z.ZodType[]) {
  const ranked = issue.errors
    .map((found, index) => ({ found, option: options[index] ?? z.unknown() }))
    .map((candidate) => ({ ...candidate, wrongTag: candidate.found.some(isTag), faults: weight(candidate.found) }))
    .sort((a, b) => Number(a.wrongTag) - Number(b.wrongTag) || a.faults - b.faults);
  const best = ranked[0];
  return best ? best.found.map((found) => ({ found, option: best.option })) : [];
}

function weight(found: readonly ZodIssue[]): number {
  return found.reduce((sum, issue) => sum + (issue.code === "unrecognized_keys" ? issue.keys.length : 1), 0);
}

/** Keys that tell which option of a union is meant. */
const TAGS = ["cloud", "backend", "mode"];

function isTag(issue: ZodIssue): boolean {
  return issue.code === "invalid_value" && issue.path.length === 1 && TAGS.includes(String(issue.path[0]));
}

function tagIssue(options: readonly z.ZodType[], tag: string, value: unknown, path: readonly string[]): Issue {
  const known = options.flatMap((option) => {
    const literal = child(option, tag);
    return literal instanceof z.ZodLiteral ? [String(literal.value)] : [];
  });
  const got = (value as Record<string, unknown> | undefined)?.[tag];
  return got === undefined ? missingKey([...path, tag], undefined, known) : notOneOf(known, got, [...path, tag]);
}

const SECRET = /secret|password|token|access_?key|private_?key|credential|connection_?string/i;

function unknownKey(key: string, known: readonly string[], path: readonly string[]): Issue {
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

function missingKey(path: readonly string[], schema: z.ZodType | undefined, values: readonly string[] = []): Issue {
  const key = path.at(-1) ?? "";
  const what = schema?.description ?? (values.length ? `one of ${oneOf(values)}` : "");
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

function wrongType(expected: string, value: unknown, path: readonly string[]): Issue {
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

function notOneOf(known: readonly string[], value: unknown, path: readonly string[]): Issue {
  const meant = typeof value === "string" ? nearest(value, known) : undefined;
  return {
    path,
    message: `Cannot read the value: must be ${oneOf(known)}, got ${typeof value === "object" ? "no plain value" : quote(value)}`,
    fix: meant ? `Did you mean ${quote(meant)}?` : `Write ${oneOf(known)}.`,
  };
}

function bound(rule: string, value: unknown, path: readonly string[]): Issue {
  return { path, message: `Cannot use the value: must be ${rule}, got ${quote(value)}`, fix: "Change the value." };
}
