import { RoleAssignment } from "@cdktf/provider-azurerm/lib/role-assignment";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { logicalId, withId } from "../logical-id";
import { parseResourceId, VAULT_TYPE } from "./ids";
import { KEY_ROLE, roleSuffix } from "./roles";

export interface KeyAccessProps {
  readonly provider: TerraformProvider;
  readonly resourceGroup: string;
  readonly location: string;
  /** Name of the storage account; gives every resource here its address. */
  readonly account: string;
  /** Id of the Key Vault that holds the key. */
  readonly keyVaultId: string;
  readonly keyName: string;
  readonly tags: Readonly<Record<string, string>>;
}

/**
 * An identity that may use one key of a Key Vault and nothing else, for a storage account to encrypt with. Azure may take
 * minutes until a new role counts: an apply that fails on the account with 403 is then to be repeated.
 */
export class KeyAccess extends Construct {
  readonly identity: UserAssignedIdentity;
  readonly grant: RoleAssignment;
  /** The key's address, without a version: the account follows the key when it is rotated. */
  readonly keyId: string;

  constructor(scope: Construct, id: string, props: KeyAccessProps) {
    super(scope, id);
    const { provider, account, keyVaultId, keyName } = props;
    this.identity = withId(
      new UserAssignedIdentity(this, "identity", {
        provider,
        name: `${account}-key`,
        resourceGroupName: props.resourceGroup,
        location: props.location,
        tags: { ...props.tags },
        lifecycle: { preventDestroy: true }, // without it the account can't read its key, nor its files
      }),
      logicalId("azure", account, "key"),
    );
    this.grant = withId(
      new RoleAssignment(this, "grant", {
        provider,
        scope: `${keyVaultId}/keys/${keyName}`,
        roleDefinitionName: KEY_ROLE,
        principalId: this.identity.principalId,
        principalType: "ServicePrincipal", // else Azure looks for a principal that it may not know of yet
      }),
      logicalId("azure", account, roleSuffix(KEY_ROLE)),
    );
    this.keyId = `https://${parseResourceId(keyVaultId, VAULT_TYPE)?.names[0]}.vault.azure.net/keys/${keyName}`;
  }
}
