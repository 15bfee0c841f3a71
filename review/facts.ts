import type { Attachment, DeclaredStorage, Intent } from "./intent";
import type { Gap, Resource, Stack } from "./stack";

export const CLOUDS = ["aws", "gcp", "azure", "s3-compatible", "coreweave"] as const;
export type Cloud = (typeof CLOUDS)[number];

/** A key that encrypts a storage. */
export interface Key {
  /** How it is named: the address of a key made here, or the id of one made elsewhere. */
  readonly id: string;
  /** Absent: made elsewhere, so that its policy isn't in these files. */
  readonly resource?: Resource;
}

/** A bucket (on Azure an account's container) and all that these files say about it. */
export interface Storage {
  /** The same in every review: `aws:acme-wandb`. */
  readonly id: string;
  readonly cloud: Cloud;
  /** Physical name: `acme-wandb`, on Azure `account/container`. */
  readonly name: string;
  /** What it is for: W&B's files, logs of other storages, or it is not said. */
  readonly purpose: "wandb" | "logs" | "other";
  /** Account, project or subscription that owns it, where it is known. */
  readonly owner: string | undefined;
  /** Region or location, where it is known. */
  readonly place: string | undefined;
  /** The bucket or account itself. Absent: made elsewhere. */
  readonly resource: Resource | undefined;
  /** All resources that speak of it, itself included. */
  readonly parts: readonly Resource[];
  readonly keys: readonly Key[];
  readonly declared: DeclaredStorage | undefined;
  readonly attachments: readonly Attachment[];
}

/** All that one stack or plan says about storage. */
export interface Facts {
  readonly stack: Stack;
  readonly intent: Intent | undefined;
  readonly storages: readonly Storage[];
  /** What could not be followed. */
  readonly gaps: readonly Gap[];
}

/** The parts of one type. */
export function partsOf(storage: Storage, ...types: readonly string[]): Resource[] {
  return storage.parts.filter(({ type }) => types.includes(type));
}

/** The one part of a type, or the first of several. */
export function partOf(storage: Storage, type: string): Resource | undefined {
  return storage.parts.find((part) => part.type === type);
}

/** `main (aws:acme-wandb)`: how a report names a storage. */
export function titleOf({ declared, id }: Storage): string {
  return declared ? `${declared.name} (${id})` : id;
}
