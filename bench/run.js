"use strict";
// Measures a synthesis by this project beside the same by CDKTF's own template, in one run: figures of one machine at one
// time mean little alone, ratios do. It informs and judges nothing: only a run that fails makes it fail.
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { isDeepStrictEqual, parseArgs } = require("node:util");
const { cases } = require("./cases");
const { runOnce } = require("./measure");
const { checkBudgets, summarize, toJson, toText } = require("./report");

/** Runs all cases, in rounds: load that comes and goes then falls on baselines and on ours alike. */
function measureAll(temp, quick) {
  const measured = cases(temp, quick).map((each) => ({ ...each, results: [] }));
  const rounds = Math.max(...measured.map(({ runs }) => runs));
  for (let round = 1; round <= rounds; round++) {
    for (const each of measured.filter(({ runs }) => runs >= round)) {
      progress(`${round}/${each.runs} ${each.what}`);
      each.results.push(runOnce(each, temp));
    }
  }
  progress("");
  return measured;
}

/** One line that overwrites itself, for whoever watches. */
function progress(text) {
  if (process.stderr.isTTY) process.stderr.write(`\r\x1b[K${text}`);
}

/** A ratio is worth something only between runs that write the same. */
function demandSameStacks(measured) {
  const [{ results }] = measured;
  const [expected] = results[0].stacks;
  for (const { what, stacks, results } of measured) {
    const same = results.every(
      (result) => result.stacks.length === stacks && result.stacks.every((stack) => isDeepStrictEqual(stack, expected)),
    );
    if (same) continue;
    const got = JSON.stringify(results[0].stacks[0]);
    throw new Error(`Cannot compare: "${what}" must write ${stacks} × ${JSON.stringify(expected)}, got ${got}`);
  }
}

function main() {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false, short: "q" },
      json: { type: "boolean", default: false },
    },
  });
  // Ctrl-C ends the child, whose failure then ends this, so that the folder is removed all the same.
  process.once("SIGINT", () => {});
  const temp = mkdtempSync(join(tmpdir(), "byob-bench-"));
  try {
    const measured = measureAll(temp, values.quick);
    demandSameStacks(measured);
    const figures = summarize(measured);
    const budgets = checkBudgets(figures);
    console.log(values.json ? toJson(figures, budgets) : toText(figures, budgets));
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
