import { InvalidArgumentError, Option, type Command } from "commander";
import { LOG_FORMATS, type LogFormat } from "../audit/access";
import { Audit, DEFAULT_RANKS, type AuditOptions } from "../audit/audit";
import { parseSince, parseStatuses, parseUntil, type Filter, type StatusRange } from "../audit/filter";
import { OUTPUT_FORMATS, type OutputFormat } from "../audit/output";
import { RANKED_BY, type RankedBy } from "../audit/ranking";
import { StreamSink, type Sink } from "../audit/sink";
import { quote } from "../constructs/issue";

const FAILED = 1;
const USAGE = 2;

const HELP = `
Reads S3 server access logs (of Ceph too), usage logs of Cloud Storage, and Azure Storage's resource logs (JSON lines) and
Storage Analytics logs, plain or gzip; a folder with all below it. CoreWeave documents no log that names the user.

A user is whom W&B signed the URL for. A ? behind the name: the store accepted no signature that covers it, so anyone may
have written it. Names of users and IP addresses are personal data: handle logs and this output as such.

Examples:
  npx byob audit logs --user ada --since 2025-03-01
  npx byob audit logs --status 403 --format csv > denied.csv
  npx byob audit logs --user - --operation delete        deletions not made by W&B's URLs
  npx byob audit logs --by user`;

interface Flags {
  readonly logFormat?: LogFormat;
  readonly format: OutputFormat;
  readonly user?: readonly string[];
  readonly keyPrefix?: string;
  readonly since?: number;
  readonly until?: number;
  readonly status?: readonly StatusRange[];
  readonly operation?: string;
  readonly by?: RankedBy;
  readonly limit?: number;
}

/** Adds the `audit` command: who did what, to which key, from where, when, with what result, from the logs of the clouds. */
export function registerAudit(program: Command): void {
  program
    .command("audit")
    .description("Say who did what to which key, from the access logs of the storage")
    .argument("<paths...>", "log files, or folders of them")
    .option("--user <name>", "only this user; - for requests that name none; may be given again", collect)
    .option("--key-prefix <prefix>", "only keys that start so, without the bucket")
    .option("--since <time>", "from this UTC day or time on: 2025-03-01, 2025-03-01T08:00", parsed(parseSince, TIME))
    .option("--until <time>", "to the end of this UTC day, or to before this time", parsed(parseUntil, TIME))
    .option("--status <list>", "only these: 403, 4xx, 200-299, or some with commas", parsed(parseStatuses, STATUS))
    .option("--operation <part>", "only operations with this in their name, as delete")
    .addOption(new Option("--by <what>", "count by this, most first, instead of listing").choices(RANKED_BY))
    .option("--limit <n>", `stop after so many; with --by, show so many (${DEFAULT_RANKS})`, parsed(parseCount, COUNT))
    .addOption(new Option("--format <format>", "table; JSON lines; CSV").choices(OUTPUT_FORMATS).default("table"))
    .addOption(new Option("--log-format <format>", "instead of looking at each file").choices(LOG_FORMATS))
    .addHelpText("after", HELP)
    .action(async (paths: string[], flags: Flags) => {
      process.exitCode = await run(paths, flags);
    });
}

const TIME = ["filter by time", "be a day such as 2025-03-01 or a time such as 2025-03-01T08:00:00Z"] as const;
const STATUS = ["filter by status", "be statuses such as 403, 4xx or 200-299, with commas between"] as const;
const COUNT = ["limit", "be a whole number of 1 or more"] as const;

const collect = (name: string, before: readonly string[] = []) => [...before, name];

/** A parser of an option; what it can't read is wrong usage. */
function parsed<T>(
  parse: (text: string) => T | undefined,
  [what, rule]: readonly [string, string],
): (text: string) => T {
  return (text) => {
    const value = parse(text);
    if (value === undefined) throw new InvalidArgumentError(`Cannot ${what}: must ${rule}, got ${quote(text)}`);
    return value;
  };
}

function parseCount(text: string): number | undefined {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}

async function run(paths: readonly string[], flags: Flags): Promise<number> {
  const { since, until } = flags;
  if (since !== undefined && until !== undefined && since >= until) {
    return refuse("Cannot filter by time: --since must be before --until", "Swap them, or leave one out.", USAGE);
  }
  const sink = new StreamSink(process.stdout);
  const audit = new Audit(optionsOf(flags), sink);
  try {
    await audit.run(paths);
    return sink.closed ? 0 : await finish(audit, flags.format, sink);
  } catch (error) {
    return failed(error as NodeJS.ErrnoException);
  }
}

function optionsOf({ logFormat, format, by, limit, ...flags }: Flags): AuditOptions {
  const filter: Filter = {
    ...(flags.user ? { users: new Set(flags.user) } : {}),
    ...(flags.keyPrefix !== undefined ? { keyPrefix: flags.keyPrefix } : {}),
    ...(flags.since !== undefined ? { since: flags.since } : {}),
    ...(flags.until !== undefined ? { until: flags.until } : {}),
    ...(flags.status ? { statuses: flags.status } : {}),
    ...(flags.operation !== undefined ? { operation: flags.operation.toLowerCase() } : {}),
  };
  return { filter, format, ...(logFormat ? { logFormat } : {}), ...(by ? { by } : {}), ...(limit ? { limit } : {}) };
}

async function finish(audit: Audit, format: OutputFormat, sink: Sink): Promise<number> {
  const { problems, files } = audit;
  if (files === 0 && problems.unreadableFiles === 0) {
    return refuse(
      "Cannot audit: must find at least one file, got none",
      "Name the files, or a folder that has some.",
      USAGE,
    );
  }
  const text = audit.summary().join("\n");
  if (format === "table") await sink.write(Buffer.from(`\n${text}\n`));
  else process.stderr.write(`${text}\n`);
  if (problems.unreadableFiles > 0) return USAGE;
  return problems.unknownFiles > 0 ? FAILED : 0;
}

function failed({ code, path, message }: NodeJS.ErrnoException): number {
  if (!code || !path) return refuse(`Cannot audit: ${message}`, "Mend what it says, and try again.", FAILED);
  const fix = code === "ENOENT" ? "Name a file or folder that exists." : "Mend its permissions.";
  return refuse(`Cannot read the logs: must be able to read ${quote(path)}, got ${code}`, fix, USAGE);
}

function refuse(message: string, fix: string, exitCode: number): number {
  process.stderr.write(`${message}\n  fix: ${fix}\n`);
  return exitCode;
}
