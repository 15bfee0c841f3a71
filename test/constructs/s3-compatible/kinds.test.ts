import { honours, KIND_NAMES, kindOf } from "../../../constructs/s3-compatible/kinds";
import { s3CompatibleNotEnforced } from "../../../constructs/s3-compatible/props";
import { CIDRS, nameOf, ofKind, props, REASON } from "./fixture";

describe("kinds", () => {
  test.each(KIND_NAMES)("%s has a source", (kind) => expect(kindOf(kind).source).toMatch(/^https:\/\//));

  test("none lets the AWS provider make the bucket", () => {
    for (const kind of KIND_NAMES) expect([kind, kindOf(kind).manages.bucket]).toEqual([kind, false]);
  });

  test("all but MinIO's community edition have CORS for a bucket", () => {
    expect(KIND_NAMES.filter((kind) => !kindOf(kind).manages.cors)).toEqual(["minio"]);
  });
});

describe("honours()", () => {
  const ceph = kindOf("ceph");

  test("takes a condition whose operators and keys a kind knows", () => {
    expect(honours(ceph, { NotIpAddress: { "aws:SourceIp": "10.0.0.0/8" } })).toBe(true);
    expect(honours(ceph, { BoolIfExists: { "aws:SecureTransport": "false" } })).toBe(true);
  });

  test.each([
    ["an operator that it reads otherwise", { Bool: { "aws:SecureTransport": "false" } }],
    ["Null, which it takes for its contrary", { Null: { "aws:SourceIp": "false" } }],
    ["a key that it never finds", { StringEquals: { "s3:authType": "REST-QUERY-STRING" } }],
    ["one unknown key beside a known one", { NotIpAddress: { "aws:SourceIp": "1", "aws:VpcSourceIp": "1" } }],
    [
      "one unknown operator beside a known one",
      { NotIpAddress: { "aws:SourceIp": "1" }, Null: { "aws:SourceIp": "1" } },
    ],
  ])("refuses %s", (_, condition) => expect(honours(ceph, condition)).toBe(false));

  test("takes nothing where nothing is known", () => {
    expect(honours(kindOf("other"), { Bool: { "aws:SecureTransport": "false" } })).toBe(false);
  });
});

/** The lines by their beginnings, in order. */
describe("s3CompatibleNotEnforced()", () => {
  const lines = (change: object) => s3CompatibleNotEnforced(props(change));
  const ALWAYS = [/^expiry: noncurrent versions/, /^encryption at rest, public access block/];
  const starts = (...patterns: RegExp[]) =>
    [...patterns, ...ALWAYS].map((each) => expect.stringMatching(each) as string);
  const NETWORK = { network: { cidrs: CIDRS } };
  const PROXY = { tls: { mode: "at-proxy" } };

  const ACCESS = /^access: MinIO asks a bucket's policy about anonymous requests only/;
  const UNKNOWN_ACTION = /^access: W&B isn't granted s3:GetEncryptionConfiguration, since Ceph RGW refuses/;
  const HTTP = /^TLS: a request over plain HTTP is refused only if/;
  const LIFETIME = /^lifetime of URLs: .* 7 days, not 24 hours$/;
  const SSE_C = /^keys of the uploader \(SSE-C\)/;
  const HEADERS = /^denies: MinIO believes a request's own headers/;
  const CORS = /^CORS: MinIO has none for a bucket/;
  const OFF = /^TLS: it is off/;
  const AT_PROXY = /^TLS: it ends at a proxy/;
  const PROXY_ADDRESS = /^network: Ceph RGW sees the proxy's address/;
  const UNTRIED = /^policy: none of it was tried/;

  test.each([
    ["Ceph", {}, starts(UNKNOWN_ACTION, LIFETIME, SSE_C)],
    ["Ceph with a network", NETWORK, starts(UNKNOWN_ACTION, LIFETIME, SSE_C)],
    ["Ceph behind a proxy", PROXY, starts(UNKNOWN_ACTION, AT_PROXY, LIFETIME, SSE_C)],
    [
      "Ceph behind a proxy with a network",
      { ...PROXY, ...NETWORK },
      starts(UNKNOWN_ACTION, AT_PROXY, LIFETIME, SSE_C, PROXY_ADDRESS),
    ],
    ["Ceph without TLS", { tls: { mode: "off", reason: REASON } }, starts(UNKNOWN_ACTION, OFF, LIFETIME, SSE_C)],
    ["MinIO", ofKind("minio"), starts(ACCESS, HEADERS, CORS)],
    [
      "MinIO with a network behind a proxy",
      { ...ofKind("minio"), ...NETWORK, ...PROXY },
      starts(ACCESS, AT_PROXY, HEADERS, CORS),
    ],
    ["AIStor", ofKind("aistor"), starts(/^access: MinIO AIStor asks/, /whether AIStor differs isn't published/)],
    ["an unknown store", ofKind("other"), starts(HTTP, LIFETIME, SSE_C, UNTRIED)],
  ])("%s", (_, change, expected) => expect(lines(change)).toEqual(expected));

  test("tells each thing once", () => {
    for (const kind of KIND_NAMES) expect(new Set(lines(ofKind(kind))).size).toBe(lines(ofKind(kind)).length);
  });

  test("a lifetime that was given up is no such line: it is an opt-out of its own", () => {
    const given = { ...ofKind("minio"), urlLifetime: { unrestricted: true, reason: REASON } };
    expect(lines(given)).toEqual(lines(ofKind("minio")));
  });

  test("names the store as its vendor does", () => {
    expect(KIND_NAMES.map(nameOf)).toEqual(["MinIO", "MinIO AIStor", "Ceph RGW", "a store that isn't known here"]);
  });
});
