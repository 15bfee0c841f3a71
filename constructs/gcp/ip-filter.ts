import * as z from "zod";
import type { RuleContext } from "../context";
import { optOut } from "../opt-out";

const callers = z.strictObject({
  ranges: z.array(z.string()).optional().describe("Public ranges, for what comes over the internet"),
  vpcNetworks: z
    .array(
      z.strictObject({
        network: z.string().describe("projects/<project>/global/networks/<name>"),
        ranges: z.array(z.string()).min(1).describe("Ranges of that network, private ones included"),
      }),
    )
    .optional()
    .describe("VPC networks, for what comes from within Google Cloud"),
});

const deployer = callers.extend({
  permission: optOut(
    "exemptFromIpFilter",
    "Terraform's identity has storage.buckets.exemptFromIpFilter, which does not cover the bucket's IAM policy",
  ).optional(),
});

/**
 * Which addresses may reach the bucket at all. Unlike a condition in an S3 policy it can't be for pre-signed URLs alone: it
 * holds for every request, of W&B, of the owner and of Terraform too.
 */
export const ipFilter = z
  .strictObject({
    wandb: callers.optional().describe("Where W&B itself comes from. Required; W&B publishes no addresses of SaaS"),
    deployer: deployer
      .optional()
      .describe("Where Terraform runs, so that it can plan and change the bucket later. Required"),
    clients: callers
      .optional()
      .describe("Where users, browsers and training jobs use pre-signed URLs, if not from the same places"),
  })
  .describe("The only addresses that may reach the bucket, whoever asks. Default: any address");

/** Who may reach a bucket, as TypeScript users write it. */
export type IpFilter = z.input<typeof ipFilter>;

/** Where one of those comes from. */
export type Callers = z.input<typeof callers>;

/** Who has to reach a bucket. */
export const PARTIES = ["wandb", "deployer", "clients"] as const;

/** The ranges and networks of all parties, each once; the ranges of a network under its name. */
export function sourcesOf(filter: IpFilter) {
  const parties = PARTIES.map((party) => filter[party]);
  const networks = new Map<string, string[]>();
  for (const { network, ranges } of parties.flatMap((party) => party?.vpcNetworks ?? [])) {
    networks.set(network, [...new Set([...(networks.get(network) ?? []), ...ranges])]);
  }
  return { ranges: [...new Set(parties.flatMap((party) => party?.ranges ?? []))], networks };
}

/** The filter as Google reads it. Service agents are not let in past it: no service of Google has to read this bucket. */
export function ipFilterConfig(filter: IpFilter, { type }: Pick<RuleContext, "type">) {
  const { ranges, networks } = sourcesOf(filter);
  return {
    mode: "Enabled",
    allowAllServiceAgentAccess: false,
    // Those of W&B are in another organization; yours are taken to be in one.
    allowCrossOrgVpcs: type !== "self-managed" && Boolean(filter.wandb?.vpcNetworks?.length),
    ...(ranges.length ? { publicNetworkSource: { allowedIpCidrRanges: ranges } } : {}),
    vpcNetworkSources: [...networks].map(([network, allowedIpCidrRanges]) => ({ network, allowedIpCidrRanges })),
  };
}
