/** Bytes of the longest line that is read; a batch of Azure's records is one line, and Event Hubs' largest has 1 MB. */
export const LONGEST_LINE = 4 * 1024 * 1024;

const NEWLINE = 0x0a;
const RETURN = 0x0d;

export interface LineVisitor {
  /** A line without its end, never blank, and its number from 1. What is no UTF-8 has become U+FFFD. */
  line(text: string, number: number): void;
  tooLong(number: number): void;
}

/** Cuts chunks of bytes into lines. Holds no more than one line, and of a too long one nothing. */
export class LineSplitter {
  #number = 0;
  #rest: Buffer[] = [];
  #restLength = 0;
  #skipping = false;
  constructor(private readonly visitor: LineVisitor) {}

  /** Lines read so far. */
  get number(): number {
    return this.#number;
  }

  /** The chunk may be overwritten afterwards. */
  push(chunk: Buffer): void {
    let start = 0;
    let end = chunk.indexOf(NEWLINE);
    while (end !== -1) {
      if (this.#restLength > 0 || this.#skipping) this.#endOfRest(chunk.subarray(start, end));
      else this.#emit(chunk, start, end);
      start = end + 1;
      end = chunk.indexOf(NEWLINE, start);
    }
    this.#keep(chunk.subarray(start));
  }

  /** The last line may have no end. */
  end(): void {
    if (this.#restLength > 0 || this.#skipping) this.#endOfRest(Buffer.alloc(0));
  }

  #keep(part: Buffer): void {
    if (part.length === 0 || this.#skipping) return;
    this.#skipping = this.#restLength + part.length > LONGEST_LINE;
    if (this.#skipping) return this.#forget();
    this.#rest.push(Buffer.from(part));
    this.#restLength += part.length;
  }

  #forget(): void {
    this.#rest = [];
    this.#restLength = 0;
  }

  #endOfRest(part: Buffer): void {
    this.#keep(part);
    if (this.#skipping) {
      this.#skipping = false;
      this.visitor.tooLong(++this.#number);
      return;
    }
    const line = Buffer.concat(this.#rest, this.#restLength);
    this.#forget();
    this.#emit(line, 0, line.length);
  }

  #emit(bytes: Buffer, start: number, end: number): void {
    this.#number++;
    const stop = bytes[end - 1] === RETURN && end > start ? end - 1 : end;
    const text = bytes.toString("utf8", start, stop);
    const line = this.#number === 1 ? text.replace(/^\uFEFF/, "") : text;
    if (line.trim() !== "") this.visitor.line(line, this.#number);
  }
}
