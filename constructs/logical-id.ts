import type { TerraformElement } from "cdktf";

/**
 * The part of a Terraform address that this project chooses, made of the cloud and the physical names and of nothing
 * else: renaming a storage in a deployment file must change no address, since Terraform would plan to destroy the
 * bucket under its old address, and forgets `prevent_destroy` together with the block.
 *
 * @example logicalId("aws", "acme-wandb") // "aws_acme-wandb"
 */
export function logicalId(cloud: string, ...physicalNames: readonly string[]): string {
  return [cloud, ...physicalNames].join("_");
}

/** Gives an element that logical id and returns it. */
export function withId<E extends TerraformElement>(element: E, id: string): E {
  element.overrideLogicalId(id);
  return element;
}
