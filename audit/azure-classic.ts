import { count, served, type Access, type Visitor } from "./access";
import { sasFacts } from "./azure-sas";
import { parseIsoTime } from "./time";
import { containerAndKey, withoutPort } from "./url";

/**
 * Where the fields of a Storage Analytics line are that are used. Version 2.0 adds who asked by OAuth.
 *
 * @see https://learn.microsoft.com/rest/api/storageservices/storage-analytics-log-format
 */
const AT = {
  version: 0,
  time: 1,
  operation: 2,
  statusText: 3,
  status: 4,
  authentication: 7,
  url: 11,
  ip: 15,
  responsePacketSize: 20,
  requestContentLength: 21,
  userObjectId: 30,
  userPrincipalName: 35,
} as const;

/** Fields of version 1.0. */
const FIELDS = 30;

const CHARS: Readonly<Record<string, string>> = { "&quot;": '"', "&lt;": "<", "&gt;": ">" };

/** HTML's codes undone. That of `&`, of which a URL has many, parts the text, so that it makes no code of what was none. */
function htmlDecode(text: string): string {
  if (!text.includes("&")) return text;
  return text.split("&amp;").map(othersDecoded).join("&");
}

function othersDecoded(text: string): string {
  if (!text.includes("&")) return text;
  return text.replace(/&(?:#(\d{1,5})|quot|lt|gt);/g, (code, digits?: string) =>
    digits ? String.fromCharCode(Number(digits)) : (CHARS[code] ?? code),
  );
}

/** The fields between semicolons; one in quotes may have semicolons, and is HTML-encoded, as it still is here. */
export function semicolonFields(line: string): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const quoted = line[at] === '"';
    const quote = quoted ? line.indexOf('"', at + 1) : at - 1;
    if (quoted && quote === -1) return undefined;
    const semicolon = line.indexOf(";", quote + 1);
    const end = semicolon === -1 ? line.length : semicolon;
    if (quoted && end !== quote + 1) return undefined;
    fields.push(quoted ? line.slice(at + 1, quote) : line.slice(at, end));
    at = end + 1;
  }
  return fields;
}

/** Reads a line of Storage Analytics, version 1.0 or 2.0. */
export function readClassicLine(line: string, visitor: Visitor): void {
  const fields = semicolonFields(line);
  if (!fields) return visitor.malformed("a quote has no end");
  const field = (name: keyof typeof AT) => htmlDecode(fields[AT[name]] ?? "");
  if (!/^[12]\.0$/.test(field("version"))) return visitor.malformed("the version is neither 1.0 nor 2.0");
  if (fields.length < FIELDS) return visitor.malformed(`fewer than ${FIELDS} fields`);
  const time = parseIsoTime(field("time"));
  if (time === undefined) return visitor.malformed("the time can't be read");
  visitor.access(accessOf(field, time));
}

function accessOf(field: (name: keyof typeof AT) => string, time: number): Access {
  const url = field("url");
  const status = count(field("status")) || undefined;
  const sas = sasFacts(url, field("authentication"), status);
  const { container, key } = containerAndKey(url);
  return {
    time,
    user: sas.user,
    userSigned: sas.userSigned,
    operation: field("operation") || "-",
    requester: field("userPrincipalName") || field("userObjectId") || sas.requester,
    bucket: container,
    key,
    ip: withoutPort(field("ip")) || undefined,
    status,
    error: served(status) ? undefined : field("statusText") || undefined,
    bytesRead: count(field("responsePacketSize")),
    bytesWritten: served(status) ? count(field("requestContentLength")) : 0,
  };
}
