import * as z from "zod";

const key = z.string().min(1).optional().describe("Default: wandb-byob/<name>.tfstate");

/**
 * Where Terraform keeps its state, in Terraform's words for each backend. No field takes a credential: these come from
 * each backend's environment, and would stand in the synthesized file.
 */
export const stateSchema = z.union([
  z.strictObject({ backend: z.literal("local") }).describe("A file terraform.<name>.tfstate in the project's root"),
  z.strictObject({
    backend: z.literal("s3"),
    bucket: z.string().min(1),
    key,
    region: z.string().min(1),
    kmsKeyId: z.string().min(1).optional(),
    profile: z.string().min(1).optional(),
  }),
  z.strictObject({
    backend: z.literal("gcs"),
    bucket: z.string().min(1),
    prefix: z.string().min(1).optional().describe("Default: wandb-byob/<name>"),
    impersonateServiceAccount: z.string().min(1).optional(),
  }),
  z.strictObject({
    backend: z.literal("azurerm"),
    resourceGroupName: z.string().min(1).optional(),
    storageAccountName: z.string().min(1),
    containerName: z.string().min(1),
    key,
    subscriptionId: z.string().min(1).optional(),
  }),
  z.strictObject({
    backend: z.literal("cloud"),
    organization: z.string().min(1),
    hostname: z.string().min(1).optional(),
    workspace: z.string().min(1).optional().describe("Default: wandb-byob-<name>"),
  }),
]);

/** Where a deployment's state is, all defaults filled in. */
export type State = z.output<typeof stateSchema>;

/** The same with the defaults that come from the deployment's name. */
export function resolvedState(name: string, state: State | undefined) {
  const stateKey = `wandb-byob/${name}.tfstate`;
  switch (state?.backend) {
    case undefined:
    case "local":
      return { backend: "local" as const };
    case "s3":
    case "azurerm":
      return { ...state, key: state.key ?? stateKey };
    case "gcs":
      return { ...state, prefix: state.prefix ?? `wandb-byob/${name}` };
    case "cloud":
      return { ...state, workspace: state.workspace ?? `wandb-byob-${name}` };
    default:
      return state satisfies never;
  }
}
export type ResolvedState = ReturnType<typeof resolvedState>;
