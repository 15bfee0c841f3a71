import { count, served, type Access, type ReadLine } from "./access";
import { queryParameter } from "./url";

/**
 * The columns of a usage log, in Google's order.
 *
 * @see https://docs.cloud.google.com/storage/docs/access-logs#format
 */
const COLUMNS = [
  ...["time_micros", "c_ip", "c_ip_type", "c_ip_region", "cs_method", "cs_uri", "sc_status", "cs_bytes", "sc_bytes"],
  ...["time_taken_micros", "cs_host", "cs_referer", "cs_user_agent", "s_request_id", "cs_operation", "cs_bucket"],
  "cs_object",
];

/** The header of a usage log, quoted or not. */
export const GCS_HEADER = /^"?time_micros"?,/;
/** A line of a usage log: microseconds since 1970 come first. */
export const GCS_LINE = /^"?\d{16}"?,/;
/** The header of a storage log, which lies beside usage logs and knows of no request. */
export const GCS_STORAGE_HEADER = /^"?bucket"?,"?storage_byte_hours"?/;

/** The fields of a CSV line, or undefined where a quote has no end. A quote within a field is written twice. */
export function csvFields(line: string): string[] | undefined {
  return allQuoted(line) ?? anyFields(line);
}

/** The fields of a line as Google writes nearly all: every field in quotes, none in a field. */
function allQuoted(line: string): string[] | undefined {
  if (!line.startsWith('"') || !line.endsWith('"') || line.length < 2) return undefined;
  const fields = line.slice(1, -1).split('","');
  return fields.some((field) => field.includes('"')) ? undefined : fields;
}

function anyFields(line: string): string[] | undefined {
  const fields: string[] = [];
  let at = 0;
  while (at <= line.length) {
    const quoted = line[at] === '"';
    const end = quoted ? closingQuote(line, at + 1) : at - 1;
    if (end === undefined) return undefined;
    const comma = line.indexOf(",", end + 1);
    const next = comma === -1 ? line.length : comma;
    if (quoted && next !== end + 1) return undefined;
    fields.push(quoted ? line.slice(at + 1, end).replaceAll('""', '"') : line.slice(at, next));
    at = next + 1;
  }
  return fields;
}

function closingQuote(line: string, from: number): number | undefined {
  let at = line.indexOf('"', from);
  while (at !== -1 && line[at + 1] === '"') at = line.indexOf('"', at + 2);
  return at === -1 ? undefined : at;
}

/** Reads usage logs of Cloud Storage. A header may say another order of the columns, and may come again. */
export function gcsReader(): ReadLine {
  let columns = placesOf(COLUMNS);
  return (line, visitor) => {
    const fields = csvFields(line);
    if (!fields) return visitor.malformed("a quote has no end");
    if (GCS_HEADER.test(line)) {
      columns = placesOf(fields);
      return visitor.noAccess();
    }
    if (fields.length < columns.size) return visitor.malformed("fewer fields than columns");
    const access = accessOf((name) => fields[columns.get(name) ?? -1] ?? "");
    if (access) visitor.access(access);
    else visitor.malformed("the time can't be read");
  };
}

function placesOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}

function accessOf(field: (name: string) => string): Access | undefined {
  const micros = field("time_micros");
  if (!/^\d{16}$/.test(micros)) return undefined;
  const uri = field("cs_uri");
  const status = count(field("sc_status")) || undefined;
  const user = queryParameter(uri, "X-User");
  return {
    time: Math.floor(Number(micros) / 1000),
    user,
    userSigned: user !== undefined && served(status) && isV4Signed(uri),
    requester: undefined, // a usage log doesn't say
    operation: field("cs_operation") || field("cs_method") || "-",
    bucket: field("cs_bucket") || undefined,
    key: field("cs_object") || undefined,
    ip: field("c_ip") || undefined,
    status,
    error: undefined,
    bytesRead: count(field("sc_bytes")),
    bytesWritten: served(status) ? count(field("cs_bytes")) : 0,
  };
}

/** Version 4 signs the whole query, version 2 does not. @see https://docs.cloud.google.com/storage/docs/access-control/signed-urls */
function isV4Signed(uri: string): boolean {
  return ["X-Goog-Signature", "X-Amz-Signature"].some((name) => queryParameter(uri, name) !== undefined);
}
