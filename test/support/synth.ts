import { readFileSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { ByobStack } from "../../stacks/byob-stack";
import { accept, type Request } from "../../stacks/request";
import { tempFolder } from "./temp";

/** A resource, provider configuration or output as Terraform reads it. */
export type Block = Readonly<Record<string, unknown>>;

/** A synthesized stack as Terraform reads it. */
export interface Terraform {
  readonly "//": { readonly byob: Block };
  readonly terraform: { readonly backend: Block; readonly required_providers: Block };
  readonly provider: Readonly<Record<string, readonly Block[]>>;
  readonly resource: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly variable?: Readonly<Record<string, Block>>;
  readonly output?: Readonly<Record<string, Block & { readonly value: Block }>>;
  readonly removed?: readonly Block[];
}

/** The one way from a program to its Terraform: as in use, validations included. CDKTF's `Testing.synth` skips these. */
export function synthApp(build: (app: App) => void): Record<string, Terraform> {
  const outdir = join(tempFolder(), "out");
  const app = new App({ outdir });
  build(app);
  app.synth();
  return Object.fromEntries(
    app.node.children.map(({ node: { id } }) => [
      id,
      JSON.parse(readFileSync(join(outdir, "stacks", id, "cdk.tf.json"), "utf8")) as Terraform,
    ]),
  );
}

/** The Terraform of one deployment, written as in a deployment file. */
export function synth(deployment: object): Terraform {
  return synthRequest(accept(deployment));
}

/** The Terraform of one accepted request. */
export function synthRequest(request: Request): Terraform {
  const stack = synthApp((app) => new ByobStack(app, request))[request.name];
  if (!stack) throw new Error(`no stack ${request.name}`);
  return stack;
}

/** The addresses of all resources: `aws_s3_bucket.aws_acme-wandb`. */
export function addresses(terraform: Terraform): string[] {
  return Object.entries(terraform.resource).flatMap(([type, byId]) => Object.keys(byId).map((id) => `${type}.${id}`));
}

/** The only resource of a type, without CDKTF's metadata. */
export function only(terraform: Terraform, type: string): Block {
  const all = Object.values(terraform.resource[type] ?? {});
  if (all.length !== 1 || !all[0]) throw new Error(`${all.length} resources of type ${type}`);
  const { "//": _, ...block } = all[0];
  return block;
}

/** A stack as a snapshot holds it: without versions of provider and framework, which change without any meaning. */
export function forSnapshot({ "//": meta, terraform, ...rest }: Terraform): object {
  const withoutMeta = JSON.parse(
    JSON.stringify(rest, (key, value: unknown) => (key === "//" ? undefined : value)),
  ) as object;
  return { byob: meta.byob, backend: terraform.backend, ...withoutMeta };
}
