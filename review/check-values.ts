import { MET, notApplicable, unknown, unmet, type Outcome } from "./checks";
import { partOf, partsOf, type Storage } from "./facts";
import { isOpen, pick, type Json } from "./value";

/** A setting of one of a storage's parts, and what it must be. */
export interface Setting {
  readonly type: string;
  /** Path within the resource: `rule.object_ownership`. */
  readonly path: string;
  readonly holds: (value: Json | undefined) => boolean;
  /** What is wrong where it isn't so, as a sentence. */
  readonly otherwise: string;
  readonly fix: string;
}

/** Whether a setting is as it must be. Of a bucket made elsewhere nothing is said about settings that aren't here. */
export function setting(storage: Storage, { type, path, holds, otherwise, fix }: Setting): Outcome {
  const part = partOf(storage, type);
  if (!part && !storage.resource) return notApplicable("The storage is made elsewhere, and this is not in these files");
  const value = part && pick(part.values, path);
  if (isOpen(value)) return unknown(`${path} is known only after apply.`, part?.address);
  if (part && partsOf(storage, type).length > 1 && type !== "aws_kms_key") {
    const all = partsOf(storage, type).map(({ values }) => holds(pick(values, path)));
    return all.every(Boolean) ? MET : unmet(otherwise, fix, part.address);
  }
  return holds(value) ? MET : unmet(part ? otherwise : `${otherwise} No ${type} is there.`, fix, part?.address);
}

export const isTrue = (value: Json | undefined) => value === true || value === "true";
export const isFalse = (value: Json | undefined) => value === false || value === "false";
export const atLeast = (bound: number) => (value: Json | undefined) => typeof value === "number" && value >= bound;

/** The first that is not met. */
export function anyOf(outcomes: readonly Outcome[]): Outcome {
  return outcomes.find(({ state }) => state !== "met") ?? MET;
}
