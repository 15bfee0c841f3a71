import type { Construct } from "constructs";
import { ByobStack } from "./byob-stack";
import { accept } from "./request";
import type { DeploymentProps, Storages } from "./schema";

/** Buckets for the instance and for teams of a W&B Dedicated Cloud, a single-tenant W&B in W&B's own cloud accounts. */
export class DedicatedStack<const S extends Storages<"dedicated">> extends ByobStack {
  /** @throws InvalidRequest with all that W&B or a cloud does not allow */
  constructor(scope: Construct, name: string, props: DeploymentProps<"dedicated", S>) {
    super(scope, accept({ ...props, name, type: "dedicated" }));
  }
}
