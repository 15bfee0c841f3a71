import { quote } from "../constructs/issue";
import { accessOf } from "./access";
import type { Cloud, Facts, Storage } from "./facts";

/** How much it matters that a check is not met: `error` blocks. */
export type Severity = "error" | "warning" | "note";

/** What a check says. */
export type Outcome =
  | { readonly state: "met" }
  | { readonly state: "unmet"; readonly message: string; readonly fix?: string; readonly address?: string }
  | { readonly state: "waived"; readonly reason: string }
  | { readonly state: "does-not-apply"; readonly reason: string }
  | { readonly state: "unknown"; readonly message: string; readonly address?: string };

/** One question put to a storage. */
export interface Check {
  /** `s3-tls`: the same in every review, and the rule's id in SARIF. */
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
  /** Where the rule comes from. */
  readonly source: string;
  /** Ids of catalogues: `FSBP S3.5`, `CIS AWS 2.1.1`, `CCC.ObjStor.CN05`. */
  readonly controls: readonly string[];
  /** `contract`: W&B can't work without; `control`: good practice. */
  readonly kind: "contract" | "control";
  readonly clouds: readonly Cloud[];
  /** @default ["wandb", "other"] */
  readonly purposes?: readonly Storage["purpose"][];
  readonly evaluate: (storage: Storage, facts: Facts) => Outcome;
}

/** A check's answer for one storage. */
export interface Result {
  readonly check: string;
  readonly title: string;
  readonly why: string;
  readonly severity: Severity;
  readonly source: string;
  readonly controls: readonly string[];
  readonly kind: Check["kind"];
  readonly storage: string;
  readonly address: string | undefined;
  readonly outcome: Outcome;
}

export const MET: Outcome = { state: "met" };

export function unmet(message: string, fix?: string, address?: string): Outcome {
  return { state: "unmet", message, ...(fix ? { fix } : {}), ...(address ? { address } : {}) };
}

export function unknown(message: string, address?: string): Outcome {
  return { state: "unknown", message, ...(address ? { address } : {}) };
}

export function notApplicable(reason: string): Outcome {
  return { state: "does-not-apply", reason };
}

/** The reason why a storage's opt-out was taken, by the end of its path: `versioning`. */
export function waiverOf(storage: Storage, facts: Facts, ...fields: readonly string[]): Outcome | undefined {
  const name = storage.declared?.name;
  const taken = facts.intent?.optOuts.find(({ path: [, storageName, ...rest] }) => {
    return storageName === name && name !== undefined && fields.includes(rest.join("."));
  });
  return taken && { state: "waived", reason: taken.reason };
}

/** Asks every check that is for a storage. One that fails by itself is a finding, not the end of the review. */
export function runChecks(checks: readonly Check[], storage: Storage, facts: Facts): Result[] {
  const fitting = checks.filter(
    ({ clouds, purposes = ["wandb", "other"] }) => clouds.includes(storage.cloud) && purposes.includes(storage.purpose),
  );
  return fitting.map((check) => {
    const { id, title, why, severity, source, controls, kind } = check;
    const outcome = outcomeOf(check, storage, facts);
    const named = "address" in outcome ? outcome.address : undefined;
    const address = named ?? storage.resource?.address ?? storage.parts[0]?.address;
    return { check: id, title, why, severity, source, controls, kind, storage: storage.id, address, outcome };
  });
}

/** Whether a storage is W&B's at all: nothing else has a contract to meet. */
function concernsWandb(storage: Storage, facts: Facts): boolean {
  return facts.intent !== undefined || accessOf(storage, facts).some(({ principal }) => principal.kind === "wandb");
}

function outcomeOf(check: Check, storage: Storage, facts: Facts): Outcome {
  try {
    if (check.kind === "contract" && !concernsWandb(storage, facts))
      return notApplicable("No one of W&B's is let in, and nothing is declared");
    return check.evaluate(storage, facts);
  } catch (error) {
    return unknown(
      `Cannot ask this check: it failed with ${quote(error instanceof Error ? error.message : String(error))}`,
    );
  }
}
