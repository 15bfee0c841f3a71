import { accessOf, type Row } from "./access";
import { runChecks, type Check, type Result } from "./checks";
import { AZURE_CHECKS } from "./checks-azure";
import { CONTRACT_CHECKS } from "./checks-contract";
import { DATA_CHECKS } from "./checks-data";
import { GCP_CHECKS } from "./checks-gcp";
import { PRINCIPAL_CHECKS } from "./checks-principals";
import { S3_CHECKS } from "./checks-s3";
import { S3_KEY_CHECKS } from "./checks-s3-key";
import { S3_POLICY_CHECKS } from "./checks-s3-policy";
import { diff, type Changes } from "./diff";
import type { Cloud, Facts } from "./facts";
import { findingsOf, type Finding } from "./findings";
import { isolationOf, type Isolation } from "./isolation";
import { statementsOf } from "./words";
import type { Statement } from "./statement";
import { irreversibleOf, stateOf, type Irreversible } from "./undo";
import { distinct, unknownsOf, type Unknown } from "./unknowns";
import { countsOf, verdictOf, type Counts, type Verdict } from "./verdict";

/** Every check that there is. */
export const CHECKS: readonly Check[] = [
  ...PRINCIPAL_CHECKS,
  ...CONTRACT_CHECKS,
  ...S3_POLICY_CHECKS,
  ...S3_CHECKS,
  ...S3_KEY_CHECKS,
  ...GCP_CHECKS,
  ...AZURE_CHECKS,
  ...DATA_CHECKS,
];

/** A storage as the report shows it. */
export interface StorageSummary {
  readonly id: string;
  readonly name: string | undefined;
  readonly cloud: Cloud;
  readonly purpose: string;
  readonly owner: string | undefined;
  readonly place: string | undefined;
  readonly keys: readonly string[];
  /** `instance` or a team, with its path. */
  readonly users: readonly { readonly name: string; readonly path: string }[];
}

/** The review of one deployment: plain data, so that any renderer can print it and any program read it. */
export interface Review {
  readonly deployment: string;
  readonly type: string | undefined;
  readonly file: string;
  readonly source: string | undefined;
  readonly kind: "configuration" | "plan";
  readonly verdict: Verdict;
  readonly counts: Counts;
  /** What to look at first, worst first. */
  readonly first: readonly Finding[];
  readonly findings: readonly Finding[];
  readonly storages: readonly StorageSummary[];
  readonly access: readonly Row[];
  readonly isolation: Isolation | undefined;
  readonly statements: readonly Statement[];
  readonly irreversible: readonly Irreversible[];
  readonly state: string;
  readonly changes: Changes | undefined;
  readonly unknowns: readonly Unknown[];
  readonly results: readonly Result[];
}

/** What today's state is compared with. */
export interface Against {
  readonly name: string;
  /** Absent: the deployment was not there. */
  readonly facts: Facts | undefined;
}

/** How many findings a reader is sent to first. */
const FIRST = 5;

/** Reviews one deployment. */
export function reviewOf(facts: Facts, against?: Against): Review {
  const { stack, intent, storages } = facts;
  const changes = against && diff(against.facts, facts, against.name);
  const results = storages.flatMap((storage) => runChecks(CHECKS, storage, facts));
  const irreversible = irreversibleOf(facts);
  const unknowns = distinct(unknownsOf(facts));
  const findings = findingsOf({ facts, results, irreversible, unknowns, changes });
  return {
    deployment: stack.name,
    type: intent?.type,
    file: stack.file,
    source: intent?.file,
    kind: stack.kind,
    verdict: verdictOf(findings, changes),
    counts: countsOf(findings, results, unknowns),
    first: findings.slice(0, FIRST),
    findings,
    storages: storages.map((storage) => ({
      id: storage.id,
      name: storage.declared?.name,
      cloud: storage.cloud,
      purpose: storage.purpose,
      owner: storage.owner,
      place: storage.place,
      keys: storage.keys.map(({ id }) => id),
      users: storage.attachments.map(({ team, path }) => ({ name: team ?? "instance", path })),
    })),
    access: storages.flatMap((storage) => accessOf(storage, facts)),
    isolation: isolationOf(facts),
    statements: storages.flatMap((storage) => statementsOf(storage, facts)),
    irreversible,
    state: stateOf(stack),
    changes,
    unknowns,
    results,
  };
}

/** A deployment that is no longer there. */
export function reviewOfGone(name: string, before: Facts, against: string): Review {
  const changes = diff(before, undefined, against);
  const empty: Facts = {
    ...before,
    storages: [],
    gaps: [],
    stack: { ...before.stack, resources: new Map(), outputs: [] },
  };
  const findings = findingsOf({ facts: empty, results: [], irreversible: [], unknowns: [], changes });
  const nothing = {
    storages: [],
    access: [],
    isolation: undefined,
    statements: [],
    irreversible: [],
    unknowns: [],
    results: [],
  };
  return {
    ...nothing,
    deployment: name,
    type: before.intent?.type,
    file: before.stack.file,
    source: before.intent?.file,
    kind: "configuration",
    verdict: verdictOf(findings, changes),
    counts: countsOf(findings, [], []),
    first: findings.slice(0, FIRST),
    findings,
    state: "The deployment is gone from the configuration.",
    changes,
  };
}
