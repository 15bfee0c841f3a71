import type { Storage } from "../constructs/storage";
import type { Request } from "./request";

/** Raised when a reader of the metadata would have to change. */
export const METADATA_VERSION = 1;

/**
 * What Terraform does not hold but a reviewer needs; stands in the synthesized file under `//.byob`. Made of what was
 * declared, so it is evidence of intent only: what is so is for the resources to say.
 */
export function metadata(request: Request, made: ReadonlyMap<string, Storage>): object {
  const { name, type, wandbUrl, runsOn, storages, attachments, retired, optOuts, warnings, source } = request;
  const line = (path: readonly string[], atKey = false) => source?.locate(path, atKey).line;
  const defined = (value: object) =>
    Object.fromEntries(Object.entries(value).filter(([, inner]) => inner !== undefined));
  return defined({
    version: METADATA_VERSION,
    name,
    type,
    wandb: defined({ url: wandbUrl, runsOn }),
    source: source && { file: source.file },
    storages: Object.entries(storages).map(([alias, props]) =>
      defined({
        name: alias,
        ...props,
        notEnforced: made.get(alias)?.notEnforced,
        line: line(["storage", alias], true),
      }),
    ),
    attachments: attachments.map((attachment) =>
      defined({ ...attachment, line: line(attachment.team ? ["teams", attachment.team] : ["instance"], true) }),
    ),
    retired: retired.map((gone, index) => defined({ ...gone, line: line(["retired", String(index)]) })),
    optOuts: optOuts.map((optOut) => defined({ ...optOut, line: line(optOut.path, true) })),
    warnings: warnings.map(({ path, message }) => ({ path, message })),
  });
}
