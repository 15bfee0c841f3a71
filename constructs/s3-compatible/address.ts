import { InvalidAddress } from "../address";
import { parseS3Address, S3_FORMAT, s3Address, type S3AddressParts } from "../aws/address";

/** What the address of a bucket on an S3-compatible store holds: as on AWS, and always whether TLS is used. */
export interface S3CompatibleAddressParts extends S3AddressParts {
  readonly tls: boolean;
}

/**
 * The address of a bucket on an S3-compatible store: `s3://<accessKey>:<secretAccessKey>@<endpoint>/<bucketName>?region=<region>&tls=true`.
 * Throws `InvalidAddress`.
 *
 * @see BYOB page, "Determine the storage address"
 */
export function s3CompatibleAddress(parts: S3CompatibleAddressParts): string {
  return s3Address(parts);
}

/**
 * Reads such an address, the older `?region=…?tls=true` too. The region is mandatory, as W&B's newer pages say without
 * exception, and so is `tls`: what W&B does without isn't documented. Throws `InvalidAddress`.
 */
export function parseS3CompatibleAddress(text: string): S3CompatibleAddressParts {
  const { tls, ...parts } = parseS3Address(text);
  if (tls !== undefined) return { ...parts, tls };
  throw new InvalidAddress(S3_FORMAT, "say whether TLS is used", "Add `&tls=true`, or `&tls=false` for plain HTTP.");
}
