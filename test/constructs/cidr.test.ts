import { cidrFaults, cidrIssues, type CidrRules } from "../../constructs/cidr";

/** What Azure Storage takes: public IPv4 ranges of four addresses or more, and single addresses without a prefix. */
const AZURE: CidrRules = { families: ["ipv4"], longestIpv4Prefix: 30, source: "https://example.com/rules" };
const ANY: CidrRules = { reach: "any" };

const messages = (cidr: string, rules?: CidrRules) => cidrFaults(cidr, rules).map(({ message }) => message);
const fixes = (cidr: string, rules?: CidrRules) => cidrFaults(cidr, rules).map(({ fix }) => fix);

describe("cidrFaults()", () => {
  test.each([
    ["8.8.8.0/24", undefined],
    ["8.8.8.8/32", undefined],
    ["8.0.0.0/8", undefined],
    ["203.0.113.0/24", undefined],
    ["192.0.2.0/24", undefined],
    ["2600:1900::/28", undefined],
    ["2001:db8::/32", undefined],
    ["2600:1900:0:0::/64", undefined],
    ["2600:1900::1/128", undefined],
    ["10.0.0.0/8", ANY],
    ["fd00:1::/48", ANY],
    ["203.0.113.7", AZURE],
    ["203.0.113.4/30", AZURE],
  ])("accepts %s", (cidr, rules) => expect(cidrFaults(cidr, rules)).toEqual([]));

  test.each([
    ["203.0.113.7", undefined, "must be an IPv4 or IPv6 range in CIDR notation"],
    ["", undefined, "in CIDR notation"],
    ["office", undefined, "in CIDR notation"],
    ["203.0.113.0/33", undefined, "in CIDR notation"],
    ["203.0.113.0/-1", undefined, "in CIDR notation"],
    ["203.0.113.0/024", undefined, "in CIDR notation"],
    ["203.0.113.0/24/8", undefined, "in CIDR notation"],
    ["203.0.113/24", undefined, "in CIDR notation"],
    ["256.0.0.0/8", undefined, "in CIDR notation"],
    ["010.0.0.0/8", undefined, "in CIDR notation"],
    ["0x8.8.8.0/24", undefined, "in CIDR notation"],
    [" 203.0.113.0/24", undefined, "in CIDR notation"],
    ["fe80::%eth0/64", undefined, "in CIDR notation"],
    ["2600::/129", undefined, "in CIDR notation"],
    ["::ffff:8.8.8.0/120", undefined, "in CIDR notation"],
    ["203.0.113.1/24", undefined, "must have no bit set behind its prefix"],
    ["2600:1900::1/64", undefined, "must have no bit set behind its prefix"],
    ["0.0.0.0/0", undefined, "must have a prefix of at least /8"],
    ["::/0", undefined, "must have a prefix of at least /16"],
    ["0.0.0.0/0", ANY, "must have a prefix of at least /8"],
    ["32.0.0.0/7", undefined, "must have a prefix of at least /8"],
    ["2600::/12", undefined, "must have a prefix of at least /16"],
    ["10.1.0.0/16", undefined, "must be public (it is, in part or in whole, private)"],
    ["172.31.0.0/16", undefined, "private"],
    ["192.168.1.0/24", undefined, "private"],
    ["192.0.0.0/8", undefined, "must be public"],
    ["100.100.0.0/16", undefined, "shared by carriers"],
    ["127.0.0.1/32", undefined, "loopback"],
    ["169.254.169.254/32", undefined, "link-local"],
    ["198.19.0.0/16", undefined, "for benchmarks"],
    ["224.0.0.0/24", undefined, "multicast or reserved"],
    ["255.255.255.255/32", undefined, "multicast or reserved"],
    ["0.0.0.0/8", undefined, "this network"],
    ["fd00::/48", undefined, "not in 2000::/3"],
    ["fe80::/64", undefined, "not in 2000::/3"],
    ["::1/128", undefined, "not in 2000::/3"],
    ["203.0.113.7/32", AZURE, "must have a prefix of at most /30"],
    ["203.0.113.6/31", AZURE, "must have a prefix of at most /30"],
    ["2600:1900::/28", AZURE, "must be IPv4"],
    ["10.0.0.1", AZURE, "must be public"],
    ["office", AZURE, "must be an IPv4 address or range in CIDR notation"],
  ])("refuses %j", (cidr, rules, rule) => {
    const found = cidrFaults(cidr, rules);
    expect(found.map(({ message }) => message)).toContainEqual(expect.stringContaining(rule));
    for (const { message } of found) expect(message).toMatch(/^Cannot let the range in: must .*, got ".*"$/);
  });

  test("says all that is wrong at once", () => {
    expect(messages("10.0.0.1/7")).toEqual([
      'Cannot let the range in: must have no bit set behind its prefix, got "10.0.0.1/7"',
      'Cannot let the range in: must have a prefix of at least /8, got "10.0.0.1/7"',
      'Cannot let the range in: must be public (it is, in part or in whole, private), got "10.0.0.1/7"',
    ]);
  });

  test("says what to write instead", () => {
    expect(fixes("203.0.113.7")).toEqual(['Write "203.0.113.7/32".']);
    expect(fixes("203.0.113.7/24")).toEqual(['Write "203.0.113.0/24", or a longer prefix.']);
    expect(fixes("2600:1900::1/64")).toEqual(['Write "2600:1900::/64", or a longer prefix.']);
  });

  test("says where the rule stands, if it stands anywhere", () => {
    expect(cidrFaults("10.0.0.1", AZURE)[0]).toMatchObject({ source: AZURE.source });
    expect(cidrFaults("10.0.0.1")[0]).not.toHaveProperty("source");
  });
});

describe("cidrIssues()", () => {
  test("points to each faulty entry", () => {
    expect(cidrIssues(["clients"], ["8.8.8.0/24", "10.0.0.0/8", "nonsense"])).toMatchObject([
      { path: ["clients", "1"], message: expect.stringContaining("must be public") as string },
      { path: ["clients", "2"], message: expect.stringContaining("in CIDR notation") as string },
    ]);
  });

  test.each([
    [["8.8.8.0/24", "8.8.8.0/24"], 'must not overlap with "8.8.8.0/24"'],
    [["8.8.0.0/16", "8.8.8.0/24"], 'must not overlap with "8.8.0.0/16"'],
    [["8.8.8.0/24", "8.8.0.0/16"], 'must not overlap with "8.8.8.0/24"'],
    [["2600:1900::/28", "2600:1900:0:1::/64"], 'must not overlap with "2600:1900::/28"'],
  ])("refuses %j", (cidrs, rule) => {
    expect(cidrIssues([], cidrs)).toMatchObject([{ path: ["1"], message: expect.stringContaining(rule) as string }]);
  });

  test("tells the families and neighbours apart", () => {
    expect(cidrIssues([], ["8.8.8.0/25", "8.8.8.128/25", "2600:1900::/28"])).toEqual([]);
  });
});
