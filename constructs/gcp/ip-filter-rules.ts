import { cidrIssues } from "../cidr";
import type { RuleContext } from "../context";
import { at, quote, type Fault, type Issue } from "../issue";
import { PARTIES, sourcesOf, type Callers, type IpFilter } from "./ip-filter";
import { ID } from "./names";

const OVERVIEW = "https://cloud.google.com/storage/docs/ip-filtering-overview";
const BYPASS = "https://cloud.google.com/storage/docs/bypass-ip-filter";

/** Bounds of Google. @see OVERVIEW, "Limitations" */
const MAX = { ranges: 200, networks: 25 };

/** All that is wrong with an IP filter; paths begin at the filter. */
export function ipFilterIssues(filter: IpFilter, { type }: Pick<RuleContext, "type">): Issue[] {
  const { ranges, networks } = sourcesOf(filter);
  const { wandb, deployer } = filter;
  const count = ranges.length + [...networks.values()].flat().length;
  return [
    ...at(["wandb"], comes(wandb) ? [] : [WANDB_MISSING[type]]),
    ...at(["deployer"], comes(deployer) || deployer?.permission ? [] : [DEPLOYER_MISSING]),
    ...PARTIES.flatMap((party) => callerIssues([party], filter[party] ?? {})),
    ...at([], [...tooMany("ranges", count), ...tooMany("networks", networks.size)]),
  ];
}

function comes(callers: Callers | undefined): boolean {
  return Boolean(callers?.ranges?.length || callers?.vpcNetworks?.length);
}

function callerIssues(path: readonly string[], { ranges = [], vpcNetworks = [] }: Callers): Issue[] {
  return [
    ...cidrIssues([...path, "ranges"], ranges, { source: OVERVIEW }),
    ...vpcNetworks.flatMap((vpc, index) => {
      const here = [...path, "vpcNetworks", String(index)];
      return [
        ...at([...here, "network"], networkFaults(vpc.network)),
        ...cidrIssues([...here, "ranges"], vpc.ranges, { reach: "any", source: OVERVIEW }),
      ];
    }),
  ];
}

function networkFaults(network: string): Fault[] {
  const shape = new RegExp(`^projects/${ID}/global/networks/[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$`);
  if (shape.test(network)) return [];
  return [
    {
      message: `Cannot let the network in: must be projects/<project>/global/networks/<name>, got ${quote(network)}`,
      fix: "Write the full name of the VPC network, not of a subnet.",
      source: OVERVIEW,
    },
  ];
}

function tooMany(what: keyof typeof MAX, count: number): Fault[] {
  if (count <= MAX[what]) return [];
  return [
    {
      message: `Cannot filter addresses: must have at most ${MAX[what]} ${what}, got ${count}`,
      fix: "Write wider ranges, or fewer networks.",
      source: OVERVIEW,
    },
  ];
}

const WANDB_MISSING: Record<RuleContext["type"], Fault> = {
  saas: wandbMissing(
    "Ask W&B where SaaS comes from, and list that below `wandb`: W&B does not publish it, and from anywhere else it can neither check nor use the bucket.",
  ),
  dedicated: wandbMissing(
    "Ask your W&B account team from which addresses, or which VPC network, your deployment comes, and list them below `wandb`.",
  ),
  "self-managed": wandbMissing("List the addresses, or the VPC network, that your W&B comes from, below `wandb`."),
};

function wandbMissing(fix: string): Fault {
  return {
    message: "Cannot filter addresses: must let W&B itself in, got no range and no network of it",
    fix,
    source: OVERVIEW,
  };
}

const DEPLOYER_MISSING: Fault = {
  message: "Cannot filter addresses: must let Terraform in, got no range and no network that it runs in",
  fix: "List where Terraform runs below `deployer`; or say `permission: { exemptFromIpFilter: true, reason: … }` there, if its identity has the permission storage.buckets.exemptFromIpFilter.",
  source: BYPASS,
};

/** What is allowed but should be known of an IP filter; paths begin at the filter. */
export function ipFilterWarnings({ deployer, clients }: IpFilter, { type }: Pick<RuleContext, "type">): Issue[] {
  const warnings: (Issue | false)[] = [
    type === "saas" && {
      path: ["wandb"],
      message:
        "The addresses of SaaS are not published: when they change, the team can't reach its files until you follow",
      fix: "Agree with W&B on how you will hear of a change.",
      source: OVERVIEW,
    },
    !comes(deployer) && {
      path: ["deployer"],
      message:
        "The exemption covers reading, changing and deleting the bucket, but not its IAM policy, which each plan reads",
      fix: "List where Terraform runs, too; keep the permission as the way back in.",
      source: BYPASS,
    },
    !comes(clients) && {
      path: ["clients"],
      message: "Pre-signed URLs work only where W&B and Terraform come from: no user or job elsewhere can use them",
      fix: "List where users and training jobs come from below `clients`, unless W&B's bucket proxy serves them.",
      source: OVERVIEW,
    },
  ];
  return warnings.filter((warning) => warning !== false);
}
