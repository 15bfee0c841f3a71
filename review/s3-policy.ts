import { quote } from "../constructs/issue";
import { keyTwice } from "./json-keys";
import { fits } from "./iam-condition";
import { decide, readPolicy, UnreadablePolicy, type Decision, type Policy, type Question } from "./iam";
import { limitOfAllow, limitOfDeny, type Limit } from "./condition-words";

/** A statement as it is written. */
export interface RawStatement {
  readonly Sid?: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: unknown;
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: unknown;
}

/** A statement that can be asked by itself, without its condition. */
export interface Part {
  readonly name: string;
  readonly raw: RawStatement;
  readonly principals: readonly string[];
  /** In lower case. */
  readonly actions: readonly string[];
  readonly unconditional: Policy;
}

/** A bucket's or key's policy that can be judged. */
export interface ReadPolicy {
  /** Address of the resource that sets it. */
  readonly address: string;
  readonly whole: Policy;
  /**
   * The policy without what it allows whole accounts. An account's own policies have to pass that on, and these aren't
   * here: an identity of it has for certain only what names the identity. Absent where nothing is left.
   */
  readonly direct: Policy | undefined;
  readonly parts: readonly Part[];
}

/** A policy that can't be judged, and why. */
export interface UnreadPolicy {
  readonly address: string;
  readonly why: string;
}

const cache = new Map<string, ReadPolicy | UnreadPolicy>();

/** Reads a policy, whole and statement by statement. A policy that can't be judged is an answer too. */
export function parsePolicy(address: string, text: string): ReadPolicy | UnreadPolicy {
  const key = `${address}\0${text}`;
  const known = cache.get(key) ?? parseAfresh(address, text);
  cache.set(key, known);
  return known;
}

function parseAfresh(address: string, text: string): ReadPolicy | UnreadPolicy {
  try {
    const twice = keyTwice(text);
    if (twice !== undefined) return { address, why: `The policy has the key ${quote(twice)} twice in one object.` };
    const json = parsed(text);
    const whole = readPolicy(json);
    const { Statement } = json as { Statement: RawStatement | readonly RawStatement[] };
    const statements = [Statement].flat();
    return { address, whole, direct: directOf(statements, whole), parts: statements.map(partOf) };
  } catch (error) {
    if (error instanceof UnreadablePolicy) return { address, why: error.message };
    throw error;
  }
}

/** What isn't JSON is left to the reader of policies to refuse. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

const ROOT = /^\d{12}$|:root$/;

function directOf(statements: readonly RawStatement[], whole: Policy): Policy | undefined {
  const left = statements.flatMap(withoutRoots);
  if (left.length === statements.length && left.every((raw) => statements.includes(raw))) return whole;
  return left.length ? readPolicy({ Version: "2012-10-17", Statement: left }) : undefined;
}

function withoutRoots(raw: RawStatement): RawStatement[] {
  const { AWS } = (raw.Principal ?? {}) as { AWS?: string | readonly string[] };
  if (raw.Effect === "Deny" || AWS === undefined) return [raw];
  const all = [AWS].flat();
  const named = all.filter((name) => !ROOT.test(name));
  if (named.length === all.length) return [raw];
  return named.length ? [{ ...raw, Principal: { ...(raw.Principal as object), AWS: named } }] : [];
}

/** What a policy says to a question, but for what an account of the asker's would have to pass on. */
export function decideDirectly({ whole, direct }: ReadPolicy, question: Question): Decision["effect"] {
  if (ROOT.test(question.principal)) return decide(whole, question).effect;
  return direct ? decide(direct, question).effect : "implicit-deny";
}

function partOf(raw: RawStatement, index: number): Part {
  const { Condition: _, ...without } = raw;
  return {
    name: raw.Sid || `#${index + 1}`,
    raw,
    principals: identities(raw.Principal),
    actions: [raw.Action].flat().map((action) => action.toLowerCase()),
    unconditional: readPolicy({ Version: "2012-10-17", Statement: without }),
  };
}

export function isRead(policy: ReadPolicy | UnreadPolicy): policy is ReadPolicy {
  return "whole" in policy;
}

/** Everyone whom an Allow names: ARNs of identities, `*`, services. An account's number is its root. */
export function principalsIn(policy: ReadPolicy): string[] {
  const named = policy.parts
    .filter(({ raw }) => raw.Effect === "Allow")
    .flatMap(({ raw }) => identities(raw.Principal));
  return [...new Set(named)];
}

/** The principals of a statement. */
export function identities(principal: unknown): string[] {
  if (typeof principal === "string") return [principal];
  const lists = Object.values((principal ?? {}) as Record<string, string | readonly string[]>);
  return lists.flat().map((name) => (/^\d{12}$/.test(name) ? `arn:aws:iam::${name}:root` : name));
}

const byAction = new WeakMap<ReadPolicy, Map<string, readonly Part[]>>();

/** The statements that speak of an action. */
function partsAbout(policy: ReadPolicy, action: string): readonly Part[] {
  const known = byAction.get(policy) ?? new Map<string, readonly Part[]>();
  byAction.set(policy, known);
  const wanted = action.toLowerCase();
  const parts =
    known.get(wanted) ?? policy.parts.filter(({ actions }) => actions.some((pattern) => fits(pattern, wanted)));
  known.set(wanted, parts);
  return parts;
}

/** What may be done, if anything: by which statements and within which limits. */
export interface Possible {
  readonly by: readonly string[];
  readonly limits: readonly Limit[];
}

/**
 * Whether a policy lets someone do something in some circumstances, and in which. Conditions are not guessed at: an Allow
 * counts whatever it asks for, a Deny only where it asks for nothing, and what they ask for is in the limits.
 */
export function possible(policy: ReadPolicy, question: Omit<Question, "context">): Possible | undefined {
  const about = partsAbout(policy, question.action);
  const applies = ({ unconditional }: Part) => decide(unconditional, question).effect !== "implicit-deny";
  const allows = about.filter((part) => allowsBy(part, question.principal) && applies(part));
  if (!allows.length) return undefined;
  const denies = about.filter((part) => part.raw.Effect === "Deny" && applies(part));
  if (denies.some(({ raw }) => raw.Condition === undefined)) return undefined;
  const free = allows.some(({ raw }) => raw.Condition === undefined);
  return {
    by: allows.map(({ name }) => name),
    limits: [
      ...(free ? [] : allows.map(({ raw }) => limitOfAllow(raw.Condition))),
      ...denies.map(({ raw }) => limitOfDeny(raw.Condition)),
    ],
  };
}

/** Whether it is an Allow that names someone, and not only the account of someone. */
function allowsBy({ raw, principals }: Part, principal: string): boolean {
  return raw.Effect === "Allow" && (principals.includes(principal) || principals.includes("*"));
}
