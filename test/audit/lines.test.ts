import fc from "fast-check";
import { LineSplitter, LONGEST_LINE } from "../../audit/lines";

/** The lines of chunks, each with its number; `!` is a too long one. */
function split(chunks: readonly Buffer[]): string[] {
  const lines: string[] = [];
  const splitter = new LineSplitter({
    line: (text, number) => lines.push(`${number} ${text}`),
    tooLong: (number) => lines.push(`${number} !`),
  });
  const reused = Buffer.alloc(Math.max(0, ...chunks.map(({ length }) => length)));
  for (const chunk of chunks) {
    chunk.copy(reused); // as a reader does, which has one buffer
    splitter.push(reused.subarray(0, chunk.length));
  }
  splitter.end();
  return lines;
}

const lines = (text: string | Buffer) => split([Buffer.from(text)]);

test.each([
  ["none", "", []],
  ["one", "a", ["1 a"]],
  ["with an end", "a\n", ["1 a"]],
  ["blank ones, which count", "\na\n \n\r\nb\n\n", ["2 a", "5 b"]],
  ["of Windows", "a\r\nb\r\n", ["1 a", "2 b"]],
  ["a return within", "a\rb\n", ["1 a\rb"]],
  ["a byte order mark at the start", "\uFEFFa\n\uFEFFb", ["1 a", "2 \uFEFFb"]],
  ["NUL", "a\0b\n", ["1 a\0b"]],
])("lines: %s", (_what, text, expected) => expect(lines(text)).toEqual(expected));

test("what is no UTF-8 doesn't stop the reading", () => {
  expect(lines(Buffer.from([0x61, 0xff, 0x0a, 0x62]))).toEqual(["1 a\uFFFD", "2 b"]);
});

test("chunks may end anywhere, within a character too", () => {
  const text = fc.array(fc.constantFrom("a", "ä", "集", "\n", "\r\n", "")).map((parts) => Buffer.from(parts.join("")));
  const cuts = fc.array(fc.nat(60));
  fc.assert(
    fc.property(text, cuts, (whole, places) => {
      const ends = [...places.sort((a, b) => a - b), whole.length];
      const chunks = ends.map((end, at) => whole.subarray(ends[at - 1] ?? 0, end));
      expect(split(chunks)).toEqual(split([whole]));
    }),
  );
});

describe("a line that is too long", () => {
  const long = Buffer.alloc(LONGEST_LINE + 1, "x");
  const chunksOf = (text: Buffer, size: number) =>
    Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.subarray(at * size, (at + 1) * size));

  test("is left out, wherever it is", () => {
    const text = Buffer.concat([Buffer.from("a\n"), long, Buffer.from("\nb\n"), long]);
    expect(split(chunksOf(text, 65_536))).toEqual(["1 a", "2 !", "3 b", "4 !"]);
  });

  test("only just fits", () => {
    expect(split(chunksOf(long.subarray(1), 65_536))).toEqual([`1 ${"x".repeat(LONGEST_LINE)}`]);
  });

  test("is not kept: memory doesn't grow with it", () => {
    const splitter = new LineSplitter({ line: () => undefined, tooLong: () => undefined });
    const chunk = Buffer.alloc(1024 * 1024, "x");
    const before = process.memoryUsage().arrayBuffers;
    for (let at = 0; at < 200; at++) splitter.push(chunk);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * LONGEST_LINE);
  });
});
