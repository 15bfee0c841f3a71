import * as z from "zod";
import { HOSTS } from "../stacks/access";
import { outputIds } from "../stacks/attachments";
import { METADATA_VERSION } from "../stacks/metadata";
import { CLOUDS, SCOPES, TYPES } from "../stacks/availability";
import { oneOf, quote, type Fault } from "../constructs/issue";

/** Values that can't be handed over; the message is about files and outputs, and holds no value of theirs. */
export class NothingToHandOver extends Error implements Fault {
  override readonly name = "NothingToHandOver";
  constructor(
    message: string,
    readonly fix: string,
  ) {
    super(message);
  }
}

/** What the synthesized file says of a deployment. */
const intent = z.object({
  version: z.literal(METADATA_VERSION),
  name: z.string(),
  type: z.enum(TYPES),
  wandb: z.object({ url: z.string().optional(), runsOn: z.enum(HOSTS).optional() }),
  storages: z.array(z.object({ name: z.string(), cloud: z.enum(CLOUDS) }).loose()),
  attachments: z.array(
    z.object({
      scope: z.enum(SCOPES),
      team: z.string().optional(),
      storage: z.string(),
      path: z.string().optional(),
    }),
  ),
});
const file = z.object({ "//": z.object({ byob: intent }), output: z.record(z.string(), z.unknown()).optional() });
export type Intent = z.output<typeof intent>;

/** What `terraform output -json` prints. */
const outputs = z.record(z.string(), z.object({ value: z.unknown(), sensitive: z.boolean().optional() }));

/** Everything that one attachment is handed over by. */
export interface AttachmentFacts {
  readonly scope: Intent["attachments"][number]["scope"];
  readonly team?: string | undefined;
  /** Name of the storage in the deployment file. */
  readonly storage: string;
  readonly cloud: Intent["storages"][number]["cloud"];
  /** Sub-path of the bucket; empty for all of it. */
  readonly path: string;
  /** The values of the form, as the stack's output has them. */
  readonly form: Readonly<Record<string, string>>;
  /** The secret parts of the storage address; undefined where W&B needs none. An empty part was not given. */
  readonly credentials?: Readonly<Record<string, string>> | undefined;
  /** Whether a team before it uses the same storage, so that W&B knows the bucket already. */
  readonly later: boolean;
}

/** A deployment as it is handed over. */
export interface HandoverInput extends Pick<Intent, "name" | "type" | "wandb"> {
  readonly attachments: readonly AttachmentFacts[];
}

/**
 * Joins the synthesized file of a stack and the outputs of its deployment.
 *
 * @throws NothingToHandOver where the one is no stack of this project, or the other is not of that stack as it is now
 */
export function readFacts(synthesized: unknown, printed: unknown): HandoverInput {
  const stack = file.safeParse(synthesized);
  if (!stack.success) {
    throw new NothingToHandOver(
      "Cannot read the stack: must be a cdk.tf.json that this version wrote, got another file",
      "Run `npm run synth`.",
    );
  }
  const { byob } = stack.data["//"];
  const values = readOutputs(byob.name, Object.keys(stack.data.output ?? {}), printed);
  const storageOf = new Map(byob.storages.map((storage) => [storage.name, storage]));
  return {
    name: byob.name,
    type: byob.type,
    wandb: byob.wandb,
    attachments: byob.attachments.map(({ scope, team, storage, path = "" }, index, all) => {
      const ids = outputIds({ scope, ...(team === undefined ? {} : { team }) });
      return {
        scope,
        team,
        storage,
        cloud: storageOf.get(storage)?.cloud ?? "aws",
        path,
        form: texts(values[ids.form]),
        credentials: ids.credentials in values ? texts(values[ids.credentials]) : undefined,
        later: all.slice(0, index).some((other) => other.team !== undefined && other.storage === storage),
      };
    }),
  };
}

/** The values of the outputs that a stack declares, all of which must be there. */
function readOutputs(name: string, declared: readonly string[], printed: unknown): Readonly<Record<string, unknown>> {
  const read = outputs.safeParse(printed);
  if (!read.success) {
    throw new NothingToHandOver(
      "Cannot read the outputs: must be what `terraform output -json` prints, got something else",
      `Run \`terraform output -json\` in the stack's folder, or leave out --outputs to have it run.`,
    );
  }
  const missing = declared.filter((id) => !(id in read.data));
  const strange = Object.keys(read.data).filter((id) => !declared.includes(id));
  if (missing.length === 0) return Object.fromEntries(Object.entries(read.data).map(([id, { value }]) => [id, value]));
  if (Object.keys(read.data).length === 0) {
    throw new NothingToHandOver(
      `Cannot hand over ${quote(name)}: must be deployed, got a state without outputs`,
      `Run \`npx cdktf deploy ${name}\`, or \`terraform apply\` in the stack's folder.`,
    );
  }
  throw missing.length === declared.length
    ? new NothingToHandOver(
        `Cannot hand over ${quote(name)}: must be its own outputs, got those of another stack (${oneOf(strange)})`,
        "Give the outputs of this deployment.",
      )
    : new NothingToHandOver(
        `Cannot hand over ${quote(name)}: must have the outputs ${oneOf(missing)}, got a state without`,
        "Deploy again: the deployment file was changed since.",
      );
}

function texts(value: unknown): Record<string, string> {
  const entries = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(entries.map(([key, inner]) => [key, typeof inner === "string" ? inner : ""]));
}
