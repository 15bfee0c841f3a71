import { TerraformStack } from "cdktf";
import type { RuleContext } from "../../../constructs/context";
import { gcpIssues, gcpProps, type GcpProps } from "../../../constructs/gcp/props";
import { GcpStorage } from "../../../constructs/gcp/storage";
import { synthApp, type Block, type Terraform } from "../../support/synth";

/** The smallest storage on Google Cloud; tests change one thing at a time. */
export const GCP_STORAGE = { cloud: "gcp", project: "acme-ml", location: "EU", bucket: "acme-wandb" } as const;

export const OWN_ACCOUNT = "wandb-server@acme-ml.iam.gserviceaccount.com";
export const KEY_NAME = "projects/acme-keys/locations/europe/keyRings/data/cryptoKeys/wandb";
export const REASON = "the security team asks for it";

export const SAAS = { type: "saas", access: "role", scopes: ["team"] } as const satisfies RuleContext;
export const DEDICATED = { type: "dedicated", access: "role", scopes: ["instance"] } as const satisfies RuleContext;
export const CREDENTIALS = { ...DEDICATED, access: "credentials" } as const satisfies RuleContext;
export const SELF_MANAGED = {
  type: "self-managed",
  access: "role",
  scopes: ["instance"],
} as const satisfies RuleContext;

export const IP_FILTER = {
  wandb: {
    ranges: ["203.0.113.0/28"],
    vpcNetworks: [{ network: "projects/wandb-host/global/networks/acme", ranges: ["10.10.0.0/16"] }],
  },
  deployer: { ranges: ["198.51.100.7/32"] },
  clients: {
    ranges: ["198.51.100.0/24", "2001:db8:1::/48"],
    vpcNetworks: [{ network: "projects/acme-ml/global/networks/training", ranges: ["10.0.0.0/8"] }],
  },
};

/** Every way to add to the smallest storage. */
export const VARIANTS: Readonly<Record<string, object>> = {
  plain: {},
  encryption: { encryption: { customerManagedKey: true, reason: REASON } },
  "existing key": { encryption: { customerManagedKey: true, reason: REASON, kmsKeyName: KEY_NAME } },
  logging: { logging: { logBucket: "acme-wandb-logs" } },
  "custom role": { customRole: { undocumented: true, reason: REASON } },
  "data access logs": { dataAccessLogs: { authoritative: true, reason: REASON } },
  "IP filter": { ipFilter: IP_FILTER },
  "two regions": { location: "US", dataLocations: ["us-east1", "us-west1"] },
};

/** All of them at once. */
export const EVERYTHING: object = {
  ...VARIANTS["encryption"],
  ...VARIANTS["logging"],
  ...VARIANTS["custom role"],
  ...VARIANTS["data access logs"],
  ...VARIANTS["IP filter"],
};

/** The fields of a storage, as a file would give them. */
export function props(change: object = {}): GcpProps {
  return gcpProps.parse({ ...GCP_STORAGE, ...change });
}

/** The issues of a storage, as `path: message`. */
export function issues(change: object, context: RuleContext = SAAS): string[] {
  return gcpIssues(props(change), context).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

/** The Terraform of storages in one stack, which the rules accept. */
export function synthAll(changes: readonly object[], context: RuleContext = SAAS, wandbUrl?: string): Terraform {
  for (const change of changes) expect(issues(change, context)).toEqual([]);
  const stacks = synthApp((app) => {
    const stack = new TerraformStack(app, "t");
    for (const change of changes) {
      const fields = props(change);
      new GcpStorage(stack, fields.bucket, { ...fields, ...context, wandbUrl, deployment: "acme-saas" });
    }
  });
  if (!stacks["t"]) throw new Error("no stack");
  return stacks["t"];
}

/** The Terraform of one storage. */
export function synth(change: object = {}, context: RuleContext = SAAS, wandbUrl?: string): Terraform {
  return synthAll([change], context, wandbUrl);
}

/** One resource by its type and name. */
export function resource(terraform: Terraform, type: string, name: string = GCP_STORAGE.bucket): Block {
  const found = terraform.resource[type]?.[`gcp_${name}`];
  if (!found) throw new Error(`no ${type}.gcp_${name}`);
  return found;
}
