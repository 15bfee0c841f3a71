import type { TerraformStack } from "cdktf";
import type { Construct, IConstruct } from "constructs";

/**
 * What the storages of a stack share, made on first use: a provider configuration, a setting of a whole project. The kind
 * keeps its id apart from that of a storage, which may have the same name as, say, its project.
 */
export function once<C extends Construct>(
  stack: TerraformStack,
  kind: string,
  name: string,
  make: (scope: TerraformStack, id: string) => C,
): C {
  const id = `${kind}_${name}`;
  const existing: IConstruct | undefined = stack.node.tryFindChild(id);
  return (existing as C | undefined) ?? make(stack, id);
}
