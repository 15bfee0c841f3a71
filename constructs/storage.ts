import type { ITerraformDependable } from "cdktf";
import type { Cloud } from "../stacks/availability";

/** What every cloud's storage offers to the stack that holds it. */
export interface Storage {
  readonly cloud: Cloud;
  /** What W&B's *Create team* form, SCIM and Helm ask for; a value may be known after apply only. */
  readonly handover: HandoverFacts;
  /** All that must exist before W&B may be told of the storage: an output that waits for these can't come too early. */
  readonly ready: readonly ITerraformDependable[];
}

/** The storage in the words of W&B's form. */
export interface HandoverFacts {
  /** The *Cloud provider*, spelt as in W&B's SCIM `storageBucket.provider`. */
  readonly provider: "AWS" | "GCP" | "AZURE" | "COREWEAVE" | "MINIO";
  /** The *Name* of the bucket. */
  readonly bucket: string;
  /** The *KMS key ARN*; a full ARN, never an alias: an alias would resolve in W&B's account. */
  readonly kms_key_arn?: string;
  /** A statement to add to a policy that isn't this project's to write, as JSON. */
  readonly kms_key_policy_statement?: string;
}
