import * as z from "zod";
import { cidrIssues } from "../cidr";
import { at, quote, type Fault, type Issue } from "../issue";

const KEYS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html";

/** From where pre-signed URLs may be used; any of the lists will do. */
export const networkField = z
  .strictObject({
    cidrs: z
      .array(z.string())
      .min(1)
      .optional()
      .describe("Public ranges, IPv4 or IPv6, of jobs and users; they do not hold for requests through a VPC endpoint"),
    vpcEndpoints: z.array(z.string()).min(1).optional().describe("S3 endpoints: vpce-…"),
    vpcs: z.array(z.string()).min(1).optional().describe("VPCs that have an S3 endpoint: vpc-…"),
  })
  .describe("The only networks from which W&B's pre-signed URLs may be used. Default: any network");

export type AwsNetwork = z.input<typeof networkField>;

/** All that is wrong with the networks of a bucket; paths begin at the field. */
export function networkIssues({ cidrs = [], vpcEndpoints = [], vpcs = [] }: AwsNetwork): Issue[] {
  return [
    ...at([], cidrs.length + vpcEndpoints.length + vpcs.length === 0 ? [NOWHERE] : []),
    ...cidrIssues(["cidrs"], cidrs, { reach: "public", source: KEYS }),
    ...ids(["vpcEndpoints"], vpcEndpoints, "vpce", "an S3 endpoint"),
    ...ids(["vpcs"], vpcs, "vpc", "a VPC"),
  ];
}

const NOWHERE: Fault = {
  message: "Cannot restrict the network: must name `cidrs`, `vpcEndpoints` or `vpcs`, got none",
  fix: "Name the networks of your jobs and users, or drop `network`.",
};

function ids(path: readonly string[], values: readonly string[], prefix: string, what: string): Issue[] {
  const form = new RegExp(`^${prefix}-(?:[0-9a-f]{8}|[0-9a-f]{17})$`);
  return values.flatMap((value, index) =>
    at(
      [...path, String(index)],
      form.test(value)
        ? []
        : [
            {
              message: `Cannot let ${what} in: must be "${prefix}-" and 8 or 17 of 0-9 and a-f, got ${quote(value)}`,
              fix: "Copy the id from the VPC console, or from `aws ec2 describe-vpc-endpoints`.",
            },
          ],
    ),
  );
}

/** What is allowed but should be known of the networks of a bucket; paths begin at the field. */
export function networkWarnings({ cidrs, vpcEndpoints, vpcs }: AwsNetwork): Issue[] {
  const inside = vpcEndpoints ?? vpcs;
  if (cidrs && inside) return [];
  return [
    cidrs
      ? {
          path: ["cidrs"],
          message:
            "Pre-signed URLs are refused through any VPC endpoint: such a request has no source address to compare",
          fix: "Add the endpoints of your jobs below `vpcEndpoints`, if they have any.",
          source: KEYS,
        }
      : {
          path: [],
          message: "Pre-signed URLs are refused from outside the VPCs: browsers elsewhere see no media and no files",
          fix: "Add the public ranges of your users below `cidrs`, if they aren't in these VPCs.",
          source: KEYS,
        },
  ];
}
