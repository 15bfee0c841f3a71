import type { RuleContext } from "../context";
import { at, quote, type Fault, type Issue } from "../issue";

const BYOB = "https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector";

/** W&B's own identities on CoreWeave; the one for Dedicated Cloud serves Self-managed too. @see BYOB page, "Provision your bucket" > CoreWeave */
export const WANDB_PRINCIPALS = {
  saas: "arn:aws:iam::wandb:static/wandb-integration-public",
  dedicated: "arn:aws:iam::wandb:static/wandb-integration",
  "self-managed": "arn:aws:iam::wandb:static/wandb-integration",
} as const satisfies Record<RuleContext["type"], string>;

/** The field that tells W&B's organizations apart, and where W&B shows its value. */
const FIELDS = {
  saas: { field: "organizationId", where: 'above "Invite team members" in the drawer that "Create a new team" opens' },
  dedicated: { field: "customerNamespace", where: "at the foot of System Console > Authentication" },
  "self-managed": { field: "customerNamespace", where: "at the foot of System Console > Authentication" },
} as const;

/** The fields by which a deployment file says which W&B organization is let in. */
export interface WandbOrganization {
  /** On SaaS. */
  readonly organizationId?: string | undefined;
  /** On Dedicated Cloud and Self-managed. */
  readonly customerNamespace?: string | undefined;
}

/** What the policy compares `wandb:OrgID` with: the one of the two fields that the rules leave. */
export function organizationOf({ organizationId, customerNamespace }: WandbOrganization): string {
  return organizationId ?? customerNamespace ?? "";
}

/** All that is wrong with which W&B organization is let in; all of them sign in as the same principal, so one must be named. */
export function organizationIssues(fields: WandbOrganization, { type }: Pick<RuleContext, "type">): Issue[] {
  const { field, where } = FIELDS[type];
  const other = field === "organizationId" ? "customerNamespace" : "organizationId";
  const value = fields[field];
  const missing: Fault = {
    message: `Cannot let W&B into the bucket: must have \`${field}\` on this deployment type, got none`,
    fix: `Add \`${field}\`: W&B shows it ${where}.`,
    source: BYOB,
  };
  const misplaced: Fault = {
    message: `Cannot tell W&B's organizations apart by \`${other}\`: must have \`${field}\` on this deployment type, got \`${other}\``,
    fix: `Drop \`${other}\`; W&B shows the \`${field}\` ${where}.`,
    source: BYOB,
  };
  return [
    ...at([field], value === undefined ? [missing] : organizationFaults(value, where)),
    ...at([other], fields[other] === undefined ? [] : [misplaced]),
  ];
}

const ID_MAX = 128;

/** The policy compares by StringLike, as W&B's page does: there `*` is every organization of W&B's. */
function organizationFaults(id: string, where: string): Fault[] {
  const got = looksSecret(id) ? "what looks like a token" : quote(id);
  const broken: [boolean, string][] = [
    [/[*?]/.test(id), 'name one organization, without "*" and "?"'],
    [looksSecret(id), "be an id, not a token"],
    [
      !new RegExp(`^[A-Za-z0-9_.:=+/*?-]{1,${ID_MAX}}$`).test(id),
      `be 1 to ${ID_MAX} letters, digits and "_", ".", ":", "=", "+", "/", "-"`,
    ],
  ];
  return broken
    .filter(([isBroken]) => isBroken)
    .map(([, rule]) => ({
      message: `Cannot let W&B into the bucket: must ${rule}, got ${got}`,
      fix: `Copy the value that W&B shows ${where}.`,
      source: BYOB,
    }));
}

/** CoreWeave's API tokens say what they are. @see https://registry.terraform.io/providers/coreweave/coreweave/latest/docs */
const looksSecret = (text: string) => /^CW-SECRET-/i.test(text);
