import type { Finding } from "./findings";
import { CHECKS, type Review } from "./report";

/** Rules of findings that no check makes. */
const RULES: Readonly<Record<string, string>> = {
  "data-loss": "Files would be lost",
  "access-broadened": "Access is broadened",
  "undo-secret": "A secret can be read",
  "undo-retention": "This can't be undone",
  "undo-deletion": "This can't be undone",
  "undo-replacement": "This can't be undone",
  "undo-wandb": "This can't be undone",
  "undo-opt-out": "A default is given up",
  unknown: "These files don't tell",
  "deployment-warning": "The deployment says",
  "not-enforced": "What this storage can't be told to refuse",
};

const LEVELS = { error: "error", unknown: "warning", warning: "warning", note: "note" } as const;

/**
 * The findings as SARIF, for code scanning: at the line of the deployment file where that is known, else at the file that
 * was reviewed, and in either case at the resource's address.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function sarif(reviews: readonly Review[]): string {
  const checks = CHECKS.map(({ id, title, why, source, severity, controls }) => ({
    id,
    shortDescription: { text: title },
    fullDescription: { text: why },
    helpUri: source,
    defaultConfiguration: { level: LEVELS[severity] },
    properties: { tags: ["security", ...controls] },
  }));
  const others = Object.entries(RULES).map(([id, text]) => ({ id, shortDescription: { text } }));
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "wandb-byob review", rules: [...checks, ...others] } },
        results: reviews.flatMap((review) => review.findings.map((finding) => result(finding, review))),
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function result({ rule, severity, message, fix, address, storage, line }: Finding, review: Review) {
  const atSource = line !== undefined && review.source !== undefined;
  const artifact = { uri: uriOf(atSource ? (review.source ?? review.file) : review.file) };
  const region = atSource ? { region: { startLine: line } } : {};
  const name = address ?? storage ?? review.deployment;
  return {
    ruleId: rule,
    level: LEVELS[severity],
    message: { text: fix ? `${message} Fix: ${fix}` : message },
    locations: [
      {
        physicalLocation: { artifactLocation: artifact, ...region },
        logicalLocations: [{ name, fullyQualifiedName: `${review.deployment}/${name}`, kind: "resource" }],
      },
    ],
    partialFingerprints: { rule: `${review.deployment}/${storage ?? ""}/${name}/${rule}` },
  };
}

function uriOf(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
