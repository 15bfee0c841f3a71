import { TYPE_NAMES } from "../stacks/availability";
import type { AttachmentHandover, Handover } from "./handover";
import type { Field } from "./form";

/** A handover as text for a terminal. */
export function handoverText({ name, type, wandb, attachments }: Handover): string {
  const head = `${name}: ${TYPE_NAMES[type]}${wandb.url ? `, ${wandb.url}` : ""}`;
  return [head, ...attachments.map((attachment) => attachmentText(attachment, wandb.url))].join("\n\n") + "\n";
}

function attachmentText(attachment: AttachmentHandover, url = "https://<your W&B host>"): string {
  const { team, storage, cloud, form, scim, settings, supportedFileStore: store, steps } = attachment;
  return [
    `## ${team === undefined ? "Instance" : `Team ${team}`} → ${storage} (${cloud})`,
    ...list("Before", steps.before),
    ...(store
      ? block("GORILLA_SUPPORTED_FILE_STORES, one store", [store.value, ...(store.note ? [`(${store.note})`] : [])])
      : []),
    ...(form ? block("W&B's form Create team", columns(form)) : []),
    ...(scim ? block(`or POST ${url}/scim/Groups`, JSON.stringify(scim, undefined, 2).split("\n")) : []),
    ...(settings
      ? [
          ...block(
            "Environment of W&B's server",
            Object.entries(settings.env).map(([key, value]) => `${key}=${value}`),
          ),
          ...block(
            "or Helm values, below global.bucket",
            Object.entries(settings.helm).map(([key, value]) => `${key}: ${value}`),
          ),
        ]
      : []),
    ...list("After", steps.after),
  ].join("\n");
}

function block(title: string, lines: readonly string[]): string[] {
  return [`${title}:`, ...lines.filter(Boolean).map((line) => `  ${line}`)];
}

function list(title: string, lines: readonly string[]): string[] {
  return lines.length ? [`${title}:`, ...lines.map((line) => `  - ${line}`)] : [];
}

function columns(fields: readonly Field[]): string[] {
  const width = Math.max(...fields.map(({ label }) => label.length));
  return fields.map(({ label, value }) => `${label.padEnd(width)}  ${value}`);
}
