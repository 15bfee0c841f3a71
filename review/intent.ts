import type { Stack } from "./stack";
import { blocks, pick, textAt, texts, type Json, type JsonObject, textOf } from "./value";

export const DEPLOYMENT_TYPES = ["saas", "dedicated", "self-managed"] as const;
export type DeploymentType = (typeof DEPLOYMENT_TYPES)[number];

/** Who uses a storage: everybody (the instance) or one team. */
export interface Attachment {
  /** Absent: the instance level. */
  readonly team?: string;
  /** Name of the storage in the deployment file. */
  readonly storage: string;
  /** Folder within the bucket; "" is the whole bucket. */
  readonly path: string;
  readonly line?: number;
}

/** A storage as it was declared. */
export interface DeclaredStorage {
  readonly name: string;
  readonly cloud: string;
  readonly line?: number;
  readonly fields: JsonObject;
}

/** A default that was given up on purpose. */
export interface OptOut {
  readonly path: readonly string[];
  readonly what: string;
  readonly reason: string;
  readonly line?: number;
}

/** What was declared, from `//.byob`: intent. Nothing here says that it is so. */
export interface Intent {
  readonly type: DeploymentType | undefined;
  readonly wandbUrl: string | undefined;
  readonly runsOn: string | undefined;
  /** The deployment file as it was given. */
  readonly file: string | undefined;
  readonly storages: readonly DeclaredStorage[];
  readonly attachments: readonly Attachment[];
  readonly optOuts: readonly OptOut[];
  readonly retired: readonly JsonObject[];
  readonly warnings: readonly string[];
}

/** The metadata version that is understood. */
const VERSION = 1;

/** What a stack says it was declared as; nothing where it wasn't made by this project, or by a version of it not known here. */
export function intentOf({ byob }: Stack): Intent | undefined {
  const lists = ["storages", "attachments", "optOuts", "retired", "warnings"].map((key) => byob?.[key]);
  if (byob?.["version"] !== VERSION || !lists.every(isListOfObjects)) return undefined;
  const type = DEPLOYMENT_TYPES.find((known) => known === byob["type"]);
  return {
    type,
    wandbUrl: textAt(byob, "wandb.url"),
    runsOn: textAt(byob, "wandb.runsOn"),
    file: textAt(byob, "source.file"),
    storages: blocks(byob["storages"]).map((fields) => ({
      name: textOf(fields["name"]),
      cloud: textOf(fields["cloud"]),
      ...lineOf(fields),
      fields,
    })),
    attachments: blocks(byob["attachments"]).map((block) => ({
      ...(typeof block["team"] === "string" ? { team: block["team"] } : {}),
      storage: textOf(block["storage"]),
      path: textAt(block, "path") ?? "",
      ...lineOf(block),
    })),
    optOuts: blocks(byob["optOuts"]).map((block) => ({
      path: texts(block["path"]),
      what: textOf(block["what"]),
      reason: textOf(block["reason"]),
      ...lineOf(block),
    })),
    retired: blocks(byob["retired"]),
    warnings: blocks(byob["warnings"]).map(({ message }) => textOf(message)),
  };
}

function isListOfObjects(value: Json | undefined): boolean {
  return Array.isArray(value) && blocks(value).length === value.length;
}

function lineOf(block: JsonObject): { line?: number } {
  const line: Json | undefined = pick(block, "line");
  return typeof line === "number" ? { line } : {};
}
