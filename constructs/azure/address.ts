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

/** What the address of a container on Azure holds. */
export interface AzureAddressParts {
  /** A key of the storage account, as Azure writes it: Base64. */
  readonly accessKey: string;
  /** The storage account's name, without `.blob.core.windows.net`. */
  readonly account: string;
  readonly container: string;
}

/** @see BYOB page, "Determine the storage address" */
const FORMAT: AddressFormat = {
  scheme: "az",
  form: "az://:<urlEncodedAccessKey>@<storageAccountName>/<containerName>",
};

const ACCOUNT = /^[A-Za-z0-9]+$/;

/** The address of a container behind its account's key; its user is empty, as documented. Throws `InvalidAddress`. */
export function azureAddress(parts: AzureAddressParts): string {
  const { accessKey, account, container } = checked(parts);
  return `az://:${percentEncode(accessKey)}@${account}/${container}`;
}

/** Reads such an address. Throws `InvalidAddress`. */
export function parseAzureAddress(text: string): AzureAddressParts {
  const { user, secret, host, path = "", query } = readAddress(FORMAT, text);
  readQuery(FORMAT, query, []);
  if (user !== "") throw malformed(FORMAT);
  return checked({ accessKey: secret, account: host, container: path });
}

function checked(parts: AzureAddressParts): AzureAddressParts {
  checkParts(FORMAT, [
    ["access key", parts.accessKey, CREDENTIAL],
    ["storage account", parts.account, ACCOUNT],
    ["container", parts.container, NAME],
  ]);
  return parts;
}
