import type { Construct } from "constructs";
import { ByobStack } from "./byob-stack";
import { accept } from "./request";
import type { DeploymentProps, Storages } from "./schema";

/** Buckets for the instance and for teams of a W&B that you run yourself, under an identity of your own. */
export class SelfManagedStack<const S extends Storages<"self-managed">> extends ByobStack {
  /** @throws InvalidRequest with all that W&B or a cloud does not allow */
  constructor(scope: Construct, name: string, props: DeploymentProps<"self-managed", S>) {
    super(scope, accept({ ...props, name, type: "self-managed" }));
  }
}
