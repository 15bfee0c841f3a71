import { entryOf } from "./value";

/**
 * Attributes whose change makes Terraform destroy a resource and make another, as the providers' documentation and schemas
 * say ("Forces new resource"): aws 6.25, google 6.50, azurerm 4.55.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/6.25.0/docs/resources/s3_bucket
 * @see https://registry.terraform.io/providers/hashicorp/google/6.50.0/docs/resources/storage_bucket
 * @see https://registry.terraform.io/providers/hashicorp/azurerm/4.55.0/docs/resources/storage_account
 */
export const REPLACED_BY: Readonly<Record<string, readonly string[]>> = {
  aws_s3_bucket: ["bucket", "bucket_prefix", "object_lock_enabled", "provider", "region"],
  aws_s3_bucket_policy: ["bucket", "provider", "region"],
  aws_s3_bucket_public_access_block: ["bucket", "provider", "region"],
  aws_s3_bucket_versioning: ["bucket", "expected_bucket_owner", "provider", "region"],
  aws_s3_bucket_cors_configuration: ["bucket", "expected_bucket_owner", "provider", "region"],
  aws_s3_bucket_lifecycle_configuration: ["bucket", "expected_bucket_owner", "provider", "region"],
  aws_s3_bucket_logging: ["bucket", "expected_bucket_owner", "provider", "region"],
  aws_s3_bucket_ownership_controls: ["bucket", "provider", "region"],
  aws_s3_bucket_server_side_encryption_configuration: ["bucket", "expected_bucket_owner", "provider", "region"],
  aws_s3_bucket_object_lock_configuration: ["bucket", "expected_bucket_owner", "provider", "region"],
  aws_kms_key: [
    "customer_master_key_spec",
    "custom_key_store_id",
    "key_usage",
    "multi_region",
    "xks_key_id",
    "provider",
    "region",
  ],
  aws_kms_alias: ["name", "name_prefix", "provider", "region"],
  google_storage_bucket: [
    "name",
    "project",
    "location",
    "custom_placement_config",
    "enable_object_retention",
    "hierarchical_namespace",
    "provider",
  ],
  google_storage_bucket_iam_member: ["bucket", "role", "member", "condition", "provider"],
  google_kms_key_ring: ["name", "location", "project", "provider"],
  google_kms_crypto_key: [
    "name",
    "key_ring",
    "purpose",
    "destroy_scheduled_duration",
    "import_only",
    "skip_initial_version_creation",
    "crypto_key_backend",
    "provider",
  ],
  google_kms_crypto_key_iam_member: ["crypto_key_id", "role", "member", "condition", "provider"],
  azurerm_storage_account: [
    ...[
      "name",
      "resource_group_name",
      "location",
      "account_tier",
      "edge_zone",
      "is_hns_enabled",
      "nfsv3_enabled",
      "provider",
    ],
    ...[
      "infrastructure_encryption_enabled",
      "queue_encryption_key_type",
      "table_encryption_key_type",
      "dns_endpoint_type",
    ],
  ],
  azurerm_storage_container: [
    "name",
    "storage_account_id",
    "storage_account_name",
    "default_encryption_scope",
    "provider",
  ],
  azurerm_role_assignment: [
    "name",
    "scope",
    "role_definition_id",
    "role_definition_name",
    "principal_id",
    "principal_type",
    "condition",
    "provider",
  ],
  azurerm_user_assigned_identity: ["name", "resource_group_name", "location", "provider"],
  azurerm_federated_identity_credential: ["name", "resource_group_name", "parent_id", "provider"],
  azurerm_management_lock: ["name", "scope", "lock_level", "notes", "provider"],
  azurerm_storage_management_policy: ["storage_account_id", "provider"],
  coreweave_object_storage_bucket: ["name", "zone", "provider"],
};

/** What holds files, or what files can't be read without. */
const DATA_BEARING = [
  "aws_s3_bucket",
  "aws_kms_key",
  "google_storage_bucket",
  "google_kms_key_ring",
  "google_kms_crypto_key",
  "azurerm_storage_account",
  "azurerm_storage_container",
  "coreweave_object_storage_bucket",
];

export function isDataBearing(type: string): boolean {
  return DATA_BEARING.includes(type);
}

/**
 * Whether a change of these attributes replaces the resource: `undefined` where the table doesn't have its type. For types
 * that hold data the table is whole; an attribute that it doesn't have is changed in place.
 */
export function replaces(type: string, changed: readonly string[]): boolean | undefined {
  const table = entryOf(REPLACED_BY, type);
  return table && changed.some((attribute) => table.includes(attribute));
}
