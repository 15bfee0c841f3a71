import { read, readOne, s3Line, s3Query, SIGNER, type S3Parts } from "./fixture";

const one = (parts: S3Parts = {}) => readOne("s3", s3Line(parts));

test("who did what to which key, from where, when, with what result", () => {
  expect(one()).toEqual({
    time: Date.UTC(2025, 2, 1, 8),
    user: "ada",
    userSigned: true,
    requester: SIGNER,
    operation: "REST.GET.OBJECT",
    bucket: "acme-wandb",
    key: "runs/1/config.yaml",
    ip: "203.0.113.7",
    status: 200,
    error: undefined,
    bytesRead: 512,
    bytesWritten: 0,
  });
});

test("a refused request says why", () => {
  expect(one({ result: "403 AccessDenied 243 -" })).toMatchObject({
    status: 403,
    error: "AccessDenied",
    bytesRead: 243,
  });
});

describe("whose name it is", () => {
  test.each<[string, S3Parts, string | undefined]>([
    ["the parameter", { query: "X-User=ada" }, "ada"],
    ["encoded", { query: "X-User=ada%2Bml%40acme.com" }, "ada+ml@acme.com"],
    ["beyond ASCII", { query: "X-User=%C3%A4da" }, "äda"],
    ["under an encoded name, which S3 takes for the same", { query: "a=1&%58-User=ada&b=2" }, "ada"],
    ["last, under an encoded name", { query: "a=1&X%2DUser=ada" }, "ada"],
    ["empty", { query: "X-User=" }, ""],
    ["not another parameter's end", { query: "Max-User=eve&NX-User=eve" }, undefined],
    ["not another parameter's value", { query: "a=X-User=eve&b=?X-User=eve" }, undefined],
    ["not in the path", { request: '"GET /X-User=eve&X-User=eve HTTP/1.1"' }, undefined],
    ["not in the key", { key: "a%253FX-User%253Deve", query: "a=1" }, undefined],
    ["not the referrer's", { query: "a=1", referrer: "https://x.test/?X-User=eve" }, undefined],
    ["not the user agent's", { query: "a=1", agent: "?X-User=eve" }, undefined],
    ["none for what S3 does itself", { request: "-", operation: "S3.EXPIRE.OBJECT", result: "- - - 2048" }, undefined],
  ])("%s", (_what, parts, user) => expect(one(parts).user).toBe(user));
});

describe("a name is signed only if S3 accepted a signature of the whole query", () => {
  test.each<[string, S3Parts, boolean]>([
    ["served", {}, true],
    ["not modified", { result: "304 - - 2048" }, true],
    ["refused", { result: "403 SignatureDoesNotMatch 243 -" }, false],
    ["throttled before the signature was looked at", { result: "503 SlowDown 243 -" }, false],
    ["unauthenticated", { requester: "-" }, false],
    ["unsigned URL", { query: "X-User=ada" }, false],
    ["version 2, which doesn't sign X-User", { query: "AWSAccessKeyId=A&Expires=1&Signature=B&X-User=ada" }, false],
    ["a user agent that claims it", { query: "X-User=ada", agent: 'x" - - SigV4 - QueryString -' }, false],
  ])("%s", (_what, parts, signed) => expect(one(parts).userSigned).toBe(signed));
});

describe("the key", () => {
  test.each([
    ["is decoded twice", "REST.GET.OBJECT", "a%2520b%252Bc", "a b+c"],
    ["is decoded once where S3 encodes once", "S3.EXPIRE.OBJECT", "a%2520b", "a%20b"],
    ["is decoded once in batch deletions", "BATCH.DELETE.OBJECT", "a%2520b", "a%20b"],
    ["keeps a plus", "REST.GET.OBJECT", "a+b", "a+b"],
    ["keeps what is no code", "REST.GET.OBJECT", "100%25zz", "100%zz"],
    ["shows bytes that are no UTF-8", "REST.GET.OBJECT", "%25FF", "\uFFFD"],
    ["may not be", "REST.GET.BUCKET", "-", undefined],
  ])("%s", (_what, operation, key, expected) => expect(one({ operation, key }).key).toBe(expected));
});

describe("bytes written", () => {
  test.each([
    ["an upload", "REST.PUT.OBJECT", "200 - - 2048", 2048],
    ["a part", "REST.PUT.PART", "200 - - 2048", 2048],
    ["not the end of a multipart upload again", "REST.POST.UPLOAD", "200 - 300 2048", 0],
    ["not a refused one", "REST.PUT.OBJECT", "403 AccessDenied 243 2048", 0],
    ["not a read", "REST.GET.OBJECT", "200 - 512 2048", 0],
  ])("%s", (_what, operation, result, expected) => expect(one({ operation, result }).bytesWritten).toBe(expected));
});

describe("clients can write quotes into a line", () => {
  test.each<[string, S3Parts]>([
    ["the request", { request: '"GET /"?X-User=ada&q=" " HTTP/1.1"' }],
    ["the referrer", { query: "X-User=ada", referrer: '" 500 Forged 1 1' }],
    ["the user agent", { query: "X-User=ada", agent: 'Safari/604.1"' }],
  ])("%s", (_where, parts) => expect(one(parts)).toMatchObject({ user: "ada", status: 200, bytesRead: 512 }));
});

test("a time in another zone is told in UTC", () => {
  expect(one({ time: "01/Mar/2025:09:30:00 +0130" }).time).toBe(Date.UTC(2025, 2, 1, 8));
});

test("a line of Ceph's bucket logging", () => {
  const line =
    'testid fish [06/Aug/2024:09:30:25 +0000] - testid 9e369a15.4179.15085 REST.PUT.OBJECT myfile "PUT /fish/myfile?X-User=ada HTTP/1.1" ' +
    "200 - 512 512 - - - - - - - - - localhost - -";
  expect(readOne("s3", line)).toMatchObject({ user: "ada", userSigned: false, ip: undefined, key: "myfile" });
});

test("a line without the newer fields, and one that ends behind the status", () => {
  const line = s3Line();
  expect(readOne("s3", line.slice(0, line.indexOf(" 70 10"))).bytesRead).toBe(512);
  expect(readOne("s3", line.slice(0, line.indexOf(" - 512")))).toMatchObject({
    status: 200,
    error: undefined,
    bytesRead: 0,
  });
});

describe("a line that can't be understood says why", () => {
  const line = s3Line();
  test.each([
    ["empty", "", "no time in brackets"],
    ["NUL", "\0\0\0", "no time in brackets"],
    ["one long word", "x".repeat(1_000_000), "no time in brackets"],
    ["brackets", " [".repeat(100_000), "no time in brackets"],
    ["no such day", line.replace("01/Mar", "31/Feb"), "the time can't be read"],
    ["no such hour", line.replace("08:00:00", "25:00:00"), "the time can't be read"],
    ["no such month", line.replace("Mar", "Mär"), "the time can't be read"],
    ["a word too many", line.replace("acme-wandb ", "acme wandb "), "owner and bucket are not two words"],
    ["a word too few", line.slice(line.indexOf(" ") + 1), "owner and bucket are not two words"],
    ["cut off early", line.slice(0, line.indexOf(" REST.GET")), "the line ends before the request"],
    ["no key", line.replace("runs/1/config.yaml ", ""), "no request in quotes where it should be"],
    ["no opening quote", line.replace('"GET', "GET"), "no request in quotes where it should be"],
    ["cut off in the request", line.slice(0, line.indexOf('" 200')), "no status after the request"],
    ["no closing quote", line.replace('" 200', " 200"), "no status after the request"],
    ["a long status", line.replace(" 200 ", " 2000 "), "no status after the request"],
    ["a worded status", line.replace(" 200 ", " abc "), "no status after the request"],
    ["quotes", `${line.slice(0, line.indexOf('"GET'))}"${'" '.repeat(100_000)}`, "no status after the request"],
    ["dashes", `${line.slice(0, line.indexOf('"GET'))}"${'" - '.repeat(50_000)}x`, "no status after the request"],
  ])("%s", (_what, bad, reason) => expect(read("s3", bad)).toEqual({ accesses: [], reasons: [reason] }));
});

test("a status may be unknown", () => {
  expect(one({ result: "- - 512 2048" })).toMatchObject({ status: undefined, bytesRead: 512, userSigned: false });
});

test("a bad line leaves nothing behind for the next one", () => {
  const good = s3Line({ query: s3Query("grace"), key: "other" });
  const { accesses } = read("s3", s3Line(), s3Line().slice(0, 200), good);
  expect(accesses.map(({ user, key }) => [user, key])).toEqual([
    ["ada", "runs/1/config.yaml"],
    ["grace", "other"],
  ]);
});
