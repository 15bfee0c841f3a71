import type { Cloud, DeploymentType } from "./availability";

/** Where a Dedicated or Self-managed W&B runs. */
export const HOSTS = ["aws", "gcp", "azure", "onprem"] as const;
export type Host = (typeof HOSTS)[number];

/** How W&B gets at a storage. */
export type Access =
  /** W&B's (or, Self-managed, your) own identity is let in by the bucket's policy. */
  | "role"
  /** A storage address that carries credentials; the policies let in the identity that the credentials belong to. */
  | "credentials";

/**
 * How W&B gets at a storage in `cloud`. SaaS never uses credentials: "cross-cloud connectivity doesn't use the access
 * key". Dedicated and Self-managed need them for another cloud than the one they run in, and for S3-compatible storage.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector
 */
export function accessOf(type: DeploymentType, runsOn: Host | undefined, cloud: Cloud): Access {
  switch (cloud) {
    case "s3-compatible":
      return "credentials";
    case "coreweave":
      return "role";
    case "aws":
    case "gcp":
    case "azure":
      return type === "saas" || runsOn === cloud ? "role" : "credentials";
    default:
      return cloud satisfies never;
  }
}
