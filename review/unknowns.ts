import { policiesOf } from "./access-s3";
import { accessOf } from "./access";
import { CAPABILITIES } from "./capability";
import type { Facts } from "./facts";
import { referred } from "./resolve";
import type { Resource, Stack } from "./stack";
import { entryOf, expressionOf, openStrings } from "./value";

/** Something that touches access and that these files don't tell. */
export interface Unknown {
  readonly address: string;
  /** Attribute, or what is not known. */
  readonly what: string;
  readonly why: string;
}

const IAM = ["bucket", "role", "member", "members", "policy_data", "condition", "crypto_key_id"];

/** Attributes that decide who gets in, by type; of types that aren't here none does. */
const TOUCH_ACCESS: Readonly<Record<string, readonly string[]>> = {
  aws_s3_bucket: ["bucket", "policy", "acl"],
  aws_s3_bucket_policy: ["bucket", "policy"],
  aws_s3_bucket_acl: ["bucket", "acl", "access_control_policy"],
  aws_s3_bucket_public_access_block: [
    "bucket",
    "block_public_acls",
    "block_public_policy",
    "ignore_public_acls",
    "restrict_public_buckets",
  ],
  aws_s3_bucket_ownership_controls: ["bucket", "rule"],
  aws_s3_bucket_server_side_encryption_configuration: ["bucket", "rule"],
  aws_s3_bucket_cors_configuration: ["bucket", "cors_rule"],
  aws_kms_key: ["policy"],
  aws_kms_key_policy: ["key_id", "policy"],
  google_storage_bucket: [
    "name",
    "public_access_prevention",
    "uniform_bucket_level_access",
    "ip_filter",
    "encryption",
    "cors",
  ],
  google_storage_bucket_iam_member: IAM,
  google_storage_bucket_iam_binding: IAM,
  google_storage_bucket_iam_policy: IAM,
  google_kms_crypto_key_iam_member: IAM,
  google_kms_crypto_key_iam_binding: IAM,
  google_project_iam_member: IAM,
  google_project_iam_binding: IAM,
  google_project_iam_custom_role: ["permissions", "role_id"],
  azurerm_storage_account: [
    ...["name", "allow_nested_items_to_be_public", "shared_access_key_enabled", "public_network_access_enabled"],
    ...["https_traffic_only_enabled", "min_tls_version", "network_rules", "customer_managed_key", "local_user_enabled"],
  ],
  azurerm_storage_container: ["name", "container_access_type", "storage_account_id"],
  azurerm_role_assignment: ["scope", "role_definition_name", "role_definition_id", "principal_id", "condition"],
  azurerm_federated_identity_credential: ["issuer", "subject", "audience", "parent_id"],
  coreweave_object_storage_bucket: ["name"],
  coreweave_object_storage_bucket_policy: ["bucket", "policy"],
};

/**
 * Attributes that only the cloud can tell, but that name a resource of the same configuration: who or what is meant is
 * known all the same.
 */
const NAMES = /\.(arn|id|key_id|name|bucket|principal_id|client_id|email_address|email|member|role_id)$/;

function isName(open: string, stack: Stack): boolean {
  return referred(open, stack) !== undefined && NAMES.test(expressionOf(open)) && /\$\{[^}]*\}$/.test(open);
}

/** Identity policies give access too, but to identities: which, is for the identities' account to say. */
const IDENTITY_POLICIES = /^aws_iam_(role|user|group)_policy(_attachment)?$|^aws_iam_policy$/;

/** Everything that touches access and is not told. */
export function unknownsOf(facts: Facts): Unknown[] {
  const { stack, storages } = facts;
  const managed = [...stack.resources.values()].filter(({ isData }) => !isData);
  return [
    ...facts.gaps.map(({ address, message }) => ({ address, what: "not followed", why: message })),
    ...managed.flatMap((resource) => openIn(resource, stack)),
    ...storages.flatMap((storage) => (isS3(storage.cloud) ? unread(policiesOf(storage).unread) : [])),
    ...storages.flatMap((storage) => unknownRoles(storage, facts)),
    ...managed.filter(({ type }) => IDENTITY_POLICIES.test(type)).map(identityPolicy),
  ];
}

const isS3 = (cloud: string) => ["aws", "s3-compatible", "coreweave"].includes(cloud);

function openIn({ type, address, values }: Resource, stack: Stack): Unknown[] {
  return (entryOf(TOUCH_ACCESS, type) ?? []).flatMap((attribute) =>
    openStrings(values[attribute], attribute)
      .filter(({ value }) => !isName(value, stack))
      .map(({ path, value }) => ({ address, what: path, why: `known only after apply: ${expressionOf(value)}` })),
  );
}

function unread(policies: ReturnType<typeof policiesOf>["unread"]): Unknown[] {
  return policies
    .filter(({ why }) => !why.includes("only after apply"))
    .map(({ address, why }) => ({ address, what: "policy", why }));
}

/** Roles and the like that no table here has; on AWS this is what the policies have said already. */
function unknownRoles(storage: Facts["storages"][number], facts: Facts): Unknown[] {
  if (isS3(storage.cloud)) return [];
  return accessOf(storage, facts).flatMap(({ cells, principal }) => {
    const why = CAPABILITIES.flatMap((name) => (cells[name].answer === "unknown" ? cells[name].because : []))[0];
    return why === undefined ? [] : [{ address: storage.id, what: `access of ${principal.label}`, why }];
  });
}

function identityPolicy({ address }: Resource): Unknown {
  return {
    address,
    what: "policy of an identity",
    why: "Whether it lets the identity into a storage is not judged here; the bucket's own policy is.",
  };
}

/** The address of every place where access is not told, once. */
export function distinct(unknowns: readonly Unknown[]): Unknown[] {
  const key = ({ address, what }: Unknown) => `${address} ${what}`;
  return unknowns.filter((one, index) => unknowns.findIndex((other) => key(other) === key(one)) === index);
}
