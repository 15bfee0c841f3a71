import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import type { TerraformProvider, TerraformStack } from "cdktf";
import { once } from "../once";
import { awsProviderAlias, type AwsAccountProps } from "./props";

/**
 * The provider configuration of an account and region, made on first use; pinned to the account, so that credentials of
 * another account change nothing there.
 */
export function awsProvider(stack: TerraformStack, props: AwsAccountProps): TerraformProvider {
  const alias = awsProviderAlias(props);
  return once(
    stack,
    "provider",
    alias,
    (scope, id) =>
      new AwsProvider(scope, id, {
        alias,
        region: props.region,
        allowedAccountIds: [props.account],
        ...(props.profile ? { profile: props.profile } : {}),
        ...(props.assumeRole ? { assumeRole: [{ ...props.assumeRole }] } : {}),
      }),
  );
}
