import { html } from "./escape";
import type { Picture, PictureEdge, PictureNode } from "./picture";

const COLUMNS: readonly (readonly PictureNode["kind"][])[] = [
  ["team", "network"],
  ["principal", "alarm"],
  ["storage", "logs"],
  ["key"],
];
const BOX = { width: 230, height: 40, gapX: 170, gapY: 16, margin: 12 };
/** Characters that a box holds; the whole text is in its tooltip. */
const FITS = 32;

interface Placed extends PictureNode {
  readonly x: number;
  readonly y: number;
}

/** Boxes in four columns; a teams' column stands beside what the teams use, so edges go from left to right. */
export function svgOf({ nodes, edges }: Picture): string {
  const placed = new Map(
    COLUMNS.flatMap((kinds, column) => placeColumn(nodes, kinds, column)).map((node) => [node.id, node]),
  );
  const rows = Math.max(1, ...COLUMNS.map((kinds) => nodes.filter(({ kind }) => kinds.includes(kind)).length));
  const width = COLUMNS.length * BOX.width + (COLUMNS.length - 1) * BOX.gapX + 2 * BOX.margin;
  const height = rows * (BOX.height + BOX.gapY) + 2 * BOX.margin;
  return [
    `<svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="Who gets at which storage">`,
    ...edges.map((edge) => line(edge, placed)),
    ...[...placed.values()].map(box),
    "</svg>",
  ].join("\n");
}

function placeColumn(nodes: readonly PictureNode[], kinds: readonly PictureNode["kind"][], column: number): Placed[] {
  const x = BOX.margin + column * (BOX.width + BOX.gapX);
  return nodes
    .filter(({ kind }) => kinds.includes(kind))
    .map((node, row) => ({ ...node, x, y: BOX.margin + row * (BOX.height + BOX.gapY) }));
}

function box({ x, y, label, kind }: Placed): string {
  const short = label.length > FITS ? `${label.slice(0, FITS - 1)}…` : label;
  return `<g class="${kind}"><title>${html(label)}</title><rect x="${x}" y="${y}" width="${BOX.width}" height="${BOX.height}" rx="6"/><text x="${x + 10}" y="${y + 25}">${html(short)}</text></g>`;
}

function line({ from, to, label, kind }: PictureEdge, placed: ReadonlyMap<string, Placed>): string {
  const [a, b] = [placed.get(from), placed.get(to)];
  if (!a || !b) return "";
  const [startX, endX] = [a.x + BOX.width, b.x];
  const [startY, endY] = [a.y + BOX.height / 2, b.y + BOX.height / 2];
  const bend = (endX - startX) / 2;
  const path = `M${startX} ${startY} C${startX + bend} ${startY} ${endX - bend} ${endY} ${endX} ${endY}`;
  return `<path class="edge ${kind}" d="${path}"><title>${html(`${a.label} → ${b.label}: ${label}`)}</title></path>`;
}
