import type { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { StorageContainer } from "@cdktf/provider-azurerm/lib/storage-container";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { logicalId, withId } from "../logical-id";

export interface ContainerProps {
  readonly provider: TerraformProvider;
  readonly storageAccount: StorageAccount;
  /** Name of the account; gives the container its address together with its own name. */
  readonly account: string;
  readonly container: string;
}

/** A container that no one reads without signing in, and that can't be destroyed by a plan. */
export class Container extends Construct {
  readonly container: StorageContainer;

  constructor(scope: Construct, id: string, props: ContainerProps) {
    super(scope, id);
    this.container = withId(
      new StorageContainer(this, "container", {
        provider: props.provider,
        name: props.container,
        storageAccountId: props.storageAccount.id, // by its name, it would be made on the data plane: 403 without Shared Key
        containerAccessType: "private",
        lifecycle: { preventDestroy: true }, // an account's delete lock does not keep Terraform from deleting a container
      }),
      logicalId("azure", props.account, props.container),
    );
  }
}
