"use strict";
// Bundles cli/byob.ts and all it needs into dist/byob.js: one file starts several times faster than a thousand.
const { createHash } = require("node:crypto");
const { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");

const ROOT = join(__dirname, "..");
const SOURCES = [
  "cli",
  "constructs",
  "review",
  "audit",
  "handover",

  "stacks",
  "main.ts",
  "package.json",
  "bin/build.js",
];
const BUNDLE = join(ROOT, "dist", "byob.js");
const MARK = "// sources ";

/** A hash of all sources: times of files say nothing after a checkout or a copy. */
function hashSources() {
  const hash = createHash("sha256");
  for (const source of SOURCES) addTo(hash, join(ROOT, source));
  return hash.digest("hex");
}

function addTo(hash, path) {
  if (!existsSync(path)) return;
  if (/\.(ts|js|json)$/.test(path)) {
    hash.update(path.slice(ROOT.length)).update("\0").update(readFileSync(path));
    return;
  }
  for (const entry of readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.isDirectory() || entry.name.endsWith(".ts")) addTo(hash, join(path, entry.name));
  }
}

/** Builds if a source has changed; the path of the bundle. */
function build() {
  const mark = MARK + hashSources();
  if (existsSync(BUNDLE) && readFileSync(BUNDLE, "utf8").slice(0, mark.length) === mark) return BUNDLE;
  process.env.ESBUILD_WORKER_THREADS = "0"; // one plain child, not a worker and a service: a fifth less memory
  const { outputFiles } = require("esbuild").buildSync({
    entryPoints: [join(ROOT, "cli", "byob.ts")],
    bundle: true,
    platform: "node",
    target: "node20",
    banner: { js: mark },
    write: false,
    absWorkingDir: ROOT,
    logLevel: "error",
  });
  mkdirSync(join(ROOT, "dist"), { recursive: true });
  const staging = `${BUNDLE}.${process.pid}.tmp`;
  writeFileSync(staging, outputFiles[0].contents);
  renameSync(staging, BUNDLE);
  return BUNDLE;
}

module.exports = { build };

if (require.main === module) console.log(build().slice(ROOT.length + 1));
