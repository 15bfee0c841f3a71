import * as z from "zod";
import { cidrIssues, type CidrRules } from "../cidr";
import { at, type Fault, type Issue } from "../issue";
import { resourceIdFaults, SUBNET_TYPE } from "./ids";

const LIMITATIONS = "https://learn.microsoft.com/azure/storage/common/storage-network-security-limitations";

/** What Azure takes as a range: it refuses prefixes of /31 and /32. */
const RANGES: CidrRules = { families: ["ipv4"], reach: "public", longestIpv4Prefix: 30, source: LIMITATIONS };

/** Rules of either kind that an account may have. */
const MAX_RULES = 400;

const callers = z.strictObject({
  ranges: z
    .array(z.string())
    .optional()
    .describe("Public IPv4 addresses and ranges; of no effect for callers in the account's own region"),
  subnets: z
    .array(z.string())
    .optional()
    .describe("Ids of subnets with the service endpoint Microsoft.Storage: the way for callers in the same region"),
});

/** Who reaches the account over the network; without the field, everyone does. */
export const networkField = z
  .strictObject({
    wandb: callers.describe("Where W&B's own pods call from: without them no team can be created and no file deleted"),
    clients: callers.describe(
      "Where the users of pre-signed URLs call from: SDKs and browsers; {} if by private endpoint",
    ),
  })
  .describe("Refuses all callers but these and Azure's trusted services. Terraform keeps the rules if this is dropped");

/** Who reaches the account, as TypeScript users write it. */
export type AzureNetwork = z.input<typeof networkField>;

/** The ranges and the subnets of all callers, each once. */
export function rulesOf({ wandb, clients }: AzureNetwork) {
  const all = [wandb, clients];
  return {
    ranges: [...new Set(all.flatMap(({ ranges }) => ranges ?? []))],
    subnets: [...new Set(all.flatMap(({ subnets }) => subnets ?? []))],
  };
}

/** All that is wrong with who is to reach the account; paths begin at the storage. */
export function networkIssues(network: AzureNetwork): Issue[] {
  const { ranges, subnets } = rulesOf(network);
  const inner = (["wandb", "clients"] as const).flatMap((who) => {
    const path = ["network", who];
    return [
      ...cidrIssues([...path, "ranges"], network[who].ranges ?? [], RANGES),
      ...(network[who].subnets ?? []).flatMap((id, index) =>
        at([...path, "subnets", String(index)], resourceIdFaults("subnet", id, SUBNET_TYPE)),
      ),
    ];
  });
  const wandb = rulesOf({ wandb: network.wandb, clients: {} });
  return [
    ...at(["network", "wandb"], wandb.ranges.length + wandb.subnets.length === 0 ? [lockedOut] : []),
    ...at(["network"], [...tooMany("ranges", ranges.length), ...tooMany("subnets", subnets.length)]),
    ...inner,
  ];
}

const lockedOut: Fault = {
  message: "Cannot close the network: must let W&B's own callers in, got none",
  fix: "Ask W&B for the addresses or subnets that your deployment calls from, and list them below `ranges` or `subnets`.",
  source: LIMITATIONS,
};

function tooMany(what: string, count: number): Fault[] {
  if (count <= MAX_RULES) return [];
  return [
    {
      message: `Cannot close the network: must have at most ${MAX_RULES} ${what}, got ${count}`,
      fix: "Give fewer and wider ones.",
      source: "https://learn.microsoft.com/azure/storage/common/storage-network-security",
    },
  ];
}
