import {
  auditFiles,
  BLOB_URL,
  classicLine,
  FILES,
  gcsLine,
  rowsOf,
  s3Line,
  s3Query,
  SECRET,
  TestSink,
} from "./fixture";

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

test("the fixtures hold secrets", () => {
  for (const text of [s3Line(), gcsLine(), BLOB_URL, classicLine()]) expect(text).toContain(SECRET);
});
