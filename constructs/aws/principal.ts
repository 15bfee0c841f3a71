import type { RuleContext } from "../context";
import { quote, type Fault } from "../issue";
import { parseIamArn, partitionOf, type Partition } from "./arn";

const BYOB = "https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector";

/** The AWS account that hosts W&B's Dedicated Cloud. @see BYOB page, "Provision the KMS key" */
export const DEDICATED_ACCOUNT = "830241207209";

/** W&B's own principals; both are of the partition `aws`, none is published for another. @see BYOB page, ibid. */
export const WANDB_PRINCIPALS = {
  saas: "arn:aws:iam::725579432336:role/WandbIntegration",
  dedicated: `arn:aws:iam::${DEDICATED_ACCOUNT}:root`,
} as const;

/** The path of users that are made for a bucket, in their ARNs and in IAM. */
export const CREATED_USER_PATH = "/wandb-byob/";

/** What decides whom the policies of a storage let in. */
export interface PrincipalRequest extends Pick<RuleContext, "type" | "access"> {
  readonly region: string;
  /** The account of the bucket: 12 digits. */
  readonly account: string;
  readonly bucket: string;
  /** Whether an IAM user with an access key is made. @default - no */
  readonly credentials?: object | undefined;
  /** The `principal` of the deployment file. */
  readonly principal?: string | undefined;
}

/** The principal that the policies of a storage let in. Meaningful only where {@link principalFaults} finds nothing. */
export function principalOf({ type, access, principal, credentials, ...made }: PrincipalRequest): string {
  if (credentials) {
    return `arn:${partitionOf(made.region)}:iam::${made.account}:user${CREATED_USER_PATH}${made.bucket}`;
  }
  return principal ?? (type === "self-managed" || access === "credentials" ? "" : WANDB_PRINCIPALS[type]);
}

/** What is wrong with whom the policies are to let in. */
export function principalFaults(request: PrincipalRequest): Fault[] {
  const { type, access, region, principal } = request;
  const partition = partitionOf(region);
  const own = access === "role" && type !== "self-managed";
  if (own && partition !== "aws") {
    return [
      {
        message: `Cannot let W&B into the bucket: must be in a region of the partition "aws", got ${quote(region)} (${partition})`,
        fix: "Choose a commercial region: W&B publishes no principal for GovCloud or China, so these are for Self-managed only.",
        source: BYOB,
      },
    ];
  }
  if (type === "saas" && principal !== undefined) {
    return [
      {
        message: `Cannot change the principal: must be W&B's own role on SaaS (${WANDB_PRINCIPALS.saas}), got ${quote(principal)}`,
        fix: "Drop `principal`.",
        source: BYOB,
      },
    ];
  }
  if (request.credentials) return createdFaults(request);
  if (principal === undefined) return own ? [] : [missing(access)];
  return shapeFaults(request, principal, partition, own);
}

function createdFaults({ access, principal }: PrincipalRequest): Fault[] {
  if (access === "role") {
    return [
      {
        message: "Cannot make credentials: must be where W&B runs outside AWS, got a W&B that is let in by a role",
        fix: "Drop `credentials`: no secret is needed.",
        source: BYOB,
      },
    ];
  }
  if (principal === undefined) return [];
  return [
    {
      message: `Cannot make credentials: must be for a user that is made, got the principal ${quote(principal)}`,
      fix: "Drop `principal`, or drop `credentials` and give that user's access key by Terraform variables.",
    },
  ];
}

function missing(access: RuleContext["access"]): Fault {
  return access === "credentials"
    ? {
        message: "Cannot let W&B into the bucket: must name the IAM user whose access key W&B will use, got nothing",
        fix: "Add `principal: arn:aws:iam::<account>:user/<name>`: W&B runs outside AWS and reaches this bucket by an access key.",
        source: BYOB,
      }
    : {
        message: "Cannot let W&B into the bucket: must name the IAM role that your W&B runs as, got nothing",
        fix: "Add `principal: arn:aws:iam::<account>:role/<name>`, the role of W&B's pods or nodes.",
        source: BYOB,
      };
}

function shapeFaults(request: PrincipalRequest, principal: string, partition: Partition, own: boolean): Fault[] {
  const kind = request.access === "credentials" ? "user" : "role";
  const arn = parseIamArn(principal);
  if (arn?.kind !== kind) {
    return [
      {
        message: `Cannot let the principal in: must be the ARN of an IAM ${kind}, got ${quote(principal)}`,
        fix: `Write arn:${partition}:iam::<account>:${kind}/<name>; no wildcard, no session and no account root.`,
        source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns",
      },
    ];
  }
  const faults: Fault[] = [];
  if (arn.partition !== partition) {
    faults.push({
      message: `Cannot let the principal in: must be of the bucket's partition ${quote(partition)}, got ${quote(arn.partition)}`,
      fix: `Name a ${kind} of an account in ${partition}: a policy can't name principals of another partition.`,
    });
  }
  if (own && arn.account !== DEDICATED_ACCOUNT) {
    faults.push({
      message: `Cannot narrow the principal: must be a role in W&B's Dedicated account ${quote(DEDICATED_ACCOUNT)}, got one in ${quote(arn.account)}`,
      fix: "Ask W&B for the role that your deployment's nodes run as, or drop `principal` to let that whole account in.",
      source: BYOB,
    });
  }
  return faults;
}
