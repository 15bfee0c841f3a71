import type { Construct } from "constructs";
import { ByobStack } from "./byob-stack";
import { accept } from "./request";
import type { DeploymentProps, Storages } from "./schema";

/** Buckets for teams of W&B's Multi-tenant Cloud (SaaS), which has no instance level and neither Azure nor S3-compatible storage. */
export class SaasStack<const S extends Storages<"saas">> extends ByobStack {
  /** @throws InvalidRequest with all that W&B or a cloud does not allow */
  constructor(scope: Construct, name: string, props: DeploymentProps<"saas", S>) {
    super(scope, accept({ ...props, name, type: "saas" }));
  }
}
