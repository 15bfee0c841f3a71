/** One statement, role or setting that gives or refuses access, in words. */
export interface Statement {
  readonly storage: string;
  readonly address: string;
  /** The statement's Sid or place, or the role. */
  readonly name: string;
  readonly effect: "allow" | "deny";
  readonly sentence: string;
  /** Why it is there, as far as its content tells. */
  readonly why: string;
  /** What breaks without it. */
  readonly without: string;
  /** A request that is let through, and one that isn't; absent where none was found. */
  readonly allowed?: string;
  readonly refused?: string;
}
