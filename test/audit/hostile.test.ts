import fc from "fast-check";
import { LOG_FORMATS } from "../../audit/access";
import { formatOf } from "../../audit/detect";
import { containerAndKey, percentDecode, queryParameter, withoutPort } from "../../audit/url";
import { azureRecord, classicLine, gcsLine, read, s3Line } from "./fixture";

const SAMPLES = [s3Line(), gcsLine(), classicLine(), JSON.stringify(azureRecord())];

/** A line of a log that was cut, doubled, or had something put into it. */
const mangled = fc
  .tuple(
    fc.constantFrom(...SAMPLES),
    fc.nat(900),
    fc.nat(900),
    fc.constantFrom('"', " ", "%", "\0", ";", ",", "-", "\ud800", ""),
  )
  .map(([line, from, to, insert]) => line.slice(0, from) + insert + line.slice(to));

test.each(LOG_FORMATS)("no line stops the %s reader, and each is a request or malformed", (format) => {
  fc.assert(
    fc.property(fc.oneof(mangled, fc.string({ unit: "binary" })), (line) => {
      formatOf(line);
      const { accesses, reasons } = read(format, line);
      const isHeader = format === "gcs" && line.startsWith("time_micros,");
      expect(accesses.length + reasons.length).toBe(isHeader ? 0 : 1);
    }),
    { numRuns: 2000 },
  );
});

test("a user's name comes back whatever its characters are", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (name) => {
      const url = `/k?a=%20&X-User=${encodeURIComponent(name)}&X-Amz-Signature=1 HTTP/1.1`;
      expect(queryParameter(url, "X-User")).toBe(name);
      expect(queryParameter(url.replace("X-User", "%58%2dUser"), "X-User")).toBe(name);
    }),
  );
});

test.each([
  ["a%20b", "a b"],
  ["%E9%9B%86", "集"],
  ["100%", "100%"],
  ["%zz%20", "%zz "],
  ["%FF%41", "\uFFFDA"],
  ["%", "%"],
])("%s decoded", (text, decoded) => expect(percentDecode(text)).toBe(decoded));

test.each([
  ["/k", undefined],
  ["/k?", undefined],
  ["/k?X-User", undefined],
  ["/k?X-User&a=1", undefined],
  ["/k?%&X-User=ada", "ada"],
  ["/k?X-User=ada&X-User=eve", "ada"],
  ["/k?%58-User", undefined],
  ["/k?%58-User&a=b", undefined],
  ["/k?a=%58-User=eve", undefined],
  ["/k?X-User=a+b HTTP/1.1", "a b"],
])("the user of %s", (url, user) => expect(queryParameter(url, "X-User")).toBe(user));

test("many parameters take no more than linear time", () => {
  const url = `/k?${"%41=1&".repeat(100_000)}`;
  const start = performance.now();
  expect(queryParameter(url, "X-User")).toBeUndefined();
  expect(performance.now() - start).toBeLessThan(2000);
});

test("odd URLs and addresses are harmless", () => {
  expect(containerAndKey("https://host")).toEqual({});
  expect(containerAndKey("https://host/c/a//b?x")).toEqual({ container: "c", key: "a//b" });
  expect(withoutPort("[::1]")).toBe("::1");
  expect(withoutPort("a:b:c")).toBe("a:b:c");
});
