"use strict";
const { cpus } = require("node:os");
const { spread } = require("./measure");

/** What this project promises of itself; `least` marks figures that should be high. */
const BUDGETS = [
  { what: "built, app time", limit: 0.35, unit: " s", of: ({ built }) => built.app.median },
  { what: "from sources, app time", limit: 1, unit: " s", of: ({ sources }) => sources.app.median },
  { what: "built, peak RSS", limit: 90, unit: " MB", of: ({ built }) => built.rss.median },
  {
    what: "built, times faster than root imports",
    limit: 25,
    unit: "×",
    least: true,
    of: ({ built }) => built.timesFaster.root,
  },
];

/** The figures of all cases, from their runs: spreads, and medians of wall time as ratios to both baselines. */
function summarize(measured) {
  const baseline = (id) => spread(measured.find((each) => each.id === id).results, "wall").median;
  const baselines = { root: baseline("root"), subpaths: baseline("subpaths") };
  return measured.map(({ id, what, results }) => {
    const [wall, app, cpu, rss] = ["wall", "app", "cpu", "rss"].map((figure) => spread(results, figure));
    const timesFaster = { root: baselines.root / wall.median, subpaths: baselines.subpaths / wall.median };
    return { id, what, runs: results.length, wall, app, cpu, rss, timesFaster };
  });
}

function checkBudgets(figures) {
  const byId = Object.fromEntries(figures.map((each) => [each.id, each]));
  return BUDGETS.map(({ what, limit, unit, least = false, of }) => {
    const actual = of(byId);
    return { what, limit, unit, least, actual, met: least ? actual >= limit : actual <= limit };
  });
}

function toJson(figures, budgets) {
  const machine = { node: process.version, platform: process.platform, arch: process.arch, cpus: cpus().length };
  const rounded = (_key, value) => (typeof value === "number" ? Number(value.toFixed(3)) : value);
  return JSON.stringify({ machine, figures, budgets }, rounded, 2);
}

function toText(figures, budgets) {
  const lines = budgets.map(({ what, limit, unit, least, actual, met }) => {
    return `${met ? "✓" : "✗"} ${what}: ${digits(actual)}${unit} (${least ? "≥" : "≤"} ${limit}${unit})`;
  });
  return `${toTable(figures)}\n
Medians (least–greatest) of whole processes, esbuild's CPU counted in on Linux, its memory nowhere.
× is a template's wall time for one deployment divided by the row's; the template runs without npx and the CDKTF CLI.\n
${lines.join("\n")}`;
}

function toTable(figures) {
  const Table = require("cli-table3"); // late: on Linux a child's peak RSS is at least its parent's
  const lines = "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right";
  const none = `${lines} left left-mid mid mid-mid right right-mid middle`.split(" ").map((name) => [name, ""]);
  const table = new Table({
    head: ["", "runs", "wall s", "", "CPU s", "peak RSS MB", "× root", "× subpaths"],
    colAligns: ["left", "right", "right", "left", "right", "right", "right", "right"],
    chars: { ...Object.fromEntries(none), middle: "  " },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  for (const { what, runs, wall, cpu, rss, timesFaster } of figures) {
    table.push([
      what,
      runs,
      digits(wall.median),
      `(${digits(wall.min)}–${digits(wall.max)})`,
      digits(cpu.median),
      rss.median.toFixed(0),
      digits(timesFaster.root),
      digits(timesFaster.subpaths),
    ]);
  }
  return table.toString().replace(/ +$/gm, "");
}

/** Two or three digits that count. */
function digits(number) {
  return number.toFixed(number < 10 ? 2 : number < 100 ? 1 : 0);
}

module.exports = { summarize, checkBudgets, toJson, toText };
