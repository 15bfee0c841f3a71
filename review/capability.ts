/** What someone can do with a storage, the columns of the table. */
export const CAPABILITIES = ["list", "read", "write", "delete", "decrypt", "administer", "change policy"] as const;
export type Capability = (typeof CAPABILITIES)[number];

/** Which actions of AWS make up a capability; any one of them is enough to have it. */
export const S3_CAPABILITIES: Readonly<Record<Capability, readonly string[]>> = {
  list: ["s3:ListBucket", "s3:ListBucketVersions"],
  read: ["s3:GetObject", "s3:GetObjectVersion", "s3:GetObjectTorrent"],
  write: ["s3:PutObject", "s3:ReplicateObject", "s3:RestoreObject"],
  delete: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
  decrypt: ["kms:Decrypt"],
  administer: [
    ...["s3:DeleteBucket", "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration", "s3:PutEncryptionConfiguration"],
    ...["s3:PutBucketCORS", "s3:PutBucketLogging", "s3:PutBucketNotification", "s3:PutReplicationConfiguration"],
    ...["s3:PutBucketObjectLockConfiguration", "s3:PutObjectRetention", "s3:PutObjectLegalHold"],
    ...["s3:BypassGovernanceRetention", "kms:ScheduleKeyDeletion", "kms:DisableKey", "kms:UpdateKeyDescription"],
  ],
  "change policy": [
    ...["s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"],
    ...["s3:PutBucketPublicAccessBlock", "s3:PutBucketOwnershipControls", "s3:ObjectOwnerOverrideToBucketOwner"],
    ...["kms:PutKeyPolicy", "kms:CreateGrant"],
  ],
};

const ALL = CAPABILITIES.filter((capability) => capability !== "decrypt");

/**
 * What Google's roles for storage allow.
 *
 * @see https://cloud.google.com/storage/docs/access-control/iam-roles
 * @see https://cloud.google.com/kms/docs/reference/permissions-and-roles
 */
export const GCP_ROLES: Readonly<Record<string, readonly Capability[]>> = {
  "roles/storage.admin": ALL,
  "roles/storage.objectAdmin": ["list", "read", "write", "delete"],
  "roles/storage.objectUser": ["list", "read", "write", "delete"],
  "roles/storage.objectViewer": ["list", "read"],
  "roles/storage.objectCreator": ["write"],
  "roles/storage.bucketViewer": [],
  "roles/storage.insightsCollectorService": [],
  "roles/storage.legacyBucketReader": ["list"],
  "roles/storage.legacyBucketWriter": ["list", "write", "delete"],
  "roles/storage.legacyBucketOwner": ["list", "write", "delete", "administer", "change policy"],
  "roles/storage.legacyObjectReader": ["read"],
  "roles/storage.legacyObjectOwner": ["read", "change policy"],
  "roles/owner": ALL,
  "roles/cloudkms.cryptoKeyEncrypterDecrypter": ["decrypt"],
  "roles/cloudkms.cryptoKeyDecrypter": ["decrypt"],
  "roles/cloudkms.cryptoKeyEncrypter": [],
  "roles/cloudkms.viewer": [],
  "roles/cloudkms.admin": ["administer", "change policy"],
};

/** What single permissions of Google allow; those not listed and not of storage or keys allow nothing here. */
const GCP_PERMISSIONS: readonly (readonly [RegExp, Capability])[] = [
  [/^storage\.objects\.list$/, "list"],
  [/^storage\.objects\.get$/, "read"],
  [/^storage\.(objects\.(create|update|restore|move)|multipartUploads\.create)$/, "write"],
  [/^storage\.objects\.delete$/, "delete"],
  [/^cloudkms\.cryptoKeyVersions\.useToDecrypt/, "decrypt"],
  [
    /^storage\.(buckets\.(update|delete|relocate|enableObjectRetention)|objects\.(setRetention|overrideUnlockedRetention))$/,
    "administer",
  ],
  [/^(storage\.(buckets|objects|managedFolders)|cloudkms\.cryptoKeys)\.setIamPolicy$/, "change policy"],
];

/** What a list of Google's permissions allows. */
export function gcpCapabilities(permissions: readonly string[]): Capability[] {
  return CAPABILITIES.filter((capability) =>
    GCP_PERMISSIONS.some(([form, allows]) => allows === capability && permissions.some((name) => form.test(name))),
  );
}

/** What a role of Azure allows by itself, and whether it may read the account's keys, which allow the files. */
export interface AzureRole {
  readonly allows: readonly Capability[];
  readonly listsKeys?: true;
}

const DATA = ["list", "read", "write", "delete"] as const;

/**
 * What Azure's built-in roles allow on a storage account.
 *
 * @see https://learn.microsoft.com/azure/role-based-access-control/built-in-roles/storage
 */
export const AZURE_ROLES: Readonly<Record<string, AzureRole>> = {
  Reader: { allows: [] },
  "Storage Blob Data Reader": { allows: ["list", "read"] },
  "Storage Blob Data Contributor": { allows: DATA },
  "Storage Blob Data Owner": { allows: [...DATA, "change policy"] },
  "Storage Blob Delegator": { allows: [] },
  "Storage Account Contributor": { allows: ["administer"], listsKeys: true },
  "Storage Account Key Operator Service Role": { allows: [], listsKeys: true },
  "Storage Account Backup Contributor": { allows: ["administer"] },
  Contributor: { allows: ["administer"], listsKeys: true },
  Owner: { allows: ["administer", "change policy"], listsKeys: true },
  "User Access Administrator": { allows: ["change policy"] },
  "Role Based Access Control Administrator": { allows: ["change policy"] },
  "Key Vault Crypto Service Encryption User": { allows: ["decrypt"] },
  "Key Vault Crypto User": { allows: ["decrypt"] },
};

/** The built-in roles by the id that an assignment may name instead. @see the page of {@link AZURE_ROLES} */
export const AZURE_ROLE_IDS: Readonly<Record<string, keyof typeof AZURE_ROLES>> = {
  "acdd72a7-3385-48ef-bd42-f606fba81ae7": "Reader",
  "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1": "Storage Blob Data Reader",
  "ba92f5b4-2d11-453d-a403-e96b0029c9fe": "Storage Blob Data Contributor",
  "b7e6dc6d-f1e8-4753-8033-0f276bb0955b": "Storage Blob Data Owner",
  "db58b8e5-c6ad-4a2a-8342-4190687cbf4a": "Storage Blob Delegator",
  "17d1049b-9a84-46fb-8f53-869881c3d3ab": "Storage Account Contributor",
  "b24988ac-6180-42a0-ab88-20f7382dd24c": "Contributor",
  "8e3af657-a8ff-443c-a75c-2fe8c4bcb635": "Owner",
};
