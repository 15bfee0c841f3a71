import { dependable, TerraformOutput, type TerraformStack } from "cdktf";
import type { Storage } from "../constructs/storage";
import { outputIds } from "./attachments";
import type { Request } from "./request";

/**
 * An output for each attachment, with what W&B's *Create team* form asks for: `instance`, `team_<name>`; and, where W&B needs
 * credentials, a sensitive one with their parts: `credentials_instance`, `credentials_team_<name>`. They stand on the stack,
 * since inside a construct their ids would get a hash, and wait for all of the storage, so that no one types a bucket into
 * the form (which can't be undone) before it is fit for use. No address is composed here: `byob handover` does that.
 */
export function handoverOutputs(stack: TerraformStack, request: Request, storages: ReadonlyMap<string, Storage>): void {
  for (const attachment of request.attachments) {
    const storage = storages.get(attachment.storage);
    if (!storage) continue;
    const ids = outputIds(attachment);
    const who = attachment.team === undefined ? "instance level" : `team ${attachment.team}`;
    output(stack, ids.form, storage, {
      description: `What W&B asks for: ${who}`,
      value: { storage_type: "External storage", ...storage.handover, path: attachment.path ?? "" },
    });
    if (storage.credentials) {
      output(stack, ids.credentials, storage, {
        description: `The secret parts of W&B's storage address: ${who}`,
        value: storage.credentials,
        sensitive: true,
      });
    }
  }
}

function output(
  stack: TerraformStack,
  id: string,
  storage: Storage,
  config: ConstructorParameters<typeof TerraformOutput>[2],
): void {
  const made = new TerraformOutput(stack, id, config);
  // CDKTF's own `dependsOn` of an output writes "${…}", which Terraform refuses.
  made.addOverride("depends_on", storage.ready.map(dependable));
}
