import { createHash } from "node:crypto";
import type { RuleContext } from "../context";
import { quote, type Fault } from "../issue";
import { ID } from "./names";

const BYOB = "https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector";
const WANDB_PROJECT = "wandb-production";

/** W&B's own service accounts. @see BYOB page, "Grant access" */
export const WANDB_SERVICE_ACCOUNTS = {
  saas: `wandb-integration@${WANDB_PROJECT}.iam.gserviceaccount.com`,
  dedicated: `deploy@${WANDB_PROJECT}.iam.gserviceaccount.com`,
} as const;

/** What decides whom a storage lets in. */
export interface PrincipalRequest extends Pick<RuleContext, "type" | "access"> {
  /** The `serviceAccount` of the deployment file. */
  readonly serviceAccount?: string | undefined;
  readonly project: string;
  readonly bucket: string;
  /** Whether a service account with a key is made. @default - no */
  readonly credentials?: object | undefined;
}

/** The service account that a storage lets in. Meaningful only where {@link principalFaults} finds nothing. */
export function principalOf({ type, access, serviceAccount, credentials, project, bucket }: PrincipalRequest): string {
  if (credentials) return `${createdAccountId(bucket)}@${project}.iam.gserviceaccount.com`;
  return serviceAccount ?? (type === "self-managed" || access === "credentials" ? "" : WANDB_SERVICE_ACCOUNTS[type]);
}

/** What is wrong with whom a storage is to let in. */
export function principalFaults({ type, access, serviceAccount, credentials }: PrincipalRequest): Fault[] {
  if (credentials) return createdFaults(access, serviceAccount);
  if (type !== "self-managed" && access === "role") {
    if (serviceAccount === undefined) return [];
    return [
      {
        message: `Cannot change the service account: must be W&B's own (${WANDB_SERVICE_ACCOUNTS[type]}), got ${quote(serviceAccount)}`,
        fix: "Drop `serviceAccount`.",
        source: BYOB,
      },
    ];
  }
  if (serviceAccount === undefined) return [missing(access)];
  const faults = serviceAccountFaults(serviceAccount);
  if (!faults.length && serviceAccount.endsWith(`@${WANDB_PROJECT}.iam.gserviceaccount.com`)) {
    faults.push({
      message: `Cannot let the service account in: must be of a project of yours, got ${quote(serviceAccount)}`,
      fix:
        access === "credentials"
          ? "Name the service account whose key you give to W&B: from another cloud, W&B can't act as its own."
          : "Name the service account that your W&B runs as: W&B's own is for SaaS and Dedicated Cloud.",
      source: BYOB,
    });
  }
  return faults;
}

const ID_MAX = 30;

/** The id of a service account that is made for a bucket: at most 30 characters, and unique for a bucket of any name. */
export function createdAccountId(bucket: string): string {
  const hash = createHash("sha256").update(bucket).digest("hex").slice(0, 8);
  const readable = bucket.replace(/[^a-z0-9-]/g, "-").slice(0, ID_MAX - `wandb--${hash}`.length);
  return `wandb-${readable}-${hash}`;
}

function createdFaults(access: RuleContext["access"], serviceAccount: string | undefined): Fault[] {
  if (access === "role") {
    return [
      {
        message:
          "Cannot make credentials: must be where W&B runs outside Google Cloud, got a W&B that is let in by a role",
        fix: "Drop `credentials`: no secret is needed.",
        source: BYOB,
      },
    ];
  }
  if (serviceAccount === undefined) return [];
  return [
    {
      message: `Cannot make credentials: must be for a service account that is made, got ${quote(serviceAccount)}`,
      fix: "Drop `serviceAccount`, or drop `credentials` and give that account's key by a Terraform variable.",
    },
  ];
}

function missing(access: RuleContext["access"]): Fault {
  return access === "credentials"
    ? {
        message: "Cannot let W&B into the bucket: must name the service account whose key W&B will use, got nothing",
        fix: "Add `serviceAccount: <name>@<project>.iam.gserviceaccount.com`: W&B runs outside Google Cloud and reaches this bucket by a key.",
        source: BYOB,
      }
    : {
        message: "Cannot let W&B into the bucket: must name the service account that your W&B runs as, got nothing",
        fix: "Add `serviceAccount: <name>@<project>.iam.gserviceaccount.com`, the account of W&B's pods or nodes.",
        source: BYOB,
      };
}

/** What is wrong with the e-mail address of a service account of one's own. */
export function serviceAccountFaults(email: string): Fault[] {
  const own = new RegExp(`^${ID}@${ID}\\.iam\\.gserviceaccount\\.com$`);
  if (own.test(email)) return [];
  const isDefault = /@(?:developer|appspot)\.gserviceaccount\.com$/.test(email);
  return [
    {
      message: `Cannot use the service account: must be <name>@<project>.iam.gserviceaccount.com, got ${quote(email)}`,
      fix: isDefault
        ? "Make a service account for this alone: a default one is shared by all that runs in its project."
        : "Write the e-mail address as `gcloud iam service-accounts list` prints it, without `serviceAccount:`.",
      source: "https://cloud.google.com/iam/docs/service-account-types#user-managed",
    },
  ];
}
