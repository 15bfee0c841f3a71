import type { Access, LogFormat } from "./access";
import type { Column } from "./output";
import { withoutSecrets } from "./text";
import { formatTime, remembering } from "./time";

/** A request that is shown, and where its line is. */
export interface Entry extends Access {
  readonly log: LogFormat;
  readonly file: string;
  readonly line: number;
}

/** Copies a request from its line, with the credentials masked that a client may have put into a key. */
export function entryOf(access: Access, log: LogFormat, file: string, line: number): Entry {
  const masked = (text: string | undefined) => (text === undefined ? undefined : withoutSecrets(text));
  return {
    time: access.time,
    user: masked(access.user),
    userSigned: access.userSigned,
    operation: withoutSecrets(access.operation),
    bucket: masked(access.bucket),
    key: masked(access.key),
    ip: masked(access.ip),
    status: access.status,
    error: masked(access.error),
    bytesRead: access.bytesRead,
    bytesWritten: access.bytesWritten,
    requester: masked(access.requester),
    log,
    file,
    line,
  };
}

const timeOf = remembering(formatTime);

/** What `--format json` and `--format csv` hold of a request. */
export const ENTRY_FIELDS: readonly Column<Entry>[] = [
  { name: "time", of: ({ time }) => timeOf(time) },
  { name: "user", of: ({ user }) => user },
  { name: "userSigned", of: ({ user, userSigned }) => (user === undefined ? undefined : userSigned) },
  { name: "operation", of: ({ operation }) => operation },
  { name: "bucket", of: ({ bucket }) => bucket },
  { name: "key", of: ({ key }) => key },
  { name: "ip", of: ({ ip }) => ip },
  { name: "status", of: ({ status }) => status },
  { name: "error", of: ({ error }) => error },
  { name: "bytesRead", of: ({ bytesRead }) => bytesRead },
  { name: "bytesWritten", of: ({ bytesWritten }) => bytesWritten },
  { name: "requester", of: ({ requester }) => requester },
  { name: "log", of: ({ log }) => log },
  { name: "file", of: ({ file }) => file },
  { name: "line", of: ({ line }) => line },
];

/** Who, what, from where, with what result, and to which key; a `?` behind a name says that no signature covers it. */
export const ENTRY_COLUMNS: readonly Column<Entry>[] = [
  { name: "time", of: ({ time }) => timeOf(time) },
  { name: "user", of: ({ user, userSigned }) => (user === undefined || userSigned ? user : `${user}?`) },
  { name: "operation", of: ({ operation }) => operation },
  { name: "from", of: ({ ip }) => ip },
  { name: "result", of: ({ status, error }) => [status, error].filter(Boolean).join(" ") || undefined },
  { name: "object", of: ({ bucket, key }) => [bucket ?? "-", key].filter(Boolean).join("/") },
];
