import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformProvider, TerraformStack } from "cdktf";
import { once } from "../once";
import { endpointUrl } from "./endpoints";
import { isPlain, s3CompatibleProviderAlias, type S3CompatibleAccountProps } from "./props";

/**
 * The provider configuration of an endpoint and region, made on first use: Terraform's AWS provider, told to ask that store
 * for S3 and AWS for nothing. The access key comes from the environment or a profile; a certificate of a private authority
 * is trusted through AWS_CA_BUNDLE.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/guides/custom-service-endpoints
 */
export function s3CompatibleProvider(stack: TerraformStack, props: S3CompatibleAccountProps): TerraformProvider {
  const alias = s3CompatibleProviderAlias(props);
  return once(
    stack,
    "provider",
    alias,
    (scope, id) =>
      new AwsProvider(scope, id, {
        alias,
        region: props.region,
        endpoints: [{ s3: endpointUrl(props.endpoint, isPlain(props)) }],
        s3UsePathStyle: true, // the bucket has no host name of its own
        skipCredentialsValidation: true, // would ask STS
        skipRequestingAccountId: true, // would ask IAM and STS
        skipMetadataApiCheck: "true", // no EC2 around
        skipRegionValidation: true, // not a region of AWS
        ...(props.profile ? { profile: props.profile } : {}),
      }),
  );
}
