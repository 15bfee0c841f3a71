import ipaddr from "ipaddr.js";
import { at, oneOf, quote, type Fault, type Issue } from "./issue";

export type IpFamily = "ipv4" | "ipv6";

/** What a service takes as a range of addresses. */
export interface CidrRules {
  /** @default - both */
  readonly families?: readonly IpFamily[];
  /** `any` also takes private addresses, as within a network of one's own. @default public */
  readonly reach?: "public" | "any";
  /** The longest prefix of an IPv4 range; a single address is then written bare, without a prefix. @default - no limit, no bare address */
  readonly longestIpv4Prefix?: number;
  /** Where the service says so. */
  readonly source?: string;
}

/** The shortest prefix that can be a network of one's own; a shorter one is a good part of the internet. */
const SHORTEST_PREFIX: Record<IpFamily, number> = { ipv4: 8, ipv6: 16 };
const FULL_PREFIX: Record<IpFamily, number> = { ipv4: 32, ipv6: 128 };
const FAMILY_NAMES: Record<IpFamily, string> = { ipv4: "IPv4", ipv6: "IPv6" };

/**
 * Where no request over the internet comes from. The documentation ranges (192.0.2.0/24, 203.0.113.0/24…) are not among
 * them, so that examples can be tried: no one comes from there either.
 *
 * @see https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const NOT_PUBLIC: readonly (readonly [cidr: string, what: string])[] = [
  ["0.0.0.0/8", "this network"],
  ["10.0.0.0/8", "private"],
  ["100.64.0.0/10", "shared by carriers"],
  ["127.0.0.0/8", "loopback"],
  ["169.254.0.0/16", "link-local"],
  ["172.16.0.0/12", "private"],
  ["192.0.0.0/24", "reserved"],
  ["192.168.0.0/16", "private"],
  ["198.18.0.0/15", "for benchmarks"],
  ["224.0.0.0/3", "multicast or reserved"],
];

/** All public IPv6 addresses. @see https://www.iana.org/assignments/ipv6-address-space */
const PUBLIC_IPV6 = "2000::/3";

interface Range {
  readonly family: IpFamily;
  readonly address: ReturnType<typeof ipaddr.parse>;
  readonly prefix: number;
  readonly bare: boolean;
}

/** All that is wrong with a range of addresses that is to be let in, in one pass. */
export function cidrFaults(cidr: string, rules: CidrRules = {}): Fault[] {
  const { families = ["ipv4", "ipv6"], reach = "public", longestIpv4Prefix: longest, source } = rules;
  const names = families.map((family) => FAMILY_NAMES[family]).join(" or ");
  const range = parse(cidr);
  if (!range || (range.bare && longest === undefined)) {
    const single = range ? `${cidr}/${range.prefix}` : undefined;
    return refuse(cidr, source, [
      `be an ${names} ${longest === undefined ? "range" : "address or range"} in CIDR notation`,
      single ? `Write ${quote(single)}.` : 'Write a range such as "203.0.113.0/24": no leading zeros, no zone.',
    ]);
  }
  const { family, prefix, bare } = range;
  const network = networkOf(cidr, range);
  const shortest = SHORTEST_PREFIX[family];
  const secret = reach === "public" ? notPublic(range) : undefined;
  const broken: [boolean, string, string][] = [
    [!families.includes(family), `be ${names}`, `Write the ${names} range of the same network.`],
    [network !== cidr, "have no bit set behind its prefix", `Write ${quote(network)}, or a longer prefix.`],
    [prefix < shortest, `have a prefix of at least /${shortest}`, "Give the ranges of the networks that are meant."],
    [
      family === "ipv4" && !bare && longest !== undefined && prefix > longest,
      `have a prefix of at most /${longest ?? ""}`,
      "Write the single addresses, each without a prefix.",
    ],
    [
      secret !== undefined,
      `be public (it is, in part or in whole, ${secret ?? ""})`,
      "Give the public addresses by which that network reaches the internet (those of its NAT or proxy).",
    ],
  ];
  return broken.filter(([isBroken]) => isBroken).flatMap(([, rule, fix]) => refuse(cidr, source, [rule, fix]));
}

/** All that is wrong with a list of ranges; each issue points to the entry of the list at `path`. */
export function cidrIssues(path: readonly string[], cidrs: readonly string[], rules: CidrRules = {}): Issue[] {
  return cidrs.flatMap((cidr, index) =>
    at([...path, String(index)], [...cidrFaults(cidr, rules), ...repeats(cidr, cidrs.slice(0, index), rules.source)]),
  );
}

function repeats(cidr: string, before: readonly string[], source: string | undefined): Fault[] {
  const range = parse(cidr);
  const others = range ? before.filter((other) => overlap(range, parse(other))) : [];
  if (others.length === 0) return [];
  return refuse(cidr, source, [`not overlap with ${oneOf(others)}`, "Keep the wider of them."]);
}

function refuse(cidr: string, source: string | undefined, [rule, fix]: [string, string]): Fault[] {
  return [{ message: `Cannot let the range in: must ${rule}, got ${quote(cidr)}`, fix, ...(source ? { source } : {}) }];
}

/** Takes a range apart; stricter than the library, which also reads octal numbers and short forms. */
function parse(cidr: string): Range | undefined {
  const [text = "", bits] = cidr.split("/");
  const strict = /^(?:0|[1-9]\d{0,2})(?:\.(?:0|[1-9]\d{0,2})){3}$|^[\da-fA-F:]*:[\da-fA-F:]*$/.test(text);
  if (!strict || !ipaddr.isValid(text) || cidr.split("/").length > 2) return undefined;
  const address = ipaddr.parse(text);
  const family = address.kind();
  const full = FULL_PREFIX[family];
  if (bits === undefined) return { family, address, prefix: full, bare: true };
  if (!/^(?:0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > full) return undefined;
  return { family, address, prefix: Number(bits), bare: false };
}

function networkOf(cidr: string, { family, address, prefix, bare }: Range): string {
  if (bare) return cidr;
  const mask = `${address.toString()}/${prefix}`;
  const network =
    family === "ipv4" ? ipaddr.IPv4.networkAddressFromCIDR(mask) : ipaddr.IPv6.networkAddressFromCIDR(mask);
  return network.toNormalizedString() === address.toNormalizedString() ? cidr : `${network.toString()}/${prefix}`;
}

function notPublic(range: Range): string | undefined {
  const global = parse(PUBLIC_IPV6);
  if (range.family === "ipv6") {
    return global && range.prefix >= global.prefix && overlap(range, global) ? undefined : "not in 2000::/3";
  }
  return NOT_PUBLIC.find(([cidr]) => overlap(range, parse(cidr)))?.[1];
}

function overlap(a: Range, b: Range | undefined): boolean {
  return b !== undefined && a.family === b.family && a.address.match(b.address, Math.min(a.prefix, b.prefix));
}
