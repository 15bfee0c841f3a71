import { plural, visible } from "./text";

/** Problems of one kind that are shown; the rest is counted. */
const SAMPLES = 3;

class Kind {
  count = 0;
  readonly #samples: string[] = [];

  add(sample: string): void {
    this.count++;
    if (this.#samples.length < SAMPLES) this.#samples.push(sample);
  }

  lines(head: string): string[] {
    if (this.count === 0) return [];
    const rest = this.count - this.#samples.length;
    return [
      head,
      ...this.#samples.map((sample) => `  ${sample}`),
      ...(rest > 0 ? [`  … and ${plural(rest, "more", "more")}`] : []),
    ];
  }
}

/** What couldn't be read, and why. Nothing of a line's text is kept: it may hold a signature. */
export class Problems {
  readonly #malformed = new Kind();
  readonly #unknown = new Kind();
  readonly #unreadable = new Kind();

  malformed(file: string, line: number, reason: string): void {
    this.#malformed.add(`${visible(file)}:${line}: ${reason}`);
  }
  unknown(file: string): void {
    this.#unknown.add(visible(file));
  }
  unreadable(file: string, code: string): void {
    this.#unreadable.add(`${visible(file)}: ${code}`);
  }

  /** Files in which no line could be read. */
  get unknownFiles(): number {
    return this.#unknown.count;
  }
  /** Files that couldn't be opened or read. */
  get unreadableFiles(): number {
    return this.#unreadable.count;
  }

  /** Lines of text; none if all is well. */
  summary(): string[] {
    return [
      ...this.#malformed.lines(`malformed: ${plural(this.#malformed.count, "line")}, left out`),
      ...this.#unknown.lines(
        `not understood: ${plural(this.#unknown.count, "file")} in which no line is one of an S3 server access log, a usage ` +
          "log of Cloud Storage or a log of Azure Storage",
      ),
      ...this.#unreadable.lines(`unreadable: ${plural(this.#unreadable.count, "file or folder", "files or folders")}`),
    ];
  }
}
