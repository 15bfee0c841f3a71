import type { AddressResult } from "./address";
import type { AttachmentFacts, HandoverInput } from "./facts";

/** What an administrator does before and after the values are used. */
export interface Steps {
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/**
 * The steps around an attachment.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector
 */
export function stepsOf(
  { type }: Pick<HandoverInput, "type">,
  facts: AttachmentFacts,
  address: AddressResult | undefined,
): Steps {
  return facts.scope === "instance" ? instanceSteps(type, facts, address) : teamSteps(type, facts, address);
}

function instanceSteps(type: HandoverInput["type"], facts: AttachmentFacts, address: AddressResult | undefined): Steps {
  return {
    before: [
      type === "dedicated"
        ? "Instance level is not self-service: send the values below to W&B's support or your account team."
        : "By W&B's older pages support sets the instance's bucket; by its newest you do, in the System Console (Settings) or by the settings below.",
      ...byHand(facts, type),
      ...keyOnly(facts, address),
    ],
    after: [
      ...collected(type),
      "The instance's files can be read by other teams; a team with sensitive data needs a bucket of its own.",
    ],
  };
}

function teamSteps(type: HandoverInput["type"], facts: AttachmentFacts, address: AddressResult | undefined): Steps {
  return {
    before: [
      ...(facts.form["kms_key_policy_statement"]
        ? ["Add the statement `kms_key_policy_statement` of the stack's outputs to the policy of your key."]
        : []),
      ...byHand(facts, type),
      ...(address || facts.cloud === "coreweave" ? stores(type) : []),
      ...keyOnly(facts, address),
      ...(facts.later
        ? ["Pick the *existing* bucket from the list: on SaaS, *New bucket* may have W&B make one."]
        : []),
      "The storage of a team CAN'T BE CHANGED after the team is created: compare every value before you press Create Team.",
    ],
    after: [
      ...collected(type),
      "Add users only to the teams that they need: a pre-signed URL is limited to the buckets of its user's teams.",
    ],
  };
}

function stores(type: HandoverInput["type"]): string[] {
  return type === "dedicated"
    ? ["Give the storage address to your W&B account team first; they add it to GORILLA_SUPPORTED_FILE_STORES."]
    : type === "self-managed"
      ? [
          "Add the storage address to GORILLA_SUPPORTED_FILE_STORES and restart W&B first. If it lists other stores already, ask W&B's support how to separate them.",
        ]
      : [];
}

/** What must be set up in the store or the cloud by other means than Terraform. */
function byHand({ cloud, form }: AttachmentFacts, type: HandoverInput["type"]): string[] {
  const { user_policy: policy, user_name: user, bucket } = form;
  const name = `wandb-${bucket}`;
  return [
    ...(policy
      ? [
          `The store's bucket policies are for anonymous requests only. Save this as policy.json: ${policy}`,
          `Then run \`mc admin policy create <alias> ${name} policy.json\` and \`mc admin policy attach <alias> ${name} --user ${user}\`.`,
        ]
      : []),
    ...(cloud === "coreweave" && type === "dedicated" ? ["Tell W&B's support that the bucket exists."] : []),
  ];
}

function keyOnly({ cloud }: AttachmentFacts, address: AddressResult | undefined): string[] {
  return cloud === "azure" && address
    ? ["The account's key may do anything to every file and has no end: send it by a secure channel only."]
    : [];
}

function collected(type: HandoverInput["type"]): string[] {
  return type === "self-managed"
    ? ["Set GORILLA_ARTIFACT_GC_ENABLED=true, or deleted artifacts stay in the bucket."]
    : [];
}
