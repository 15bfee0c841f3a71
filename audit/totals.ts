import { denied, type Access } from "./access";
import { bytes, plural } from "./text";
import { formatTime } from "./time";

/** Names of users that are told apart; more are counted as "more than". */
export const MOST_USERS = 10_000;

/** Text of its own: a piece of a line would keep the whole line in memory. */
export function ownText(text: string): string {
  return Buffer.from(text).toString();
}

/** Counts what is shown, in memory that doesn't grow with the log. */
export class Totals {
  read = 0;
  matched = 0;
  #denied = 0;
  #unnamed = 0;
  #unsigned = 0;
  #bytesRead = 0;
  #bytesWritten = 0;
  #first = Infinity;
  #last = -Infinity;
  readonly #users = new Set<string>();
  #moreUsers = false;

  /** Counts a request that is shown. */
  add(access: Access): void {
    this.matched++;
    const { time, status, user } = access;
    if (denied(status)) this.#denied++;
    if (user === undefined) this.#unnamed++;
    else {
      if (!this.#users.has(user)) this.#addUser(user);
      if (!access.userSigned) this.#unsigned++;
    }
    this.#bytesRead += access.bytesRead;
    this.#bytesWritten += access.bytesWritten;
    if (time < this.#first) this.#first = time;
    if (time > this.#last) this.#last = time;
  }

  #addUser(user: string): void {
    if (this.#users.size < MOST_USERS) this.#users.add(ownText(user));
    else this.#moreUsers = true;
  }

  /** How many users the requests that are shown name. */
  get users(): string {
    return `${this.#moreUsers ? "more than " : ""}${plural(this.#users.size, "user")}`;
  }

  /** Lines of text. */
  summary(): string[] {
    const all = this.read === this.matched ? "" : ` of ${this.read.toLocaleString("en-US")} that were read`;
    const unnamed = this.#unnamed > 0 ? `, ${plural(this.#unnamed, "request")} without a user` : "";
    const counts = [
      `${plural(this.matched, "request")}${all}`,
      `${this.users}${unnamed}`,
      `${this.#denied.toLocaleString("en-US")} denied (401, 403)`,
      `${bytes(this.#bytesRead)} read, ${bytes(this.#bytesWritten)} written`,
    ];
    return [
      counts.join("; "),
      ...(this.matched > 0 ? [`from ${formatTime(this.#first)} to ${formatTime(this.#last)}`] : []),
      ...(this.#unsigned > 0
        ? [
            `${plural(this.#unsigned, "request names", "requests name")} a user without a signature that the store accepted ` +
              "(marked ?): anyone can write such a name",
          ]
        : []),
    ];
  }
}
