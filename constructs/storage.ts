import type { ITerraformDependable } from "cdktf";
import type { Cloud } from "../stacks/availability";

/** What every cloud's storage offers to the stack that holds it. */
export interface Storage {
  readonly cloud: Cloud;
  /** The storage in the words of W&B's *Create team* form; a value may be known after apply only. */
  readonly handover: HandoverFacts;
  /** All that must exist before W&B may be told of the storage: an output that waits for these can't come too early. */
  readonly ready: readonly ITerraformDependable[];
}

/** The storage in the words of W&B's form; `provider` is spelt as in W&B's SCIM `storageBucket.provider`. */
export type HandoverFacts = AwsHandover | GcpHandover | AzureHandover;

export interface AwsHandover {
  readonly provider: "AWS";
  readonly bucket: string;
  /** A full ARN, never an alias: an alias would resolve in W&B's account. */
  readonly kms_key_arn: string;
  /** A statement to add to the policy of a key that isn't this project's, as JSON. */
  readonly kms_key_policy_statement?: string;
}

export interface GcpHandover {
  readonly provider: "GCP";
  readonly bucket: string;
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
