"use strict";
// Measures `byob audit` on a generated S3 server access log: MB/s and peak memory of a whole process, for each way to ask.
// Figures of one machine at one time; it informs and judges nothing. The log is removed afterwards.
const { spawnSync } = require("node:child_process");
const {
  closeSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { performance } = require("node:perf_hooks");
const { parseArgs } = require("node:util");

const ROOT = join(__dirname, "..");
const MB = 1e6;
const OWNER = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";
const SIGNER = "arn:aws:sts::725579432336:assumed-role/WandbIntegration/i-0abc";
const SECRET = "d".repeat(64);

/** What is asked of the log. */
const CASES = [
  ["--by", "user"],
  ["--by", "key"],
  ["--user", "user7"],
  ["--status", "403", "--key-prefix", "team/run-1"],
  [],
  ["--format", "json"],
  ["--format", "csv"],
];

/** A line as a GET by one of W&B's pre-signed URLs leaves it, 20 a second; users, keys and statuses vary. */
function lineOf(index) {
  const second = String(Math.floor(index / 20) % 60).padStart(2, "0");
  const minute = String(Math.floor(index / 1200) % 60).padStart(2, "0");
  const key = `team/run-${index % 100_003}/files/media/images/sample%2520${index % 97}.png`;
  const status = index % 50 === 0 ? "403 AccessDenied 243 -" : "200 - 1048576 1048576";
  const query =
    `X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=ASIAEXAMPLE%2F20250301%2Fus-east-1%2Fs3%2Faws4_request` +
    `&X-Amz-Date=20250301T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host&X-User=user${index % 500}&X-Amz-Signature=${SECRET}`;
  return (
    `${OWNER} acme-wandb [01/Mar/2025:08:${minute}:${second} +0000] 203.0.113.${index % 250} ${SIGNER} ` +
    `${String(index).padStart(16, "0")} REST.GET.OBJECT ${key} "GET /${key.replaceAll("%25", "%")}?${query} HTTP/1.1" ${status} 70 10 ` +
    `"-" "python-requests/2.32.3" - s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP/XV/VLi31234= SigV4 ` +
    `TLS_AES_128_GCM_SHA256 QueryString acme-wandb.s3.us-east-1.amazonaws.com TLSv1.3 - -\n`
  );
}

function writeLog(path, megabytes) {
  const file = openSync(path, "w");
  let written = 0;
  for (let index = 0; written < megabytes * MB;) {
    let block = "";
    for (const end = index + 2000; index < end; index++) block += lineOf(index);
    written += writeSync(file, block);
  }
  closeSync(file);
}

/** The command alone, as one file. */
function bundle(temp) {
  const main = join(temp, "main.ts");
  const outfile = join(temp, "audit.js");
  const from = JSON.stringify(join(ROOT, "cli", "audit"));
  writeFileSync(
    main,
    `import { Command } from "commander";\nimport { registerAudit } from ${from};\n` +
      `const program = new Command("byob");\nregisterAudit(program);\nvoid program.parseAsync();\n`,
  );
  const options = ["--bundle", "--platform=node", "--target=node20", "--log-level=error", `--outfile=${outfile}`, main];
  const env = { ...process.env, NODE_PATH: join(ROOT, "node_modules") };
  const built = spawnSync(join(ROOT, "node_modules", ".bin", "esbuild"), options, { env, encoding: "utf8" });
  if (built.status !== 0) throw new Error(`Cannot bundle the command: ${built.error?.message ?? built.stderr}`);
  return outfile;
}

function measure(program, log, args, temp) {
  const usageFile = join(temp, "usage.json");
  const output = openSync(join(temp, "output"), "w");
  const env = { ...process.env, NODE_OPTIONS: "", BENCH_USAGE_FILE: usageFile };
  const start = performance.now();
  const child = spawnSync(process.execPath, ["-r", join(__dirname, "rusage.js"), program, "audit", log, ...args], {
    env,
    stdio: ["ignore", output, "pipe"],
  });
  const seconds = (performance.now() - start) / 1000;
  closeSync(output);
  if (child.status !== 0) throw new Error(`Cannot measure: exit code ${child.status}\n${child.stderr}`);
  const { rss, cpu } = JSON.parse(readFileSync(usageFile, "utf8"));
  return { args: args.join(" ") || "(table)", seconds, cpu, speed: statSync(log).size / MB / seconds, rss };
}

function main() {
  const { values } = parseArgs({
    options: { "size-mb": { type: "string", default: "1000" }, json: { type: "boolean", default: false } },
  });
  const megabytes = Number(values["size-mb"]);
  if (!(megabytes > 0)) throw new Error(`Cannot measure: --size-mb must be above 0, got "${values["size-mb"]}"`);
  process.once("SIGINT", () => {}); // ends the child, whose failure then ends this, so that the log is removed all the same
  const temp = mkdtempSync(join(tmpdir(), "byob-bench-audit-"));
  try {
    const log = join(temp, "access.log");
    writeLog(log, megabytes);
    const program = bundle(temp);
    const figures = CASES.map((args) => measure(program, log, args, temp));
    console.log(values.json ? JSON.stringify({ megabytes, figures }, undefined, 2) : toText(megabytes, figures));
  } finally {
    rmSync(temp, { recursive: true, force: true });
  }
}

function toText(megabytes, figures) {
  const lines = figures.map(({ args, seconds, cpu, speed, rss }) => {
    const cells = [seconds.toFixed(1), cpu.toFixed(1), speed.toFixed(0), rss.toFixed(0)];
    return `${args.padEnd(44)}${cells.map((cell) => cell.padStart(10)).join("")}`;
  });
  const head = `${`${megabytes} MB of S3 lines`.padEnd(44)}${["wall s", "CPU s", "MB/s", "RSS MB"].map((name) => name.padStart(10)).join("")}`;
  return [head, ...lines].join("\n");
}

try {
  main();
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
