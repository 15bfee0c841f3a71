import type { AttachmentFacts } from "./facts";

/** A field of W&B's *Create team* form and what to put into it. */
export interface Field {
  readonly label: string;
  readonly value: string;
}

/** W&B's names for the clouds, in the form's *Cloud provider* list. */
const PROVIDER_LABELS: Readonly<Record<string, string>> = {
  AWS: "AWS",
  GCP: "Google Cloud",
  AZURE: "Azure",
  COREWEAVE: "CoreWeave",
  MINIO: "S3-compatible",
};

/**
 * The fields of the *Create team* form in its order; a field that is left empty is not listed.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector "Configure BYOB in W&B"
 */
export function formFields({ team, form, path, later }: AttachmentFacts): Field[] {
  const fields: [string, string | undefined][] = [
    ["Team name", team],
    ["Storage type", "External storage"],
    ["Bucket", later ? "the existing bucket, from the list" : "New bucket"],
    ["Cloud provider", PROVIDER_LABELS[form["provider"] ?? ""] ?? form["provider"]],
    ...(form["provider"] === "AZURE"
      ? ([
          ["Account name", form["account_name"]],
          ["Container name", form["container_name"]],
        ] satisfies [string, string | undefined][])
      : ([["Name", form["bucket"]]] satisfies [string, string | undefined][])),
    ["Path", path],
    ["KMS key ARN", form["kms_key_arn"]],
    ["Tenant ID", form["tenant_id"]],
    ["Managed Identity Client ID", form["managed_identity_client_id"]],
  ];
  return fields.flatMap(([label, value]) => (value ? [{ label, value }] : []));
}
