import { azureRows } from "./access-azure";
import { gcpRows } from "./access-gcp";
import { s3Rows } from "./access-s3";
import { CAPABILITIES, type Capability } from "./capability";
import type { Limit } from "./condition-words";
import type { Facts, Storage } from "./facts";
import type { Principal } from "./principals";

/** Whether someone can do something. */
export interface Cell {
  /** `unknown`: these files don't tell. */
  readonly answer: "yes" | "no" | "unknown";
  /** Within which limits. */
  readonly limits: readonly Limit[];
  /** The statements, roles or settings that say so; for `unknown` what is missing. */
  readonly because: readonly string[];
}

/** What one principal can do with one storage. */
export interface Row {
  readonly storage: string;
  readonly principal: Principal;
  readonly cells: Readonly<Record<Capability, Cell>>;
}

export const NO: Cell = { answer: "no", limits: [], because: [] };

/** A cell for each capability. */
export function cells(answer: (capability: Capability) => Cell): Row["cells"] {
  return Object.fromEntries(CAPABILITIES.map((name) => [name, answer(name)])) as Record<Capability, Cell>;
}

/** The same unknown in every cell. */
export function allUnknown(because: string): Row["cells"] {
  return cells(() => ({ answer: "unknown", limits: [], because: [because] }));
}

/** Two grants to the same principal: what either allows is allowed, and without limits if one has none. */
export function either(a: Cell, b: Cell): Cell {
  const [first, second] = [a, b].filter(({ answer }) => answer === "yes");
  if (first && second) {
    const limits = first.limits.length && second.limits.length ? distinct([...first.limits, ...second.limits]) : [];
    return { answer: "yes", limits, because: [...new Set([...first.because, ...second.because])] };
  }
  return first ?? [a, b].find(({ answer }) => answer === "unknown") ?? NO;
}

function distinct(limits: readonly Limit[]): Limit[] {
  return limits.filter(({ text }, index) => limits.findIndex((other) => other.text === text) === index);
}

/** One row for each principal, whatever grants it has. */
export function merge(rows: readonly Row[]): Row[] {
  const byId = new Map<string, Row>();
  for (const row of rows) {
    const key = `${row.storage} ${row.principal.id}`;
    const other = byId.get(key);
    byId.set(key, other ? { ...row, cells: cells((name) => either(other.cells[name], row.cells[name])) } : row);
  }
  return [...byId.values()];
}

const answered = new WeakMap<Storage, Row[]>();

/** Who can do what with a storage, by the policies and bindings that are there. */
export function accessOf(storage: Storage, facts: Facts): Row[] {
  const rows = answered.get(storage) ?? merge(rowsOf(storage, facts));
  answered.set(storage, rows);
  return rows;
}

function rowsOf(storage: Storage, facts: Facts): Row[] {
  switch (storage.cloud) {
    case "aws":
    case "s3-compatible":
    case "coreweave":
      return s3Rows(storage, facts);
    case "gcp":
      return gcpRows(storage, facts);
    case "azure":
      return azureRows(storage, facts);
    default:
      return storage.cloud satisfies never;
  }
}
