/** Where a bucket can live. */
export const CLOUDS = ["aws", "gcp", "azure", "s3-compatible", "coreweave"] as const;
export type Cloud = (typeof CLOUDS)[number];

/** How W&B is run: Multi-tenant SaaS, Dedicated Cloud, or Self-managed. */
export const TYPES = ["saas", "dedicated", "self-managed"] as const;
export type DeploymentType = (typeof TYPES)[number];

/** Who uses a storage: all of the deployment, or one team. */
export const SCOPES = ["instance", "team"] as const;
export type Scope = (typeof SCOPES)[number];

/** The page that the matrix comes from. */
export const AVAILABILITY_SOURCE =
  "https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector#availability-matrix";

/**
 * Which clouds W&B offers for which deployment and scope. SaaS has no instance level ("N/A"), no Azure and no
 * S3-compatible storage; everything else is on offer.
 */
export const AVAILABILITY = {
  saas: { instance: [], team: ["aws", "gcp", "coreweave"] },
  dedicated: { instance: CLOUDS, team: CLOUDS },
  "self-managed": { instance: CLOUDS, team: CLOUDS },
} as const satisfies Record<DeploymentType, Record<Scope, readonly Cloud[]>>;

/** The clouds that are legal for a deployment type and scope, as a type. */
export type Legal<T extends DeploymentType, S extends Scope = Scope> = (typeof AVAILABILITY)[T][S][number];

/** The clouds that are legal for a deployment type and scope. */
export function legalClouds(type: DeploymentType, scope: Scope): readonly Cloud[] {
  return AVAILABILITY[type][scope];
}

/** The clouds that are legal for a deployment type at any scope. */
export function cloudsOf(type: DeploymentType): readonly Cloud[] {
  return CLOUDS.filter((cloud) => SCOPES.some((scope) => legalClouds(type, scope).includes(cloud)));
}

/** W&B's own names, for people. */
export const TYPE_NAMES: Record<DeploymentType, string> = {
  saas: "SaaS (Multi-tenant Cloud)",
  dedicated: "Dedicated Cloud",
  "self-managed": "Self-managed",
};
