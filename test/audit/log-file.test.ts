import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { Audit } from "../../audit/audit";
import { formatOf } from "../../audit/detect";
import { tempFolder } from "../support/temp";
import {
  auditFiles,
  azureRecord,
  classicLine,
  FILES,
  GCS_HEADER_LINE,
  gcsLine,
  rowsOf,
  s3Line,
  TestSink,
} from "./fixture";

const azureLine = JSON.stringify(azureRecord());

describe("gzip", () => {
  const many = `${Array.from({ length: 5000 }, (_, at) => s3Line({ key: `k${(at * 7919) % 5003}` })).join("\n")}\n`;
  const packed = gzipSync(many);

  test("is read whatever the name is, in several members too", async () => {
    const { out, summary } = await auditFiles({ a: packed, "b.gz": Buffer.concat([packed, packed]) });
    expect(rowsOf(out)).toHaveLength(15_000);
    expect(summary).not.toContain("malformed");
  });

  test("that is cut off gives all whole lines before, and says so", async () => {
    const { out, summary } = await auditFiles({ a: packed.subarray(0, packed.length - 20) });
    const found = rowsOf(out).length;
    expect(found).toBeGreaterThan(4900);
    expect(summary).toContain(
      `malformed: 1 line, left out\n  a:${found + 1}: the gzip data is damaged or cut off: what follows is lost`,
    );
  });

  test("that is damaged gives what came before, and the next file is read", async () => {
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, packed.length >> 1);
    const { out, audit } = await auditFiles({ a: damaged, b: s3Line() });
    expect(rowsOf(out).at(-1)).toMatchObject({ file: "b" });
    expect(rowsOf(out).length).toBeGreaterThan(1000);
    expect(audit.problems.unknownFiles).toBe(0);
  });

  test("that is only its first two bytes", async () => {
    const { audit } = await auditFiles({ a: Buffer.from([0x1f, 0x8b]) });
    expect(audit.problems.unknownFiles).toBe(1);
  });
});

describe("malformed lines", () => {
  test("are counted and shown by their places, and the rest is read", async () => {
    const lines = [s3Line(), "\0\0", s3Line().slice(0, 90), s3Line().slice(0, 300), "x", `${s3Line()}\r`, ""];
    const { out, summary } = await auditFiles({ "a.log": lines.join("\n") });
    expect(rowsOf(out).map(({ line }) => line)).toEqual([1, 6]);
    expect(summary.split("\n").slice(2)).toEqual([
      "malformed: 4 lines, left out",
      "  a.log:2: no time in brackets",
      "  a.log:3: no time in brackets",
      "  a.log:4: no status after the request",
      "  … and 1 more",
    ]);
  });

  test("before the first good one too", async () => {
    const { out, summary } = await auditFiles({ "a.log": `half a line\n\n${s3Line()}\n` });
    expect(rowsOf(out)).toMatchObject([{ line: 3 }]);
    expect(summary).toContain("malformed: 1 line, left out\n  a.log:1: of no known format");
  });

  test("in a file of a name that steers a terminal", async () => {
    const { out, summary } = await auditFiles({ "a\x1b[2J.log": `${s3Line()}\nx` }, { format: "csv" });
    expect(out + summary).not.toContain("\x1b");
  });

  test("a line that is too long", async () => {
    const { out, summary } = await auditFiles({ "a.log": `${"x".repeat(5_000_000)}\n${s3Line()}` });
    expect(rowsOf(out)).toHaveLength(1);
    expect(summary).toContain("a.log:1: the line is too long");
  });
});

describe("files that are none", () => {
  test("a file without a line that can be read is named, and the others are read", async () => {
    const { out, summary, audit } = await auditFiles({ ...FILES, "README.md": "# Logs\n\nOurs.\n" });
    expect(rowsOf(out)).toHaveLength(4);
    expect(audit.problems.unknownFiles).toBe(1);
    expect(summary).toMatch(/not understood: 1 file in which no line is one of an S3 .*\n {2}README.md/);
    expect(summary).not.toContain("malformed");
  });

  test("a large one isn't read to its end", async () => {
    const { audit } = await auditFiles({ "a.txt": `${"x\n".repeat(200_000)}${s3Line()}` });
    expect(audit.problems.unknownFiles).toBe(1);
  });

  test("a log of known format, all of whose lines are malformed", async () => {
    const { audit } = await auditFiles({ "a.log": s3Line().slice(0, 300) });
    expect(audit.problems.unknownFiles).toBe(1);
  });

  test.each([
    ["an empty one", ""],
    ["one of blank lines", "\n\n"],
    ["a header without lines", GCS_HEADER_LINE],
    ["Google's storage log", '"bucket","storage_byte_hours"\n"acme","1"'],
    ["an empty batch", '{"records":[]}'],
  ])("%s is none, and that is all right", async (_what, content) => {
    const { audit, summary } = await auditFiles({ a: content });
    expect([audit.problems.unknownFiles, summary]).toEqual([
      0,
      "0 requests; 0 users; 0 denied (401, 403); 0 B read, 0 B written",
    ]);
  });

  test("one that can't be opened is named, and the next is read", async () => {
    const socket = join(tempFolder(), "s");
    const server = createServer().listen(socket);
    await once(server, "listening");
    const sink = new TestSink();
    const audit = new Audit({ filter: {}, format: "json" }, sink);
    await audit.run([socket, tempFolder({ a: s3Line() })]);
    server.close();
    expect([audit.problems.unreadableFiles, rowsOf(sink.text).length]).toEqual([1, 1]);
    expect(audit.summary().join("\n")).toContain(`unreadable: 1 file or folder\n  ${socket}: ENXIO`);
  });

  test("a hidden one is passed over", async () => {
    const { audit } = await auditFiles({ ".DS_Store": "\0\0", ".cache/a": "x", a: s3Line() });
    expect([audit.files, audit.problems.unknownFiles]).toEqual([1, 0]);
  });
});

describe("the format of a file", () => {
  test.each([
    ["S3", s3Line(), "s3"],
    ["Ceph", "testid fish [06/Aug/2024:09:30:25 +0000] - testid 9e36 REST.PUT.OBJECT", "s3"],
    ["Google", GCS_HEADER_LINE, "gcs"],
    ["Google, unquoted", "time_micros,c_ip", "gcs"],
    ["Google, without a header", gcsLine(), "gcs"],
    ["Google's storage log", '"bucket","storage_byte_hours"', "no-requests"],
    ["Azure", azureLine, "azure"],
    ["Azure, cut off", azureLine.slice(0, 400), "azure"],
    ["Azure, a batch", `{"records":[${azureLine}]}`, "azure"],
    ["Storage Analytics", classicLine(), "azure"],
    [
      "CoreWeave's audit log",
      '{"action":"GetObject","aws:arn":"arn:aws:s3:::b/k","timestamp":"2025-03-01T08:00:00Z"}',
      undefined,
    ],
    ["CloudTrail", '{"Records":[{"eventName":"GetObject"}]}', undefined],
    ["a web server's", '203.0.113.7 - - [01/Mar/2025:08:00:00 +0000] "GET / HTTP/1.1" 200 1', undefined],
    ["text", "hello", undefined],
    ["a long word", "x".repeat(1_000_000), undefined],
  ])("%s", (_what, line, format) => expect(formatOf(line)).toBe(format));

  test("can be said, and is then not looked for", async () => {
    const { summary, audit } = await auditFiles({ a: `${azureLine}\n` }, { logFormat: "s3" });
    expect(audit.problems.unknownFiles).toBe(1);
    expect(summary).toContain("a:1: no time in brackets");
  });

  test("each file has its own header", async () => {
    const other = `time_micros,cs_object\n1740816000123456,first\n`;
    const { out } = await auditFiles({ a: other, b: `${GCS_HEADER_LINE}\n${gcsLine()}` });
    expect(rowsOf(out).map(({ key }) => key)).toEqual(["first", "runs/2/weights.bin"]);
  });
});
