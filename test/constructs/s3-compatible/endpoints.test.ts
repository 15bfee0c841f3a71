import { endpointFaults, endpointId, endpointUrl } from "../../../constructs/s3-compatible/endpoints";

const rules = (endpoint: string, plain = false) => endpointFaults(endpoint, plain).map(({ message }) => message);
const refusal = (rule: string, got: string) => `Cannot use the endpoint: must ${rule}, got "${got}"`;

const HOST = "be a host name or an IPv4 address, and a port of 1 to 65535 if it isn't the scheme's own";

describe("endpointFaults()", () => {
  test.each([
    ["minio.acme.com"],
    ["minio.acme.com:9000"],
    ["minio"],
    ["10.1.2.3:9000"],
    ["s3.eu-1.acme.internal:65535"],
    ["minio.acme.com:80"], // odd with TLS, but the only spelling of it
  ])("takes %s", (endpoint) => expect(rules(endpoint)).toEqual([]));

  test.each([
    ["https://minio.acme.com", "have no scheme", "https://minio.acme.com"],
    ["http://minio.acme.com:9000", "have no scheme", "http://minio.acme.com:9000"],
    ["s3://minio.acme.com", "have no scheme", "s3://minio.acme.com"],
    ["minio.acme.com/", "have no path or query", "minio.acme.com/"],
    ["minio.acme.com/wandb", "have no path or query", "minio.acme.com/wandb"],
    ["minio.acme.com:9000/wandb", "have no path or query", "minio.acme.com:9000/wandb"],
    ["minio.acme.com?tls=true", "have no path or query", "minio.acme.com?***"],
    ["minio.acme.com#top", "have no path or query", "minio.acme.com?***"],
    ["admin@minio.acme.com", "have no user info", "***@minio.acme.com"],
    ["key:secret@minio.acme.com", "have no user info", "***@minio.acme.com"],
    ["minio.acme.com ", "have no spaces", "minio.acme.com "],
    ["minio acme.com", "have no spaces", "minio acme.com"],
    ["minio.acme.com:9000\n", "have no spaces", "minio.acme.com:9000\\u{a}"],
    ["", HOST, ""],
    ["minio_1.acme.com", HOST, "minio_1.acme.com"],
    ["-minio.acme.com", HOST, "-minio.acme.com"],
    ["minio..acme.com", HOST, "minio..acme.com"],
    ["minio.acme.com.", HOST, "minio.acme.com."],
    ["minio.acme.com:0", HOST, "minio.acme.com:0"],
    ["minio.acme.com:65536", HOST, "minio.acme.com:65536"],
    ["*.acme.com", HOST, "*.acme.com"],
    ["10.1.2.999", HOST, "10.1.2.999"],
    ["[2001:db8::1]:9000", HOST, "[2001:***"],
    ["Minio.Acme.com", 'be written as "minio.acme.com"', "Minio.Acme.com"],
    ["minio.acme.com:443", 'be written as "minio.acme.com"', "minio.acme.com:443"],
    ["minio.acme.com:", 'be written as "minio.acme.com"', "minio.acme.com:***"],
    ["minio.acme.com:09000", 'be written as "minio.acme.com:9000"', "minio.acme.com:09000"],
    ["127.1", 'be written as "127.0.0.1"', "127.1"],
    ["müller.acme.com", 'be written as "xn--mller-kva.acme.com"', "m\\u{fc}ller.acme.com"],
    ["s3.us-east-1.amazonaws.com", "not be of a store that has a cloud of its own", "s3.us-east-1.amazonaws.com"],
    [
      "s3.cn-north-1.amazonaws.com.cn",
      "not be of a store that has a cloud of its own",
      "s3.cn-north-1.amazonaws.com.cn",
    ],
    ["storage.googleapis.com", "not be of a store that has a cloud of its own", "storage.googleapis.com"],
    ["cwobject.com", "not be of a store that has a cloud of its own", "cwobject.com"],
    ["cwlota.com", "not be of a store that has a cloud of its own", "cwlota.com"],
  ])("refuses %j", (endpoint, rule, got) => expect(rules(endpoint)).toEqual([refusal(rule, got)]));

  test("tells all that is wrong at once", () => {
    expect(rules("https://key:secret@minio.acme.com/a b").map((message) => message.split(": must ")[1])).toEqual(
      ["have no scheme", "have no user info", "have no path or query", "have no spaces"].map(
        (rule) => `${rule}, got "https://***@minio.acme.com/a b"`,
      ),
    );
  });

  test("takes each scheme's own port for the one that is left out", () => {
    expect(rules("minio.acme.com:80", true)).toEqual([refusal('be written as "minio.acme.com"', "minio.acme.com:80")]);
    expect(rules("minio.acme.com:443", true)).toEqual([]);
  });

  test.each([
    "AKIAKEY:s3cr3t@minio.acme.com",
    "https://AKIAKEY:s3cr3t@minio.acme.com",
    "https://AKIAKEY:s3c/r3t@minio.acme.com/wandb",
    "minio.acme.com:s3cr3t",
    "minio.acme.com?AWSAccessKeyId=AKIAKEY&Signature=s3cr3t",
    "minio.acme.com/wandb?X-Amz-Signature=s3cr3t",
  ])("shows no secret of %s", (endpoint) => {
    const text = JSON.stringify(endpointFaults(endpoint, false));
    expect(text).toContain("Cannot use the endpoint");
    expect(text).not.toMatch(/s3c|r3t|AKIAKEY/);
  });

  test("every fault has a fix", () => {
    for (const endpoint of ["https://a@b/c d", "", "A.com", "cwobject.com"])
      for (const { fix } of endpointFaults(endpoint, false)) expect(fix).toMatch(/^[A-Z].*[.]$/);
  });
});

test("endpointUrl() has the scheme that was chosen", () => {
  expect(endpointUrl("minio.acme.com:9000", true)).toBe("http://minio.acme.com:9000");
  expect(endpointUrl("minio.acme.com", false)).toBe("https://minio.acme.com");
});

test("endpointId() is a name for Terraform, and another for every endpoint", () => {
  const endpoints = ["a.b.c", "a-b.c", "a.b-c", "a.b:1", "a.b:11", "10.1.2.3", "10.1.2.3:9000"];
  expect(endpoints.flatMap((endpoint) => rules(endpoint))).toEqual([]);
  expect(rules("a.b.1")).toEqual([refusal(HOST, "a.b.1")]); // it would have the name of a.b:1
  const ids = endpoints.map(endpointId);
  for (const id of ids) expect(id).toMatch(/^[\w-]+$/);
  expect(new Set(ids).size).toBe(ids.length);
});
