import type { ITerraformDependable } from "cdktf";
import type { Cloud } from "../stacks/availability";

/** What every cloud's storage offers to the stack that holds it. */
export interface Storage {
  readonly cloud: Cloud;
  /** The storage in the words of W&B's *Create team* form; a value may be known after apply only. */
  readonly handover: HandoverFacts;
  /** All that must exist before W&B may be told of the storage: an output that waits for these can't come too early. */
  readonly ready: readonly ITerraformDependable[];
  /**
   * The secret parts of the credentials that W&B's storage address carries, all of them Terraform values that TypeScript
   * does not know; undefined where W&B gets at the storage by a role.
   */
  readonly credentials: Readonly<Record<string, string>> | undefined;
  /** What a reviewer might take for enforced, and isn't: one line each. @default - nothing */
  readonly notEnforced?: readonly string[];
}

/** The storage in the words of W&B's form; `provider` is spelt as in W&B's SCIM `storageBucket.provider`. */
export type HandoverFacts = AwsHandover | GcpHandover | AzureHandover | S3CompatibleHandover | CoreweaveHandover;

export interface AwsHandover {
  readonly provider: "AWS";
  readonly bucket: string;
  readonly region: string;
  /** A full ARN, never an alias: an alias would resolve in W&B's account. */
  readonly kms_key_arn: string;
  /** A statement to add to the policy of a key that isn't this project's, as JSON. */
  readonly kms_key_policy_statement?: string;
}

export interface GcpHandover {
  readonly provider: "GCP";
  readonly bucket: string;
  /** E-mail address of the service account whose key W&B uses, where it needs one. */
  readonly service_account?: string;
}

export interface AzureHandover {
  readonly provider: "AZURE";
  readonly account_name: string;
  readonly container_name: string;
  /** *Tenant ID*, where W&B signs in by a federated credential. */
  readonly tenant_id?: string;
  /** *Managed Identity Client ID*, where W&B signs in by a federated credential. */
  readonly managed_identity_client_id?: string;
}

/** The storage in the words of W&B's form, whose provider for any S3-compatible store is `MINIO`. */
export interface S3CompatibleHandover {
  readonly provider: "MINIO";
  readonly bucket: string;
  /** Host, and port if need be. */
  readonly endpoint: string;
  /** W&B asks for it in the address, always. */
  readonly region: string;
  /** What the address says of TLS. */
  readonly tls: "true" | "false";
  /** The user whose policy {@link user_policy} is to become. */
  readonly user_name?: string;
  /** The policy to attach to that user with the store's own tools, as JSON; absent where the bucket's policy does. */
  readonly user_policy?: string;
}

/** The storage in the words of W&B's form, which asks for the name alone. */
export interface CoreweaveHandover {
  readonly provider: "COREWEAVE";
  readonly bucket: string;
}
