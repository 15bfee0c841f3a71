"use strict";
const { spawnSync } = require("node:child_process");
const { mkdtempSync, readdirSync, readFileSync, rmSync } = require("node:fs");
const { join } = require("node:path");
const { performance } = require("node:perf_hooks");

/**
 * Runs a case once, in a process of its own that writes to a folder of its own.
 *
 * @returns wall, app and CPU time in seconds, peak RSS in MB, and what each written stack holds
 * @throws Error with the output of a run that failed
 */
function runOnce({ what, cwd, args, prepare }, temp) {
  prepare?.();
  const folder = mkdtempSync(join(temp, "run-"));
  const outdir = join(folder, "out");
  const usageFile = join(folder, "usage.json");
  const env = {
    ...process.env,
    NODE_OPTIONS: "", // the same flags on every machine
    CHECKPOINT_DISABLE: "1", // no call home
    CDKTF_OUTDIR: outdir,
    BENCH_USAGE_FILE: usageFile,
  };
  const start = performance.now();
  const run = spawnSync(process.execPath, ["-r", join(__dirname, "rusage.js"), ...args], { cwd, env });
  const wall = (performance.now() - start) / 1000;
  if (run.status !== 0) {
    const why = run.error?.message ?? run.signal ?? `exit code ${run.status}`;
    throw new Error(`Cannot measure "${what}": ${why}\n${run.stdout}${run.stderr}`);
  }
  const result = { wall, ...JSON.parse(readFileSync(usageFile, "utf8")), stacks: inventories(outdir) };
  rmSync(folder, { recursive: true });
  return result;
}

/** For each stack its outputs, and the resources of each type, as counts. */
function inventories(outdir) {
  return readdirSync(join(outdir, "stacks")).map((name) => {
    const { resource, output } = JSON.parse(readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8"));
    const counts = Object.entries(resource).map(([type, all]) => [type, Object.keys(all).length]);
    return Object.fromEntries([...counts.sort(), ["output", Object.keys(output).length]]);
  });
}

/** Median, least and greatest of one figure over all runs. */
function spread(runs, figure) {
  const sorted = runs.map((run) => run[figure]).sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const median = (sorted[Math.floor(middle)] + sorted[Math.ceil(middle)]) / 2;
  return { median, min: sorted[0], max: sorted.at(-1) };
}

module.exports = { runOnce, spread };
