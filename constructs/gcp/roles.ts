/**
 * What W&B asks for on the bucket: "to check the bucket's CORS configuration and attributes, such as whether object
 * versioning is enabled"; with less it gets a 403. It is much: W&B may also change who has access to the bucket.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector
 */
export const STORAGE_ADMIN = "roles/storage.admin";

/**
 * A narrower role that W&B does not document: the counterparts of the eleven S3 actions that it does document, and
 * nothing that changes the bucket or who has access to it. Left out on purpose: `storage.objects.update` (metadata),
 * `storage.buckets.update` and both `setIamPolicy`.
 */
export const NARROW_PERMISSIONS = [
  "storage.buckets.get", // location, versioning, CORS, encryption, soft delete
  "storage.objects.get",
  "storage.objects.list",
  "storage.objects.create",
  "storage.objects.delete", // garbage collection, and to overwrite
  "storage.multipartUploads.create",
  "storage.multipartUploads.list",
  "storage.multipartUploads.abort",
] as const;

/**
 * The id of the narrower role of a bucket, unique in its project: a role's id has no hyphen and at most 64 characters, a
 * bucket's name here no dot and at most 63.
 */
export function customRoleId(bucket: string): string {
  return bucket.replaceAll("-", ".");
}

/** The role that W&B gets on a bucket: by its name, so that a plan shows it. */
export function bucketRole(project: string, bucket: string, narrowed: boolean): string {
  return narrowed ? `projects/${project}/roles/${customRoleId(bucket)}` : STORAGE_ADMIN;
}

/** Who writes usage logs, and by which role. @see https://cloud.google.com/storage/docs/access-logs#delivery */
export const LOG_WRITER = {
  member: "group:cloud-storage-analytics@google.com",
  role: "roles/storage.objectCreator",
} as const;

/** What a project's storage service agent needs on a key: it encrypts, so W&B needs nothing there. */
export const KEY_USER = "roles/cloudkms.cryptoKeyEncrypterDecrypter";

/** Who did what to which object. @see https://cloud.google.com/storage/docs/audit-logging */
export const DATA_ACCESS_LOGS = {
  service: "storage.googleapis.com",
  types: ["ADMIN_READ", "DATA_READ", "DATA_WRITE"],
} as const;
