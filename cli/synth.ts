import { join, relative, sep } from "node:path";
import Table from "cli-table3";
import { format } from "../constructs/issue";
import { declare } from "../main";
import type { Request } from "../stacks/request";
import { write, type Written } from "../stacks/write";

/** Where deployments are, unless other paths are given. */
const HOME = "deployments";

/**
 * Synthesizes the deployments below the paths, or all there are, and says what was made and where. What is not below given
 * paths may be declared elsewhere, so only without any are folders of other stacks removed.
 */
export function synth(given: readonly string[]): string {
  const paths = given.length ? given : [HOME];
  const outdir = process.env["CDKTF_OUTDIR"] ?? "cdktf.out";
  const written = write(outdir, (staging) => declare(paths, staging), given.length === 0);
  const requests = written.stacks.map((stack) => stack.request);
  const count = `${requests.length} ${requests.length === 1 ? "deployment" : "deployments"}`;
  return [
    overview(requests, outdir),
    ...warnings(requests),
    ...leftovers(written),
    `${count} in ${process.uptime().toFixed(2)} s`,
  ].join("\n");
}

const LINES = ["top", "bottom", "left", "right"].flatMap((side) => [
  side,
  `${side}-mid`,
  `${side}-left`,
  `${side}-right`,
]);
const NO_BORDERS = Object.fromEntries([...LINES, "mid", "mid-mid", "middle"].map((line) => [line, ""]));

/** How many names a cell holds before the rest is counted. */
const NAMES = 3;

function overview(requests: readonly Request[], outdir: string): string {
  const table = new Table({
    head: ["deployment", "type", "storages", "attachments", "Terraform", "warnings"],
    style: { head: [], "padding-left": 0, "padding-right": 2 },
    chars: NO_BORDERS,
  });
  for (const { name, type, storages, attachments, warnings } of requests) {
    table.push([
      name,
      type,
      list(Object.entries(storages).map(([alias, { cloud }]) => `${alias} (${cloud})`)),
      list(attachments.map(({ team, storage, path }) => `${team ?? "instance"} → ${storage}${path ? `/${path}` : ""}`)),
      shown(join(outdir, "stacks", name)),
      String(warnings.length),
    ]);
  }
  return table.toString().replace(/ +$/gm, "");
}

function list(names: readonly string[]): string {
  const rest = names.length - NAMES;
  return [...names.slice(0, NAMES), ...(rest > 0 ? [`… and ${rest} more`] : [])].join("\n");
}

function shown(path: string): string {
  return relative(process.cwd(), path).split(sep).join("/");
}

/** One warning said once, for all the deployments that it is about. */
function warnings(requests: readonly Request[]): string[] {
  const all = requests.flatMap(({ name, warnings }) => warnings.map((warning) => ({ name, warning })));
  const texts = [...new Set(all.map(({ warning }) => warning.message))];
  return texts.flatMap((text) => {
    const about = all.filter(({ warning }) => warning.message === text);
    const [first] = about;
    return first
      ? [
          `warning: ${format({ ...first.warning, place: undefined })}\n  in: ${about.map(({ name }) => name).join(", ")}`,
        ]
      : [];
  });
}

function leftovers({ dropped, kept }: Written): string[] {
  return [
    ...dropped.map((folder) => `removed ${shown(folder)}: no longer declared`),
    ...kept.map((folder) => `kept ${shown(folder)}: no longer declared, but it holds Terraform state`),
  ];
}
