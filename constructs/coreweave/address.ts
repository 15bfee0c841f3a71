import {
  checkParts,
  CREDENTIAL,
  InvalidAddress,
  malformed,
  NAME,
  percentEncode,
  readAddress,
  readQuery,
  type AddressFormat,
} from "../address";

/** What the address of a bucket on CoreWeave AI Object Storage holds. */
export interface CoreweaveAddressParts {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
}

/** The one host of these addresses; buckets have hosts of their own below it. @see BYOB page, "Determine the storage address" */
const HOST = "cwobject.com";

const FORMAT: AddressFormat = {
  scheme: "cw",
  form: `cw://<accessKey>:<secretAccessKey>@${HOST}/<bucketName>?tls=true`,
};

/**
 * The address of a bucket behind an access key, for the teams of a Dedicated or Self-managed W&B; CoreWeave asks for TLS.
 * W&B's pages contradict each other: the table of formats has the bucket in the path, as written here, while their
 * Troubleshooting calls `cw://<bucketName>.cwobject.com` right and `cw://cwobject.com/<bucketName>/` wrong, both of them
 * without credentials. Throws `InvalidAddress`.
 */
export function coreweaveAddress(parts: CoreweaveAddressParts): string {
  const { accessKeyId, secretAccessKey, bucket } = checked(parts);
  return `cw://${percentEncode(accessKeyId)}:${percentEncode(secretAccessKey)}@${HOST}/${bucket}?tls=true`;
}

/** Reads such an address, of the documented form alone. Throws `InvalidAddress`. */
export function parseCoreweaveAddress(text: string): CoreweaveAddressParts {
  if (text === `${FORMAT.scheme}://`) throw bare();
  const { user, secret, host, path = "", query } = readAddress(FORMAT, text);
  const { tls } = readQuery(FORMAT, query, ["tls"]);
  if (host !== HOST || tls !== "true") throw malformed(FORMAT);
  return checked({ accessKeyId: user, secretAccessKey: secret, bucket: path });
}

function bare(): InvalidAddress {
  const fix =
    "Leave it out: it is what a Self-managed W&B's GORILLA_SUPPORTED_FILE_STORES says, and holds no credentials.";
  return new InvalidAddress(FORMAT, `be of the form ${FORMAT.form}`, fix);
}

function checked(parts: CoreweaveAddressParts): CoreweaveAddressParts {
  checkParts(FORMAT, [
    ["access key ID", parts.accessKeyId, CREDENTIAL],
    ["secret access key", parts.secretAccessKey, CREDENTIAL],
    ["bucket", parts.bucket, NAME],
  ]);
  return parts;
}
