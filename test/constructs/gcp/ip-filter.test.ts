import { ipFilterIssues } from "../../../constructs/gcp/ip-filter-rules";
import { gcpWarnings } from "../../../constructs/gcp/props";
import {
  DEDICATED,
  IP_FILTER,
  issues,
  OWN_ACCOUNT,
  props,
  REASON,
  resource,
  SAAS,
  SELF_MANAGED,
  synth,
} from "./fixture";

const NETWORK = "projects/acme-ml/global/networks/main";
const EXEMPT = { permission: { exemptFromIpFilter: true, reason: REASON } };

const from = (...ranges: string[]) => ({ ranges });
const within = (network: string, ...ranges: string[]) => ({ vpcNetworks: [{ network, ranges }] });
const wandb = from("203.0.113.0/24");
const deployer = from("198.51.100.0/24");

const filter = (ipFilter: object, context: Parameters<typeof synth>[1] = SAAS, change: object = {}) =>
  resource(synth({ ...change, ipFilter }, context), "google_storage_bucket")["ip_filter"];

describe("IP filter", () => {
  test("lets in all the ranges and networks that are listed, and nothing else", () => {
    expect(filter(IP_FILTER)).toEqual({
      mode: "Enabled",
      allow_all_service_agent_access: false,
      allow_cross_org_vpcs: true,
      public_network_source: {
        allowed_ip_cidr_ranges: ["203.0.113.0/28", "198.51.100.7/32", "198.51.100.0/24", "2001:db8:1::/48"],
      },
      vpc_network_sources: [
        { network: "projects/wandb-host/global/networks/acme", allowed_ip_cidr_ranges: ["10.10.0.0/16"] },
        { network: "projects/acme-ml/global/networks/training", allowed_ip_cidr_ranges: ["10.0.0.0/8"] },
      ],
    });
  });

  test("lets no network of another organization in, unless it is W&B's", () => {
    const own = within(NETWORK, "10.0.0.0/8");
    expect(filter({ wandb, deployer: own })).toMatchObject({ allow_cross_org_vpcs: false });
    expect(filter({ wandb: own, deployer: own }, DEDICATED)).toMatchObject({ allow_cross_org_vpcs: true });
    const selfManaged = filter({ wandb: own, deployer: own }, SELF_MANAGED, { serviceAccount: OWN_ACCOUNT });
    expect(selfManaged).toMatchObject({ allow_cross_org_vpcs: false });
  });

  test("has each range and each network once, though several come from there", () => {
    const own = (range: string) => within(NETWORK, "10.0.0.0/16", range);
    expect(filter({ wandb, deployer: own("10.1.0.0/16"), clients: own("10.2.0.0/16") })).toMatchObject({
      vpc_network_sources: [
        { network: NETWORK, allowed_ip_cidr_ranges: ["10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/16"] },
      ],
    });
    expect(filter({ wandb, deployer, clients: deployer })).toMatchObject({
      public_network_source: { allowed_ip_cidr_ranges: [...wandb.ranges, ...deployer.ranges] },
    });
  });

  test("of networks alone has no public range", () => {
    const own = within(NETWORK, "10.0.0.0/8");
    expect(filter({ wandb: own, deployer: own })).not.toHaveProperty("public_network_source");
  });

  test("an exempt deployer adds no range", () => {
    expect(filter({ wandb, deployer: EXEMPT })).toMatchObject({
      public_network_source: { allowed_ip_cidr_ranges: wandb.ranges },
    });
  });
});

describe("rules of the IP filter", () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => `8.8.${i}.0/24`);
  const networks = (count: number) =>
    Array.from({ length: count }, (_, i) => ({ network: `${NETWORK}-${i}`, ranges: ["10.0.0.0/8"] }));

  test.each([
    ["no range of W&B", { deployer }, "ipFilter.wandb: Cannot filter addresses: must let W&B itself in"],
    ["nothing of W&B", { wandb: {}, deployer }, "ipFilter.wandb: Cannot filter addresses: must let W&B itself in"],
    ["no range of the deployer", { wandb }, "ipFilter.deployer: Cannot filter addresses: must let Terraform in"],
    ["nothing of the deployer", { wandb, deployer: from() }, "ipFilter.deployer: Cannot filter addresses"],
    ["neither", {}, "ipFilter.deployer: Cannot filter addresses"],
    [
      "a private range",
      { wandb: from("10.0.0.0/8"), deployer },
      "wandb.ranges.0: Cannot let the range in: must be public",
    ],
    [
      "any address",
      { wandb, deployer: from("0.0.0.0/0") },
      "deployer.ranges.0: Cannot let the range in: must have a prefix",
    ],
    [
      "no range at all",
      { wandb: from("office"), deployer },
      "wandb.ranges.0: Cannot let the range in: must be an IPv4 or IPv6",
    ],
    ["a bare address", { wandb: from("203.0.113.7"), deployer }, "wandb.ranges.0: Cannot let the range in"],
    ["host bits", { wandb: from("203.0.113.7/24"), deployer }, "no bit set behind its prefix"],
    [
      "a range twice",
      { wandb, deployer: from("8.8.8.0/24", "8.8.8.0/25") },
      "deployer.ranges.1: Cannot let the range in: must not overlap",
    ],
    [
      "a subnet",
      { wandb: within("projects/acme-ml/regions/us/subnetworks/a", "10.0.0.0/8"), deployer },
      "wandb.vpcNetworks.0.network: Cannot let the network in",
    ],
    ["the short name of a network", { wandb: within("main", "10.0.0.0/8"), deployer }, "Cannot let the network in"],
    [
      "a faulty range of a network",
      { wandb: within(NETWORK, "10.0.0.1/8"), deployer },
      "wandb.vpcNetworks.0.ranges.0: Cannot let the range in",
    ],
    ["all of a network's addresses", { wandb: within(NETWORK, "0.0.0.0/0"), deployer }, "wandb.vpcNetworks.0.ranges.0"],
    [
      "too many ranges",
      { wandb, deployer, clients: from(...many(199)) },
      "ipFilter: Cannot filter addresses: must have at most 200 ranges, got 201",
    ],
    [
      "too many networks",
      { wandb, deployer, clients: { vpcNetworks: networks(26) } },
      "must have at most 25 networks, got 26",
    ],
  ])("refuse %s", (_, ipFilter, message) => {
    expect(issues({ ipFilter })).toContainEqual(expect.stringContaining(message));
  });

  test("accept as much as Google takes", () => {
    expect(issues({ ipFilter: { wandb, deployer, clients: from(...many(198)) } })).toEqual([]);
    expect(issues({ ipFilter: { wandb, deployer, clients: { vpcNetworks: networks(25) } } })).toEqual([]);
  });

  test.each([
    [{ wandb, deployer: { permission: { exemptFromIpFilter: true } } }],
    [{ wandb, deployer: { permission: { exemptFromIpFilter: false, reason: REASON } } }],
    [{ wandb: { ...wandb, ...EXEMPT }, deployer }],
    [{ wandb, deployer, users: {} }],
    [{ wandb: { vpcNetworks: [{ network: NETWORK }] }, deployer }],
    [{ wandb: within(NETWORK), deployer }],
  ])("have no shape for %j", (ipFilter) => expect(() => props({ ipFilter })).toThrow());

  test.each([
    [SAAS, "W&B does not publish it"],
    [DEDICATED, "Ask your W&B account team"],
    [SELF_MANAGED, "that your W&B comes from"],
  ])("say whom to ask where W&B comes from: %j", (context, fix) => {
    expect(ipFilterIssues({ deployer }, context)[0]?.fix).toContain(fix);
  });
});

describe("gcpWarnings()", () => {
  const warnings = (ipFilter: object, context: Parameters<typeof gcpWarnings>[1] = DEDICATED) =>
    gcpWarnings(props({ ipFilter }), context).map(({ path, message }) => `${path.join(".")}: ${message}`);
  const full = { wandb, deployer, clients: from("8.8.8.0/24") };

  test("has nothing to say of a storage without an IP filter, or with a full one", () => {
    expect(gcpWarnings(props(), SAAS)).toEqual([]);
    expect(warnings(full)).toEqual([]);
    expect(warnings({ ...full, deployer: { ...deployer, ...EXEMPT } })).toEqual([]);
  });

  test.each([
    ["SaaS", full, SAAS, "ipFilter.wandb: The addresses of SaaS are not published"],
    [
      "a deployer who is exempt and no more",
      { ...full, deployer: EXEMPT },
      DEDICATED,
      "ipFilter.deployer: The exemption covers",
    ],
    ["no clients", { wandb, deployer }, DEDICATED, "ipFilter.clients: Pre-signed URLs work only"],
  ])("warns of %s", (_, ipFilter, context, message) => {
    expect(warnings(ipFilter, context)).toEqual([expect.stringContaining(message)]);
  });
});
