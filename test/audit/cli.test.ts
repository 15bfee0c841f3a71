import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { tempFolder } from "../support/temp";
import { bundle, runAudit, s3Line, s3Query } from "./fixture";

let program = "";
let folder = "";
beforeAll(() => {
  program = bundle();
  const users = ["ada", "grace", "ada", "linus"];
  const lines = users.map((user, at) => s3Line({ query: s3Query(user), time: `0${at + 1}/Mar/2025:08:00:00 +0000` }));
  folder = tempFolder({
    "logs/a.log": `${lines.join("\n")}\nbroken\n`,
    "many.log": `${s3Line()}\n`.repeat(20_000),
    "notes.txt": "nothing\n",
    "empty/.keep": "",
  });
});
const audit = (...args: string[]) =>
  runAudit(
    program,
    args.map((arg) => (/^(logs|many|notes|empty)/.test(arg) ? join(folder, arg) : arg)),
  );

test("a table, and what there is to know of it below", () => {
  const { code, out, err } = audit("logs");
  expect([code, err]).toEqual([0, ""]);
  expect(out).toMatch(/^time +user +operation +from +result +object\n(?:2025.*\n){4}\n4 requests; 3 users; /);
  expect(out).toMatch(/malformed: 1 line, left out\n.*a\.log:5: no time in brackets\n$/);
});

test.each([["json"], ["csv"]])("as %s only the data is on the standard output", (format) => {
  const { code, out, err } = audit("logs", "--format", format);
  expect(code).toBe(0);
  expect(out.trimEnd().split("\n")).toHaveLength(format === "csv" ? 5 : 4);
  expect(out).not.toMatch(/malformed|requests/);
  expect(err).toMatch(/^4 requests; 3 users; .*malformed: 1 line/s);
});

test.each([
  [["--user", "ada"], 2],
  [["--user", "ada", "--user", "linus"], 3],
  [["--user", "-"], 0],
  [["--since", "2025-03-02"], 3],
  [["--until", "2025-03-02"], 2],
  [["--since", "2025-03-02T08:00:00Z", "--until", "2025-03-03T08:00:00Z"], 1],
  [["--status", "2xx"], 4],
  [["--status", "403,404"], 0],
  [["--key-prefix", "runs/1"], 4],
  [["--key-prefix", "runs/2"], 0],
  [["--operation", "Get"], 4],
  [["--operation", "put"], 0],
  [["--limit", "2"], 2],
  [["--by", "user"], 3],
  [["--by", "user", "--limit", "1"], 1],
  [["--log-format", "s3"], 4],
])("%j leaves %d rows", (flags, rows) => {
  const { out } = audit("logs", "--format", "json", ...flags);
  expect(out.split("\n").filter(Boolean)).toHaveLength(rows);
});

test("a file that is given twice is read once", () => {
  expect(audit("logs", "logs/a.log", "logs", "--format", "json").out.split("\n")).toHaveLength(5);
});

test.each<[string, readonly string[], RegExp]>([
  ["no path", [], /missing required argument 'paths'/],
  ["no such path", ["logs", "nowhere"], /Cannot read the logs: must be able to read "nowhere", got ENOENT\n {2}fix: /],
  ["no file", ["empty"], /Cannot audit: must find at least one file, got none\n {2}fix: /],
  ["a status", ["logs", "--status", "9xx"], /Cannot filter by status: must be statuses such as .*, got "9xx"/],
  ["a time", ["logs", "--since", "today"], /Cannot filter by time: must be a day such as .*, got "today"/],
  [
    "another time",
    ["logs", "--until", "2025-02-30"],
    /Cannot filter by time: must be a day such as .*, got "2025-02-30"/,
  ],
  [
    "no time between",
    ["logs", "--since", "2025-03-02", "--until", "2025-03-01"],
    /Cannot filter by time: --since must be before --until/,
  ],
  ["a limit", ["logs", "--limit", "0"], /Cannot limit: must be a whole number of 1 or more, got "0"/],
  ["a format", ["logs", "--format", "xml"], /Allowed choices are table, json, csv/],
  ["a log format", ["logs", "--log-format", "ceph"], /Allowed choices are s3, gcs, azure/],
  ["a value to count by", ["logs", "--by", "bucket"], /Allowed choices are user, key, ip, operation/],
  ["a flag", ["logs", "--users", "ada"], /unknown option '--users'/],
])("wrong usage: %s", (_what, args, message) => {
  const { code, out, err } = audit(...args);
  expect([code, out]).toEqual([2, ""]);
  expect(err).toMatch(message);
});

test("a file in which no line can be read ends in 1, and the others are read", () => {
  const { code, out } = audit("notes.txt", "logs");
  expect(code).toBe(1);
  expect(out).toMatch(/4 requests.*not understood: 1 file .*notes\.txt/s);
});

test("a file that can't be read ends in 2, and the others are read", async () => {
  const socket = join(folder, "socket");
  const server = createServer().listen(socket);
  await once(server, "listening");
  const { code, out } = audit(socket, "logs");
  server.close();
  expect(code).toBe(2);
  expect(out).toMatch(/4 requests.*unreadable: 1 file or folder\n.*socket: ENXIO/s);
});

test("a reader that has enough ends it quietly", () => {
  const script = `"$0" "$1" audit "$2" --format json 2>"$3" | head -n 1; echo "code \${PIPESTATUS[0]}"`;
  const errors = join(folder, "errors");
  const { stdout } = spawnSync("bash", ["-c", script, process.execPath, program, join(folder, "many.log"), errors], {
    encoding: "utf8",
  });
  expect(stdout).toMatch(/^\{"time".*\}\ncode 0\n$/);
  expect(spawnSync("cat", [errors], { encoding: "utf8" }).stdout).toBe("");
});

test("the help says that names are personal data, and what is not read", () => {
  const { code, out } = audit("--help");
  expect(code).toBe(0);
  expect(out).toMatch(/personal data/);
  expect(out).toMatch(/CoreWeave/);
});
