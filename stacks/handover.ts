import { dependable, TerraformOutput, type TerraformStack } from "cdktf";
import type { Storage } from "../constructs/storage";
import type { Request } from "./request";

/**
 * An output for each attachment, with what W&B's *Create team* form asks for: `instance`, `team_<name>`. They stand on the
 * stack, since inside a construct their ids would get a hash, and wait for all of the storage, so that no one types a
 * bucket into the form (which can't be undone) before it is fit for use.
 */
export function handoverOutputs(stack: TerraformStack, request: Request, storages: ReadonlyMap<string, Storage>): void {
  for (const { scope, team, storage: alias, path } of request.attachments) {
    const storage = storages.get(alias);
    if (!storage) continue;
    const output = new TerraformOutput(stack, team === undefined ? scope : `${scope}_${team}`, {
      description: `What W&B asks for: ${team === undefined ? "instance level" : `team ${team}`}`,
      value: { storage_type: "External storage", ...storage.handover, path: path ?? "" },
    });
    // CDKTF's own `dependsOn` of an output writes "${…}", which Terraform refuses.
    output.addOverride("depends_on", storage.ready.map(dependable));
  }
}
