import ipaddr from "ipaddr.js";
import { quote } from "../constructs/issue";

/** A policy that can't be judged: an unknown element, operator, form of key or principal, version… Nothing is guessed. */
export class UnreadablePolicy extends Error {
  override readonly name = "UnreadablePolicy";
}

/** A question that AWS is never asked, such as an action with a wildcard. The asker is at fault, not the policy. */
export class UnanswerableQuestion extends Error {
  override readonly name = "UnanswerableQuestion";
}

export function refuse(where: string, rule: string, value: unknown): never {
  throw new UnreadablePolicy(`Cannot read the policy: ${where} must ${rule}, got ${quote(value)}`);
}

export function decline(where: string, rule: string, value: unknown): never {
  throw new UnanswerableQuestion(`Cannot answer the question: ${where} must ${rule}, got ${quote(value)}`);
}

/** Whether a text fits a pattern of `*` (any characters, slashes and colons too) and `?` (any one). Never exponential. */
export function fits(pattern: string, text: string): boolean {
  let [p, t, star, mark] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === "*") [star, p, mark] = [p, p + 1, t];
    else if (pattern[p] === "?" || pattern[p] === text[t]) [p, t] = [p + 1, t + 1];
    else if (star >= 0) [p, mark, t] = [star + 1, mark + 1, mark + 1];
    else return false;
  }
  return /^\**$/.test(pattern.slice(p));
}

/** The entries of an object, which may not be empty. */
export function entries(where: string, value: unknown): [string, unknown][] {
  const found = typeof value === "object" && value && !Array.isArray(value) ? Object.entries(value) : [];
  return found.length ? found : refuse(where, "be an object that isn't empty", value);
}

/** One value or a list of values as a list, which may not be empty. */
export function listed(where: string, value: unknown): unknown[] {
  const list: unknown[] = Array.isArray(value) ? value : [value];
  return list.length ? list : refuse(where, "hold a value", value);
}

/** Refuses what stands for something else: AWS fills in policy variables and Terraform its expressions, but not here. */
export function literal(where: string, text: string): string {
  return text.includes("${") ? refuse(where, "hold no policy variable or expression", text) : text;
}

type Read<T> = (text: string) => T | undefined;
type Address = ReturnType<typeof ipaddr.parse>;

/** How an operator compares; `undefined` says that a value is none of its kind. */
interface Operator {
  readonly rule: string;
  readonly read: Read<Read<boolean>>;
}

const ifKnown = <A, B>(value: A | undefined, then: (value: A) => B) => (value === undefined ? undefined : then(value));

function comparing<W, R>(rule: string, want: Read<W>, ask: Read<R>, holds: (wanted: W, requested: R) => boolean) {
  const test = (wanted: W) => (text: string) => ifKnown(ask(text), (requested) => holds(wanted, requested));
  return { rule, read: (text) => ifKnown(want(text), test) } satisfies Operator;
}

/** The operators of a type that has an order, each by the signs of "requested minus wanted" that meet it. */
function ordering(type: string, rule: string, read: Read<number>): [string, Operator][] {
  const orders = { Equals: [0], LessThan: [-1], LessThanEquals: [-1, 0], GreaterThan: [1], GreaterThanEquals: [0, 1] };
  return Object.entries(orders).map(([order, signs]) => {
    const holds = (wanted: number, requested: number) => signs.includes(Math.sign(requested - wanted));
    return [`${type}${order}`, comparing(rule, read, read, holds)];
  });
}

const truth: Read<string> = (text) => (text === "true" || text === "false" ? text : undefined);

/** At most 15 digits: those a number holds exactly. */
const number: Read<number> = (text) => (/^-?(?=[\d.]{1,16}$)\d{1,15}(\.\d+)?$/.test(text) ? Number(text) : undefined);

/** A day, a moment with its zone, or seconds since 1970; not 30 February, which JavaScript moves to March. */
function moment(text: string): number | undefined {
  if (/^\d{9,11}$/.test(text)) return Number(text) * 1000;
  const [time, day] = [Date.parse(text), text.slice(0, 10)];
  const known = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/.test(text) && !Number.isNaN(time);
  return known && new Date(day).toISOString().startsWith(day) ? time : undefined;
}

/** Stricter than the library, which also reads octal numbers, short forms and zones. */
function address(text: string): Address | undefined {
  const strict = ipaddr.IPv4.isValidFourPartDecimal(text) || (ipaddr.IPv6.isValid(text) && !text.includes("%"));
  return strict ? ipaddr.parse(text) : undefined;
}

/** A bare IPv4 address is a range of one. For IPv6 AWS documents no default that could be meant: it says `/32`. */
function range(text: string): ((requested: Address) => boolean) | undefined {
  const [, first = "", bits = first.includes(":") ? "" : "32"] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const net = address(first);
  if (!net || !bits || Number(bits) > net.toByteArray().length * 8) return undefined;
  return (requested) => requested.kind() === net.kind() && requested.match(net, Number(bits));
}

/** The six parts of an ARN, the last with all its colons. */
function arnParts(text: string): string[] | undefined {
  return /^(arn):([^:]+):([^:]+):([^:]*):([^:]*):(.+)$/s.exec(text)?.slice(1);
}

/** Part by part, so that no wildcard reaches over a colon. What is no ARN, say the bare id of a key, fits none. */
const ARN = comparing("be an ARN", arnParts, String, (wanted, requested) => {
  const parts = arnParts(requested) ?? [];
  return wanted.every((part, index) => fits(part, parts[index] ?? ""));
});

const OPERATORS = new Map<string, Operator>([
  ["StringEquals", comparing("be text", String, String, (wanted, text) => text === wanted)],
  ["StringEqualsIgnoreCase", comparing("be text", String, String, (a, b) => a.toLowerCase() === b.toLowerCase())],
  ["StringLike", comparing("be text", String, String, fits)],
  ["Bool", comparing('be "true" or "false"', truth, truth, (wanted, requested) => requested === wanted)],
  ["IpAddress", comparing("be an IPv4 address or a range in CIDR form", range, address, (within, ip) => within(ip))],
  ["ArnEquals", ARN],
  ["ArnLike", ARN],
  ...ordering("Numeric", "be a number of at most 15 digits", number),
  ...ordering("Date", "be a day, a moment with its zone, or seconds since 1970", moment),
]);

/** What a request says under one condition key: a list if the key is multivalued, nothing if the request lacks it. */
export type Requested = string | readonly string[] | undefined;

/** One condition key, in lower case since AWS compares their names so, under one operator. */
export interface Condition {
  readonly key: string;
  /** Throws an {@link UnanswerableQuestion} if the request's value can't be compared. */
  readonly holds: (requested: Requested) => boolean;
}

/**
 * Reads the `Condition` of a statement, which applies where all of them hold.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function readConditions(where: string, block: unknown): Condition[] {
  return entries(`${where}: Condition`, block).flatMap(([name, keys]) => {
    const path = `${where}: Condition.${name}`;
    const conditions = entries(path, keys).map(([key, value]) => readCondition(path, name, key, value));
    const twice = conditions.find(({ key }, index) => conditions.findIndex((other) => other.key === key) < index);
    return twice ? refuse(path, "have each key once, in whatever case", twice.key) : conditions;
  });
}

function readCondition(path: string, name: string, key: string, value: unknown): Condition {
  if (!/^[\w.-]+:[^*?$]+$/.test(key)) refuse(path, 'have keys with a prefix, such as "aws:SourceIp"', key);
  const where = `${path}.${key}`;
  const values = listed(where, value).map((item) => readValue(where, item));
  const holds = name === "Null" ? nullity(where, values) : comparison(where, name, key, values);
  return { key: key.toLowerCase(), holds };
}

function readValue(where: string, value: unknown): string {
  const exact = !Number.isInteger(value) || Number.isSafeInteger(value);
  const scalar = ["string", "number", "boolean"].includes(typeof value) && exact;
  return scalar ? literal(where, String(value)) : refuse(where, "be text, an exact number or a boolean", value);
}

/** The values of a multivalued key; AWS reads an empty one as none. */
function members(requested: Requested): string[] {
  return [requested ?? []].flat().filter((value) => value !== "");
}

/** `Null` asks whether the request lacks the key. An empty value is there, an empty list isn't. */
function nullity(where: string, values: readonly string[]): Condition["holds"] {
  const wanted = values.map((value) => truth(value) ?? refuse(where, 'be "true" or "false"', value));
  return (requested) => wanted.includes(String(typeof requested !== "string" && !members(requested).length));
}

/**
 * How an operator, with its `ForAllValues:`, `Not` and `IfExists`, takes a request.
 *
 * A request that lacks the key doesn't meet a positive operator, yet does meet a negated one and `ForAllValues:`, so
 * that a Deny with `StringNotEquals` hits requests that are silent. `ForAnyValue:…IfExists` is refused: the page on
 * `IfExists` says that it is met by an absent key, the page on sets that it isn't.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
 */
function comparison(where: string, name: string, key: string, values: readonly string[]): Condition["holds"] {
  const [, set, base = "", ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(name) ?? [];
  const positive = base.replace(/Not(?=Equals|Like|IpAddress)/, "");
  const negated = positive !== base;
  const operator = OPERATORS.get(positive) ?? refuse(where, "have a known operator", name);
  if (set === "ForAnyValue" && ifExists) refuse(where, "not join ForAnyValue and IfExists", name);
  const tests = values.map((value) => operator.read(value) ?? refuse(where, operator.rule, value));
  const meets = (value: string) =>
    tests.map((test) => test(value) ?? decline(`context "${key}"`, operator.rule, value)).includes(true) !== negated;
  if (set === "ForAllValues") return (requested) => !members(requested).map(meets).includes(false);
  if (set === "ForAnyValue") return (requested) => members(requested).map(meets).includes(true);
  return (requested) => {
    if (requested === undefined) return negated || ifExists !== undefined;
    return typeof requested === "string" ? meets(requested) : decline(`context "${key}"`, "be one value", requested);
  };
}
