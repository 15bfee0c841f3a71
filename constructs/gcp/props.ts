import * as z from "zod";
import type { RuleContext } from "../context";
import { DEFAULT_DAYS, ownTags, sharedFields, uploadFields } from "../fields";
import { at, below, quote, type Issue } from "../issue";
import { optOut } from "../opt-out";
import { encryption, encryptionIssues } from "./encryption";
import { ipFilter } from "./ip-filter";
import { ipFilterIssues, ipFilterWarnings } from "./ip-filter-rules";
import { dataLocationFaults, locationFaults } from "./locations";
import { bucketNameFaults, ID, labelFaults, projectFaults } from "./names";
import { principalFaults, serviceAccountFaults } from "./principal";

/** Bounds of Google. @see https://cloud.google.com/storage/docs/soft-delete#retention-duration */
const SOFT_DELETE_DAYS = { min: 7, max: 90 };

/** Days, where the fields leave them open. */
export const DEFAULT_GCP_DAYS = { softDeleteRetention: 7 } as const;

/** How Terraform reaches a project: one provider configuration for each project of a deployment. */
export const gcpProviderFields = {
  project: z.string().meta({ description: "Google Cloud project id", pattern: `^${ID}$` }),
  impersonateServiceAccount: z
    .string()
    .optional()
    .describe("E-mail address of the service account that Terraform acts as. Default: whoever runs Terraform"),
};

/** The fields of a storage on Google Cloud Storage. */
export const gcpProps = z.strictObject({
  cloud: z.literal("gcp"),
  ...gcpProviderFields,
  location: z.string().describe("Location of the bucket: a region, dual-region or multi-region; it can't be changed"),
  dataLocations: z.array(z.string()).optional().describe("Two regions of your choice within `location`"),
  bucket: z.string().describe("Name of the bucket; it can't be changed later"),
  serviceAccount: z
    .string()
    .optional()
    .describe(
      "E-mail address of the service account that is let in. Self-managed: required, the one W&B runs as. " +
        "Where W&B runs outside Google Cloud: the one whose key it uses. SaaS, and Dedicated on Google Cloud: not allowed",
    ),
  credentials: optOut(
    "create",
    "Makes a service account with a key for W&B, where W&B runs outside Google Cloud; the key then stands in Terraform's state",
  ).optional(),
  customRole: optOut(
    "undocumented",
    "Lets W&B in by a narrower role than the documented roles/storage.admin; W&B does not say that it is enough",
  ).optional(),
  storageClass: z
    .enum(["STANDARD", "NEARLINE", "COLDLINE", "ARCHIVE"])
    .optional()
    .describe("Storage class of new objects. Default: STANDARD"),
  softDeleteRetentionDays: z
    .int()
    .min(SOFT_DELETE_DAYS.min)
    .max(SOFT_DELETE_DAYS.max)
    .optional()
    .describe(
      `Days that a deleted object can be restored; W&B refuses a bucket without. Default: ${DEFAULT_GCP_DAYS.softDeleteRetention}`,
    ),
  encryption: encryption.optional(),
  ipFilter: ipFilter.optional(),
  logging: z
    .strictObject({
      logBucket: z.string().describe("Name of the bucket that is made for the logs"),
      expirationDays: z
        .int()
        .min(1)
        .optional()
        .describe(`Days until a log is gone. Default: ${DEFAULT_DAYS.logExpiration}`),
    })
    .optional()
    .describe("Usage logs: each request with its URL, and so W&B's user name (X-User), which is personal data"),
  dataAccessLogs: optOut(
    "authoritative",
    "Sets the Data Access audit logs of Cloud Storage for the whole project, in place of what is set there",
  ).optional(),
  ...sharedFields,
  ...uploadFields,
  labels: z.record(z.string(), z.string()).optional().describe("Labels of the buckets and the key"),
});

/** The fields of a storage on Google Cloud Storage, as TypeScript users write them. */
export type GcpProps = z.input<typeof gcpProps>;

/** How Terraform reaches a project, as TypeScript users write it. */
export type GcpAccountProps = Pick<GcpProps, "project" | "impersonateServiceAccount">;

/** The fields of a storage that leaves a deployment: enough for the addresses of all it may have. */
export const gcpRetiredFields = {
  ...gcpProviderFields,
  bucket: z.string(),
  logBucket: z.string().optional().describe("Name of the bucket of the logs, if there is one"),
};

/** The alias of the provider configuration for a project. */
export function gcpProviderAlias({ project }: GcpAccountProps): string {
  return `gcp_${project}`;
}

/** The labels that this project sets: those of {@link ownTags}, in the letters that Google allows. */
export function ownLabels(deployment: string) {
  const { ManagedBy, WandbDeployment } = ownTags(deployment);
  return { "managed-by": ManagedBy, "wandb-deployment": WandbDeployment };
}

/** All that is wrong with how Terraform is to reach a project; paths begin at the storage. */
export function gcpProviderIssues({ project, impersonateServiceAccount: account }: GcpAccountProps): Issue[] {
  return [
    ...at(["project"], projectFaults(project)),
    ...at(["impersonateServiceAccount"], account === undefined ? [] : serviceAccountFaults(account)),
  ];
}

/** Labels on a resource beside the user's: ours, and `goog-terraform-provisioned` of the provider. */
const ADDED_LABELS = Object.keys(ownLabels("")).length + 1;

/** All that is wrong with a storage on Google Cloud whose shape is right; paths begin at the storage. */
export function gcpIssues(props: GcpProps, context: RuleContext): Issue[] {
  const { location, dataLocations, bucket, logging, labels } = props;
  const where = locationFaults(location, dataLocations);
  return [
    ...gcpProviderIssues(props),
    ...at(["location"], where),
    ...at(["dataLocations"], dataLocations && !where.length ? dataLocationFaults(location, dataLocations) : []),
    ...at(["bucket"], bucketNameFaults(bucket)),
    ...at(["serviceAccount"], principalFaults({ ...context, ...props })),
    ...(props.encryption
      ? below(["encryption"], encryptionIssues(props.encryption, where.length ? undefined : location))
      : []),
    ...(props.ipFilter ? below(["ipFilter"], ipFilterIssues(props.ipFilter, context)) : []),
    ...(logging ? logBucketIssues(logging.logBucket, bucket) : []),
    ...at(["labels"], labelFaults(labels ?? {}, ADDED_LABELS)),
  ];
}

/** What is allowed but should be known of a storage on Google Cloud; paths begin at the storage. */
export function gcpWarnings(props: GcpProps, context: RuleContext): Issue[] {
  return props.ipFilter ? below(["ipFilter"], ipFilterWarnings(props.ipFilter, context)) : [];
}

function logBucketIssues(logBucket: string, bucket: string): Issue[] {
  const own = {
    message: `Cannot keep the logs there: must be another bucket than the one that is logged, got ${quote(logBucket)}`,
    fix: `Choose another name, such as ${quote(`${bucket}-logs`)}: W&B may read all of its bucket, and each log would be logged.`,
  };
  return at(["logging", "logBucket"], [...bucketNameFaults(logBucket), ...(logBucket === bucket ? [own] : [])]);
}
