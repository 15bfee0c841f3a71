import type { Access, LogFormat, ReadLine, Visitor } from "./access";
import { formatOf, readerOf } from "./detect";
import { LineSplitter, type LineVisitor } from "./lines";
import { DamagedLog, readChunks } from "./source";

/** Lines at the start of a file among which one must show the format. */
const FIRST_LINES = 1000;

/** Who is told what a file holds. */
export interface LogVisitor {
  access(access: Access, log: LogFormat, line: number): void;
  malformed(reason: string, line: number): void;
  /** After each chunk; false to read no further. */
  next(): Promise<boolean>;
}

/** How a file was: of requests, empty, known to hold no requests, or without a line that could be read. */
export type LogState = "read" | "empty" | "no-requests" | "unknown";

/** Reads the lines of one file, whose format is given or seen from its first lines. */
class LogLines implements LineVisitor, Visitor {
  state: LogState = "empty";
  #format: LogFormat | undefined;
  #read: ReadLine | undefined;
  #number = 0;
  /** Lines before the one that showed the format. */
  readonly #before: number[] = [];
  constructor(
    format: LogFormat | undefined,
    private readonly visitor: LogVisitor,
  ) {
    if (format) this.#setFormat(format);
  }

  #setFormat(format: LogFormat): void {
    this.#format = format;
    this.#read = readerOf(format);
  }

  /** Whether reading on is of no use. */
  get hopeless(): boolean {
    return this.state === "no-requests" || (!this.#read && this.#number >= FIRST_LINES);
  }

  line(text: string, number: number): void {
    this.#number = number;
    if (this.state === "empty") this.state = "unknown";
    if (!this.#read) this.#detect(text);
    if (this.#read) this.#read(text, this);
    else this.#before.push(number);
  }

  #detect(text: string): void {
    const sign = formatOf(text);
    if (sign === "no-requests") this.state = sign;
    if (sign === undefined || sign === "no-requests") return;
    this.#setFormat(sign);
    for (const number of this.#before) this.visitor.malformed("of no known format", number);
  }

  tooLong(number: number): void {
    this.#number = number;
    if (this.state === "empty") this.state = "unknown";
    this.malformed("the line is too long");
  }

  damaged(number: number): void {
    if (this.state === "empty") this.state = "unknown";
    this.visitor.malformed("the gzip data is damaged or cut off: what follows is lost", number);
  }

  access(access: Access): void {
    this.state = "read";
    if (this.#format) this.visitor.access(access, this.#format, this.#number);
  }

  noAccess(): void {
    this.state = "read";
  }

  malformed(reason: string): void {
    this.visitor.malformed(reason, this.#number);
  }
}

/**
 * Reads a file from its start until its end, or until the visitor has enough.
 *
 * @throws NodeJS.ErrnoException if the file can't be read
 */
export async function readLog(path: string, format: LogFormat | undefined, visitor: LogVisitor): Promise<LogState> {
  const lines = new LogLines(format, visitor);
  const splitter = new LineSplitter(lines);
  try {
    for await (const chunk of readChunks(path)) {
      splitter.push(chunk);
      if (lines.hopeless || !(await visitor.next())) return lines.state;
    }
  } catch (error) {
    if (!(error instanceof DamagedLog)) throw error;
    lines.damaged(splitter.number + 1); // and of the line that was cut off, nothing is to be believed
    await visitor.next();
    return lines.state;
  }
  splitter.end();
  await visitor.next();
  return lines.state;
}
