import { InvalidRequest, type Issue, type LocatedIssue, type Place } from "../constructs/issue";
import type { TakenOptOut } from "../constructs/opt-out";
import type { Host } from "./access";
import { attachmentsOf, type AttachmentRequest } from "./attachments";
import type { DeploymentType } from "./availability";
import { issuesOf, warningsOf } from "./rules";
import type { DeploymentShape, Retired, StorageShape } from "./schema";
import { parseShape } from "./shape";
import { resolvedState, type ResolvedState } from "./state";
import { runsOnOf } from "./where";

/** Where a deployment was written down. */
export interface Source {
  /** The file, relative to the folder that the command runs in. */
  readonly file: string;
  /** The place of the value at a path, or of the nearest value around it. */
  locate(path: readonly string[], atKey?: boolean): Place;
}

/** A deployment that W&B allows, all defaults filled in. */
export interface Request {
  readonly name: string;
  readonly type: DeploymentType;
  readonly wandbUrl?: string | undefined;
  /** Where W&B runs; not told on SaaS. */
  readonly runsOn?: Host | undefined;
  readonly storages: Readonly<Record<string, StorageShape>>;
  readonly attachments: readonly AttachmentRequest[];
  readonly retired: readonly Retired[];
  readonly state: ResolvedState;
  readonly optOuts: readonly TakenOptOut[];
  readonly warnings: readonly LocatedIssue[];
  readonly source?: Source | undefined;
}

/** A request, or all its issues. */
export type ParseResult = { readonly request: Request } | { readonly issues: readonly LocatedIssue[] };

/** Reads a deployment: first its shape, then, if that is right, the rules. */
export function parse(raw: unknown, source?: Source): ParseResult {
  const locate = (issue: Issue): LocatedIssue =>
    source ? { ...issue, place: source.locate(issue.path, issue.atKey) } : issue;
  const shaped = parseShape(raw);
  if ("issues" in shaped) return { issues: shaped.issues.map(locate) };
  const { shape } = shaped;
  const issues = issuesOf(shape);
  if (issues.length) return { issues: issues.map(locate) };
  return { request: { ...requestOf(shape), warnings: warningsOf(shape).map(locate), source } };
}

/**
 * Reads a deployment that is written in TypeScript.
 *
 * @throws InvalidRequest with all issues
 */
export function accept(raw: unknown): Request {
  const result = parse(raw);
  if ("issues" in result) throw new InvalidRequest(result.issues);
  return result.request;
}

function requestOf(shape: DeploymentShape): Omit<Request, "warnings"> {
  return {
    name: shape.name,
    type: shape.type,
    wandbUrl: shape.wandb?.url,
    runsOn: runsOnOf(shape),
    storages: shape.storage,
    attachments: attachmentsOf(shape),
    retired: shape.retired ?? [],
    state: resolvedState(shape.name, shape.state),
    optOuts: optOutsOf(shape.storage, ["storage"]),
  };
}

/** Every opt-out below a value: a mapping with a reason, and a flag or a mode that the reason is for. */
function optOutsOf(value: unknown, path: readonly string[]): TakenOptOut[] {
  if (typeof value !== "object" || value === null) return [];
  const entries: [string, unknown][] = Object.entries(value);
  const reason: unknown = entries.find(([key]) => key === "reason")?.[1];
  const mode: unknown = entries.find(([key]) => key === "mode")?.[1];
  const flag = entries.find(([, inner]) => inner === true)?.[0] ?? mode;
  const own =
    typeof reason === "string" && typeof flag === "string" ? [{ path, what: `${path.at(-1)}.${flag}`, reason }] : [];
  return [...own, ...entries.flatMap(([key, inner]) => optOutsOf(inner, [...path, key]))];
}
