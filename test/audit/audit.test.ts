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
  BLOB_URL,
  classicLine,
  GCS_HEADER_LINE,
  gcsLine,
  s3Line,
  s3Query,
  SECRET,
  TestSink,
} from "./fixture";

const azureLine = JSON.stringify(azureRecord());
const FILES = {
  "aws/2025/03/01/a.log": `${s3Line()}\n`,
  "azure/PT1H.json": `${azureLine}\n`,
  "azure/$logs/000000.log": `${classicLine()}\n`,
  "gcs/acme_usage_2025_03_01": `${GCS_HEADER_LINE}\n${gcsLine()}\n`,
};

type Row = Record<string, unknown>;
const rowsOf = (out: string) =>
  out
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);

test("a folder of all clouds' logs is read in the order of names", async () => {
  const { out, summary, audit } = await auditFiles(FILES);
  const rows = rowsOf(out).map(({ log, user, userSigned, key, file, line }) => [
    log,
    user,
    userSigned,
    key,
    file,
    line,
  ]);
  expect(rows).toEqual([
    ["s3", "ada", true, "runs/1/config.yaml", "aws/2025/03/01/a.log", 1],
    ["azure", "linus", true, "runs/3/a b.txt", "azure/$logs/000000.log", 1],
    ["azure", "linus", true, "runs/3/a b.txt", "azure/PT1H.json", 1],
    ["gcs", "grace", true, "runs/2/weights.bin", "gcs/acme_usage_2025_03_01", 2],
  ]);
  expect(audit.files).toBe(4);
  expect(summary).toBe(
    "4 requests; 3 users; 0 denied (401, 403); 628 B read, 6.1 kB written\n" +
      "from 2025-03-01T08:00:00Z to 2025-03-01T08:00:00.889Z",
  );
});

describe.each(["table", "json", "csv"] as const)("as %s", (format) => {
  const refused = s3Line({ result: "403 AccessDenied 243 -" });
  const misused = s3Line({ key: `runs/x%253FX-Amz-Signature%253D${SECRET}`, query: `X-User=eve%26sig%3D${SECRET}` });
  const shifted = s3Line({
    operation: `/x?X-Amz-Signature=${SECRET}`,
    ip: `?sig=${SECRET}`,
    requester: `&sig=${SECRET}`,
  });
  const files = {
    ...FILES,
    "more.log": [refused, misused, shifted, s3Line({ result: `403 ?sig=${SECRET} 1 1` }), s3Line().slice(0, 500)].join(
      "\n",
    ),
    "odd.csv": gcsLine({
      cs_object: `a?X-Goog-Signature=${SECRET}`,
      cs_bucket: `?sig=${SECRET}`,
      cs_operation: `?sig=${SECRET}`,
    }),
    "secret.txt": `${s3Query("ada")}\n`,
  };

  test("no secret is printed", async () => {
    const { out, summary } = await auditFiles(files, { format });
    expect(out).toContain("ada");
    expect(out + summary).not.toContain(SECRET);
  });

  test.each(["user", "key", "ip", "operation"] as const)("nor by %s", async (by) => {
    const { out, summary } = await auditFiles(files, { format, by });
    expect(out).toContain(by);
    expect(out + summary).not.toContain(SECRET);
  });
});

test("the table", async () => {
  const lines = [
    s3Line(),
    s3Line({ result: "403 AccessDenied 243 -" }),
    s3Line({ key: "-", query: "list-type=2", operation: "REST.GET.BUCKET" }),
  ];
  const { out, summary } = await auditFiles({ "a.log": lines.join("\n") }, { format: "table" });
  expect(out).toBe(
    [
      "time                  user  operation        from         result            object",
      "2025-03-01T08:00:00Z  ada   REST.GET.OBJECT  203.0.113.7  200               acme-wandb/runs/1/config.yaml",
      "2025-03-01T08:00:00Z  ada?  REST.GET.OBJECT  203.0.113.7  403 AccessDenied  acme-wandb/runs/1/config.yaml",
      "2025-03-01T08:00:00Z  -     REST.GET.BUCKET  203.0.113.7  200               acme-wandb\n",
    ].join("\n"),
  );
  expect(summary.split("\n")).toEqual([
    "3 requests; 1 user, 1 request without a user; 1 denied (401, 403); 1.3 kB read, 0 B written",
    "from 2025-03-01T08:00:00Z to 2025-03-01T08:00:00Z",
    "1 request names a user without a signature that the store accepted (marked ?): anyone can write such a name",
  ]);
});

test("CSV", async () => {
  const { out } = await auditFiles({ "a.log": s3Line({ key: "=1%252B1" }) }, { format: "csv" });
  expect(out).toBe(
    "time,user,userSigned,operation,bucket,key,ip,status,error,bytesRead,bytesWritten,requester,log,file,line\r\n" +
      "2025-03-01T08:00:00Z,ada,true,REST.GET.OBJECT,acme-wandb,'=1+1,203.0.113.7,200,,512,0," +
      "arn:aws:sts::830241207209:assumed-role/wandb/i-0abc,s3,a.log,1\r\n",
  );
});

test("a ranking, whose rest is counted", async () => {
  const users = ["ada", "grace", "ada", "linus"];
  const { out, summary } = await auditFiles(
    { "a.log": users.map((user) => s3Line({ query: s3Query(user) })).join("\n") },
    { format: "table", by: "user", limit: 1 },
  );
  expect(out).toBe(
    "requests  denied  read    written  first                 last                  user\n" +
      "2         0       1.0 kB  0 B      2025-03-01T08:00:00Z  2025-03-01T08:00:00Z  ada\n",
  );
  expect(summary).toMatch(/^… and 2 more; --limit shows them\n4 requests; 3 users;/);
});

test("a filter leaves out, and the summary says of how many", async () => {
  const { out, summary } = await auditFiles(FILES, { filter: { users: new Set(["ada"]) } });
  expect(rowsOf(out)).toHaveLength(1);
  expect(summary).toContain("1 request of 4 that were read; 1 user;");
});

test("a limit ends the reading", async () => {
  const { out, summary, audit } = await auditFiles({ ...FILES, "a.log": `${s3Line()}\n`.repeat(9) }, { limit: 3 });
  expect([rowsOf(out).length, audit.files]).toEqual([3, 1]);
  expect(summary).toContain("stopped at --limit");
});

test("a reader that goes ends the reading", async () => {
  const { audit } = await auditFiles(FILES, {}, new TestSink(10));
  expect(audit.files).toBe(1);
});

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

test("the fixtures hold secrets", () => {
  for (const text of [s3Line(), gcsLine(), BLOB_URL, classicLine()]) expect(text).toContain(SECRET);
});
