import * as z from "zod";
import { nearest, oneOf, type Issue } from "../constructs/issue";
import { bound, missingKey, notOneOf, unknownKey, wrongType } from "./shape-issues";

type ZodIssue = z.core.$ZodIssue;

/**
 * One fault that zod found below `schema`, in this project's words: a union's as those of the option that was meant, each
 * unknown key on its own, a missing key with what to write.
 */
export function translate(issue: ZodIssue, schema: z.ZodType, raw: unknown, prefix: readonly string[] = []): Issue[] {
  const inner = issue.path.map(String);
  const path = [...prefix, ...inner];
  const value = inner.reduce<unknown>((node, key) => (node as Record<string, unknown> | undefined)?.[key], raw);
  const here = schemaAt(schema, inner, raw);
  switch (issue.code) {
    case "invalid_union":
      return (
        unionIssues(issue, optionsAt(schema, inner, raw), value, path) ?? [
          missingKey(path, described(schema, inner, raw)),
        ]
      );
    case "unrecognized_keys": {
      const known = here instanceof z.ZodObject ? Object.keys(here.shape) : [];
      return issue.keys.filter((key) => key !== "__proto__").map((key) => unknownKey(key, known, path));
    }
    case "invalid_type":
      return [
        value === undefined ? missingKey(path, described(schema, inner, raw)) : wrongType(issue.expected, value, path),
      ];
    case "invalid_value":
      return [
        value === undefined
          ? missingKey(path, described(schema, inner, raw))
          : notOneOf(issue.values.map(String), value, path),
      ];
    case "too_small":
      return [bound(`at least ${issue.minimum}${issue.origin === "string" ? " characters" : ""}`, value, path)];
    case "too_big":
      return [bound(`at most ${issue.maximum}${issue.origin === "string" ? " characters" : ""}`, value, path)];
    default:
      return [{ path, message: `Cannot read the value: ${issue.message}`, fix: "Correct the value." }];
  }
}

/** What the schema at a path says of itself; a description stands on the outermost wrapper. */
function described(schema: z.ZodType, path: readonly string[], raw: unknown): string | undefined {
  const last = path.at(-1);
  return last === undefined ? undefined : child(schemaAt(schema, path.slice(0, -1), raw), last)?.description;
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

/**
 * The faults of the option that a value most likely meant: the one whose tag (`cloud`, say) is the value's or is spelt almost
 * so, else the one that it fits best; then nothing is missing, since it may have been meant for another. Undefined for
 * no value at all.
 */
function unionIssues(
  issue: z.core.$ZodIssueInvalidUnion,
  options: readonly z.ZodType[],
  value: unknown,
  path: readonly string[],
): Issue[] | undefined {
  if (value === undefined) return undefined;
  const tag = TAGS.find((key) => options.some((option) => child(option, key)));
  const got = tag === undefined ? undefined : (value as Record<string, unknown> | null)?.[tag];
  const meant =
    typeof got === "string"
      ? (tagsOf(options, tag).find((each) => each === got) ?? nearest(got, tagsOf(options, tag)))
      : undefined;
  const ranked = issue.errors
    .map((found, index) => ({ found, option: options[index] ?? z.unknown() }))
    .map((each) => ({ ...each, isMeant: meant !== undefined && tagsOf([each.option], tag).includes(meant) }))
    .sort((a, b) => Number(b.isMeant) - Number(a.isMeant) || weight(a.found) - weight(b.found));
  const [best] = ranked;
  if (!best) return [];
  const guessed = tag !== undefined && !best.isMeant;
  return best.found.flatMap((found) => {
    if (isTag(found)) return [tagIssue(options, String(found.path[0]), value, path)];
    return guessed && isMissing(found, value) ? [] : translate(found, best.option, value, path);
  });
}

function isMissing({ path }: ZodIssue, value: unknown): boolean {
  return (
    path.reduce<unknown>((node, key) => (node as Record<PropertyKey, unknown> | undefined)?.[key], value) === undefined
  );
}

/** The values of a tag that the options of a union have. */
function tagsOf(options: readonly z.ZodType[], tag: string | undefined): string[] {
  return options.flatMap((option) => {
    const literal = tag === undefined ? undefined : child(option, tag);
    return literal instanceof z.ZodLiteral ? [String(literal.value)] : [];
  });
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
  const known = tagsOf(options, tag);
  const got = (value as Record<string, unknown> | null)?.[tag];
  return got === undefined
    ? missingKey([...path, tag], `one of ${oneOf(known)}`)
    : notOneOf(known, got, [...path, tag]);
}
