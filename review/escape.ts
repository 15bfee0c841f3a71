/** A text as Markdown shows it, in a table or not: no markup, no HTML, no line of its own. */
export function md(text: string): string {
  const safe = known.get(text) ?? escaped(text);
  if (known.size >= REMEMBERED) known.clear();
  known.set(text, safe);
  return safe;
}

/** A report says the same of many storages. */
const known = new Map<string, string>();
const REMEMBERED = 10_000;

function escaped(text: string): string {
  return oneLine(text)
    .replace(/&(?=#|\w+;)/g, "&amp;")
    .replace(/[\\`*[\]#|~]|(?<![a-zA-Z0-9])_|_(?![a-zA-Z0-9])/g, (char) => `\\${char}`)
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/(?<!\w)@/g, "&#64;") // names no one
    .replace(/\b(https?|ftp|mailto):/gi, "$1&#58;") // and links to nothing
    .replace(/\bwww\./gi, "www&#46;");
}

/** A text as code in Markdown, also in a table. */
export function mdCode(text: string): string {
  const line = oneLine(text);
  if (line === "") return "–";
  return /[`<>|[\]&]/.test(line) ? `<code>${md(line)}</code>` : `\`${line}\``;
}

/** A text as HTML shows it, also within an attribute. */
export function html(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "'": "&#39;",
  };
  return printable(text).replace(/[&<>"']/g, (char) => entities[char] ?? char);
}

/** A text as a label in a Mermaid diagram: Mermaid knows entities by `#…;` and ends a label at a quote. */
export function mermaid(text: string): string {
  return oneLine(text).replace(/[^\w .,:/→-]/gu, (char) => `#${char.codePointAt(0)};`);
}

const oneLine = (text: string) => printable(text).replace(/\s+/g, " ").trim();

/** Control characters, and those that turn the direction of writing, are shown as what they are. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (char) => {
    return /\s/.test(char) ? char.replace("\r", " ") : `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, "0")}`;
  });
}
