import { distance } from "fastest-levenshtein";

/** What is wrong with one value, before it is known where the value stands. */
export interface Fault {
  /** `Cannot <do what>: must <rule>, got "<value>"`. Holds no secret: values are shown by {@link quote}. */
  readonly message: string;
  /** What to change, as a sentence. */
  readonly fix: string;
  /** Where the rule comes from, if it isn't this project's own: an address or the name of a page. */
  readonly source?: string;
}

/** One thing wrong with a request, or (as a warning) one thing to know about it. */
export interface Issue extends Fault {
  /** Keys from the root of the deployment to the value: `["storage", "main", "bucket"]`. */
  readonly path: readonly string[];
  /** Whether the key itself is at fault, so that it, not its value, is pointed to. @default false */
  readonly atKey?: boolean;
}

/** A place in a file; lines and columns count from 1. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
}

/** An issue and the place in a file that it speaks of, where there is one. */
export interface LocatedIssue extends Issue {
  readonly place?: Place;
}

/** A request that can't be met. Holds every issue of the stage that refused it, never just the first. */
export class InvalidRequest extends Error {
  override readonly name = "InvalidRequest";
  constructor(readonly issues: readonly LocatedIssue[]) {
    super(issues.map(format).join("\n"));
  }
}

/** Puts a path in front of what is wrong with one value. */
export function at(path: readonly string[], faults: readonly Fault[]): Issue[] {
  return faults.map((fault) => ({ ...fault, path }));
}

/** Puts a path in front of that of each issue. */
export function below(path: readonly string[], issues: readonly Issue[]): Issue[] {
  return issues.map((issue) => ({ ...issue, path: [...path, ...issue.path] }));
}

/** The text of an issue: `acme.yaml:12:9 storage.main.bucket: Cannot …`, and the fix on a line of its own. */
export function format(issue: LocatedIssue): string {
  const { place } = issue;
  const where = place ? [place.file, place.line, place.column].filter((part) => part !== undefined).join(":") : "";
  const path = issue.path.map((key) => (/^[\w-]+$/.test(key) ? key : quote(key))).join(".");
  const head = [where, path ? `${path}:` : ""].filter(Boolean).join(" ");
  const source = issue.source ? ` (${issue.source})` : "";
  return `${head}${head.endsWith(":") || !head ? "" : ":"} ${issue.message}\n  fix: ${issue.fix}${source}`.trimStart();
}

/** Characters shown of a value before it is cut. */
const SHOWN = 80;

/** A value as a message may show it: in quotes, control and non-ASCII characters escaped, user info of URLs masked, cut. */
export function quote(value: unknown): string {
  const text = typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  const masked = text.replace(/\/\/[^/\s@]*@/g, "//***@").replace(/:\/\/[^\s]*:[^\s]*@/g, "://***@");
  const cut = masked.length > SHOWN ? `${masked.slice(0, SHOWN)}…` : masked;
  const escaped = cut.replace(/[^ -~…]/gu, (char) => `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`);
  return typeof value === "string" ? `"${escaped}"` : escaped;
}

/** `"a", "b" or "c"`. */
export function oneOf(values: readonly string[]): string {
  const quoted = values.map(quote);
  return quoted.length < 2 ? quoted.join("") : `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}`;
}

/** Letters in which a misspelt word may differ: two (a swap counts as two), or a third of a long word. */
const slips = (word: string) => Math.max(2, Math.floor(word.length / 3));

/** The known word that a misspelt one most likely meant. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const ranked = known
    .map((candidate) => ({ candidate, letters: distance(word.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, letters }) => letters <= slips(candidate) && letters < candidate.length)
    .sort((a, b) => a.letters - b.letters);
  return ranked[0]?.candidate;
}
