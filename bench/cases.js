"use strict";
const { execFileSync } = require("node:child_process");
const { mkdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const ROOT = join(__dirname, "..");
const EXAMPLE = join("bench", "example-saas.yaml");
const MANY = 100;

/** Makes dist/ what the sources say, outside of what is measured; the path of the bundle. */
function build() {
  return join(ROOT, execFileSync(process.execPath, ["bin/build.js"], { cwd: ROOT, encoding: "utf8" }).trim());
}

/** Copies of the example, each with a name and a bucket of its own; the folder they are in. */
function writeMany(temp) {
  const folder = join(temp, "deployments");
  const example = readFileSync(join(ROOT, EXAMPLE), "utf8");
  mkdirSync(folder);
  for (let index = 1; index <= MANY; index++) {
    writeFileSync(join(folder, `bench-${index}.yaml`), example.replaceAll("example-saas", `bench-${index}`));
  }
  return folder;
}

/** An app of bench/template, run as the template of CDKTF does: by ts-node, types checked, with the heap of its CLI. */
function template(main) {
  const tsNode = join(ROOT, "node_modules", "ts-node", "dist", "bin.js");
  return { cwd: join(__dirname, "template"), args: ["--max-old-space-size=4096", tsNode, main], stacks: 1 };
}

function byob(path, stacks, prepare) {
  return { cwd: ROOT, args: [join("bin", "byob.js"), "synth", path], stacks, prepare };
}

/** What is measured, how often, and how many stacks it writes. The first two are the baselines. */
function cases(temp, quick) {
  const few = quick ? 1 : 3;
  const many = quick ? 3 : 7;
  const unbuild = () => rmSync(build());
  return [
    { id: "root", what: "CDKTF's template, root imports", runs: few, ...template("main.ts") },
    { id: "subpaths", what: "CDKTF's template, subpath imports", runs: few, ...template("main-subpaths.ts") },
    { id: "sources", what: "byob from sources", runs: many, ...byob(EXAMPLE, 1, unbuild) },
    { id: "built", what: "byob built", runs: many, ...byob(EXAMPLE, 1, build) },
    { id: "many", what: `byob built, ${MANY} deployments`, runs: many, ...byob(writeMany(temp), MANY, build) },
  ];
}

module.exports = { cases };
