import * as z from "zod";
import type { RuleContext } from "../context";
import { ownTags, sharedFields, uploadFields } from "../fields";
import { at, type Fault, type Issue } from "../issue";
import { optOut } from "../opt-out";
import { bucketNameFaults, storageOrganizationFaults, tagFaults, zoneFaults } from "./names";
import { organizationIssues } from "./principal";

/**
 * How Terraform reaches CoreWeave: by the API token COREWEAVE_API_TOKEN of the environment, and for CORS by an access key of
 * AI Object Storage. Neither ever stands in a file.
 */
export const coreweaveProviderFields = {
  zone: z.string().describe('Availability Zone of the bucket, such as "US-EAST-04A"; it can\'t be changed later'),
  profile: z
    .string()
    .min(1)
    .optional()
    .describe(
      "Named profile of the AWS configuration with an access key of CoreWeave, for CORS. Default: the environment",
    ),
};

/** The fields of a storage on CoreWeave AI Object Storage. */
export const coreweaveProps = z.strictObject({
  cloud: z.literal("coreweave"),
  ...coreweaveProviderFields,
  bucket: z.string().describe("Name of the bucket; it can't be changed later"),
  organizationId: z.string().optional().describe("W&B's organization ID: required on SaaS, and only there"),
  customerNamespace: z
    .string()
    .optional()
    .describe("W&B's Customer Namespace: required on Dedicated Cloud and Self-managed, and only there"),
  storageOrganization: z
    .string()
    .optional()
    .describe("Org ID of the CoreWeave organization that owns the bucket. Required unless `ownerStatement` is omitted"),
  ownerStatement: optOut(
    "omitted",
    "Lets no one of the owner's organization in, Terraform's next run included",
  ).optional(),
  ...sharedFields,
  ...uploadFields,
  tags: z.record(z.string(), z.string()).optional().describe("Tags of the bucket"),
});

/** The fields of a storage on CoreWeave AI Object Storage, as TypeScript users write them. */
export type CoreweaveProps = z.input<typeof coreweaveProps>;

/** How Terraform reaches CoreWeave, as TypeScript users write it. */
export type CoreweaveAccountProps = Pick<CoreweaveProps, "zone" | "profile">;

/** The fields of a storage that leaves a deployment: enough for the addresses of all it may have. */
export const coreweaveRetiredFields = { ...coreweaveProviderFields, bucket: z.string() };

/** The alias of the provider configuration for CORS; CoreWeave's own is one for all zones. */
export function coreweaveProviderAlias({ zone }: CoreweaveAccountProps): string {
  return `coreweave_${zone}`;
}

/** All that is wrong with how Terraform is to reach CoreWeave; paths begin at the storage. */
export function coreweaveProviderIssues({ zone }: CoreweaveAccountProps): Issue[] {
  return at(["zone"], zoneFaults(zone));
}

/** All that is wrong with a storage on CoreWeave whose shape is right; paths begin at the storage. */
export function coreweaveIssues(props: CoreweaveProps, context: Pick<RuleContext, "type">): Issue[] {
  return [
    ...coreweaveProviderIssues(props),
    ...at(["bucket"], bucketNameFaults(props.bucket)),
    ...organizationIssues(props, context),
    ...at(["storageOrganization"], ownerFaults(props)),
    ...at(["tags"], tagFaults(props.tags ?? {}, Object.keys(ownTags("")).length)),
  ];
}

function ownerFaults({ storageOrganization: id, ownerStatement }: CoreweaveProps): Fault[] {
  if (id !== undefined) return ownerStatement ? [OWNER_TWICE] : storageOrganizationFaults(id);
  return ownerStatement ? [] : [OWNER_MISSING];
}

const MANAGE =
  "https://docs.coreweave.com/products/storage/object-storage/auth-access/bucket-access/manage-bucket-policies";

const OWNER_MISSING: Fault = {
  message: "Cannot let the owner in: must have `storageOrganization`, got none",
  fix: "Add it: the Org ID of the Cloud Console's Settings page. A bucket with a policy refuses whomever it doesn't name, its owner too.",
  source: MANAGE,
};

const OWNER_TWICE: Fault = {
  message: "Cannot let the owner in: must have `storageOrganization` or `ownerStatement`, got both",
  fix: "Drop `ownerStatement` to let the owner's organization in, or `storageOrganization` to keep it out.",
};

/** What is allowed but should be known of a storage on CoreWeave; paths begin at the storage. */
export function coreweaveWarnings({ ownerStatement }: CoreweaveProps): Issue[] {
  const organizationPolicy: Issue = {
    path: ["cloud"],
    message:
      "An organization access policy must exist before CoreWeave makes any bucket, and it must let Terraform's identity do so",
    fix: "Make one in the Cloud Console (Object Storage > Organization Access Policies), once for the organization.",
    source: "https://docs.coreweave.com/products/storage/object-storage/auth-access/organization-policies/manage",
  };
  const shutOut: Issue = {
    path: ["ownerStatement"],
    message: "Terraform can't read the bucket's settings once its policy names W&B alone: the next plan ends with 403",
    fix: "Give `storageOrganization` instead. The policy itself can still be changed: for that only organization policies count.",
    source: MANAGE,
  };
  return ownerStatement ? [organizationPolicy, shutOut] : [organizationPolicy];
}

/** What is not enforced on a storage, though a reviewer might think so: one line each. */
export function coreweaveNotEnforced(): string[] {
  return [
    "network: objects can be reached from any address; W&B documents no network condition for CoreWeave",
    "lifetime of URLs: whoever holds credentials can sign URLs that live longer than W&B's 24 hours",
    "TLS: W&B's endpoint has nothing else, but CoreWeave's cache inside its clusters (cwlota.com) is plain HTTP",
    "encryption at rest: CoreWeave's own; W&B takes no KMS key there",
  ];
}
