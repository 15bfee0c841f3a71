const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const MINUTE = 60_000;

/** Milliseconds of a time in UTC, or undefined where a part is out of its range (2019-02-30, 25:00). */
function utc(year: number, month: number, day: number, hour: number, minute: number, second: number, ms = 0) {
  const time = Date.UTC(year, month, day, hour, minute, second, ms);
  const date = new Date(time);
  const same = date.getUTCDate() === day && date.getUTCMonth() === month && date.getUTCHours() === hour;
  return same && minute < 60 && second < 61 ? time : undefined;
}

/** `+0130` or `+01:30` in milliseconds; `Z` and nothing are 0. */
function offset(zone: string | undefined): number {
  if (!zone || zone === "Z") return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2));
  return (zone.startsWith("-") ? -minutes : minutes) * MINUTE;
}

/** `06/Feb/2019:00:00:38 +0000`, as S3 and Ceph write it, in milliseconds since 1970. */
export function parseClfTime(text: string): number | undefined {
  const parts = /^(\d\d)\/([A-Z][a-z]{2})\/(\d{4}):(\d\d):(\d\d):(\d\d) ([+-]\d{4})$/.exec(text);
  if (!parts) return undefined;
  const [, day, month = "", year, hour, minute, second, zone] = parts;
  const time = utc(Number(year), MONTHS.indexOf(month), Number(day), Number(hour), Number(minute), Number(second));
  return time === undefined ? undefined : time - offset(zone);
}

/** `2019-02-06T00:00:38.1234567Z` in milliseconds since 1970; without a zone it is UTC, and `/` and a space will do too. */
export function parseIsoTime(text: string): number | undefined {
  const parts = /^(\d{4})[-/](\d\d)[-/](\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d:?\d\d)?$/.exec(
    text,
  );
  if (!parts) return undefined;
  const [, year, month, day, hour, minute, second = "0", fraction = "", zone] = parts;
  const ms = Number(fraction.padEnd(3, "0").slice(0, 3));
  const time = utc(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second), ms);
  return time === undefined ? undefined : time - offset(zone);
}

/** `2019-02-06`: the milliseconds since 1970 at which that day began, in UTC. */
export function parseDay(text: string): number | undefined {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? parseIsoTime(`${text}T00:00`) : undefined;
}

/** The same function with its last answer at hand: neighbours in a log share their second. */
export function remembering<A, B>(compute: (input: A) => B): (input: A) => B {
  let last: { readonly input: A; readonly output: B } | undefined;
  return (input) => {
    if (last?.input !== input) last = { input, output: compute(input) };
    return last.output;
  };
}

/** `2019-02-06T00:00:38Z`; with `.123` where there are milliseconds. */
export function formatTime(time: number): string {
  return new Date(time).toISOString().replace(".000Z", "Z");
}
