import { FederatedIdentityCredential } from "@cdktf/provider-azurerm/lib/federated-identity-credential";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import type { TerraformProvider, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { logicalId, withId } from "../logical-id";
import { AUDIENCE, SERVICE_ACCOUNTS, subjectOf, type Federation } from "./federation";

export interface FederatedIdentityProps extends Federation {
  readonly provider: TerraformProvider;
  readonly resourceGroup: string;
  readonly location: string;
  /** Name of the storage account; gives every resource here its address. */
  readonly account: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** An identity that W&B's pods, and no others, sign in as with the tokens of their own cluster: no secret is shared. */
export class FederatedIdentity extends Construct {
  readonly identity: UserAssignedIdentity;
  /** All that W&B's pods need in order to sign in. */
  readonly ready: readonly TerraformResource[];

  constructor(scope: Construct, id: string, props: FederatedIdentityProps) {
    super(scope, id);
    const { provider, account } = props;
    const common = { provider, resourceGroupName: props.resourceGroup };
    this.identity = withId(
      new UserAssignedIdentity(this, "identity", {
        ...common,
        name: `${account}-wandb`,
        location: props.location,
        tags: { ...props.tags },
        lifecycle: { preventDestroy: true }, // its client id is typed into W&B's form, and a new one would be another
      }),
      logicalId("azure", account, "wandb"),
    );

    const credentials: FederatedIdentityCredential[] = [];
    for (const serviceAccount of props.serviceAccounts ?? SERVICE_ACCOUNTS) {
      credentials.push(
        withId(
          new FederatedIdentityCredential(this, `credential-${serviceAccount}`, {
            ...common,
            name: serviceAccount,
            parentId: this.identity.id,
            issuer: props.oidcIssuerUrl,
            audience: [AUDIENCE],
            subject: subjectOf(props, serviceAccount),
            // One after another: two at once are a 409 (hashicorp/terraform-provider-azurerm#19968).
            dependsOn: credentials.slice(-1),
          }),
          logicalId("azure", account, serviceAccount),
        ),
      );
    }
    this.ready = [this.identity, ...credentials];
  }
}
