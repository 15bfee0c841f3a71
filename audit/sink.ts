import type { Writable } from "node:stream";

/** Where bytes go. */
export interface Sink {
  /** Whether nobody reads any more, as behind `| head`: then there is no point in going on. */
  readonly closed: boolean;
  /** Writes, and waits until the bytes may be overwritten. */
  write(bytes: Buffer): Promise<void>;
}

/** A stream as a sink. */
export class StreamSink implements Sink {
  closed = false;
  constructor(private readonly stream: Writable) {
    stream.on("error", () => (this.closed = true)); // and whoever writes is told
  }

  /** @throws Error if the stream failed otherwise than by being closed by its reader */
  async write(bytes: Buffer): Promise<void> {
    if (bytes.length === 0 || this.closed) return;
    const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) =>
      this.stream.write(bytes, resolve),
    );
    if (error && error.code !== "EPIPE") throw error;
  }
}

/**
 * Text on its way to a sink, as bytes in one place that is used again: as strings, it would live long enough for the
 * garbage collector to make room for much more of it.
 */
export class Pending {
  #bytes = Buffer.allocUnsafe(256 * 1024);
  #length = 0;

  add(text: string): void {
    const most = this.#length + 3 * text.length; // of UTF-8
    if (most > this.#bytes.length) this.#grow(2 * most);
    this.#length += this.#bytes.write(text, this.#length);
  }

  #grow(size: number): void {
    const bytes = Buffer.allocUnsafe(size);
    this.#bytes.copy(bytes, 0, 0, this.#length);
    this.#bytes = bytes;
  }

  /** All that was added since, until more is. */
  take(): Buffer {
    const taken = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return taken;
  }
}
