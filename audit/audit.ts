import type { Access, LogFormat } from "./access";
import { ENTRY_COLUMNS, ENTRY_FIELDS, entryOf, type Entry } from "./entry";
import { logFiles } from "./files";
import { meets, type Filter } from "./filter";
import { readLog, type LogState, type LogVisitor } from "./log-file";
import { outputOf, type Output, type OutputFormat } from "./output";
import { Problems } from "./problems";
import { rankColumns, rankFields, Ranking, type Rank, type RankedBy } from "./ranking";
import { Pending, type Sink } from "./sink";
import { Totals } from "./totals";

/** What to read, show and count. */
export interface AuditOptions {
  /** @default - seen from the first lines of each file */
  readonly logFormat?: LogFormat;
  readonly filter: Filter;
  readonly format: OutputFormat;
  /** Counts requests by a value instead of showing each. */
  readonly by?: RankedBy;
  /** Rows at most: with `by` the first of the ranking, else reading ends there. @default - 20 with `by`, else all */
  readonly limit?: number;
}

/** Rows of a ranking, unless told otherwise. */
export const DEFAULT_RANKS = 20;

/** Reads logs and writes what they say of the requests that meet the filter. */
export class Audit {
  readonly totals = new Totals();
  readonly problems = new Problems();
  /** Files that were read, in whole or in part. */
  files = 0;
  readonly #output: Output<Entry>;
  readonly #ranking: Ranking | undefined;
  readonly #pending = new Pending();
  constructor(
    private readonly options: AuditOptions,
    private readonly sink: Sink,
  ) {
    this.#output = outputOf(options.format, ENTRY_FIELDS, ENTRY_COLUMNS);
    this.#ranking = options.by ? new Ranking(options.by) : undefined;
  }

  /** Whether as many requests as wanted were shown. */
  get full(): boolean {
    const { by, limit } = this.options;
    return !by && limit !== undefined && this.totals.matched >= limit;
  }

  /** @throws NodeJS.ErrnoException, before anything is read, with the `path` of those given that isn't there */
  async run(paths: readonly string[]): Promise<void> {
    for await (const file of logFiles(paths, (path, code) => this.problems.unreadable(path, code))) {
      if (this.full || this.sink.closed) break;
      await this.#readFile(file);
    }
    if (this.files === 0 && this.totals.read === 0) return; // nothing, then, rather than the head of a table
    this.#pending.add(this.#ranking ? this.#ranked(this.#ranking) : this.#output.end());
    await this.sink.write(this.#pending.take());
  }

  async #readFile(file: string): Promise<void> {
    try {
      this.#note(file, await readLog(file, this.options.logFormat, this.#visitorOf(file)));
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (!code || syscall === "write") throw error;
      this.problems.unreadable(file, code);
    }
  }

  #note(file: string, state: LogState): void {
    this.files++;
    if (state === "unknown" && !this.full) this.problems.unknown(file);
  }

  #visitorOf(file: string): LogVisitor {
    return {
      access: (access, log, line) => this.#access(access, log, file, line),
      malformed: (reason, line) => this.problems.malformed(file, line, reason),
      next: async () => {
        await this.sink.write(this.#pending.take());
        return !this.full && !this.sink.closed;
      },
    };
  }

  #access(access: Access, log: LogFormat, file: string, line: number): void {
    if (this.full) return;
    this.totals.read++;
    if (!meets(this.options.filter, access)) return;
    this.#ranking?.add(access);
    const found = this.#ranking ? access : this.#show(entryOf(access, log, file, line));
    this.totals.add(found);
  }

  #show(entry: Entry): Entry {
    this.#pending.add(this.#output.row(entry));
    return entry;
  }

  #ranked(ranking: Ranking): string {
    const { format, by = "user", limit = DEFAULT_RANKS } = this.options;
    const output = outputOf<Rank>(format, rankFields(by), rankColumns(by));
    return (
      ranking
        .top(limit)
        .map((rank) => output.row(rank))
        .join("") + output.end()
    );
  }

  /** What is to be known of the whole: counts, and all that was left out. */
  summary(): string[] {
    const { by, limit = DEFAULT_RANKS } = this.options;
    const ranking = this.#ranking;
    const rest = ranking ? ranking.size - limit : 0;
    return [
      ...(rest > 0 ? [`… and ${rest.toLocaleString("en-US")} more; --limit shows them`] : []),
      ...(ranking?.capped
        ? [`so many values of ${by ?? ""} that the rarer were given up: counts are lower bounds`]
        : []),
      ...this.totals.summary(),
      ...(this.full ? ["stopped at --limit: what follows was not read"] : []),
      ...this.problems.summary(),
    ];
  }
}
