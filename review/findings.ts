import { texts } from "./value";
import type { Result, Severity } from "./checks";
import type { Changes } from "./diff";
import type { Facts } from "./facts";
import type { Irreversible } from "./undo";
import type { Unknown } from "./unknowns";

/** One thing to look at. */
export interface Finding {
  /** The check, or the part of the report: `s3-tls`, `data-loss`, `unknown`. */
  readonly rule: string;
  readonly title: string;
  readonly severity: Severity | "unknown";
  readonly message: string;
  readonly fix?: string;
  readonly source?: string;
  readonly storage?: string;
  readonly address?: string;
  /** Line of the deployment file that it comes from. */
  readonly line?: number;
}

interface Parts {
  readonly facts: Facts;
  readonly results: readonly Result[];
  readonly irreversible: readonly Irreversible[];
  readonly unknowns: readonly Unknown[];
  readonly changes: Changes | undefined;
}

const ORDER = { error: 0, unknown: 1, warning: 2, note: 3 } as const;

/** Everything to look at, worst first. */
export function findingsOf({ facts, results, irreversible, unknowns, changes }: Parts): Finding[] {
  const all = [
    ...(changes?.losses ?? []).map((message): Finding => ({
      rule: "data-loss",
      title: "Files would be lost",
      severity: "error",
      message,
      ...addressIn(message),
    })),
    ...results.flatMap((result) => ofResult(result, facts)),
    ...irreversible.flatMap(ofIrreversible),
    ...broadened(changes),
    ...unknowns.map(ofUnknown),
    ...(facts.intent?.storages ?? []).flatMap(({ name, fields }) =>
      texts(fields["notEnforced"]).map((what): Finding => ({
        rule: "not-enforced",
        title: "What this storage can't be told to refuse",
        severity: "note",
        message: `${name}: ${what}`,
      })),
    ),
    ...(facts.intent?.warnings ?? []).map((message): Finding => ({
      rule: "deployment-warning",
      title: "The deployment says",
      severity: "warning",
      message,
    })),
  ];
  return all
    .map((finding, index) => ({ finding, index }))
    .sort(worst)
    .map(({ finding }) => finding);
}

function worst(a: { finding: Finding; index: number }, b: { finding: Finding; index: number }): number {
  return ORDER[a.finding.severity] - ORDER[b.finding.severity] || a.index - b.index;
}

const addressIn = (message: string) => ({ address: message.split(" ")[0] ?? "" });

function ofResult(result: Result, facts: Facts): Finding[] {
  const { check: rule, title, severity, source, storage, address, outcome, why } = result;
  const line = facts.storages.find(({ id }) => id === storage)?.declared?.line;
  const where = { storage, ...(address ? { address } : {}), ...(line ? { line } : {}) };
  if (outcome.state === "unmet") {
    const { message, fix } = outcome;
    return [{ rule, title, severity, message: `${message} ${why}`, ...(fix ? { fix } : {}), source, ...where }];
  }
  if (outcome.state === "unknown")
    return [{ rule, title, severity: "unknown", message: outcome.message, source, ...where }];
  return [];
}

function ofIrreversible({ kind, what, why, severity, source, address }: Irreversible): Finding[] {
  if (!severity) return [];
  const title = kind === "secret" ? "A secret can be read" : "This can't be undone";
  return [
    {
      rule: `undo-${kind}`,
      title,
      severity,
      message: `${what}. ${why}`,
      ...(source ? { source } : {}),
      ...(address ? { address } : {}),
    },
  ];
}

function ofUnknown({ address, what, why }: Unknown): Finding {
  return { rule: "unknown", title: "These files don't tell", severity: "unknown", message: `${what}: ${why}`, address };
}

/** One finding for each principal that gets more. */
function broadened(changes: Changes | undefined): Finding[] {
  const wider = changes?.access.filter(({ change }) => change === "broadened") ?? [];
  const keys = [...new Set(wider.map(({ storage, principal }) => `${storage}\0${principal}`))];
  return keys.map((key) => {
    const cells = wider.filter(({ storage, principal }) => `${storage}\0${principal}` === key);
    const [{ storage, principal } = { storage: "", principal: "" }] = cells;
    const said = cells.map(({ capability, before, after }) => `${capability} (${before} → ${after})`).join("; ");
    return {
      rule: "access-broadened",
      title: "Access is broadened",
      severity: "warning",
      message: `${principal}: ${said}.`,
      storage,
    };
  });
}
