import { mermaid } from "./escape";
import type { Picture, PictureEdge, PictureNode } from "./picture";

/** Mermaid refuses diagrams with more edges than that; then the edges of keys and paths are left out, and said to be. */
const MAX_EDGES = 400;

const SHAPES: Readonly<Record<PictureNode["kind"], readonly [string, string]>> = {
  team: ["([", "])"],
  principal: ["[", "]"],
  alarm: ["[", "]"],
  storage: ["[(", ")]"],
  logs: ["[(", ")]"],
  key: ["{{", "}}"],
  network: ["[/", "/]"],
};

const ARROWS: Readonly<Record<PictureEdge["kind"], string>> = {
  access: "-->",
  alarm: "==>",
  use: "-.->",
  key: "---",
  network: "-.->",
};

/** The picture as Mermaid, which GitHub and GitLab draw. */
export function mermaidOf({ nodes, edges }: Picture): string {
  const shown =
    edges.length > MAX_EDGES
      ? edges.filter(({ kind }) => kind === "access" || kind === "alarm").slice(0, MAX_EDGES)
      : edges;
  const left = edges.length - shown.length;
  const lines = [
    ...nodes.map(({ id, label, kind }) => `${id}${SHAPES[kind][0]}"${mermaid(label)}"${SHAPES[kind][1]}`),
    ...shown.map(({ from, to, label, kind }) => `${from} ${ARROWS[kind]}|"${mermaid(label)}"| ${to}`),
    ...(left ? [`left["${left} more edges are in the tables"]`] : []),
    "classDef alarm fill:#fdd,stroke:#c00,color:#600",
    ...nodes.filter(({ kind }) => kind === "alarm").map(({ id }) => `class ${id} alarm`),
  ];
  return ["flowchart LR", ...lines.map((line) => `  ${line}`)].join("\n");
}
