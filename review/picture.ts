import type { Row } from "./access";
import { CAPABILITIES } from "./capability";
import type { Review, StorageSummary } from "./report";

/** A thing in the picture. */
export interface PictureNode {
  readonly id: string;
  readonly label: string;
  readonly kind: "team" | "principal" | "alarm" | "storage" | "logs" | "key" | "network";
}

/** An access or a use. */
export interface PictureEdge {
  readonly from: string;
  readonly to: string;
  readonly label: string;
  readonly kind: "access" | "alarm" | "use" | "key" | "network";
}

/** Who gets at what, left to right: teams and networks, principals, storages, keys. */
export interface Picture {
  readonly nodes: readonly PictureNode[];
  readonly edges: readonly PictureEdge[];
}

/** The picture of a review. Nodes have short ids of their own, so that no name can be one. */
export function pictureOf({ storages, access }: Review): Picture {
  const ids = new Map<string, string>();
  const id = (prefix: string, name: string) => {
    const key = `${prefix} ${name}`;
    const known = ids.get(key) ?? `${prefix}${ids.size}`;
    ids.set(key, known);
    return known;
  };
  const parts = [...storages.map((storage) => ofStorage(storage, id)), ...access.map((row) => ofRow(row, id))];
  const nodes = new Map(parts.flatMap((part) => part.nodes).map((node) => [node.id, node]));
  return { nodes: [...nodes.values()], edges: merged(parts.flatMap((part) => part.edges)) };
}

type Id = (prefix: string, name: string) => string;

function ofStorage({ id: name, cloud, purpose, place, users, keys, name: alias }: StorageSummary, id: Id): Picture {
  const node = {
    id: id("s", name),
    label: [alias, name, place ?? cloud].filter(Boolean).join(" · "),
    kind: purpose === "logs" ? "logs" : "storage",
  } as const;
  const teams = users.map((user) => ({
    ...user,
    node: { id: id("t", user.name), label: user.name, kind: "team" } as const,
  }));
  const keyNodes = keys.map((key) => ({ id: id("k", key), label: key, kind: "key" }) as const);
  return {
    nodes: [node, ...teams.map((team) => team.node), ...keyNodes],
    edges: [
      ...teams.map(({ node: { id: from }, path }) => ({ from, to: node.id, label: path || "/", kind: "use" }) as const),
      ...keyNodes.map(({ id: to }) => ({ from: node.id, to, label: "encrypted with", kind: "key" }) as const),
    ],
  };
}

function ofRow({ principal, storage, cells }: Row, id: Id): Picture {
  const can = CAPABILITIES.filter((name) => cells[name].answer === "yes");
  const maybe = CAPABILITIES.filter((name) => cells[name].answer === "unknown");
  if (!can.length && !maybe.length) return { nodes: [], edges: [] };
  const alarm = principal.kind === "stranger" || principal.kind === "everyone";
  const node = { id: id("p", principal.id), label: principal.label, kind: alarm ? "alarm" : "principal" } as const;
  const networks = [
    ...new Set(
      can.flatMap((name) => cells[name].limits.filter(({ kind }) => kind === "network").map(({ text }) => text)),
    ),
  ];
  const networkNodes = networks.map((text) => ({ id: id("n", text), label: text, kind: "network" }) as const);
  const label = [can.join(", "), maybe.length ? `${maybe.join(", ")}?` : ""].filter(Boolean).join(", ");
  return {
    nodes: [node, ...networkNodes],
    edges: [
      { from: node.id, to: id("s", storage), label, kind: alarm ? "alarm" : "access" },
      ...networkNodes.map(
        ({ id: from }) => ({ from, to: id("s", storage), label: "admitted", kind: "network" }) as const,
      ),
    ],
  };
}

/** One edge between two nodes of a kind. */
function merged(edges: readonly PictureEdge[]): PictureEdge[] {
  const byEnds = new Map<string, PictureEdge>();
  for (const edge of edges) {
    const key = `${edge.from} ${edge.to} ${edge.kind}`;
    const other = byEnds.get(key);
    byEnds.set(key, other ? { ...edge, label: [...new Set([other.label, edge.label])].join(" and ") } : edge);
  }
  return [...byEnds.values()];
}
