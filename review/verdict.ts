import type { Result } from "./checks";
import { isUnchanged, type Changes } from "./diff";
import type { Finding } from "./findings";
import type { Unknown } from "./unknowns";

/**
 * What the files come to. Never "safe": files don't tell who else has access by policies kept elsewhere, nor whether the
 * cloud is as they say.
 */
export type Verdict = "blocked" | "unknown" | "caution" | "no change";

export interface Counts {
  readonly errors: number;
  readonly warnings: number;
  readonly notes: number;
  readonly unknowns: number;
  readonly met: number;
  readonly unmet: number;
  readonly waived: number;
  readonly doesNotApply: number;
}

/** The verdict: an error blocks; what isn't known comes before what is fine. */
export function verdictOf(findings: readonly Finding[], changes: Changes | undefined): Verdict {
  if (findings.some(({ severity }) => severity === "error")) return "blocked";
  if (findings.some(({ severity }) => severity === "unknown")) return "unknown";
  return changes && isUnchanged(changes) ? "no change" : "caution";
}

/** The worst of several verdicts. */
export function worstOf(verdicts: readonly Verdict[]): Verdict {
  const order: readonly Verdict[] = ["blocked", "unknown", "caution", "no change"];
  return order.find((verdict) => verdicts.includes(verdict)) ?? "unknown";
}

export function countsOf(
  findings: readonly Finding[],
  results: readonly Result[],
  unknowns: readonly Unknown[],
): Counts {
  const severity = (name: Finding["severity"]) => findings.filter((finding) => finding.severity === name).length;
  const state = (name: Result["outcome"]["state"]) => results.filter(({ outcome }) => outcome.state === name).length;
  return {
    errors: severity("error"),
    warnings: severity("warning"),
    notes: severity("note"),
    unknowns: unknowns.length,
    met: state("met"),
    unmet: state("unmet"),
    waived: state("waived"),
    doesNotApply: state("does-not-apply"),
  };
}
