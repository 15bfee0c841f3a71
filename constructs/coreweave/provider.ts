import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformProvider, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { once } from "../once";
import { coreweaveProviderAlias, type CoreweaveAccountProps } from "./props";

/**
 * CoreWeave's provider for Terraform, for which there are no bindings; pinned like the ones that have.
 *
 * @see https://registry.terraform.io/providers/coreweave/coreweave/latest/docs
 */
export const COREWEAVE_PROVIDER = { name: "coreweave", source: "coreweave/coreweave", version: "0.21.0" } as const;

/** Where AI Object Storage answers W&B; the bucket is a part of the host name. Never the cache, cwlota.com. @see BYOB page */
export const S3_ENDPOINT = "https://cwobject.com";

/** A configuration of CoreWeave's provider. Empty: the token is COREWEAVE_API_TOKEN of the environment, the endpoints are the default. */
class CoreweaveProvider extends TerraformProvider {
  constructor(
    scope: Construct,
    id: string,
    private readonly aliasName: string,
  ) {
    const { name, source, version } = COREWEAVE_PROVIDER;
    super(scope, id, {
      terraformResourceType: name,
      terraformProviderSource: source,
      terraformGeneratorMetadata: { providerName: name, providerVersion: version, providerVersionConstraint: version },
    });
  }

  override get alias(): string {
    return this.aliasName;
  }
}

/** The one configuration of CoreWeave's provider, made on first use. */
export function coreweaveProvider(stack: TerraformStack): TerraformProvider {
  const alias = "coreweave";
  return once(stack, "provider", alias, (scope, id) => new CoreweaveProvider(scope, id, alias));
}

/**
 * The configuration of the AWS provider for what CoreWeave's can't do (CORS), made on first use, one for each zone: the zone is
 * the region that requests are signed for.
 *
 * @see https://docs.coreweave.com/products/storage/object-storage/use-terraform-aws-provider
 */
export function coreweaveS3Provider(stack: TerraformStack, props: CoreweaveAccountProps): TerraformProvider {
  const alias = coreweaveProviderAlias(props);
  return once(
    stack,
    "provider",
    alias,
    (scope, id) =>
      new AwsProvider(scope, id, {
        alias,
        region: props.zone,
        endpoints: [{ s3: S3_ENDPOINT }],
        s3UsePathStyle: false, // CoreWeave refuses the bucket in the path
        skipCredentialsValidation: true, // would ask STS
        skipRequestingAccountId: true, // would ask IAM and STS
        skipMetadataApiCheck: "true", // no EC2 around
        skipRegionValidation: true, // not a region of AWS
        ...(props.profile ? { profile: props.profile } : {}),
      }),
  );
}
