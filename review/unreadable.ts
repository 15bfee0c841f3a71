import type { Fault } from "../constructs/issue";

/** What is given can't be reviewed at all: the wrong file, folder or name. Says what to do instead. */
export class Unreadable extends Error {
  override readonly name = "Unreadable";
  constructor(readonly fault: Fault) {
    super(fault.message);
  }
}

/** Stops with a message and what to do. */
export function unreadable(message: string, fix: string, source?: string): never {
  throw new Unreadable({ message, fix, ...(source ? { source } : {}) });
}
