import { csvOutput, jsonOutput, tableOutput, type Column, type Output } from "../../audit/output";
import { bytes, visible, withoutSecrets } from "../../audit/text";
import { SECRET } from "./fixture";

interface Row {
  readonly name?: string;
  readonly size?: number;
}
const COLUMNS: readonly Column<Row>[] = [
  { name: "name", of: ({ name }) => name },
  { name: "size", of: ({ size }) => size },
];
const write = (output: Output<Row>, ...rows: readonly Row[]) =>
  rows.map((row) => output.row(row)).join("") + output.end();

/** Escape sequences, in 7 and 8 bits; a direction override; line ends, of Unicode too; NUL; a zero width. */
const HOSTILE = "a\x1b[2J\x9b2J\u202eb\nc\r\u2028d\0\u200b\x7f";
const HARMLESS = "a\\u{1b}[2J\\u{9b}2J\\u{202e}b\\u{a}c\\u{d}\\u{2028}d\\u{0}\\u{200b}\\u{7f}";

describe("a table", () => {
  const table = (...rows: readonly Row[]) => write(tableOutput(COLUMNS), ...rows);

  test("is aligned, and shows what is unknown", () => {
    expect(table({ name: "ada", size: 7 }, { size: 0 }, { name: "grace" })).toBe(
      "name   size\nada    7\n-      0\ngrace  -\n",
    );
  });

  test("has a head without rows", () => expect(table()).toBe("name  size\n"));

  test("lets nothing through that steers a terminal", () => {
    expect(table({ name: HOSTILE })).toContain(`${HARMLESS}  -\n`);
  });

  test("comes while reading goes on, and its columns grow", () => {
    const output = tableOutput(COLUMNS);
    const first = Array.from({ length: 100 }, () => output.row({ name: "a" })).join("");
    expect(first.split("\n")).toHaveLength(102);
    expect(output.row({ name: "grace", size: 1 }) + output.row({ name: "a", size: 2 })).toBe("grace  1\na      2\n");
    expect(output.end()).toBe("");
  });

  test("isn't widened by one very long cell", () => {
    const [, , second = ""] = table({ name: "x".repeat(500), size: 1 }, { name: "a", size: 2 }).split("\n");
    expect(second).toBe(`${"a".padEnd(40)}  2`);
  });
});

describe("JSON lines", () => {
  const json = (...rows: readonly Row[]) => write(jsonOutput(COLUMNS), ...rows);

  test("an object a row, without what is unknown", () => {
    expect(json({ name: "ada", size: 7 }, {})).toBe('{"name":"ada","size":7}\n{}\n');
  });

  test("hold every character, but none that steers a terminal", () => {
    const text = json({ name: `${HOSTILE}\u{e0041}` });
    expect(text).toMatch(/^[ -~]*\n$/);
    expect(JSON.parse(text)).toEqual({ name: `${HOSTILE}\u{e0041}` });
  });
});

describe("CSV", () => {
  const csv = (name: string) => write(csvOutput(COLUMNS), { name }).split("\r\n")[1];

  test("has a head, with and without rows", () => {
    expect(write(csvOutput(COLUMNS), { name: "ada", size: 7 }, {})).toBe("name,size\r\nada,7\r\n,\r\n");
    expect(write(csvOutput(COLUMNS))).toBe("name,size\r\n");
  });

  test.each([
    ["a formula", '=HYPERLINK("http://evil.test","x")', `"'=HYPERLINK(""http://evil.test"",""x"")",`],
    ["plus", "+1", "'+1,"],
    ["minus", "-1", "'-1,"],
    ["at", "@SUM(1)", "'@SUM(1),"],
    ["a tab before a formula", "\t=1", "'\\u{9}=1,"],
    ["a return before a formula", "\r=1", "'\\u{d}=1,"],
    ["a comma", "a,b", '"a,b",'],
    ["a semicolon, which parts cells in some countries", "a;=1", '"a;=1",'],
    ["a quote", 'a"b', '"a""b",'],
    ["a new line", "a\n=1", "a\\u{a}=1,"],
    ["what steers a terminal", HOSTILE, `${HARMLESS},`],
  ])("is safe against %s", (_what, name, line) => expect(csv(name)).toBe(line));
});

test("text of the world is shown as it is", () => expect(visible("集 äöü 🙂")).toBe("集 äöü 🙂"));

test.each([
  [`runs/a?X-Amz-Signature=${SECRET}&x=1`, "runs/a?X-Amz-Signature=***&x=1"],
  [`a&X-Amz-Credential=${SECRET}&X-Amz-Security-Token=${SECRET}`, "a&X-Amz-Credential=***&X-Amz-Security-Token=***"],
  [`a?x-goog-signature=${SECRET}`, "a?x-goog-signature=***"],
  [`a?X-Goog-Credential=${SECRET} b`, "a?X-Goog-Credential=*** b"],
  [`a?sv=1&sig=${SECRET}`, "a?sv=1&sig=***"],
  [`a?AWSAccessKeyId=${SECRET}&Signature=${SECRET}`, "a?AWSAccessKeyId=***&Signature=***"],
  [`a?GoogleAccessId=${SECRET}&upload_id=${SECRET}`, "a?GoogleAccessId=***&upload_id=***"],
  [`sig=${SECRET}`, "sig=***"],
  ["design=1&config=2", "design=1&config=2"],
])("no secret in %s", (text, masked) => expect(withoutSecrets(text)).toBe(masked));

test.each([
  [0, "0 B"],
  [999, "999 B"],
  [1000, "1.0 kB"],
  [999_499, "999 kB"],
  [999_500, "1.0 MB"],
  [1_234_567_890, "1.2 GB"],
  [12_345_678_901, "12 GB"],
  [9e18, "9000 PB"],
])("%d bytes", (count, text) => expect(bytes(count)).toBe(text));
