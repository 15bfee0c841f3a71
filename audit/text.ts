/** What could steer a terminal or hide text: control characters, direction overrides, zero widths, line ends. */
const HIDDEN = /[\p{C}\p{Zl}\p{Zp}]/gu;

/** Text that shows what it is: hidden characters as `\u{1b}`. */
export function visible(text: string): string {
  return /^[ -~]*$/.test(text) ? text : text.replace(HIDDEN, (char) => `\\u{${codeOf(char)}}`);
}

/** JSON with the hidden characters escaped that `JSON.stringify` lets through. */
export function visibleJson(json: string): string {
  if (/^[ -~]*$/.test(json)) return json;
  return json.replace(HIDDEN, (char) => [...Array(char.length).keys()].map((at) => unicode(char, at)).join(""));
}

const codeOf = (char: string) => (char.codePointAt(0) ?? 0).toString(16);
const unicode = (char: string, at: number) => `\\u${char.charCodeAt(at).toString(16).padStart(4, "0")}`;

/**
 * A cell of CSV that a spreadsheet takes for text: a formula gets an apostrophe in front.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function csvCell(text: string): string {
  const inert = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  const shown = visible(inert);
  return /[",;]/.test(shown) ? `"${shown.replaceAll('"', '""')}"` : shown;
}

/** The credentials that a signed URL has in its query: AWS, Google, Azure, and those of version 2. */
const SECRETS =
  /((?:^|[?&;])(?:x-(?:amz|goog)-(?:signature|credential|security-token)|signature|awsaccesskeyid|googleaccessid|sig|upload_id)=)[^&;\s]+/gi;

/** Text without the credentials of a signed URL, should a client have put its query into a key. */
export function withoutSecrets(text: string): string {
  return text.includes("=") ? text.replace(SECRETS, "$1***") : text;
}

/** Bytes in the unit that gives one to three digits before the point: `1.2 GB` is 1.2 × 10⁹. */
export function bytes(count: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ""}`;
}

/** `1 line`, `2 lines`; thousands are grouped. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}
