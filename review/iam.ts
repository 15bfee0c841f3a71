import { parseDocument } from "yaml";
import type { Condition, Requested } from "./iam-condition";
import { decline, entries, fits, listed, literal, readConditions, refuse } from "./iam-condition";

export { UnanswerableQuestion, UnreadablePolicy } from "./iam-condition";

/** Who wants to do what with what, and what AWS knows about the request. */
export interface Question {
  /** ARN of a role, its session, a user or a root; `*` for anonymous; or a service: `logging.s3.amazonaws.com`. */
  readonly principal: string;
  /** `s3:GetObject` */
  readonly action: string;
  /** `arn:aws:s3:::bucket/key`, or the ARN of a key. */
  readonly resource: string;
  /**
   * Values of condition keys; what isn't here isn't in the request. Nothing is added, so what AWS always sends, such
   * as `aws:SecureTransport` and `aws:PrincipalArn`, must be given wherever the policy may ask for it.
   */
  readonly context?: Readonly<Record<string, string | readonly string[]>>;
}

/** What a policy says to a question. */
export interface Decision {
  readonly effect: "allow" | "deny" | "implicit-deny";
  /** Which statement said so, by its Sid, or as `#2` where it has none. Absent where none did. */
  readonly statement?: string;
}

/** A policy of a resource (an S3 bucket or a KMS key) that can be judged as a whole. */
export interface Policy {
  readonly statements: readonly Statement[];
}

/** A statement as it is asked. */
interface Statement {
  readonly name: string;
  readonly effect: "allow" | "deny";
  /** `*`, account numbers, ARNs of identities and names of services. */
  readonly principals: readonly string[];
  /** In lower case. */
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions: readonly Condition[];
}

/**
 * Reads a policy from JSON, as text or parsed, and refuses with {@link UnreadablePolicy} whatever it can't judge, also
 * where that would not matter to the question at hand.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
 */
export function readPolicy(json: unknown): Policy {
  const policy = fields("the policy", typeof json === "string" ? parse(json) : json, ["Version", "Id", "Statement"]);
  // Without a version AWS takes that of 2008, in which a policy variable is plain text.
  if (policy.Version !== "2012-10-17") refuse("Version", 'be "2012-10-17"', policy.Version);
  if (policy.Id !== undefined && typeof policy.Id !== "string") refuse("Id", "be text", policy.Id);
  const statements = listed("Statement", policy.Statement).map(readStatement);
  const twice = statements.find(({ name }, index) => statements.findIndex((other) => other.name === name) < index);
  return twice ? refuse(`statement "${twice.name}"`, "have a Sid of its own", twice.name) : { statements };
}

/** JSON in which no object has a key twice: `JSON.parse` would silently drop the first, and AWS takes neither. */
function parse(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    refuse("the policy", "be JSON", text);
  }
  const twice = parseDocument(text, { schema: "json" }).errors.find(({ code }) => code === "DUPLICATE_KEY");
  return twice ? refuse("the policy", "have no key twice in one object", text.slice(twice.pos[0])) : value;
}

/** An object that has no other fields than these. */
function fields<K extends string>(where: string, value: unknown, known: readonly K[]): Partial<Record<K, unknown>> {
  const found = entries(where, value);
  const unknown = found.find(([key]) => !known.some((name) => name === key));
  if (unknown) refuse(where, `have no elements but ${known.join(", ")}`, unknown[0]);
  return Object.fromEntries(found) as Partial<Record<K, unknown>>;
}

const ELEMENTS = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"] as const;

function readStatement(value: unknown, index: number): Statement {
  const sid = typeof value === "object" && value && "Sid" in value ? value.Sid : undefined;
  const name = typeof sid === "string" && sid ? sid : `#${index + 1}`;
  const where = `statement "${name}"`;
  const { Sid, Effect, Principal, Action, Resource, Condition } = fields(where, value, ELEMENTS);
  if (Sid !== undefined && typeof Sid !== "string") refuse(`${where}: Sid`, "be text", Sid);
  return {
    name,
    effect: Effect === "Allow" ? "allow" : Effect === "Deny" ? "deny" : refuse(`${where}: Effect`, EFFECTS, Effect),
    principals: readPrincipals(`${where}: Principal`, Principal),
    actions: patterns(`${where}: Action`, Action, ACTION, ACTION_RULE).map((action) => action.toLowerCase()),
    resources: patterns(`${where}: Resource`, Resource, RESOURCE, RESOURCE_RULE),
    conditions: Condition === undefined ? [] : readConditions(where, Condition),
  };
}

const EFFECTS = 'be "Allow" or "Deny"';
const ACTION = /^(\*|[a-z0-9-]+:[a-z0-9*?]+)$/i;
const ACTION_RULE = 'be "*" or actions such as "s3:Get*"';
/** AWS allows no wildcard in the part that names the service. */
const RESOURCE = /^(\*|arn:[^:]+:[^:*?]+:[^:]*:[^:]*:.+)$/s;
const RESOURCE_RULE = 'be "*" or ARNs of six parts, without a wildcard for the service';

function patterns(where: string, value: unknown, form: RegExp, rule: string): string[] {
  return listed(where, value).map((item) =>
    typeof item === "string" && form.test(item) ? literal(where, item) : refuse(where, rule, item),
  );
}

/** Everyone, an account, or one root, role or user of it. AWS takes no wildcards here. */
const IDENTITY = /^\*$|^\d{12}$|^arn:(aws[a-z-]*):iam::(\d{12}):(?:root|(?:role|user)\/[\w+=,.@/-]+)$/;
const SESSION = /^arn:(aws[a-z-]*):sts::(\d{12}):(?:assumed-role\/([\w+=,.@-]+)|federated-user)\/[\w+=,.@-]+$/;
const SERVICE = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.amazonaws\.com(\.cn)?$/;
const AWS_FORM = new RegExp(`${IDENTITY.source}|${SESSION.source}`);
const AWS_RULE = 'be "*", an account or the ARN of one root, role, session or user';

/** @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html */
function readPrincipals(where: string, value: unknown): string[] {
  if (value === "*") return [value];
  if (typeof value === "string") refuse(where, 'be "*" or an object', value);
  const { AWS, Service } = fields(where, value, ["AWS", "Service"]);
  return [
    ...(AWS === undefined ? [] : patterns(`${where}.AWS`, AWS, AWS_FORM, AWS_RULE)),
    ...(Service === undefined ? [] : patterns(`${where}.Service`, Service, SERVICE, 'be as "s3.amazonaws.com"')),
  ];
}

/**
 * Whether a principal of a policy is, or includes, the asker: an account its identities, a role its sessions. Sessions
 * leave out the path of their role, whose name is unique in its account without it.
 */
function includes(granted: string, asking: string): boolean {
  const [, partition, account, role] = SESSION.exec(asking) ?? IDENTITY.exec(asking) ?? [];
  const home = `arn:${partition}:iam::${account}:`;
  const assumed = role !== undefined && granted.startsWith(`${home}role/`) && granted.endsWith(`/${role}`);
  return ["*", asking, account, `${home}root`].includes(granted) || assumed;
}

/** The request's values by condition keys in lower case. */
function contextOf({ context = {} }: Question): Map<string, Requested> {
  const bare = Object.keys(context).find((key) => !/^[\w.-]+:./.test(key));
  if (bare !== undefined) decline("context", 'have keys with a prefix, such as "aws:SourceIp"', bare);
  const values = new Map(Object.entries(context).map(([key, value]) => [key.toLowerCase(), value]));
  const distinct = values.size === Object.keys(context).length;
  return distinct ? values : decline("context", "have each key once, in whatever case", Object.keys(context));
}

function checkQuestion({ principal, action, resource }: Question): void {
  const known = [IDENTITY, SESSION, SERVICE].some((form) => form.test(principal)) && !/^\d+$/.test(principal);
  if (!known) decline("principal", 'be "*", a service or the ARN of one identity', principal);
  if (!/^[a-z0-9-]+:[a-z0-9]+$/i.test(action)) decline("action", 'be one action such as "s3:GetObject"', action);
  if (!RESOURCE.test(resource) || /[*?]/.test(resource)) decline("resource", "be the ARN of one resource", resource);
}

/** Conditions come first and all are asked: then a question that can't be answered is so in whatever order it is put. */
function applies(statement: Statement, question: Question, context: ReadonlyMap<string, Requested>): boolean {
  const unmet = statement.conditions.filter(({ key, holds }) => !holds(context.get(key)));
  return (
    unmet.length === 0 &&
    statement.principals.some((granted) => includes(granted, question.principal)) &&
    statement.actions.some((pattern) => fits(pattern, question.action.toLowerCase())) &&
    statement.resources.some((pattern) => fits(pattern, question.resource))
  );
}

/**
 * What one policy says: a Deny that applies beats every Allow, and what no statement speaks of is denied implicitly.
 * Names the first statement of those that decide.
 *
 * That an account is allowed (by its number or its root's ARN) is said here to allow its identities; AWS also wants
 * a policy of that account to pass it on.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function decide(policy: Policy, question: Question): Decision {
  checkQuestion(question);
  const context = contextOf(question);
  const applying = policy.statements.filter((statement) => applies(statement, question, context));
  const deciding = applying.find(({ effect }) => effect === "deny") ?? applying[0];
  return deciding ? { effect: deciding.effect, statement: deciding.name } : { effect: "implicit-deny" };
}

/**
 * The decision on what needs several permissions, as a PUT to a bucket with SSE-KMS needs `s3:PutObject` of the bucket
 * and `kms:GenerateDataKey` of the key: denied if one is, allowed if all are. It is the first that settles the matter.
 */
export function allOf(decisions: readonly Decision[]): Decision {
  const first = (effect: Decision["effect"]) => decisions.find((decision) => decision.effect === effect);
  return first("deny") ?? first("implicit-deny") ?? first("allow") ?? { effect: "implicit-deny" };
}
