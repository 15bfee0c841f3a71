import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Access, LogFormat } from "../../audit/access";
import { Audit, type AuditOptions } from "../../audit/audit";
import { readerOf } from "../../audit/detect";
import type { Sink } from "../../audit/sink";
import { run, type Run } from "../support/byob";
import { tempFolder } from "../support/temp";

/** A part of every signature and credential in these logs; if it is ever printed, a secret is. */
export const SECRET = "5ec5e75ec5e7";

export const SIGNER = "arn:aws:sts::830241207209:assumed-role/wandb/i-0abc";
const OWNER = "79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be";

/** The query of an S3 URL that W&B signed for a user. */
export function s3Query(user: string): string {
  return (
    "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Content-Sha256=UNSIGNED-PAYLOAD" +
    `&X-Amz-Credential=ASIA${SECRET}%2F20250301%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20250301T080000Z` +
    `&X-Amz-Expires=3600&X-Amz-Security-Token=IQo${SECRET}&X-Amz-SignedHeaders=host&X-User=${user}&X-Amz-Signature=${SECRET}`
  );
}

export interface S3Parts {
  readonly time?: string;
  readonly ip?: string;
  readonly requester?: string;
  readonly operation?: string;
  readonly key?: string;
  /** The whole request with its quotes; without it, a GET of the key with `query`. */
  readonly request?: string;
  readonly query?: string;
  /** Status, error, bytes sent, object size. */
  readonly result?: string;
  readonly referrer?: string;
  readonly agent?: string;
}

/** A line of an S3 server access log in AWS's format, of invented data. */
export function s3Line(parts: S3Parts = {}): string {
  const { key = "runs/1/config.yaml", query = s3Query("ada") } = parts;
  const request = parts.request ?? `"GET /${key}?${query} HTTP/1.1"`;
  return [
    `${OWNER} acme-wandb [${parts.time ?? "01/Mar/2025:08:00:00 +0000"}] ${parts.ip ?? "203.0.113.7"}`,
    `${parts.requester ?? SIGNER} 3E57427F3EXAMPLE ${parts.operation ?? "REST.GET.OBJECT"} ${key} ${request}`,
    `${parts.result ?? "200 - 512 2048"} 70 10 "${parts.referrer ?? "-"}" "${parts.agent ?? "python-requests/2.32.3"}" -`,
    "s9lzHYrFp76ZVxRcpX9+5cjAnEH2ROuNkd2BHfIa6UkFVdtjf5mKR3/eTPFvsiP= SigV4 ECDHE-RSA-AES128-GCM-SHA256 QueryString",
    "acme-wandb.s3.us-east-1.amazonaws.com TLSv1.2 - - us-east-1",
  ].join(" ");
}

export const GCS_HEADER_LINE =
  '"time_micros","c_ip","c_ip_type","c_ip_region","cs_method","cs_uri","sc_status","cs_bytes","sc_bytes",' +
  '"time_taken_micros","cs_host","cs_referer","cs_user_agent","s_request_id","cs_operation","cs_bucket","cs_object"';

/** A line of a usage log of Cloud Storage. */
export function gcsLine(parts: Readonly<Record<string, string>> = {}): string {
  const query =
    `X-Goog-Algorithm=GOOG4-RSA-SHA256&X-Goog-Credential=wandb%40${SECRET}&X-Goog-Date=20250301T080000Z&X-Goog-Expires=3600` +
    `&X-Goog-SignedHeaders=host&X-User=grace&X-Goog-Signature=${SECRET}`;
  const fields = {
    time_micros: "1740816000123456",
    c_ip: "198.51.100.9",
    c_ip_type: "1",
    c_ip_region: "",
    cs_method: "PUT",
    cs_uri: `/acme-secure/runs/2/weights.bin?${query}`,
    sc_status: "200",
    cs_bytes: "4096",
    sc_bytes: "0",
    time_taken_micros: "260000",
    cs_host: "storage.googleapis.com",
    cs_referer: "",
    cs_user_agent: "python, requests",
    s_request_id: "AEnB2Ur",
    cs_operation: "PUT_Object",
    cs_bucket: "acme-secure",
    cs_object: "runs/2/weights.bin",
    ...parts,
  };
  return Object.values(fields)
    .map((field) => `"${field}"`)
    .join(",");
}

/** The URL of a blob with a user delegation SAS, as Azure's logs show it: with the signature masked, or by a bug not. */
export const BLOB_URL =
  "https://acmewandb.blob.core.windows.net:443/wandb/runs/3/a%20b.txt?sp=r&st=2025-03-01T08:00:00Z&skoid=11112222-aaaa" +
  `&sktid=99998888&scid=linus&sv=2022-11-02&sr=b&sig=${SECRET}`;

/** A record of Azure Monitor's resource logs for Blob Storage. */
export function azureRecord(parts: object = {}): object {
  return {
    time: "2025-03-01T08:00:00.6047124Z",
    resourceId:
      "/subscriptions/0/resourceGroups/r/providers/Microsoft.Storage/storageAccounts/acmewandb/blobServices/default",
    category: "StorageRead",
    operationName: "GetBlob",
    operationVersion: "2022-11-02",
    schemaVersion: "1.0",
    statusCode: 200,
    statusText: "Success",
    durationMs: 9,
    callerIpAddress: "203.0.113.8:56029",
    identity: { type: "DelegationSas", tokenHash: "user-delegation(4C81),SasSignature(92D6)" },
    properties: { accountName: "acmewandb", objectKey: "/acmewandb/wandb/runs/3/a b.txt", responseBodySize: 99 },
    uri: BLOB_URL,
    protocol: "HTTPS",
    ...parts,
  };
}

/** A line of Storage Analytics, version 2.0; fields by their place. */
export function classicLine(parts: Readonly<Record<number, string>> = {}): string {
  const fields: string[] = Array<string>(38).fill("");
  const known = {
    0: "2.0",
    1: "2025-03-01T08:00:00.8894735Z",
    2: "PutBlob",
    3: "SASSuccess",
    4: "201",
    7: "sas",
    9: "acmewandb",
    10: "blob",
    11: `"${BLOB_URL.replaceAll("&", "&amp;")}"`,
    12: '"/acmewandb/wandb/runs/3/a b.txt"',
    15: "203.0.113.8:61943",
    20: "17",
    21: "2017",
    24: '"&quot;0x8D7&quot;"',
  };
  for (const [place, field] of Object.entries({ ...known, ...parts })) fields[Number(place)] = field;
  return fields.join(";");
}

/** A log of each format, in folders. */
export const FILES = {
  "aws/2025/03/01/a.log": `${s3Line()}\n`,
  "azure/PT1H.json": `${JSON.stringify(azureRecord())}\n`,
  "azure/$logs/000000.log": `${classicLine()}\n`,
  "gcs/acme_usage_2025_03_01": `${GCS_HEADER_LINE}\n${gcsLine()}\n`,
};

/** What a reader makes of one line: copies of the requests, or the reasons why not. */
export function read(format: LogFormat, ...lines: readonly string[]): { accesses: Access[]; reasons: string[] } {
  const accesses: Access[] = [];
  const reasons: string[] = [];
  const reader = readerOf(format);
  const access = (found: Access) => accesses.push(copy(found));
  const malformed = (reason: string) => reasons.push(reason);
  for (const line of lines) reader(line, { access, malformed, noAccess: () => undefined });
  return { accesses, reasons };
}

/** The only request of the last line. */
export function readOne(format: LogFormat, ...lines: readonly string[]): Access {
  const { accesses, reasons } = read(format, ...lines);
  const [access] = accesses;
  if (!access || accesses.length > 1) throw new Error(`${accesses.length} requests; ${reasons.join("; ")}`);
  return access;
}

/** Readers give one object again and again, and its properties may be getters. */
function copy(access: Access): Access {
  const { time, user, userSigned, requester, operation, bucket, key, ip, status, error } = access;
  const { bytesRead, bytesWritten } = access;
  return { time, user, userSigned, requester, operation, bucket, key, ip, status, error, bytesRead, bytesWritten };
}

/** A sink that keeps all, or closes after some bytes as a reader that has enough does. */
export class TestSink implements Sink {
  text = "";
  constructor(private readonly most = Infinity) {}
  get closed(): boolean {
    return this.text.length >= this.most;
  }
  write(bytes: Buffer): Promise<void> {
    this.text += bytes.toString();
    return Promise.resolve();
  }
}

/** Audits files with these contents; what it wrote, its summary, and the audit itself. */
export async function auditFiles(
  files: Readonly<Record<string, string | Buffer>>,
  options: Partial<AuditOptions> = {},
  sink = new TestSink(),
): Promise<{ out: string; summary: string; audit: Audit }> {
  const folder = tempFolder(files);
  const audit = new Audit({ filter: {}, format: "json", ...options }, sink);
  await audit.run([folder]);
  const relative = (text: string) => text.replaceAll(join(folder, "/"), "");
  return { out: relative(sink.text), summary: relative(audit.summary().join("\n")), audit };
}

/** The rows of JSON lines. */
export function rowsOf(out: string): Readonly<Record<string, unknown>>[] {
  const lines = out.split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** The command alone, as one file. */
export function bundle(): string {
  const outfile = join(tempFolder(), "audit.js");
  const main = `
    import { Command } from "commander";
    import { registerAudit } from "./cli/audit";
    const program = new Command("byob").exitOverride();
    registerAudit(program);
    program.parseAsync().catch(({ exitCode }) => (process.exitCode = exitCode && 2));`;
  const options = ["--bundle", "--platform=node", "--target=node20", "--loader=ts", `--outfile=${outfile}`];
  const { status, stderr } = spawnSync("node_modules/.bin/esbuild", options, { input: main, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  return outfile;
}

/** Runs the command as a user does. */
export function runAudit(program: string, args: readonly string[]): Run {
  return run(process.execPath, [program, "audit", ...args]);
}
