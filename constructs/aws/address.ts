import {
  checkParts,
  CREDENTIAL,
  HOST,
  InvalidAddress,
  malformed,
  NAME,
  percentEncode,
  readAddress,
  readQuery,
  type AddressFormat,
} from "../address";
import { partitionOf } from "./arn";

/** What an address in S3's format holds, on AWS and elsewhere. */
export interface S3AddressParts {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** Host, and port if it isn't the scheme's own; on AWS {@link regionalEndpoint}. */
  readonly endpoint: string;
  readonly bucket: string;
  /** W&B does without only where it runs on AWS in the bucket's region; an address says it always. */
  readonly region: string;
  /** Whether W&B asks the endpoint by TLS. @default - the address doesn't say, as for S3 on AWS */
  readonly tls?: boolean;
}

/** What S3 and the stores that are compatible with it have in common. @see BYOB page, "Determine the storage address" */
export const S3_FORMAT: AddressFormat = {
  scheme: "s3",
  form: "s3://<accessKey>:<secretAccessKey>@<endpoint>/<bucketName>?region=<region>&tls=true",
};

/** Pages until 2025 joined the parameters by a second "?". */
const OLD_QUERY = /^(region=[^&?]*)\?(tls=[^&?]*)$/;

/** The domain of S3 in China; in all other partitions it is `amazonaws.com`. */
const DOMAIN_IN_CHINA = "amazonaws.com.cn";

/** The host of S3 in a region, the `<s3_regional_url_endpoint>` of W&B's pages. @see https://docs.aws.amazon.com/general/latest/gr/s3.html */
export function regionalEndpoint(region: string): string {
  return `s3.${region}.${partitionOf(region) === "aws-cn" ? DOMAIN_IN_CHINA : "amazonaws.com"}`;
}

/** The address of a bucket behind an access key. Throws `InvalidAddress`. */
export function s3Address(parts: S3AddressParts): string {
  const { accessKeyId, secretAccessKey, endpoint, bucket, region, tls } = checked(parts);
  const query = tls === undefined ? `region=${region}` : `region=${region}&tls=${tls}`;
  return `s3://${percentEncode(accessKeyId)}:${percentEncode(secretAccessKey)}@${endpoint}/${bucket}?${query}`;
}

/**
 * Reads such an address, the older `?region=…?tls=true` too. Where it says no region, as older addresses of S3 on AWS, the
 * region is that of the endpoint. Throws `InvalidAddress`.
 */
export function parseS3Address(text: string): S3AddressParts {
  const { user, secret, host, path = "", query } = readAddress(S3_FORMAT, text);
  const { region, tls } = readQuery(S3_FORMAT, query?.replace(OLD_QUERY, "$1&$2"), ["region", "tls"]);
  if (tls !== undefined && tls !== "true" && tls !== "false") throw malformed(S3_FORMAT);
  return checked({
    accessKeyId: user,
    secretAccessKey: secret,
    endpoint: host,
    bucket: path,
    region: region ?? regionOf(host) ?? "",
    ...(tls === undefined ? {} : { tls: tls === "true" }),
  });
}

/** The region of a regional endpoint of S3 on AWS. */
function regionOf(endpoint: string): string | undefined {
  const region = /^s3\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(endpoint)?.[1];
  return region && regionalEndpoint(region) === endpoint ? region : undefined;
}

function checked(parts: S3AddressParts): S3AddressParts {
  checkParts(S3_FORMAT, [
    ["access key ID", parts.accessKeyId, CREDENTIAL],
    ["secret access key", parts.secretAccessKey, CREDENTIAL],
    ["endpoint", parts.endpoint, HOST],
    ["bucket", parts.bucket, NAME],
    ["region", parts.region, NAME],
  ]);
  if ((regionOf(parts.endpoint) ?? parts.region) === parts.region) return parts;
  throw new InvalidAddress(S3_FORMAT, "have the region of its endpoint", "Give both as those of the bucket.");
}
