import { semicolonFields } from "../../audit/azure-classic";
import { azureRecord, BLOB_URL, classicLine, read, readOne } from "./fixture";

const one = (parts: object = {}) => readOne("azure", JSON.stringify(azureRecord(parts)));
const classic = (parts: Readonly<Record<number, string>> = {}) => readOne("azure", classicLine(parts));

describe("resource logs", () => {
  test("who did what to which key, from where, when, with what result", () => {
    expect(one()).toEqual({
      time: Date.UTC(2025, 2, 1, 8, 0, 0, 604),
      user: "linus",
      userSigned: true,
      requester: "11112222-aaaa",
      operation: "GetBlob",
      bucket: "wandb",
      key: "runs/3/a b.txt",
      ip: "203.0.113.8",
      status: 200,
      error: undefined,
      bytesRead: 99,
      bytesWritten: 0,
    });
  });

  test("a refused request says why", () => {
    const parts = { statusCode: "403", statusText: "AuthorizationFailure" };
    expect(one(parts)).toMatchObject({ status: 403, error: "AuthorizationFailure", userSigned: false });
  });

  describe("a name is signed only in a user delegation SAS that was accepted", () => {
    const uri = "https://a.blob.core.windows.net/c/k?scid=eve";
    test.each([
      ["a SAS of the account key, whose signature doesn't cover it", { uri, identity: { type: "SAS" } }],
      ["written into an OAuth request", { uri: `${uri}&skoid=1`, identity: { type: "OAuth" } }],
      ["anonymous", { uri: `${uri}&skoid=1`, identity: { type: "Anonymous" } }],
      ["no identity", { uri: `${uri}&skoid=1`, identity: undefined }],
    ])("%s", (_what, parts) => expect(one(parts)).toMatchObject({ user: "eve", userSigned: false }));
  });

  test("X-User is no parameter of Azure's", () => {
    expect(one({ uri: "https://a.blob.core.windows.net/c/k?X-User=eve" }).user).toBeUndefined();
  });

  test.each([
    ["by name", { upn: "ada@acme.com", objectId: "0e0b" }, "ada@acme.com"],
    ["by ID", { objectId: "0e0b" }, "0e0b"],
  ])("the requester %s", (_what, requester, expected) =>
    expect(one({ identity: { type: "OAuth", requester } }).requester).toBe(expected),
  );

  test.each([
    ["203.0.113.8:4362", "203.0.113.8"],
    ["[2001:db8::1]:443", "2001:db8::1"],
    ["2001:db8::1", "2001:db8::1"],
    ["203.0.113.8", "203.0.113.8"],
    ["", undefined],
  ])("from %s", (callerIpAddress, ip) => expect(one({ callerIpAddress }).ip).toBe(ip));

  test.each([
    ["https://a.blob.core.windows.net/", undefined, undefined],
    ["https://a.blob.core.windows.net/c?comp=list", "c", undefined],
    ["https://a.blob.core.windows.net/c/?comp=list", "c", undefined],
    ["https://a.blob.core.windows.net/c/x/%E9%9B%86", "c", "x/集"],
    ["nonsense", undefined, undefined],
    [undefined, undefined, undefined],
  ])("the object of %s", (uri, bucket, key) => expect(one({ uri })).toMatchObject({ bucket, key }));

  test("an upload", () => {
    const parts = { category: "StorageWrite", statusCode: 201, properties: { requestBodySize: "2017" } };
    expect(one(parts)).toMatchObject({ bytesWritten: 2017, bytesRead: 0 });
  });

  test("a request that was cut off has no status", () => expect(one({ statusCode: "Unknown" }).status).toBeUndefined());

  test("a batch of records is one line", () => {
    const records = [azureRecord(), azureRecord({ operationName: "PutBlob" }), { category: "AuditEvent" }];
    const { accesses, reasons } = read("azure", JSON.stringify({ records }), JSON.stringify(records.slice(0, 1)));
    expect(accesses.map(({ operation }) => operation)).toEqual(["GetBlob", "PutBlob", "GetBlob"]);
    expect(reasons).toHaveLength(1);
  });

  const category = "the category is none of StorageRead, StorageWrite, StorageDelete";
  test.each([
    ["cut off", '{"time":"2025', "not JSON"],
    ["deep", "[".repeat(100_000), "not JSON"],
    ["null", "null", category],
    ["a list of null", "[null]", category],
    ["a category that is a list", JSON.stringify(azureRecord({ category: ["StorageRead"] })), category],
    ["another log's category", JSON.stringify(azureRecord({ category: "StorageReadX" })), category],
    ["a worded time", JSON.stringify(azureRecord({ time: "soon" })), "no time or no operationName"],
    ["a time that is an object", JSON.stringify(azureRecord({ time: { toString: 1 } })), "no time or no operationName"],
    ["no operation", JSON.stringify(azureRecord({ operationName: null })), "no time or no operationName"],
  ])("%s", (_what, line, reason) => expect(read("azure", line)).toEqual({ accesses: [], reasons: [reason] }));
});

describe("Storage Analytics", () => {
  test("who did what to which key, from where, when, with what result", () => {
    expect(classic()).toEqual({
      time: Date.UTC(2025, 2, 1, 8, 0, 0, 889),
      user: "linus",
      userSigned: true,
      requester: "11112222-aaaa",
      operation: "PutBlob",
      bucket: "wandb",
      key: "runs/3/a b.txt",
      ip: "203.0.113.8",
      status: 201,
      error: undefined,
      bytesRead: 17,
      bytesWritten: 2017,
    });
  });

  test("a refused request says why, and wrote nothing", () => {
    const parts = { 3: "SASAuthorizationError", 4: "403" };
    expect(classic(parts)).toMatchObject({ status: 403, error: "SASAuthorizationError", bytesWritten: 0 });
  });

  test("who asked by OAuth", () => {
    const parts = { 7: "oauth", 11: '"https://a.blob.core.windows.net/c/k"', 30: "0e0b" };
    expect(classic(parts)).toMatchObject({ user: undefined, requester: "0e0b" });
    expect(classic({ ...parts, 35: "ada@acme.com" }).requester).toBe("ada@acme.com");
  });

  test.each([
    ["&quot;&lt;&gt;&#59;&#39;", "\"<>;'"],
    ["&amp;lt;&amp;amp;&amp;#59;", "&lt;&amp;&#59;"],
    ["&unknown;&#x;&", "&unknown;&#x;&"],
  ])("HTML's codes: %s", (encoded, decoded) => {
    expect(classic({ 11: `"https://a.blob.core.windows.net/c/${encoded}"`, 2: `"${encoded}"` }).operation).toBe(
      decoded,
    );
  });

  test("version 1.0 has fewer fields", () => {
    const line = classicLine({ 0: "1.0" }).split(";").slice(0, -8).join(";");
    expect(readOne("azure", line).user).toBe("linus");
  });

  test.each<[string, string[] | undefined]>([
    ["a;;b", ["a", "", "b"]],
    ['"a;b";c', ["a;b", "c"]],
    ['"a&amp;b"', ["a&amp;b"]],
    ["a&amp", ["a&amp"]],
    ['"a', undefined],
    ['"a"b;c', undefined],
  ])("the fields of %s", (line, fields) => expect(semicolonFields(line)).toEqual(fields));

  test.each([
    ["cut off", '2.0;"2025', "a quote has no end"],
    ["another version", "3.0;2025-03-01T08:00:00Z;GetBlob", "the version is neither 1.0 nor 2.0"],
    ["too short", "1.0;2025-03-01T08:00:00Z;GetBlob;Success;200", "fewer than 30 fields"],
    ["no such day", classicLine({ 1: "2025-02-30T00:00:00Z" }), "the time can't be read"],
  ])("%s: %s", (_what, line, reason) => expect(read("azure", line)).toEqual({ accesses: [], reasons: [reason] }));
});

test("the fixtures hold a signature", () => expect(BLOB_URL).toContain("sig="));
