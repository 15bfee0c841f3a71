/** The smallest legal deployments, as a file would say them; tests change one thing at a time. */

export const AWS_STORAGE = {
  cloud: "aws",
  account: "111122223333",
  region: "us-east-1",
  bucket: "acme-wandb",
} as const;

export const OWN_ROLE = "arn:aws:iam::111122223333:role/wandb";
export const OWN_USER = "arn:aws:iam::111122223333:user/wandb";
export const KEY_ARN = "arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d-4e5f-4a6b-8c7d-9e0f1a2b3c4d";

/** A SaaS deployment whose team `omega` has a bucket on AWS. */
export function saas(storage: object = {}, rest: object = {}) {
  return {
    name: "acme-saas",
    type: "saas",
    storage: { main: { ...AWS_STORAGE, ...storage } },
    teams: { omega: { storage: "main", path: "omega" } },
    ...rest,
  };
}

/** A Dedicated deployment on AWS whose instance has a bucket on AWS. */
export function dedicated(storage: object = {}, rest: object = {}) {
  return {
    name: "acme-dedicated",
    type: "dedicated",
    wandb: { url: "https://acme.wandb.io", runsOn: "aws" },
    storage: { main: { ...AWS_STORAGE, ...storage } },
    instance: { storage: "main" },
    ...rest,
  };
}

/** A Self-managed deployment on AWS whose instance has a bucket on AWS. */
export function selfManaged(storage: object = {}, rest: object = {}) {
  return {
    name: "acme-self-managed",
    type: "self-managed",
    wandb: { url: "https://wandb.acme.com", runsOn: "aws" },
    storage: { main: { ...AWS_STORAGE, principal: OWN_ROLE, ...storage } },
    instance: { storage: "main" },
    ...rest,
  };
}

export const GCP_STORAGE = { cloud: "gcp", project: "acme-ml", location: "us-central1", bucket: "acme-wandb" } as const;
export const OWN_SERVICE_ACCOUNT = "wandb-files@acme-ml.iam.gserviceaccount.com";

const PLACE = { subscription: "0a1b2c3d-0000-4000-8000-000000000001", resourceGroup: "wandb", location: "westeurope" };
export const AZURE_STORAGE = { cloud: "azure", ...PLACE, account: "acmewandb", container: "wandb" } as const;
export const OIDC_ISSUER = "https://westeurope.oic.prod-aks.azure.com/tenant/cluster/";
export const FEDERATED = { mode: "federated", oidcIssuerUrl: OIDC_ISSUER } as const;
export const PLATFORM = { mode: "platform-identity", principalId: "0a1b2c3d-0000-4000-8000-00000000000a" } as const;
export const ACCOUNT_KEY = { mode: "account-key", reason: "W&B runs in another cloud" } as const;

export const S3_COMPATIBLE_STORAGE = {
  cloud: "s3-compatible",
  kind: "ceph",
  endpoint: "s3.acme.com",
  region: "default",
  bucket: "acme-wandb",
  principal: "arn:aws:iam::acme:user/wandb",
} as const;
export const COREWEAVE_STORAGE = {
  cloud: "coreweave",
  zone: "US-EAST-04A",
  bucket: "acme-wandb",
  storageOrganization: "0a1b2c",
} as const;
