import type { Access } from "../stacks/access";
import type { DeploymentType, Scope } from "../stacks/availability";

/** What the rules of a storage's fields depend on, beside the fields. */
export interface RuleContext {
  readonly type: DeploymentType;
  /** How W&B gets at the storage. */
  readonly access: Access;
  /** The scopes that the storage is attached at. */
  readonly scopes: readonly Scope[];
}

/** What a storage is made for: the same for every cloud. */
export interface StorageContext extends RuleContext {
  /** Name of the deployment. */
  readonly deployment: string;
  /** Origin of W&B's web pages. @default - any origin may use the storage's pre-signed URLs */
  readonly wandbUrl?: string | undefined;
}
