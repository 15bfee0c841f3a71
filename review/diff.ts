import { accessOf, type Cell, type Row } from "./access";
import { CAPABILITIES, type Capability } from "./capability";
import type { Limit } from "./condition-words";
import type { Facts } from "./facts";
import { isDataBearing, replaces } from "./replacement";
import type { Resource, Stack } from "./stack";
import type { Json } from "./value";

/** How one cell of the table has changed. */
export interface AccessChange {
  readonly storage: string;
  readonly principal: string;
  readonly capability: Capability;
  readonly change: "broadened" | "narrowed";
  readonly before: string;
  readonly after: string;
}

/** What becomes of a resource. */
export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly change: "created" | "changed" | "replaced" | "destroyed" | "forgotten" | "changed or replaced";
  /** Attributes that differ; for a replacement those that force it. */
  readonly attributes: readonly string[];
  /** Whether it holds files, or what they can't be read without. */
  readonly holdsData: boolean;
}

/** What changed between two states of one stack. */
export interface Changes {
  /** What today's is compared with: a folder, a revision, or what a plan says is there. */
  readonly against: string;
  readonly access: readonly AccessChange[];
  /** Cells that say the same as before. */
  readonly unchangedCells: number;
  readonly resources: readonly ResourceChange[];
  /** Reasons to block. */
  readonly losses: readonly string[];
}

/** Compares today's facts with those of before; either may be missing, when a whole deployment comes or goes. */
export function diff(before: Facts | undefined, after: Facts | undefined, against: string): Changes {
  const rows = (facts: Facts | undefined) =>
    facts ? facts.storages.flatMap((storage) => accessOf(storage, facts)) : [];
  const cells = compareAccess(rows(before), rows(after));
  const resources = after?.stack.changes
    ? planned(after.stack)
    : compareResources(before?.stack, after?.stack, new Set(after?.stack.forgotten));
  return {
    against,
    access: cells.filter((cell) => cell.change !== "unchanged") as AccessChange[],
    unchangedCells: cells.filter((cell) => cell.change === "unchanged").length,
    resources,
    losses: resources.flatMap(loss),
  };
}

/** Whether anything is different. */
export function isUnchanged({ access, resources }: Changes): boolean {
  return !access.length && !resources.length;
}

function loss({ address, change, holdsData, attributes }: ResourceChange): string[] {
  if (!holdsData) return [];
  const by = attributes.length ? ` (${attributes.join(", ")})` : "";
  if (change === "replaced") return [`${address} would be replaced${by}: its files, or the key to them, are lost.`];
  if (change === "changed or replaced")
    return [`${address} is changed${by}, and whether it would be replaced is not known here: give a plan (--plan).`];
  if (change === "destroyed")
    return [`${address} is gone from the configuration without being retired: Terraform would destroy it.`];
  return [];
}

type AnyChange = Omit<AccessChange, "change"> & { readonly change: AccessChange["change"] | "unchanged" };

const keyOf = (row: Row) => `${row.storage} ${row.principal.id}`;

function compareAccess(before: readonly Row[], after: readonly Row[]): AnyChange[] {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const today = new Map(after.map((row) => [keyOf(row), row]));
  const keys = [...new Set([...today.keys(), ...old.keys()])];
  return keys.flatMap((key) => {
    const [a, b] = [old.get(key), today.get(key)];
    const row = b ?? a;
    if (!row) return [];
    const { storage, principal } = row;
    return CAPABILITIES.flatMap((capability) => {
      const [was, is] = [a?.cells[capability], b?.cells[capability]];
      if ((was?.answer ?? "no") === "no" && (is?.answer ?? "no") === "no") return [];
      const change = compareCells(was, is);
      return [
        { storage, principal: principal.label, capability, change, before: cellInWords(was), after: cellInWords(is) },
      ];
    });
  });
}

const RANK = { no: 0, unknown: 1, yes: 2 } as const;

function compareCells(was: Cell | undefined, is: Cell | undefined): AnyChange["change"] {
  const [from, to] = [RANK[was?.answer ?? "no"], RANK[is?.answer ?? "no"]];
  if (from !== to) return to > from ? "broadened" : "narrowed";
  return compareLimits(was?.limits ?? [], is?.limits ?? []);
}

/** What is limited less, or otherwise, is broadened: where two limits can't be ordered, the worse is taken. */
function compareLimits(was: readonly Limit[], is: readonly Limit[]): AnyChange["change"] {
  const looser = was.some((limit) => !is.some((other) => isAsTight(other, limit)));
  if (looser) return "broadened";
  return is.some((limit) => !was.some((other) => isAsTight(other, limit))) ? "narrowed" : "unchanged";
}

/** Whether `limit` lets nothing past that `other` would stop. */
function isAsTight(limit: Limit, other: Limit): boolean {
  if (limit.kind !== other.kind) return false;
  if (limit.text === other.text) return true;
  if (!limit.admits || !other.admits) return false;
  if (limit.kind === "age") return Number(limit.admits[0]) <= Number(other.admits[0]);
  const everywhere = !limit.text.startsWith("pre-signed") || other.text.startsWith("pre-signed");
  return everywhere && limit.admits.every((value) => other.admits?.includes(value));
}

/** `yes, TLS only` */
export function cellInWords(cell: Cell | undefined): string {
  return [cell?.answer ?? "no", ...(cell?.limits ?? []).map(({ text }) => text)].join(", ");
}

function planned({ changes = [] }: Stack): ResourceChange[] {
  const words = {
    create: "created",
    update: "changed",
    replace: "replaced",
    delete: "destroyed",
    forget: "forgotten",
  } as const;
  return changes.map(({ address, type, action, replacePaths }) => ({
    address,
    type,
    change: words[action],
    attributes: replacePaths,
    holdsData: isDataBearing(type),
  }));
}

function compareResources(
  before: Stack | undefined,
  after: Stack | undefined,
  forgotten: ReadonlySet<string>,
): ResourceChange[] {
  const managed = (stack: Stack | undefined) => [...(stack?.resources.values() ?? [])].filter(({ isData }) => !isData);
  const old = new Map(managed(before).map((resource) => [resource.address, resource]));
  const gone = [...old.values()].filter(({ address }) => !after?.resources.has(address));
  return [
    ...managed(after).flatMap((resource) => {
      const was = old.get(resource.address);
      return was ? changed(was, resource) : [change(resource, "created", [])];
    }),
    ...gone.map((resource) => change(resource, forgotten.has(resource.address) ? "forgotten" : "destroyed", [])),
  ];
}

function change(
  { address, type }: Resource,
  what: ResourceChange["change"],
  attributes: readonly string[],
): ResourceChange {
  return { address, type, change: what, attributes, holdsData: isDataBearing(type) };
}

/** What Terraform itself reads and no provider. */
const META = ["depends_on"];

function changed(was: Resource, is: Resource): ResourceChange[] {
  const keys = [...new Set([...Object.keys(was.values), ...Object.keys(is.values)])];
  const differ = keys.filter((key) => !META.includes(key) && !equal(was.values[key], is.values[key]));
  if (!differ.length) return [];
  const forced = replaces(is.type, differ);
  const what = forced === undefined ? "changed or replaced" : forced ? "replaced" : "changed";
  return [change(is, what, differ)];
}

function equal(a: Json | undefined, b: Json | undefined): boolean {
  return a === b || JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}
