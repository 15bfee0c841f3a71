import type { AwsNetwork } from "./network";
import type { BucketPolicyInput, Statement } from "./policy";

/**
 * Milliseconds that W&B's pre-signed URLs live at most: 1 hour to read, 24 hours to write.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/presigned-urls
 */
export const URL_LIFETIME = { read: 3_600_000, write: 86_400_000 } as const;

/** What a URL of the shorter life is for, and what one of the longer. */
const READS = ["s3:GetObject*", "s3:ListBucket"];
const WRITES = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:DeleteObject"];

/** A request by a pre-signed URL; W&B's own requests (validation, listing, garbage collection) sign a header instead. */
const PRE_SIGNED = { "s3:authType": "REST-QUERY-STRING" };

/**
 * What a pre-signed URL of W&B's principal is not for. Each names that principal and `REST-QUERY-STRING`, so that none can
 * hit the owner, Terraform, or W&B's own requests. That W&B's own requests sign a header is inferred from what its pages
 * say they are for; they do not say it.
 *
 * A URL's age counts from its signature. By Signature Version 2 it is always 0, so that URLs of that kind are refused.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html
 */
export function preSignedDenies(
  { network, limitsUrlAge = true }: Pick<BucketPolicyInput, "network" | "limitsUrlAge">,
  principal: Statement["Principal"],
  resources: readonly string[],
): Statement[] {
  const deny = (
    Sid: string,
    Action: Statement["Action"],
    condition: NonNullable<Statement["Condition"]>,
  ): Statement => ({
    Sid,
    Effect: "Deny",
    Principal: principal,
    Action,
    Resource: resources,
    Condition: { StringEquals: PRE_SIGNED, ...condition },
  });
  const older = (milliseconds: number) => ({ NumericGreaterThan: { "s3:signatureAge": String(milliseconds) } });
  return [
    ...(limitsUrlAge
      ? [
          deny("DenyOldReadUrls", READS, older(URL_LIFETIME.read)),
          deny("DenyOldWriteUrls", WRITES, older(URL_LIFETIME.write)),
          deny("DenySignatureVersion2Urls", "s3:*", { StringEquals: { ...PRE_SIGNED, "s3:signatureversion": "AWS" } }),
        ]
      : []),
    ...(network ? [deny("DenyOtherNetworks", "s3:*", elsewhere(network))] : []),
  ];
}

/**
 * From none of the networks: all conditions of a statement hold at once, so that a request from any of the networks passes.
 * A key that a request lacks meets a negated operator: one through a VPC endpoint has no source address, and one over
 * the internet has no endpoint.
 */
function elsewhere({ cidrs, vpcEndpoints, vpcs }: AwsNetwork): NonNullable<Statement["Condition"]> {
  return {
    ...(cidrs ? { NotIpAddress: { "aws:SourceIp": cidrs } } : {}),
    ...(vpcEndpoints || vpcs
      ? {
          StringNotEquals: {
            ...(vpcEndpoints ? { "aws:SourceVpce": vpcEndpoints } : {}),
            ...(vpcs ? { "aws:SourceVpc": vpcs } : {}),
          },
        }
      : {}),
  };
}
