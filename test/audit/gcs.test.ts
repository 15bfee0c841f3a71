import { csvFields } from "../../audit/gcs";
import { GCS_HEADER_LINE, gcsLine, read, readOne } from "./fixture";

const one = (parts: Readonly<Record<string, string>> = {}) => readOne("gcs", GCS_HEADER_LINE, gcsLine(parts));

test("who did what to which key, from where, when, with what result", () => {
  expect(one()).toEqual({
    time: 1740816000123,
    user: "grace",
    userSigned: true,
    requester: undefined,
    operation: "PUT_Object",
    bucket: "acme-secure",
    key: "runs/2/weights.bin",
    ip: "198.51.100.9",
    status: 200,
    error: undefined,
    bytesRead: 0,
    bytesWritten: 4096,
  });
});

describe("a name is signed only if Google accepted a signature of the whole query", () => {
  test.each([
    ["refused", { sc_status: "403" }, "grace", false],
    ["unsigned", { cs_uri: "/b/o?X-User=eve" }, "eve", false],
    ["version 2", { cs_uri: "/b/o?GoogleAccessId=a&Expires=1&Signature=b&X-User=eve" }, "eve", false],
    ["by an HMAC key", { cs_uri: "/b/o?X-User=ada&X-Amz-Signature=b" }, "ada", true],
    ["no name", { cs_uri: "/b/o?alt=media" }, undefined, false],
  ])("%s", (_what, parts, user, userSigned) => expect(one(parts)).toMatchObject({ user, userSigned }));
});

test("what Google does itself has no address, status or operation", () => {
  const parts = { c_ip: "", cs_method: "", cs_uri: "", sc_status: "", cs_operation: "", cs_object: "" };
  expect(one(parts)).toMatchObject({
    ip: undefined,
    status: undefined,
    operation: "-",
    key: undefined,
    user: undefined,
  });
});

test("a refused upload wrote nothing", () => expect(one({ sc_status: "403" }).bytesWritten).toBe(0));

test("a header may order the columns otherwise, be unquoted, come again, or be missing", () => {
  const other = 'time_micros,cs_object,sc_status,cs_uri\n"1740816000123456","a, ""b""",404,/x?X-User=ada';
  expect(readOne("gcs", ...other.split("\n"))).toMatchObject({ key: 'a, "b"', status: 404, user: "ada" });
  expect(read("gcs", gcsLine(), GCS_HEADER_LINE, gcsLine()).accesses).toHaveLength(2);
});

test.each<[string, string[] | undefined]>([
  ["", [""]],
  ["a,,b", ["a", "", "b"]],
  ['"a","","b,c"', ["a", "", "b,c"]],
  ['"say ""hi""",""""', ['say "hi"', '"']],
  ['"a', undefined],
  ['"a""', undefined],
  ['"a"b,c', undefined],
  [`"${'""'.repeat(9)}`, undefined],
])("the fields of %s", (line, fields) => expect(csvFields(line)).toEqual(fields));

test.each([
  ["cut off", '"1740816000123456","203.0.113.1', "a quote has no end"],
  ["a field too few", gcsLine().slice(0, gcsLine().lastIndexOf(",")), "fewer fields than columns"],
  ["NUL", "\0", "fewer fields than columns"],
  ["a worded time", gcsLine({ time_micros: "yesterday" }), "the time can't be read"],
  ["a long time", gcsLine({ time_micros: "17408160001234567" }), "the time can't be read"],
])("%s: %s", (_what, line, reason) => expect(read("gcs", line)).toEqual({ accesses: [], reasons: [reason] }));
