import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run, type Run } from "./byob";
import type { Block, Terraform } from "./synth";

/** Attributes that only a cloud can tell, as references use them. */
const COMPUTED = Object.fromEntries(
  [
    "arn",
    "key_id",
    "id",
    "principal_id",
    "client_id",
    "tenant_id",
    "email_address",
    "secret",
    "private_key",
    "name",
    "primary_access_key",
  ].map((name) => [name, "stand-in"]),
);

/**
 * The same stack with every resource replaced by Terraform's built-in `terraform_data`, whose output is its input. No
 * provider is needed, so the real Terraform can judge references, dependencies, outputs, `removed` blocks and the backend.
 */
export function standIn({ terraform, variable, resource, data, output, removed }: Terraform): object {
  const blocks = [...Object.entries(resource ?? {}), ...Object.entries(data ?? {})].flatMap(([type, byId]) =>
    Object.entries(byId).map(([id, block]) => [`${type}--${id}`, standInBlock(block)] as const),
  );
  return {
    terraform: { backend: terraform.backend },
    ...(blocks.length ? { resource: { terraform_data: Object.fromEntries(blocks) } } : {}),
    ...(variable ? { variable } : {}),
    ...(output ? { output: rename(output) } : {}),
    ...(removed ? { removed: rename(removed) } : {}),
  };
}

function standInBlock({ "//": _, provider: __, lifecycle, depends_on, ...input }: Block): object {
  return {
    input: { ...COMPUTED, ...(rename(input) as object) },
    ...(lifecycle ? { lifecycle } : {}),
    ...(depends_on ? { depends_on: rename(depends_on) } : {}),
  };
}

/** Every reference and address in a value, as it stands in the stand-in. */
function rename(value: unknown): unknown {
  const text = JSON.stringify(value)
    .replace(/\b(?:data\.)?((?:aws|google|azurerm|coreweave)_\w+)\.([\w-]+)\.(\w+)/g, "terraform_data.$1--$2.output.$3")
    .replace(/"(?:data\.)?(aws_\w+|google_\w+|azurerm_\w+|coreweave_\w+)\.([\w-]+)"/g, '"terraform_data.$1--$2"');
  return JSON.parse(text) as unknown;
}

/** A project folder in which the real Terraform runs the stand-in of a stack. */
export function standInProject(root: string, name: string) {
  const folder = join(root, "cdktf.out", "stacks", name);
  mkdirSync(folder, { recursive: true });
  const terraform = (...args: string[]): Run => run("terraform", args, { TF_CLI_CONFIG_FILE: "/dev/null" }, folder);
  return {
    write: (stack: Terraform) =>
      writeFileSync(join(folder, "cdk.tf.json"), JSON.stringify(standIn(stack), undefined, 1)),
    terraform,
  };
}
