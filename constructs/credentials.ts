import { TerraformStack, TerraformVariable } from "cdktf";
import type { Construct } from "constructs";

/**
 * Sensitive Terraform variables for credentials that exist outside this project, so that TypeScript never sees them:
 * `TF_VAR_<id>_<part>`. They are empty by default, since the storage itself needs none of them.
 */
export function secretVariables<Part extends string>(
  scope: Construct,
  id: string,
  parts: Readonly<Record<Part, string>>,
): Readonly<Record<Part, string>> {
  const stack = TerraformStack.of(scope);
  const made = Object.entries<string>(parts).map(([part, description]) => {
    const name = `${id.replaceAll("_", "__").replaceAll("-", "_").replace("__", "_")}_${part}`;
    const variable = new TerraformVariable(stack, name, { type: "string", sensitive: true, default: "", description });
    return [part, variable.stringValue] as const;
  });
  return Object.fromEntries(made) as Record<Part, string>;
}
