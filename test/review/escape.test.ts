import { html, md, mdCode, mermaid } from "../../review/escape";
import { htmlPage } from "../../review/render-html";
import { json } from "../../review/render-json";
import { markdown } from "../../review/render-markdown";
import { sarif } from "../../review/render-sarif";
import { example, resource, reviewed, type Editable } from "./fixture";

const EVIL = [
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "[click](javascript:alert(1))",
  "| a | b |\n| --- | --- |\n# owned",
  "`code` **bold** @everyone https://evil.example",
  "</details><h1>x",
  '"]; click p0 "javascript:alert(1)"',
  "\u202egnp.exe\u0000\r\n- [ ] todo",
] as const;

describe.each(EVIL)("%j", (text) => {
  test("is plain text in Markdown", () => {
    const safe = md(text);
    expect(safe).not.toMatch(/[<>\p{Cc}\u202e]/u);
    expect(safe).not.toMatch(/(?<!\\)[[\]|`*]|(?<![\\&])#|(^|\W)@|https?:/);
  });

  test("is one code span in Markdown", () => {
    expect(mdCode(text)).toMatch(/^(`[^`\n<>|]*`|<code>[^\n<>]*<\/code>)$/);
    expect(mdCode(text)).not.toMatch(/(?<!\\)\|/);
  });

  test("is plain text in HTML and in a diagram", () => {
    expect(html(text)).not.toMatch(/[<>"'\u202e]/);
    expect(mermaid(text)).not.toMatch(/["'<>[\](){}`;](?<!#\d+;)/);
  });

  test("gets out of no report, from whatever it names", () => {
    const terraform = example("example-saas");
    const byob = (terraform["//"] as { byob: Record<string, Editable[]> }).byob;
    for (const storage of byob["storages"] ?? []) storage["tags"] = { [text]: text };
    for (const attachment of byob["attachments"] ?? []) {
      attachment["team"] = text;
      attachment["path"] = text;
    }
    byob["warnings"] = [{ message: text, path: [] }];
    byob["optOuts"] = [{ path: [text], what: text, reason: text }];
    resource(terraform, "aws_s3_bucket")["tags"] = { [text]: text };
    resource(terraform, "google_storage_bucket_iam_member")["member"] = text;
    resource(terraform, "google_storage_bucket_iam_member")["role"] = text;
    const review = reviewed(terraform, text);
    const page = htmlPage([review]);
    expect(page).not.toMatch(/<script|<img|onerror=alert\(1\)>|<h1>x/);
    const report = markdown([review]);
    expect(report).not.toMatch(/<script|<img|<h1>x|(?<!\\)\]\(javascript|^# owned|^- \[ \] todo|(^|\s)@everyone/m);
    expect(report.match(/^<details>/gm)?.length).toBe(report.match(/^<\/details>/gm)?.length);
    expect(() => JSON.parse(json([review])) as unknown).not.toThrow();
    expect(() => JSON.parse(sarif([review])) as unknown).not.toThrow();
  });
});
