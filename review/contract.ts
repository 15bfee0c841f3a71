import type { DeploymentType } from "./intent";

/**
 * What W&B documents, written down a second time and on purpose apart from the constructs: a mistake there is then not
 * repeated here. As of September 2026.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector
 */
export const BYOB = "https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector";

/** W&B's page on pre-signed URLs. */
export const PRESIGNED = "https://docs.wandb.ai/platform/hosting/data-security/presigned-urls";

/** The AWS account that hosts all of W&B's Dedicated Cloud. @see BYOB, "Provision the KMS key" */
export const DEDICATED_ACCOUNT = "830241207209";
/** The AWS account of W&B's Multi-tenant Cloud. @see BYOB, ibid. */
export const SAAS_ACCOUNT = "725579432336";

type Published = Readonly<Record<DeploymentType, string | undefined>>;

/** W&B's principals by cloud and deployment type. @see BYOB */
export const WANDB_PRINCIPALS = {
  aws: {
    saas: `arn:aws:iam::${SAAS_ACCOUNT}:role/WandbIntegration`,
    dedicated: `arn:aws:iam::${DEDICATED_ACCOUNT}:root`,
    "self-managed": undefined,
  },
  gcp: {
    saas: "serviceAccount:wandb-integration@wandb-production.iam.gserviceaccount.com",
    dedicated: "serviceAccount:deploy@wandb-production.iam.gserviceaccount.com",
    "self-managed": undefined,
  },
  coreweave: {
    saas: "arn:aws:iam::wandb:static/wandb-integration-public",
    dedicated: "arn:aws:iam::wandb:static/wandb-integration",
    "self-managed": "arn:aws:iam::wandb:static/wandb-integration",
  },
} as const satisfies Record<string, Published>;

/** What W&B's principal may do with a bucket: the eleven actions of the page, each with actions of AWS that it stands for. */
export const BUCKET_ACTIONS = {
  "s3:GetObject*": {
    on: "object",
    asked: ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectAttributes"],
    for: "reading files",
  },
  "s3:PutObject": { on: "object", asked: ["s3:PutObject"], for: "uploading files" },
  "s3:DeleteObject": {
    on: "object",
    asked: ["s3:DeleteObject"],
    for: "deleting what users delete (garbage collection)",
  },
  "s3:AbortMultipartUpload": {
    on: "object",
    asked: ["s3:AbortMultipartUpload"],
    for: "giving up uploads of more than 2 GiB",
  },
  "s3:ListBucket": {
    on: "bucket",
    asked: ["s3:ListBucket"],
    for: "listing files; without it a missing file looks like a refused one",
  },
  "s3:ListBucketVersions": { on: "bucket", asked: ["s3:ListBucketVersions"], for: "listing versions" },
  "s3:ListBucketMultipartUploads": {
    on: "bucket",
    asked: ["s3:ListBucketMultipartUploads"],
    for: "finding unfinished uploads",
  },
  "s3:GetBucketLocation": { on: "bucket", asked: ["s3:GetBucketLocation"], for: "signing URLs for the right region" },
  "s3:GetBucketVersioning": {
    on: "bucket",
    asked: ["s3:GetBucketVersioning"],
    for: "checking the bucket when a team is created",
  },
  "s3:GetBucketCORS": { on: "bucket", asked: ["s3:GetBucketCORS"], for: "checking the bucket when a team is created" },
  "s3:GetEncryptionConfiguration": {
    on: "bucket",
    asked: ["s3:GetEncryptionConfiguration"],
    for: "checking the bucket when a team is created",
  },
} as const;

/** What W&B's principal may do with the key. @see BYOB, "Provision the KMS key" */
export const KEY_ACTIONS = {
  "kms:Decrypt": { asked: ["kms:Decrypt"], for: "reading files, and completing uploads in parts" },
  "kms:Describe*": { asked: ["kms:DescribeKey"], for: "checking the key when a team is created" },
  "kms:Encrypt": { asked: ["kms:Encrypt"], for: "writing files" },
  "kms:ReEncrypt*": { asked: ["kms:ReEncryptFrom", "kms:ReEncryptTo"], for: "copying files" },
  "kms:GenerateDataKey*": {
    asked: ["kms:GenerateDataKey", "kms:GenerateDataKeyWithoutPlaintext"],
    for: "uploading files",
  },
} as const;

/** What browsers need in order to use pre-signed URLs. @see BYOB, "Configure CORS" */
export const CORS_METHODS = ["GET", "HEAD", "PUT"] as const;
/** The header that a page must be able to read: the client of an upload in parts needs the ETag of each part. */
export const CORS_EXPOSED = "ETag";

/** Seconds that W&B's pre-signed URLs live. @see PRESIGNED */
export const URL_SECONDS = { read: 3600, write: 24 * 3600 } as const;

/** The roles that W&B's page asks for. @see BYOB */
export const GCP_ROLE = "roles/storage.admin";
export const AZURE_ROLES = ["Reader", "Storage Blob Data Contributor"] as const;

/**
 * The Kubernetes service accounts of W&B's pods that sign in as the customer's managed identity.
 *
 * @see https://github.com/wandb/terraform-azurerm-wandb/tree/main/modules/secure_storage_connector
 */
export const AZURE_SERVICE_ACCOUNTS: readonly string[] = [
  ...["app", "api", "console", "executor", "parquet", "filestream", "filemeta", "glue", "weave", "weave-trace"],
  ...["settings-migration-job", "bucket-access", "flat-run-fields-updater"],
]
  .map((name) => `wandb-${name}`)
  .concat("bufstream-service-account");
export const AZURE_AUDIENCE = "api://AzureADTokenExchange";

/** What stays with W&B and what goes to the bucket. @see BYOB, "Data stored in the central database and buckets" */
export const DATABASE_KEEPS = [
  "Metadata of users, teams, artifacts, experiments and projects",
  "Reports",
  "Experiment logs",
  "System metrics",
  "Console logs",
] as const;
export const BUCKET_KEEPS = [
  "Experiment files and metrics",
  "Artifact files",
  "Media files",
  "Run files",
  "Exported history metrics and system events (Parquet)",
] as const;
