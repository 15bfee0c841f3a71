import type { Access } from "./access";
import { parseDay, parseIsoTime } from "./time";

const DAY = 86_400_000;

/** A range of statuses, both ends included. */
export type StatusRange = readonly [from: number, to: number];

/** What a request must meet to be shown; what is left out, any request meets. */
export interface Filter {
  /** Names of users; `-` is for requests that name none. */
  readonly users?: ReadonlySet<string>;
  /** What the key starts with, without the bucket. */
  readonly keyPrefix?: string;
  /** Milliseconds since 1970; a request at that time is in. */
  readonly since?: number;
  /** Milliseconds since 1970; a request at that time is out. */
  readonly until?: number;
  readonly statuses?: readonly StatusRange[];
  /** A part of the operation's name, in lower case. */
  readonly operation?: string;
}

/** Whether a request meets the filter; what costs most to read from the line is asked last. */
export function meets(filter: Filter, access: Access): boolean {
  const { since, until, statuses, operation, keyPrefix, users } = filter;
  if (since !== undefined && access.time < since) return false;
  if (until !== undefined && access.time >= until) return false;
  if (statuses && !inRanges(statuses, access.status)) return false;
  if (operation !== undefined && !access.operation.toLowerCase().includes(operation)) return false;
  if (keyPrefix !== undefined && !access.key?.startsWith(keyPrefix)) return false;
  return !users || users.has(access.user ?? "-");
}

function inRanges(ranges: readonly StatusRange[], status: number | undefined): boolean {
  return status !== undefined && ranges.some(([from, to]) => status >= from && status <= to);
}

/** `403`, `4xx`, `200-299`, and several of them with commas; undefined for anything else. */
export function parseStatuses(text: string): StatusRange[] | undefined {
  const ranges = text.split(",").map(parseStatus);
  return ranges.every((range) => range !== undefined) ? ranges : undefined;
}

function parseStatus(text: string): StatusRange | undefined {
  const parts = /^([1-5]\d\d)(?:-([1-5]\d\d))?$|^([1-5])xx$/i.exec(text.trim());
  if (!parts) return undefined;
  const [, from, to = from, hundred] = parts;
  const range: StatusRange = hundred ? [Number(hundred) * 100, Number(hundred) * 100 + 99] : [Number(from), Number(to)];
  return range[0] <= range[1] ? range : undefined;
}

/** The start of a time span: a day (UTC) from its beginning, or a time. */
export function parseSince(text: string): number | undefined {
  return parseDay(text) ?? parseIsoTime(text);
}

/** The end of a time span: a day (UTC) with all of it, or a time, which is out. */
export function parseUntil(text: string): number | undefined {
  const day = parseDay(text);
  return day === undefined ? parseIsoTime(text) : day + DAY;
}
