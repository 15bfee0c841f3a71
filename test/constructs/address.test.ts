import fc from "fast-check";
import { InvalidAddress, maskAddress, percentEncode } from "../../constructs/address";
import { parseS3Address, regionalEndpoint, s3Address } from "../../constructs/aws/address";
import { azureAddress, parseAzureAddress } from "../../constructs/azure/address";
import { coreweaveAddress, parseCoreweaveAddress } from "../../constructs/coreweave/address";
import { gcsAddress, parseGcsAddress } from "../../constructs/gcp/address";
import { parseS3CompatibleAddress, s3CompatibleAddress } from "../../constructs/s3-compatible/address";

const KEYS = { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "wJalr/XUtn+FEMI@K7?MD%20E NG" };
const ENCODED = "wJalr%2FXUtn%2BFEMI%40K7%3FMD%2520E%20NG";
const S3 = { ...KEYS, endpoint: "s3.us-east-1.amazonaws.com", bucket: "acme-wandb", region: "us-east-1" };
const MINIO = { ...KEYS, endpoint: "minio.acme.com:9000", bucket: "acme.wandb", region: "us-east-1", tls: true };
const PEM = "-----BEGIN PRIVATE KEY-----\nMIIE+v/IB==\n-----END PRIVATE KEY-----\n";
const EMAIL = "wandb-files@acme-ml.iam.gserviceaccount.com";
const GCS = { serviceAccount: EMAIL, privateKey: PEM, bucket: "acme_wandb" };
const AZURE = { accessKey: "q+W/e9==", account: "acmewandb", container: "wandb" };
const COREWEAVE = { ...KEYS, bucket: "acme-wandb" };

const ENCODED_PEM = "-----BEGIN%20PRIVATE%20KEY-----%0AMIIE%2Bv%2FIB%3D%3D%0A-----END%20PRIVATE%20KEY-----%0A";

test("all but the unreserved characters of RFC 3986 are encoded, in capitals", () => {
  const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(0x20 + index));
  expect(ascii.filter((char) => percentEncode(char) === char).join("")).toMatch(/^-\.[0-9]{10}[A-Z]{26}_[a-z]{26}~$/);
  expect(percentEncode("*/é\n")).toBe("%2A%2F%C3%A9%0A");
});

describe("an address is written as W&B documents it", () => {
  test.each([
    ["S3", s3Address(S3), `s3://AKIAEXAMPLE:${ENCODED}@s3.us-east-1.amazonaws.com/acme-wandb?region=us-east-1`],
    [
      "an S3-compatible store",
      s3CompatibleAddress(MINIO),
      `s3://AKIAEXAMPLE:${ENCODED}@minio.acme.com:9000/acme.wandb?region=us-east-1&tls=true`,
    ],
    [
      "an S3-compatible store without TLS",
      s3CompatibleAddress({ ...MINIO, tls: false }),
      `s3://AKIAEXAMPLE:${ENCODED}@minio.acme.com:9000/acme.wandb?region=us-east-1&tls=false`,
    ],
    ["Google Cloud", gcsAddress(GCS), `gs://${EMAIL}:${ENCODED_PEM}@acme_wandb`],
    ["Azure", azureAddress(AZURE), "az://:q%2BW%2Fe9%3D%3D@acmewandb/wandb"],
    ["CoreWeave", coreweaveAddress(COREWEAVE), `cw://AKIAEXAMPLE:${ENCODED}@cwobject.com/acme-wandb?tls=true`],
  ])("%s", (_, address, expected) => expect(address).toBe(expected));

  test.each([
    ["us-gov-west-1", "s3.us-gov-west-1.amazonaws.com"],
    ["cn-north-1", "s3.cn-north-1.amazonaws.com.cn"],
    ["eu-central-1", "s3.eu-central-1.amazonaws.com"],
  ])("the endpoint of S3 in %s", (region, endpoint) => expect(regionalEndpoint(region)).toBe(endpoint));
});

describe("an older or freer spelling is read", () => {
  test("two question marks, as W&B's older pages wrote it", () => {
    const old = s3CompatibleAddress(MINIO).replace("&tls", "?tls");
    expect(parseS3CompatibleAddress(old)).toEqual(MINIO);
  });
  test("tls before the region", () => {
    const swapped = s3CompatibleAddress(MINIO).replace("region=us-east-1&tls=true", "tls=true&region=us-east-1");
    expect(parseS3CompatibleAddress(swapped)).toEqual(MINIO);
  });
  test("S3 without a region, which is then that of the endpoint", () => {
    expect(parseS3Address(s3Address(S3).replace("?region=us-east-1", ""))).toEqual(S3);
    const china = { ...S3, endpoint: "s3.cn-north-1.amazonaws.com.cn", region: "cn-north-1" };
    expect(parseS3Address(s3Address(china).replace("?region=cn-north-1", ""))).toEqual(china);
  });
  test("an e-mail that is percent-encoded", () => {
    expect(parseGcsAddress(gcsAddress(GCS).replace(EMAIL, percentEncode(EMAIL)))).toEqual(GCS);
  });
  test("a secret with characters that need no encoding in user info", () => {
    expect(parseS3Address(s3Address(S3).replace(ENCODED, "a+b:c@d=!")).secretAccessKey).toBe("a+b:c@d=!");
  });
});

/** Any text, one of the characters that have a meaning in addresses, and keys as clouds make them. */
const secret = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.string({ unit: fc.constantFrom(...":/?#@&=+% \n\r\t\0\"'()*!~<>[]{}|\\^`$é漢😀"), minLength: 1 }),
  fc.base64String({ minLength: 4 }),
  fc.base64String({ minLength: 4 }).map((key) => `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n`),
);
const name = fc.stringMatching(/^[a-z0-9][a-z0-9._-]{1,20}[a-z0-9]$/);
const keys = { accessKeyId: secret, secretAccessKey: secret };
const place = fc.oneof(
  fc
    .constantFrom("us-east-1", "us-gov-west-1", "cn-northwest-1")
    .map((region) => ({ region, endpoint: regionalEndpoint(region) })),
  fc.record({ region: name, endpoint: fc.constantFrom("minio.acme.com", "127.0.0.1:9000", "s3.acme.com:8443") }),
);
const s3 = fc
  .tuple(fc.record({ ...keys, bucket: name, tls: fc.boolean() }), place)
  .map(([parts, where]) => ({ ...parts, ...where }));

/** Every format, ready to be asked: parts, writer, reader, and what a reader of URLs that isn't ours must find. */
const FORMATS = {
  "s3, with tls": format(s3, s3CompatibleAddress, parseS3CompatibleAddress, (parts) => ({
    user: parts.accessKeyId,
    secret: parts.secretAccessKey,
    rest: `${parts.endpoint}/${parts.bucket}?region=${parts.region}&tls=${parts.tls}`,
  })),
  s3: format(
    s3.map(({ tls: _, ...parts }) => parts),
    s3Address,
    parseS3Address,
    (parts) => ({
      user: parts.accessKeyId,
      secret: parts.secretAccessKey,
      rest: `${parts.endpoint}/${parts.bucket}?region=${parts.region}`,
    }),
  ),
  gs: format(
    fc.record({
      serviceAccount: fc.stringMatching(/^[a-z][a-z0-9-]{4,20}@[a-z-]{1,9}\.iam\.gserviceaccount\.com$/),
      privateKey: secret,
      bucket: name,
    }),
    gcsAddress,
    parseGcsAddress,
    ({ serviceAccount, privateKey, bucket }) => ({ user: serviceAccount, secret: privateKey, rest: bucket }),
  ),
  az: format(
    fc.record({ accessKey: secret, account: fc.stringMatching(/^[a-z0-9]{3,24}$/), container: name }),
    azureAddress,
    parseAzureAddress,
    ({ accessKey, account, container }) => ({ user: "", secret: accessKey, rest: `${account}/${container}` }),
  ),
  cw: format(
    fc.record({ ...keys, bucket: name }),
    coreweaveAddress,
    parseCoreweaveAddress,
    ({ accessKeyId, secretAccessKey, bucket }) => ({
      user: accessKeyId,
      secret: secretAccessKey,
      rest: `cwobject.com/${bucket}?tls=true`,
    }),
  ),
};

interface Seen {
  readonly user: string;
  readonly secret: string;
  readonly rest: string;
}

function format<Parts>(
  arbitrary: fc.Arbitrary<Parts>,
  write: (parts: Parts) => string,
  read: (text: string) => Parts,
  see: (parts: Parts) => Seen,
) {
  const each = (holds: (address: string, parts: Parts) => void) =>
    fc.assert(
      fc.property(arbitrary, (parts) => holds(write(parts), parts)),
      { numRuns: 300 },
    );
  return {
    roundTrip: () => each((address, parts) => expect(read(address)).toEqual(parts)),
    urlReads: () => each((address, parts) => expect(urlParts(address)).toEqual(see(parts))),
    masks: () =>
      each((address, parts) => {
        const { user, rest } = see(parts);
        expect(maskAddress(address)).toBe(`${address.slice(0, 2)}://${user ? "***" : ""}:***@${rest}`);
      }),
  };
}

function urlParts(address: string): Seen {
  const { username, password, host, pathname, search } = new URL(address);
  return {
    user: decodeURIComponent(username),
    secret: decodeURIComponent(password),
    rest: `${host}${pathname}${search}`,
  };
}

describe.each(Object.entries(FORMATS))("%s: whatever the secret", (_, { roundTrip, urlReads, masks }) => {
  test("what is written is read again", roundTrip);
  test("a reader of URLs finds the same in it", urlReads);
  test("a masked address shows where, and no credentials", masks);
});

/** What may happen to an address: a piece is lost, or a stray character gets in. */
const damage = fc
  .tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(12), fc.constantFrom("", ..."@/?%# :&=\n"))
  .map(([where, lost, stray]) => (address: string) => {
    const at = Math.floor(where * address.length);
    return address.slice(0, at) + stray + address.slice(at + lost);
  });

test("a damaged address is read, or refused without a piece of the secret", () => {
  const digits = "7391/48265+73910@48265 73914";
  const written: [string, (text: string) => unknown][] = [
    [s3Address({ ...S3, secretAccessKey: digits }), parseS3Address],
    [s3CompatibleAddress({ ...MINIO, secretAccessKey: digits }), parseS3CompatibleAddress],
    [gcsAddress({ ...GCS, privateKey: digits }), parseGcsAddress],
    [azureAddress({ ...AZURE, accessKey: digits }), parseAzureAddress],
    [coreweaveAddress({ ...COREWEAVE, secretAccessKey: digits }), parseCoreweaveAddress],
  ];
  fc.assert(
    fc.property(fc.constantFrom(...written), damage, ([address, read], harm) => {
      try {
        read(harm(address));
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidAddress);
        const { message, fix } = error as InvalidAddress;
        expect(message + fix).not.toMatch(/\d{4}/);
      }
    }),
    { numRuns: 3000 },
  );
});

describe("maskAddress()", () => {
  test.each([
    ["a secret that isn't encoded", "s3://AKIA:wJalr/XUtn@minio.acme.com/acme?region=us-east-1"],
    ["one with a question mark", "s3://AKIA:wJalr?XUtn@minio.acme.com/acme?region=us-east-1"],
    ["one with a number sign", "s3://AKIA:wJalr#XUtn@minio.acme.com/acme?region=us-east-1"],
    ["one with an @ and a slash", "s3://AKIA:wJalr@XU/tn@minio.acme.com/acme?region=us-east-1"],
    ["one with an @ and a question mark", "s3://AKIA:wJalr@XU?tn@minio.acme.com/acme?region=us-east-1"],
    ["one with a line end", `gs://${EMAIL}:-----BEGIN\nwJalr@acme`],
    ["no host", "s3://AKIA:wJalrXUtn"],
    ["no credentials", "s3://minio.acme.com/acme"],
    ["another scheme", "https://AKIA:wJalrXUtn@minio.acme.com/acme"],
    ["no address", "wJalrXUtn"],
    ["nothing", ""],
  ])("hides all of a text that is no address: %s", (_, text) => expect(maskAddress(text)).toBe("***"));

  test("hides parameters that aren't known, and shows the older spelling of those that are", () => {
    expect(maskAddress("s3://A:b@minio.acme.com/acme?token=c")).toBe("s3://***:***@minio.acme.com/acme?***");
    const old = "minio.acme.com/acme?region=us-east-1?tls=true";
    expect(maskAddress(`s3://A:b@${old}`)).toBe(`s3://***:***@${old}`);
  });
});
