import {
  checkParts,
  CREDENTIAL,
  malformed,
  NAME,
  percentEncode,
  readAddress,
  readQuery,
  type AddressFormat,
} from "../address";

/** What the address of a bucket on Google Cloud holds. */
export interface GcsAddressParts {
  /** E-mail of the service account that W&B signs in as. */
  readonly serviceAccount: string;
  /**
   * The PEM text of its private key, with real line ends: the member `private_key` of the key file. Terraform's
   * `google_service_account_key` has it as `jsondecode(base64decode(….private_key)).private_key`.
   */
  readonly privateKey: string;
  readonly bucket: string;
}

/** @see BYOB page, "Determine the storage address" */
const FORMAT: AddressFormat = {
  scheme: "gs",
  form: "gs://<serviceAccountEmail>:<urlEncodedPrivateKey>@<bucketName>",
};

const EMAIL = /^[A-Za-z0-9._-]+@[A-Za-z0-9.-]+$/;

/** The address of a bucket behind a service account's key; the e-mail stays raw, as documented. Throws `InvalidAddress`. */
export function gcsAddress(parts: GcsAddressParts): string {
  const { serviceAccount, privateKey, bucket } = checked(parts);
  return `gs://${serviceAccount}:${percentEncode(privateKey)}@${bucket}`;
}

/** Reads such an address; the e-mail may be percent-encoded. Throws `InvalidAddress`. */
export function parseGcsAddress(text: string): GcsAddressParts {
  const { user, secret, host, path, query } = readAddress(FORMAT, text);
  readQuery(FORMAT, query, []);
  if (path !== undefined) throw malformed(FORMAT);
  return checked({ serviceAccount: user, privateKey: secret, bucket: host });
}

function checked(parts: GcsAddressParts): GcsAddressParts {
  checkParts(FORMAT, [
    ["service account's e-mail", parts.serviceAccount, EMAIL],
    ["private key", parts.privateKey, CREDENTIAL],
    ["bucket", parts.bucket, NAME],
  ]);
  return parts;
}
