import { TerraformStack } from "cdktf";
import { Construct } from "constructs";
import type { StorageContext } from "../context";
import { allowedOrigins } from "../cors";
import { secretVariables } from "../credentials";
import { logicalId } from "../logical-id";
import type { GcpHandover, Storage } from "../storage";
import { AccessLogs } from "./access-logs";
import { Bucket } from "./bucket";
import { dataAccessLogs } from "./data-access-logs";
import { Grant } from "./grant";
import { ipFilterConfig } from "./ip-filter";
import { EncryptionKey } from "./key";
import { principalOf } from "./principal";
import { CreatedServiceAccount } from "./service-account-key";
import { ownLabels, type GcpProps } from "./props";
import { gcpProvider } from "./provider";

export { gcpProvider } from "./provider";

export interface GcpStorageProps extends GcpProps, StorageContext {}

/** What the addresses of a storage on Google Cloud are made from. */
export interface GcpNames {
  readonly project: string;
  readonly bucket: string;
  /** @default - no bucket for logs */
  readonly logBucket?: string | undefined;
}

/** Types of the resources that a bucket, of data or of logs, may have. */
const BUCKET_TYPES = ["google_storage_bucket", "google_storage_bucket_iam_member"];
/** Types of the resources that a bucket of data may have beside. */
const COMPANION_TYPES = [
  "google_project_iam_custom_role",
  "google_kms_key_ring",
  "google_kms_crypto_key",
  "google_kms_crypto_key_iam_member",
  "google_service_account",
  "google_service_account_key",
];
/** The secret part of a service account's key that W&B is given. */
const PRIVATE_KEY = {
  private_key: "private_key of the key file of the service account whose key W&B uses: a PEM text",
};

/** Types of the resources that the storages of a project share. */
const PROJECT_TYPES = ["google_project_iam_audit_config"];

/** The Terraform addresses that a storage on Google Cloud may have. */
export function gcpAddresses({ project, bucket, logBucket }: GcpNames): string[] {
  const named = (name: string, types: readonly string[]) => types.map((type) => `${type}.${logicalId("gcp", name)}`);
  return [
    ...named(bucket, [...BUCKET_TYPES, ...COMPANION_TYPES]),
    ...(logBucket === undefined ? [] : named(logBucket, BUCKET_TYPES)),
    ...named(project, PROJECT_TYPES),
  ];
}

/** A bucket on Google Cloud Storage, open to W&B's service account; a key, logs and an IP filter if asked for. */
export class GcpStorage extends Construct implements Storage {
  readonly cloud = "gcp";
  readonly handover: GcpHandover;
  readonly ready: Storage["ready"];
  readonly credentials: Storage["credentials"];
  readonly notEnforced: readonly string[];

  constructor(scope: Construct, id: string, props: GcpStorageProps) {
    super(scope, id);
    const { project, bucket: name, location, logging, ipFilter } = props;
    const stack = TerraformStack.of(this);
    const common = {
      provider: gcpProvider(stack, props),
      project,
      labels: { ...ownLabels(props.deployment), ...props.labels },
    };

    const key = props.encryption
      ? new EncryptionKey(this, "key", { ...common, ...props.encryption, bucket: name, location })
      : undefined;
    const placed = {
      ...common,
      location,
      dataLocations: props.dataLocations,
      softDeleteRetentionDays: props.softDeleteRetentionDays,
      kmsKeyName: key?.name,
    };
    const grants = key ? [key.grant] : [];
    const logs = logging
      ? new AccessLogs(this, "logs", {
          ...placed,
          bucket: logging.logBucket,
          expirationDays: logging.expirationDays,
          dependsOn: grants,
        })
      : undefined;

    const { bucket } = new Bucket(this, "bucket", {
      ...placed,
      bucket: name,
      storageClass: props.storageClass,
      versioned: props.versioning === undefined,
      noncurrentVersionExpirationDays: props.noncurrentVersionExpirationDays,
      abortIncompleteMultipartUploadDays: props.abortIncompleteMultipartUploadDays,
      allowedOrigins: allowedOrigins(props.wandbUrl, props.cors !== undefined),
      logBucket: logging?.logBucket,
      ipFilter: ipFilter && ipFilterConfig(ipFilter, props),
      dependsOn: [...grants, ...(logs?.ready ?? [])],
    });
    const serviceAccount = principalOf(props);
    const created = props.credentials
      ? new CreatedServiceAccount(this, "credentials", { ...common, bucket: name, email: serviceAccount })
      : undefined;
    const grant = new Grant(this, "grant", {
      ...common,
      bucket,
      name,
      serviceAccount,
      dependsOn: created ? [created.account] : [],
      narrowed: props.customRole !== undefined,
    });
    const audit = props.dataAccessLogs ? [dataAccessLogs(stack, common.provider, project)] : [];

    this.ready = [...(key?.ready ?? []), ...(logs?.ready ?? []), bucket, ...grant.ready, ...audit];
    this.notEnforced = [
      "the age of pre-signed URLs: Cloud Storage has no condition on it",
      ipFilter
        ? "the network of pre-signed URLs alone: an IP filter holds for every request, W&B's and yours too"
        : "the network of pre-signed URLs",
    ];
    const needed = props.access === "credentials";
    this.credentials = needed
      ? (created?.secrets ?? secretVariables(this, logicalId("gcp", name), PRIVATE_KEY))
      : undefined;
    this.handover = { provider: "GCP", bucket: name, ...(needed ? { service_account: serviceAccount } : {}) };
  }
}
