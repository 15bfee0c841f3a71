import { storageAddress } from "./address";
import type { AttachmentFacts, HandoverInput } from "./facts";
import { formFields, type Field } from "./form";
import { scimBodyOf } from "./scim";
import { instanceSettings, supportedStore, type InstanceSettings, type SupportedStore } from "./server";
import { stepsOf, type Steps } from "./steps";

/** All that an administrator types or pastes for one attachment. */
export interface AttachmentHandover {
  readonly scope: AttachmentFacts["scope"];
  readonly team?: string | undefined;
  readonly storage: string;
  readonly cloud: AttachmentFacts["cloud"];
  /** At team level. */
  readonly form?: readonly Field[];
  /** At team level. */
  readonly scim?: object;
  /** At instance level. */
  readonly settings?: InstanceSettings;
  /** Where W&B's server has to know the store. */
  readonly supportedFileStore?: SupportedStore;
  readonly steps: Steps;
}

/** What is handed over to whoever sets up W&B. */
export interface Handover extends Pick<HandoverInput, "name" | "type" | "wandb"> {
  readonly attachments: readonly AttachmentHandover[];
}

/** Everything to type or paste into W&B; secrets are masked unless they are to be revealed. */
export function handOver(input: HandoverInput, reveal: boolean): Handover {
  const { name, type, wandb } = input;
  return { name, type, wandb, attachments: input.attachments.map((facts) => attachment(input, facts, reveal)) };
}

function attachment(input: HandoverInput, facts: AttachmentFacts, reveal: boolean): AttachmentHandover {
  const { scope, team, storage, cloud } = facts;
  const address = storageAddress(facts, reveal);
  const store = input.type === "saas" || scope === "instance" ? undefined : supportedStore(facts, address);
  return {
    scope,
    ...(team === undefined ? {} : { team }),
    storage,
    cloud,
    ...(scope === "team"
      ? { form: formFields(facts), scim: scimBodyOf(facts) }
      : { settings: instanceSettings(facts, reveal) }),
    ...(store ? { supportedFileStore: store } : {}),
    steps: stepsOf(input, facts, address),
  };
}
