import type { Decision } from "../../../review/iam";
import type { Call } from "../call";
import type { Cast } from "../cast";

/** A request to the bucket of a case. */
export interface Ask extends Call {
  /** @default "stranger" */
  readonly who?: keyof Cast;
  /** What AWS says. */
  readonly expect: Decision["effect"];
}

/** A policy that isn't ours, and what must come of requests. In it `@` stands for the bucket's ARN. */
export interface Case {
  readonly name: string;
  readonly statements: readonly object[];
  readonly asks: readonly Ask[];
}

/** A statement that lets everybody read objects, but for what a case changes. */
export function allow(changes: object = {}): object {
  return { Effect: "Allow", Principal: "*", Action: "s3:GetObject", Resource: "@/*", ...changes };
}

/** A statement that lets nobody read objects, but for what a case changes. */
export function deny(changes: object = {}): object {
  return allow({ Effect: "Deny", ...changes });
}

/** Variants of one request: some are allowed, the others not. */
export function asks(
  base: Partial<Ask> & Pick<Ask, "does">,
  allowed: readonly Partial<Ask>[],
  others: readonly Partial<Ask>[],
  otherwise: Ask["expect"] = "implicit-deny",
): Ask[] {
  return [
    ...allowed.map((ask): Ask => ({ ...base, ...ask, expect: "allow" })),
    ...others.map((ask): Ask => ({ ...base, ...ask, expect: otherwise })),
  ];
}

/** From an address. */
export function from(address: string): Partial<Ask> {
  return { from: address };
}
