import { OPERATIONS, type OperationName } from "../operations";
import { allow, asks, from, type Ask, type Case } from "./case";

type Variants = readonly Partial<Ask>[];

/** A policy that lets everybody do something on a condition. */
function condition(does: OperationName, Condition: object, allowed: Variants, others: Variants): Case {
  const { action: Action, on } = OPERATIONS[does];
  const Resource = on === "bucket" ? "@" : "@/*";
  const name = JSON.stringify(Condition);
  return { name, statements: [allow({ Action, Resource, Condition })], asks: asks({ does }, allowed, others) };
}

/** Lists that name a prefix, or none: `""`. */
function prefix(operator: string, value: string | readonly string[], allowed: string[], others: string[]): Case {
  const lists = (prefixes: string[]) => prefixes.map((Prefix) => (Prefix ? { input: { Prefix } } : {}));
  return condition("ListObjects", { [operator]: { "s3:prefix": value } }, lists(allowed), lists(others));
}

function maxKeys(operator: string, value: string, allowed: number[], others: number[]): Case {
  const lists = (counts: number[]) => counts.map((MaxKeys) => ({ input: { MaxKeys } }));
  return condition("ListObjects", { [operator]: { "s3:max-keys": value } }, lists(allowed), lists(others));
}

function address(operator: string, value: string | readonly string[], allowed: string[], others: string[]): Case {
  return condition("GetObject", { [operator]: { "aws:SourceIp": value } }, allowed.map(from), others.map(from));
}

/** A condition on now, which holds or not. */
function time(operator: string, key: string, value: string, holds: boolean): Case {
  return condition("GetObject", { [operator]: { [key]: value } }, holds ? [{}] : [], holds ? [] : [{}]);
}

const STRINGS = [
  prefix("StringEquals", "team/", ["team/"], ["team", "Team/", ""]),
  prefix("StringEquals", ["team/", "other/"], ["team/", "other/"], ["third/"]),
  prefix("StringEqualsIgnoreCase", "TEAM/", ["team/", "Team/"], ["teams/", ""]),
  prefix("StringEqualsIfExists", "team/", ["team/", ""], ["other/"]),
  prefix("StringNotEquals", "team/", ["other/", ""], ["team/"]),
  prefix("StringNotEqualsIfExists", "team/", ["other/", ""], ["team/"]),
  prefix("StringLike", "team/*", ["team/", "team/a/b"], ["a/team/", "team", ""]),
  prefix("StringLike", ["a?", "b*"], ["ab", "b", "bcd"], ["a", "abc"]),
  prefix("StringLikeIfExists", "t*", ["team/", ""], ["other/"]),
  prefix("StringNotLike", "team/*", ["other/", ""], ["team/a"]),
  prefix("Null", "true", [""], ["team/"]),
];

const slash = { input: { Delimiter: "/" } };
const KEYS = [
  condition("ListObjects", { StringEquals: { "s3:delimiter": "/" } }, [slash], [{ input: { Delimiter: "-" } }, {}]),
  condition(
    "ListObjects",
    { StringEquals: { "s3:prefix": "team/", "s3:delimiter": "/" } },
    [{ input: { Prefix: "team/", Delimiter: "/" } }],
    [{ input: { Prefix: "team/" } }, slash, { input: { Prefix: "other/", Delimiter: "/" } }],
  ),
  condition(
    "GetObject",
    { StringEquals: { "aws:username": "stranger" } },
    [{}],
    [{ who: "analyst" }, { who: "owner" }],
  ),
  condition("GetObject", { StringLike: { "aws:username": "*a*" } }, [{}, { who: "analyst" }], [{ who: "owner" }]),
  condition(
    "GetObject",
    { StringLike: { "aws:Referer": "https://*.wandb.io/*" } },
    [{ referer: "https://acme.wandb.io/home" }],
    [{ referer: "https://wandb.ai/" }, {}],
  ),
  condition(
    "PutObject",
    { StringEquals: { "s3:x-amz-server-side-encryption": "AES256" } },
    [{ input: { ServerSideEncryption: "AES256" } }],
    [{}],
  ),
];

const NUMBERS = [
  maxKeys("NumericEquals", "10", [10], [9, 100]),
  maxKeys("NumericNotEquals", "10", [9, 100], [10]),
  maxKeys("NumericLessThan", "10", [9], [10, 100]),
  maxKeys("NumericLessThanEquals", "10", [9, 10], [11, 100]),
  maxKeys("NumericGreaterThan", "10", [11, 100], [9, 10]),
  maxKeys("NumericGreaterThanEquals", "10", [10, 100], [9]),
];

const ADDRESSES = [
  address("IpAddress", "127.0.0.2/32", ["127.0.0.2"], ["127.0.0.3", "127.0.0.1"]),
  address("IpAddress", "127.0.0.2", ["127.0.0.2"], ["127.0.0.20"]),
  address("IpAddress", "127.0.0.8/29", ["127.0.0.8", "127.0.0.15"], ["127.0.0.7", "127.0.0.16"]),
  address("IpAddress", ["127.1.0.0/16", "127.2.0.0/16"], ["127.1.9.9", "127.2.0.1"], ["127.3.0.1"]),
  address("IpAddress", ["::1/128", "127.1.0.0/16"], ["127.1.0.1"], ["127.2.0.1"]),
  address("IpAddress", "0.0.0.0/0", ["127.0.0.1", "127.9.9.9"], []),
  address("NotIpAddress", "127.0.0.2/32", ["127.0.0.3"], ["127.0.0.2"]),
  address("NotIpAddress", ["127.1.0.0/16", "127.2.0.0/16"], ["127.3.0.1"], ["127.1.0.1", "127.2.0.1"]),
  address("NotIpAddress", ["127.1.0.0/16", "2001:db8::/32"], ["127.2.0.1"], ["127.1.0.1"]),
];

const TIMES = [
  time("DateGreaterThan", "aws:CurrentTime", "2020-01-01T00:00:00Z", true),
  time("DateGreaterThan", "aws:CurrentTime", "2100-01-01T00:00:00Z", false),
  time("DateLessThan", "aws:CurrentTime", "2100-01-01T00:00:00Z", true),
  time("DateLessThanEquals", "aws:CurrentTime", "2020-01-01T00:00:00Z", false),
  time("DateNotEquals", "aws:CurrentTime", "2020-01-01T00:00:00Z", true),
  time("DateGreaterThanEquals", "aws:EpochTime", "1577836800", true),
];

const insecure = { over: "http" } as const;
const TRANSPORT = [
  condition("GetObject", { Bool: { "aws:SecureTransport": "true" } }, [{}], [insecure]),
  condition("GetObject", { Bool: { "aws:SecureTransport": "false" } }, [insecure], [{}]),
  condition(
    "GetObject",
    { IpAddress: { "aws:SourceIp": "127.0.0.0/24" }, Bool: { "aws:SecureTransport": "true" } },
    [from("127.0.0.9")],
    [{ ...from("127.0.0.9"), ...insecure }, from("127.0.1.9"), { ...from("127.0.1.9"), ...insecure }],
  ),
];

/** Every operator and every key that the store knows as AWS does. */
export const CONDITIONS: readonly Case[] = [...STRINGS, ...KEYS, ...NUMBERS, ...ADDRESSES, ...TIMES, ...TRANSPORT];
