import { AzurermProvider } from "@cdktf/provider-azurerm/lib/provider";
import type { TerraformProvider, TerraformStack } from "cdktf";
import { once } from "../once";
import { azureProviderAlias, type AzureAccountProps } from "./props";

/**
 * The provider configuration of a subscription, made on first use.
 *
 * Nothing here uses the data plane, which answers 403 without Shared Key and behind network rules: not even to see
 * whether a new account is up. Nor does it register resource providers, a change to the whole subscription that takes
 * rights on it: Microsoft.Storage, Microsoft.ManagedIdentity and Microsoft.Insights are to be registered by its owner.
 */
export function azureProvider(stack: TerraformStack, props: AzureAccountProps): TerraformProvider {
  const alias = azureProviderAlias(props);
  return once(
    stack,
    "provider",
    alias,
    (scope, id) =>
      new AzurermProvider(scope, id, {
        alias,
        subscriptionId: props.subscription,
        ...(props.tenantId ? { tenantId: props.tenantId } : {}),
        storageUseAzuread: true,
        resourceProviderRegistrations: "none",
        features: [{ storage: [{ dataPlaneAvailable: false }] }],
      }),
  );
}
