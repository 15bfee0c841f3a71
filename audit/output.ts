import { csvCell, visible, visibleJson } from "./text";

export const OUTPUT_FORMATS = ["table", "json", "csv"] as const;
export type OutputFormat = (typeof OUTPUT_FORMATS)[number];

type Cell = string | number | boolean | undefined;

/** A named value of each row. */
export interface Column<Row> {
  readonly name: string;
  readonly of: (row: Row) => Cell;
}

/** Rows as text, written as they come. */
export interface Output<Row> {
  /** What can be written after this row: it may lag behind. */
  row(row: Row): string;
  /** What is left at the end. */
  end(): string;
}

/** JSON Lines: an object a row, without what is unknown. */
export function jsonOutput<Row>(fields: readonly Column<Row>[]): Output<Row> {
  const names = fields.map(({ name }) => JSON.stringify(name));
  const line = (row: Row) => {
    const pairs: string[] = [];
    fields.forEach(({ of }, at) => {
      const value = of(row);
      if (value !== undefined) pairs.push(`${names[at] ?? ""}:${JSON.stringify(value)}`);
    });
    return `${visibleJson(`{${pairs.join(",")}}`)}\n`;
  };
  return { row: line, end: () => "" };
}

/** CSV after RFC 4180 with a header, safe to open in a spreadsheet; an empty cell is unknown. */
export function csvOutput<Row>(fields: readonly Column<Row>[]): Output<Row> {
  let head = `${fields.map(({ name }) => name).join(",")}\r\n`;
  // of a number, String() would be remembered by the engine, at the price of memory
  const other = (value: Cell) => (value === undefined ? "" : JSON.stringify(value));
  const cell = (value: Cell) => (typeof value === "string" ? csvCell(value) : other(value));
  const take = () => {
    const taken = head;
    head = "";
    return taken;
  };
  const line = (row: Row) => `${fields.map(({ of }) => cell(of(row))).join(",")}\r\n`;
  return { row: (row) => take() + line(row), end: take };
}

/** Rows that are held back to see how wide the columns are. */
const HELD = 100;
/** A longer cell pushes the rest of its line aside rather than making every line long. */
const WIDEST = 40;

/** An aligned table. Columns grow with later rows and never shrink; the last one has no width. */
export function tableOutput<Row>(columns: readonly Column<Row>[]): Output<Row> {
  const widths = columns.map(() => 0);
  let held: string[][] = [columns.map(({ name }) => name)];
  let started = false;
  const line = (cells: readonly string[]) => {
    cells.forEach((cell, at) => (widths[at] = Math.max(widths[at] ?? 0, Math.min(cell.length, WIDEST))));
    return `${cells.map((cell, at) => (at === cells.length - 1 ? cell : cell.padEnd(widths[at] ?? 0))).join("  ")}\n`;
  };
  const flush = () => {
    started = true;
    held.forEach(line); // once for the widths
    const text = held.map(line).join("");
    held = [];
    return text;
  };
  return {
    row(row) {
      const cells = columns.map(({ of }) => visible(String(of(row) ?? "-")));
      if (started) return line(cells);
      held.push(cells);
      return held.length > HELD ? flush() : "";
    },
    end: flush,
  };
}

/** The output of a format; a table has its own, fewer columns. */
export function outputOf<Row>(
  format: OutputFormat,
  fields: readonly Column<Row>[],
  columns: readonly Column<Row>[],
): Output<Row> {
  switch (format) {
    case "table":
      return tableOutput(columns);
    case "json":
      return jsonOutput(fields);
    case "csv":
      return csvOutput(fields);
    default:
      return format satisfies never;
  }
}
