import { count, served, type Access, type ReadLine, type Visitor } from "./access";
import { readClassicLine } from "./azure-classic";
import { sasFacts } from "./azure-sas";
import { parseIsoTime } from "./time";
import { containerAndKey, withoutPort } from "./url";

type Json = Readonly<Record<string, unknown>>;

function object(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Reads the resource logs of Azure Monitor (a record a line, or a batch of them) and those of Storage Analytics. */
export function azureReader(): ReadLine {
  return (line, visitor) => {
    if (/^\d/.test(line)) readClassicLine(line, visitor);
    else readJsonLine(line, visitor);
  };
}

function readJsonLine(line: string, visitor: Visitor): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(line);
  } catch {
    return visitor.malformed("not JSON");
  }
  const { records } = object(parsed);
  const batch: readonly unknown[] = Array.isArray(records) ? records : Array.isArray(parsed) ? parsed : [parsed];
  if (batch.length === 0) visitor.noAccess();
  for (const record of batch) readRecord(object(record), visitor);
}

/** @see https://learn.microsoft.com/azure/storage/blobs/monitor-blob-storage-reference#resource-logs */
function readRecord(record: Json, visitor: Visitor): void {
  if (!/^Storage(?:Read|Write|Delete)$/.test(text(record["category"]) ?? "")) {
    return visitor.malformed("the category is none of StorageRead, StorageWrite, StorageDelete");
  }
  const time = parseIsoTime(text(record["time"]) ?? "");
  const operation = text(record["operationName"]);
  if (time === undefined || operation === undefined) return visitor.malformed("no time or no operationName");
  visitor.access(accessOf(record, time, operation));
}

function accessOf(record: Json, time: number, operation: string): Access {
  const uri = text(record["uri"]) ?? "";
  const properties = object(record["properties"]);
  const identity = object(record["identity"]);
  const requester = object(identity["requester"]);
  const status = count(text(record["statusCode"])) || undefined;
  const sas = sasFacts(uri, text(identity["type"]), status);
  const { container, key } = containerAndKey(uri);
  return {
    time,
    user: sas.user,
    userSigned: sas.userSigned,
    operation,
    requester: text(requester["upn"]) ?? text(requester["objectId"]) ?? sas.requester,
    bucket: container,
    key,
    ip: withoutPort(text(record["callerIpAddress"]) ?? "") || undefined,
    status,
    error: served(status) ? undefined : text(record["statusText"]),
    bytesRead: count(text(properties["responseBodySize"])),
    bytesWritten: served(status) ? count(text(properties["requestBodySize"])) : 0,
  };
}
