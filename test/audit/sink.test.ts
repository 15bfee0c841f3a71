import { Writable } from "node:stream";
import { Pending, StreamSink } from "../../audit/sink";

/** A stream that keeps what is written to it, and fails from some write on. */
function stream(code?: string, from = 0): { written: string[]; stream: Writable } {
  const written: string[] = [];
  const write = (chunk: Buffer, _encoding: string, done: (error?: Error) => void) => {
    if (code && written.length >= from) return done(Object.assign(new Error(code), { code, syscall: "write" }));
    written.push(chunk.toString());
    setImmediate(done); // so that a caller who doesn't wait is seen
  };
  return { written, stream: new Writable({ write }) };
}

test("bytes may be overwritten once they are written", async () => {
  const { written, stream: to } = stream();
  const sink = new StreamSink(to);
  const pending = new Pending();
  for (const text of ["one ", "", "two: 集 ", "x".repeat(600_000)]) {
    pending.add(text);
    await sink.write(pending.take());
  }
  expect(written.join("")).toBe(`one two: 集 ${"x".repeat(600_000)}`);
  expect(sink.closed).toBe(false);
});

test("what is pending is kept when there is much of it", () => {
  const pending = new Pending();
  const parts = Array.from({ length: 5000 }, (_, at) => `${at} ${"ä".repeat(100)}\n`);
  for (const part of parts) pending.add(part);
  expect(pending.take().toString()).toBe(parts.join(""));
  expect(pending.take()).toHaveLength(0);
});

test("a reader that goes closes the sink, quietly", async () => {
  const { written, stream: to } = stream("EPIPE", 1);
  const sink = new StreamSink(to);
  for (const text of ["one", "two", "three"]) await sink.write(Buffer.from(text));
  expect([sink.closed, written]).toEqual([true, ["one"]]);
});

test("another failure is thrown, by the write that met it", async () => {
  const sink = new StreamSink(stream("ENOSPC").stream);
  await expect(sink.write(Buffer.from("one"))).rejects.toMatchObject({ code: "ENOSPC" });
  expect(sink.closed).toBe(true);
});
