import { computed } from "./computed";
import type { Resource, Stack } from "./stack";
import { isObject, isOpen, pick, type Json, type JsonObject, textOf } from "./value";

/** Values that a configuration names itself. */
export interface Names {
  readonly locals: JsonObject;
  /** Defaults of variables. */
  readonly variables: JsonObject;
}

/** How often references are followed; those of references more often than that stay open. */
const ROUNDS = 4;
const EXPRESSION = /(?<!\$)\$\{([^{}"]*)\}/g;
const REFERENCE = /^((?:data\.)?[a-z]\w*\.[\w-]+)(?:\[(?:\d+|\*)\])?\.(\w+(?:(?:\.\w+)|(?:\[\d+\]))*)$/;

/**
 * The same stack with references to what is written, or follows from it, replaced by the values. Expressions of any other
 * kind stay as they are: they are open, and reported where they matter.
 */
export function resolve(stack: Stack, names: Names = { locals: {}, variables: {} }): Stack {
  let current = stack;
  for (let round = 0; round < ROUNDS; round++) {
    const next = pass(current, names);
    if (!next.changed) return next.stack;
    current = next.stack;
  }
  return current;
}

function pass(stack: Stack, names: Names): { stack: Stack; changed: boolean } {
  let changed = false;
  const follow = (value: Json | undefined): Json | undefined => {
    if (isOpen(value)) {
      const known = filled(value, (expression) => valueOf(expression, stack, names));
      changed ||= known !== value;
      return known;
    }
    if (Array.isArray(value)) return followList(value as readonly Json[]);
    return isObject(value) ? followAll(value) : value;
  };
  const followList = (list: readonly Json[]) =>
    keep(
      list,
      list.map((item) => follow(item) ?? null),
    );
  const followAll = (values: JsonObject): JsonObject =>
    keep(values, Object.fromEntries(Object.entries(values).map(([key, item]) => [key, follow(item)])));
  const resources = new Map<string, Resource>();
  for (const [address, resource] of stack.resources) {
    const values = followAll(resource.values);
    resources.set(address, values === resource.values ? resource : { ...resource, values });
  }
  const providers = new Map([...stack.providers].map(([key, values]) => [key, followAll(values)]));
  const outputs = stack.outputs.map((output) => ({ ...output, value: follow(output.value) }));
  return { stack: { ...stack, resources, providers, outputs }, changed };
}

/** The old value where nothing in it has changed. */
function keep<T extends readonly Json[] | JsonObject>(before: T, after: T): T {
  const entries = Object.entries(after);
  return entries.every(([key, value]) => value === (before as JsonObject)[key]) ? before : after;
}

/** A text whose expressions are filled in as far as they are known; a text that is one expression keeps the value's type. */
function filled(text: string, lookUp: (expression: string) => Json | undefined): Json {
  const whole = /^\$\{([^{}"]*)\}$/.exec(text)?.[1];
  if (whole !== undefined) return lookUp(whole.trim()) ?? text;
  return text.replace(EXPRESSION, (expression: string, inner: string) => {
    const value = lookUp(inner.trim());
    return ["string", "number", "boolean"].includes(typeof value) ? textOf(value) : expression;
  });
}

function valueOf(expression: string, stack: Stack, { locals, variables }: Names): Json | undefined {
  const [, kind, name = ""] = /^(local|var)\.([\w-]+)$/.exec(expression) ?? [];
  if (kind) return (kind === "local" ? locals : variables)[name] ?? undefined;
  const [, address = "", attribute = ""] = REFERENCE.exec(expression) ?? [];
  const resource = stack.resources.get(address);
  if (!resource) return undefined;
  const path = attribute.replace(/\[\d+\]/g, "");
  const written = path in resource.values || path.includes(".") ? pick(resource.values, path) : undefined;
  const derived = written === undefined || isOpen(written) ? computed(resource, path, stack) : undefined;
  return derived ?? (written === `\${${expression}}` ? undefined : written);
}

/** The resource that an open value refers to, if it is nothing but one reference. */
export function referred(value: Json | undefined, stack: Stack): Resource | undefined {
  const [, inner = ""] = (typeof value === "string" && /\$\{([^{}"]*)\}/.exec(value)) || [];
  return stack.resources.get(REFERENCE.exec(inner.trim())?.[1] ?? "");
}
