import { InvalidAddress } from "../../constructs/address";
import { parseS3Address, s3Address } from "../../constructs/aws/address";
import { azureAddress, parseAzureAddress } from "../../constructs/azure/address";
import { coreweaveAddress, parseCoreweaveAddress } from "../../constructs/coreweave/address";
import { gcsAddress, parseGcsAddress } from "../../constructs/gcp/address";
import { parseS3CompatibleAddress, s3CompatibleAddress } from "../../constructs/s3-compatible/address";

const SECRET = "wJalrXUtnFEMIK7";
const FORM = "s3://<accessKey>:<secretAccessKey>@<endpoint>/<bucketName>?region=<region>&tls=true";
const GS_FORM = "gs://<serviceAccountEmail>:<urlEncodedPrivateKey>@<bucketName>";
const AZ_FORM = "az://:<urlEncodedAccessKey>@<storageAccountName>/<containerName>";
const CW_FORM = "cw://<accessKey>:<secretAccessKey>@cwobject.com/<bucketName>?tls=true";
const ESCAPE = 'have "%" only before the two hexadecimal digits of an escape, all escapes together being UTF-8';

/** The refusal of a call; the secret must be nowhere in it. */
function refusal(call: () => unknown): InvalidAddress {
  try {
    call();
  } catch (error) {
    if (!(error instanceof InvalidAddress)) throw error;
    expect(`${error.message} ${error.fix} ${error.stack}`).not.toContain(SECRET.slice(0, 5));
    return error;
  }
  throw new Error("nothing was refused");
}

const message = (scheme: string, rule: string) => `Cannot use the ${scheme} address: must ${rule}, got "***"`;

/** Addresses are given without their scheme; `$` stands for the secret. */
const row = (scheme: string, parse: (text: string) => unknown) => (text: string, rule: string) =>
  [`${scheme}://${text}`, parse, message(scheme, rule)] as const;
const s3 = row("s3", parseS3Address);
const store = row("s3", parseS3CompatibleAddress);
const gs = row("gs", parseGcsAddress);
const az = row("az", parseAzureAddress);
const cw = row("cw", parseCoreweaveAddress);
const wrongScheme = (text: string, parse: (text: string) => unknown, scheme: string) =>
  [text, parse, message(scheme, `begin with "${scheme}://"`)] as const;

describe("a reader refuses", () => {
  test.each([
    wrongScheme("", parseS3Address, "s3"),
    wrongScheme("$", parseS3Address, "s3"),
    wrongScheme("https://AKIA:$@minio.acme.com/acme?region=r", parseS3Address, "s3"),
    wrongScheme("S3://AKIA:$@minio.acme.com/acme?region=r", parseS3Address, "s3"),
    wrongScheme(" s3://AKIA:$@minio.acme.com/acme?region=r", parseS3Address, "s3"),
    wrongScheme("s3://AKIA:$@acme", parseGcsAddress, "gs"),
    wrongScheme("gs://AKIA:$@acme", parseAzureAddress, "az"),
    wrongScheme("s3://AKIA:$@cwobject.com/acme?tls=true", parseCoreweaveAddress, "cw"),
    s3("", `be of the form ${FORM}`),
    s3("minio.acme.com/acme?region=r", `be of the form ${FORM}`),
    s3("AKIA@minio.acme.com/acme?region=r", `be of the form ${FORM}`),
    s3("AKIA:$", `be of the form ${FORM}`),
    s3("AKIA:$@", `be of the form ${FORM}`),
    s3("AKIA:$@/acme?region=r", `be of the form ${FORM}`),
    s3("AKIA:$/$@minio.acme.com/acme?region=r", `be of the form ${FORM}`),
    s3("AKIA:$@$/$@minio.acme.com/acme?region=r", `be of the form ${FORM}`),
    s3("AKIA:$ $@minio.acme.com/acme?region=r", `be of the form ${FORM}`),
    s3("AKIA:$é@minio.acme.com/acme?region=r", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme?region=r\n", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme?region=r#top", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/ac#me?region=r", `be of the form ${FORM}`),
    s3("AKIA:$%@minio.acme.com/acme?region=r", ESCAPE),
    s3("AKIA:$%2@minio.acme.com/acme?region=r", ESCAPE),
    s3("AKIA:$%FF@minio.acme.com/acme?region=r", ESCAPE),
    s3("AK%IA:$@minio.acme.com/acme?region=r", ESCAPE),
    s3(":$@minio.acme.com/acme?region=r", "have the access key ID"),
    s3("AKIA:@minio.acme.com/acme?region=r", "have the secret access key"),
    s3("AKIA:$@minio.acme.com:port/acme?region=r", "have the endpoint alone, in plain characters"),
    s3("AKIA:$@minio.acme.com?region=r", "have the bucket"),
    s3("AKIA:$@minio.acme.com/?region=r", "have the bucket"),
    s3("AKIA:$@minio.acme.com/acme/?region=r", "have the bucket alone, in plain characters"),
    s3("AKIA:$@minio.acme.com/acme/omega?region=r", "have the bucket alone, in plain characters"),
    s3("AKIA:$@minio.acme.com/ac%6De?region=r", "have the bucket alone, in plain characters"),
    s3("AKIA:$@minio.acme.com/acme", "have the region"),
    s3("AKIA:$@minio.acme.com/acme?tls=true", "have the region"),
    s3("AKIA:$@minio.acme.com/acme?region=", "have the region"),
    s3("AKIA:$@s3.amazonaws.com/acme", "have the region"),
    s3("AKIA:$@s3.us-east-1.amazonaws.com.cn/acme", "have the region"),
    s3("AKIA:$@s3.us-east-1.amazonaws.com/acme?region=us-east-2", "have the region of its endpoint"),
    s3("AKIA:$@minio.acme.com/acme?region=a%20b", "have the region alone, in plain characters"),
    s3("AKIA:$@minio.acme.com/acme?", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme?region", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme?region=r&", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme?region=r&region=r", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme?region=r&token=$", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme?region=r&tls=yes", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme?tls=true?region=r", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme?region=r?tls=true&tls=true", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme?region=r?tls=true?tls=true", `be of the form ${FORM}`),
    s3("AKIA:$@minio.acme.com/acme??region=r", `be of the form ${FORM}`),
    store("AKIA:$@minio.acme.com/acme?tls=true", "have the region"),
    store("AKIA:$@minio.acme.com/acme?region=r", "say whether TLS is used"),
    gs("$@acme", `be of the form ${GS_FORM}`),
    gs("wandb@acme.com@acme", `be of the form ${GS_FORM}`),
    gs("wandb@acme.com:$@acme/omega", `be of the form ${GS_FORM}`),
    gs("wandb@acme.com:$@acme/", `be of the form ${GS_FORM}`),
    gs("wandb@acme.com:$@acme?region=r", `be of the form ${GS_FORM}`),
    gs("wandb@acme.com:-----BEGIN PRIVATE KEY-----\n$@acme", `be of the form ${GS_FORM}`),
    gs("wandb@acme.com:@acme", "have the private key"),
    gs(":$@acme", "have the service account's e-mail"),
    gs("wandb:$@acme", "have the service account's e-mail alone, in plain characters"),
    gs("wandb@acme.com:$@acme:80", "have the bucket alone, in plain characters"),
    az("$@acmewandb/wandb", `be of the form ${AZ_FORM}`),
    az("acmewandb:$@acmewandb/wandb", `be of the form ${AZ_FORM}`),
    az(":$@acmewandb/wandb?tls=true", `be of the form ${AZ_FORM}`),
    az(":$/$==@acmewandb/wandb", `be of the form ${AZ_FORM}`),
    az(":@acmewandb/wandb", "have the access key"),
    az(":$@acmewandb", "have the container"),
    az(":$@acmewandb/wandb/omega", "have the container alone, in plain characters"),
    az(":$@acmewandb.blob.core.windows.net/wandb", "have the storage account alone, in plain characters"),
    cw("", `be of the form ${CW_FORM}`),
    cw("acme.cwobject.com", `be of the form ${CW_FORM}`),
    cw("AKIA:$@acme.cwobject.com?tls=true", `be of the form ${CW_FORM}`),
    cw("AKIA:$@acme.cwobject.com/acme?tls=true", `be of the form ${CW_FORM}`),
    cw("AKIA:$@cwobject.com/acme", `be of the form ${CW_FORM}`),
    cw("AKIA:$@cwobject.com/acme?tls=false", `be of the form ${CW_FORM}`),
    cw("AKIA:$@cwobject.com/acme?region=r&tls=true", `be of the form ${CW_FORM}`),
    cw("AKIA:$@cwobject.com?tls=true", "have the bucket"),
    cw(":$@cwobject.com/acme?tls=true", "have the access key ID"),
    cw("AKIA:@cwobject.com/acme?tls=true", "have the secret access key"),
  ])("%j", (text, parse, expected) => {
    expect(refusal(() => parse(text.replaceAll("$", SECRET))).message).toBe(expected);
  });

  test("the bare scheme of CoreWeave, and says what it is for", () => {
    expect(refusal(() => parseCoreweaveAddress("cw://")).fix).toContain("GORILLA_SUPPORTED_FILE_STORES");
  });
});

describe("a writer refuses", () => {
  const keys = { accessKeyId: "AKIA", secretAccessKey: SECRET };
  const s3Parts = { ...keys, endpoint: "minio.acme.com", bucket: "acme", region: "r" };
  const gsParts = { serviceAccount: "wandb@acme.com", privateKey: SECRET, bucket: "acme" };
  const azParts = { accessKey: SECRET, account: "acmewandb", container: "wandb" };
  const alone = (what: string) => `have the ${what} alone, in plain characters`;
  const itself = (what: string) => `have the ${what} itself, in whole characters`;
  const token = "${TfToken[TOKEN.7]}";

  test.each([
    ["s3", "have the access key ID", () => s3Address({ ...s3Parts, accessKeyId: "" })],
    ["s3", "have the secret access key", () => s3Address({ ...s3Parts, secretAccessKey: "" })],
    ["s3", itself("secret access key"), () => s3Address({ ...s3Parts, secretAccessKey: token })],
    ["s3", itself("secret access key"), () => s3Address({ ...s3Parts, secretAccessKey: `a\n${token}` })],
    ["s3", itself("secret access key"), () => s3Address({ ...s3Parts, secretAccessKey: "\ud83d" })],
    ["s3", alone("endpoint"), () => s3Address({ ...s3Parts, endpoint: `${SECRET}@minio.acme.com` })],
    ["s3", alone("endpoint"), () => s3Address({ ...s3Parts, endpoint: `https://minio.acme.com` })],
    ["s3", alone("endpoint"), () => s3Address({ ...s3Parts, endpoint: `minio.acme.com/` })],
    ["s3", alone("bucket"), () => s3Address({ ...s3Parts, bucket: `${SECRET}/x` })],
    ["s3", alone("bucket"), () => s3Address({ ...s3Parts, bucket: token })],
    ["s3", alone("bucket"), () => s3Address({ ...s3Parts, bucket: "acme\n" })],
    ["s3", alone("region"), () => s3Address({ ...s3Parts, region: "r&tls=false" })],
    ["s3", "have the region", () => s3CompatibleAddress({ ...s3Parts, region: "", tls: true })],
    ["s3", "have the region of its endpoint", () => s3Address({ ...s3Parts, endpoint: "s3.us-east-1.amazonaws.com" })],
    ["gs", "have the private key", () => gcsAddress({ ...gsParts, privateKey: "" })],
    ["gs", alone("service account's e-mail"), () => gcsAddress({ ...gsParts, serviceAccount: "a:b@acme.com" })],
    ["gs", alone("bucket"), () => gcsAddress({ ...gsParts, bucket: "acme/omega" })],
    ["az", itself("access key"), () => azureAddress({ ...azParts, accessKey: token })],
    ["az", alone("storage account"), () => azureAddress({ ...azParts, account: "acme.blob.core.windows.net" })],
    ["az", alone("container"), () => azureAddress({ ...azParts, container: "a b" })],
    ["cw", "have the access key ID", () => coreweaveAddress({ ...keys, accessKeyId: "", bucket: "acme" })],
    ["cw", itself("secret access key"), () => coreweaveAddress({ ...keys, secretAccessKey: token, bucket: "acme" })],
    ["cw", alone("bucket"), () => coreweaveAddress({ ...keys, bucket: "acme?tls=false" })],
  ])("%s: must %s", (scheme, rule, write) => expect(refusal(write).message).toBe(message(scheme, rule)));
});
