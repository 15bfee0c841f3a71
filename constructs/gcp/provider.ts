import { GoogleProvider } from "@cdktf/provider-google/lib/provider";
import type { TerraformProvider, TerraformStack } from "cdktf";
import { once } from "../once";
import { gcpProviderAlias, type GcpAccountProps } from "./props";

/** The provider configuration of a project, made on first use. */
export function gcpProvider(stack: TerraformStack, props: GcpAccountProps): TerraformProvider {
  const alias = gcpProviderAlias(props);
  const { project, impersonateServiceAccount } = props;
  return once(
    stack,
    "provider",
    alias,
    (scope, id) =>
      new GoogleProvider(scope, id, {
        alias,
        project,
        ...(impersonateServiceAccount ? { impersonateServiceAccount } : {}),
      }),
  );
}
