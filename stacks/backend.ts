import {
  AzurermBackend,
  CloudBackend,
  GcsBackend,
  LocalBackend,
  NamedCloudWorkspace,
  S3Backend,
  type TerraformStack,
} from "cdktf";
import type { ResolvedState } from "./state";

/**
 * Gives a stack its backend. The local file is relative to `cdktf.out/stacks/<name>`, so it lies in the project's root:
 * CDKTF's own default is an absolute path, and a state inside `cdktf.out` is deleted with its folder once the stack is
 * no longer declared.
 */
export function useBackend(stack: TerraformStack, name: string, resolved: ResolvedState): void {
  switch (resolved.backend) {
    case "local":
      new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
      return;
    case "s3": {
      const { backend, ...settings } = resolved;
      new S3Backend(stack, { ...settings, encrypt: true });
      stack.addOverride("terraform.backend.s3.use_lockfile", true); // two applies at once would lose resources
      return;
    }
    case "gcs": {
      const { backend, ...settings } = resolved;
      new GcsBackend(stack, settings);
      return;
    }
    case "azurerm": {
      const { backend, ...settings } = resolved;
      new AzurermBackend(stack, { ...settings, useAzureadAuth: true }); // no account key in the environment
      return;
    }
    case "cloud": {
      const { backend, workspace, ...settings } = resolved;
      new CloudBackend(stack, { ...settings, workspaces: new NamedCloudWorkspace(workspace) });
      return;
    }
    default:
      resolved satisfies never;
  }
}
