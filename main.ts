import { App } from "cdktf";
import { ByobStack } from "./stacks/byob-stack";
import { readDeployments } from "./stacks/deployment-file";

/**
 * All stacks of the project: one for each deployment file, and those that you write below.
 *
 * @throws InvalidRequest with all issues of all files
 */
export function declare(paths: readonly string[], outdir: string): App {
  const app = new App({ outdir });
  for (const request of readDeployments(paths)) new ByobStack(app, request);

  // Deployments in TypeScript go here:
  // new DedicatedStack(app, "acme", { wandb: { url: "https://acme.wandb.io" }, storage: { … }, teams: { … } });

  return app;
}
