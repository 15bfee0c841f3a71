import { open, type FileHandle } from "node:fs/promises";
import { createGunzip, type Gunzip } from "node:zlib";

/** Bytes read at once. */
const CHUNK = 256 * 1024;
/** Bytes unpacked at once: so few that even a thousandfold growth fits into memory. */
const PACKED = 16 * 1024;

/** A log that ends before it should, or is damaged; what came before has been given. */
export class DamagedLog extends Error {
  override readonly name = "DamagedLog";
}

/**
 * The bytes of a file, unpacked if they are gzip, whatever its name is. A chunk is overwritten by the next one.
 *
 * @throws DamagedLog behind the last good chunk of damaged gzip; NodeJS.ErrnoException if the file can't be read
 */
export async function* readChunks(path: string): AsyncGenerator<Buffer, void, undefined> {
  const file = await open(path);
  try {
    const chunks = plain(file);
    const first = await chunks.next();
    if (first.done) return;
    const isGzip = first.value.length > 1 && first.value.readUInt16BE() === 0x1f8b;
    if (isGzip) yield* unpacked(withFirst(first.value, chunks));
    else yield* withFirst(first.value, chunks);
  } finally {
    await file.close();
  }
}

async function* plain(file: FileHandle): AsyncGenerator<Buffer, void, undefined> {
  const chunk = Buffer.allocUnsafe(CHUNK);
  for (;;) {
    const { bytesRead } = await file.read(chunk, 0, CHUNK, null);
    if (bytesRead === 0) return;
    yield chunk.subarray(0, bytesRead);
  }
}

async function* withFirst<T>(first: T, rest: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
  yield first;
  yield* rest;
}

async function* unpacked(packed: AsyncIterable<Buffer>): AsyncGenerator<Buffer, void, undefined> {
  const unpacker = new Unpacker();
  try {
    for await (const chunk of packed) {
      for (let at = 0; at < chunk.length; at += PACKED) yield* await unpacker.write(chunk.subarray(at, at + PACKED));
    }
    yield* await unpacker.end();
    if (unpacker.error) throw new DamagedLog(unpacker.error.message);
  } finally {
    unpacker.destroy();
  }
}

/** Gunzip fed by hand: behind a pipe, an error takes the lines with it that were unpacked just before. */
class Unpacker {
  error: Error | undefined;
  readonly #gunzip: Gunzip = createGunzip({ chunkSize: 4 * PACKED });
  #ready: Buffer[] = [];
  constructor() {
    this.#gunzip.on("data", (chunk: Buffer) => this.#ready.push(chunk));
    this.#gunzip.on("error", (error) => (this.error = error));
  }

  /** Takes packed bytes; what could be unpacked. */
  write(packed: Buffer): Promise<Buffer[]> {
    return this.#after((done) => this.#gunzip.write(packed, done));
  }

  /** The rest; `error` is set if the end came too early. */
  end(): Promise<Buffer[]> {
    return this.#after(() => this.#gunzip.end());
  }

  destroy(): void {
    this.#gunzip.destroy();
  }

  /** Waits until a step is done or the stream is closed, as it is behind its end and after an error. */
  async #after(step: (done: () => void) => void): Promise<Buffer[]> {
    if (!this.error) await new Promise<void>((resolve) => this.#onDone(step, resolve));
    const ready = this.#ready;
    this.#ready = [];
    return ready;
  }

  #onDone(step: (done: () => void) => void, resolve: () => void): void {
    const done = () => {
      this.#gunzip.off("close", done);
      resolve();
    };
    this.#gunzip.once("close", done);
    step(done);
  }
}
