import { maskAddress } from "../constructs/address";
import { regionalEndpoint, s3Address } from "../constructs/aws/address";
import { azureAddress } from "../constructs/azure/address";
import { coreweaveAddress } from "../constructs/coreweave/address";
import { gcsAddress } from "../constructs/gcp/address";
import { s3CompatibleAddress } from "../constructs/s3-compatible/address";
import type { AttachmentFacts } from "./facts";

/** A storage address, or which of its secret parts nobody has given yet. */
export type AddressResult = { readonly address: string } | { readonly missing: readonly string[] };

/** The storage address that carries an attachment's credentials; undefined where W&B needs none. */
export function storageAddress(facts: AttachmentFacts, reveal: boolean): AddressResult | undefined {
  const { credentials } = facts;
  if (!credentials) return undefined;
  const missing = Object.entries(credentials).flatMap(([part, value]) => (value ? [] : [part]));
  if (missing.length) return { missing };
  const address = compose(facts, credentials);
  return { address: reveal ? address : maskAddress(address) };
}

function compose({ cloud, form }: AttachmentFacts, secrets: Readonly<Record<string, string>>): string {
  const { bucket = "", region = "", endpoint = "", service_account: email = "" } = form;
  const accessKey = {
    accessKeyId: secrets["access_key_id"] ?? "",
    secretAccessKey: secrets["secret_access_key"] ?? "",
  };
  switch (cloud) {
    case "aws":
      return s3Address({ ...accessKey, endpoint: regionalEndpoint(region), bucket, region });
    case "gcp":
      return gcsAddress({ serviceAccount: email, privateKey: secrets["private_key"] ?? "", bucket });
    case "azure":
      return azureAddress({
        accessKey: secrets["account_key"] ?? "",
        account: form["account_name"] ?? "",
        container: form["container_name"] ?? "",
      });
    case "s3-compatible":
      return s3CompatibleAddress({ ...accessKey, endpoint, bucket, region, tls: form["tls"] !== "false" });
    case "coreweave":
      return coreweaveAddress({ ...accessKey, bucket });
    default:
      return cloud satisfies never;
  }
}
