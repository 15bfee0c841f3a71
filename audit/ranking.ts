import { denied, type Access } from "./access";
import type { Column } from "./output";
import { bytes, withoutSecrets } from "./text";
import { formatTime } from "./time";
import { ownText } from "./totals";

export const RANKED_BY = ["user", "key", "ip", "operation"] as const;
export type RankedBy = (typeof RANKED_BY)[number];

/** Values that are told apart at once. When one more comes, the half with the fewest requests is given up. */
export const MOST_VALUES = 5_000;

/** The requests that have one value in common. */
export class Rank {
  requests = 0;
  denied = 0;
  bytesRead = 0;
  bytesWritten = 0;
  /** Milliseconds since 1970. */
  first = Infinity;
  last = -Infinity;
  constructor(readonly value: string | undefined) {}

  add(access: Access): void {
    this.requests++;
    if (denied(access.status)) this.denied++;
    this.bytesRead += access.bytesRead;
    this.bytesWritten += access.bytesWritten;
    this.first = Math.min(this.first, access.time);
    this.last = Math.max(this.last, access.time);
  }
}

/**
 * Counts requests by one of their values, in memory that doesn't grow with the log. Once values have been given up, a new
 * one is let in only when it has come more often than those had, so that a flood of rare values pushes no frequent one out; and
 * each time it must have come twice as often as before.
 */
export class Ranking {
  /** Whether values were given up: counts are then at least what they say. */
  capped = false;
  #ranks = new Map<string | undefined, Rank>();
  /** How often values came that were not let in, by their hash; others with the same hash only let them in earlier. */
  readonly #waiting = new Uint32Array(1 << 18);
  #entrance = 0;
  constructor(private readonly by: RankedBy) {}

  add(access: Access): void {
    const value = this.#valueOf(access);
    (this.#ranks.get(value) ?? this.#newRank(value))?.add(access);
  }

  #valueOf({ [this.by]: value, bucket }: Access): string | undefined {
    if (value === undefined) return undefined;
    return withoutSecrets(this.by === "key" ? `${bucket ?? "-"}/${value}` : value);
  }

  #newRank(value: string | undefined): Rank | undefined {
    if (this.capped && !this.#letIn(value ?? "")) return undefined;
    if (this.#ranks.size >= MOST_VALUES) this.#giveUpHalf();
    const rank = new Rank(value === undefined ? undefined : ownText(value));
    this.#ranks.set(rank.value, rank);
    return rank;
  }

  #letIn(value: string): boolean {
    const place = hash(value) % this.#waiting.length;
    const times = (this.#waiting[place] ?? 0) + 1;
    this.#waiting[place] = times > this.#entrance ? 0 : times;
    return times > this.#entrance;
  }

  #giveUpHalf(): void {
    const kept = this.top(MOST_VALUES / 2);
    this.capped = true;
    this.#entrance = Math.max(2 * this.#entrance + 1, kept.at(-1)?.requests ?? 0);
    this.#ranks = new Map(kept.map((rank) => [rank.value, rank]));
  }

  get size(): number {
    return this.#ranks.size;
  }

  /** Those with the most requests first. */
  top(most: number): Rank[] {
    return [...this.#ranks.values()].sort((a, b) => b.requests - a.requests).slice(0, most);
  }
}

/** FNV-1a, 32 bits. @see https://datatracker.ietf.org/doc/html/draft-eastlake-fnv */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return state >>> 0;
}

/** What `--format json` and `--format csv` hold of a rank. */
export const rankFields = (by: RankedBy): readonly Column<Rank>[] => [
  { name: by, of: ({ value }) => value },
  { name: "requests", of: ({ requests }) => requests },
  { name: "denied", of: (rank) => rank.denied },
  { name: "bytesRead", of: ({ bytesRead }) => bytesRead },
  { name: "bytesWritten", of: ({ bytesWritten }) => bytesWritten },
  { name: "first", of: ({ first }) => formatTime(first) },
  { name: "last", of: ({ last }) => formatTime(last) },
];

/** The same for people; the value, which may be long, is last. */
export const rankColumns = (by: RankedBy): readonly Column<Rank>[] => [
  { name: "requests", of: ({ requests }) => requests },
  { name: "denied", of: (rank) => rank.denied },
  { name: "read", of: ({ bytesRead }) => bytes(bytesRead) },
  { name: "written", of: ({ bytesWritten }) => bytes(bytesWritten) },
  { name: "first", of: ({ first }) => formatTime(first) },
  { name: "last", of: ({ last }) => formatTime(last) },
  { name: by, of: ({ value }) => value },
];
