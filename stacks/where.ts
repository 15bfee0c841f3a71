import { HOSTS, type Host } from "./access";
import type { DeploymentShape } from "./schema";

/** Where W&B runs, if it can be told: as said, else the cloud of the instance storage. Nowhere of yours on SaaS. */
export function runsOnOf({ type, wandb, instance, storage }: DeploymentShape): Host | undefined {
  if (type === "saas") return undefined;
  const cloud = instance && storage[instance.storage]?.cloud;
  return wandb?.runsOn ?? HOSTS.find((host) => host === cloud);
}
