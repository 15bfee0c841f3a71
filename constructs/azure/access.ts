import * as z from "zod";
import type { Scope } from "../../stacks/availability";
import type { RuleContext } from "../context";
import { at, oneOf, quote, type Fault, type Issue } from "../issue";
import { federationFields, federationIssues } from "./federation";
import { guidFaults } from "./ids";

/**
 * How W&B signs in, the one choice that a storage on Azure asks for:
 *
 * - `federated`: as an identity made here, which trusts W&B's pods. W&B offers it at team level.
 * - `platform-identity`: as the managed identity that W&B has already. W&B offers it at instance level.
 * - `account-key`: with the key of the account, at both levels. A key may do anything to every file, has no end, needs
 *   Shared Key switched on for whoever else holds it, and tells the logs no user: W&B's username stands in its pre-signed
 *   URLs as `scid`, which only user-delegation SAS has. Hence the `reason`.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/presigned-urls
 */
export const accessField = z
  .union([
    z.strictObject({ mode: z.literal("federated"), ...federationFields }),
    z.strictObject({
      mode: z.literal("platform-identity"),
      principalId: z
        .string()
        .describe("*Managed identity principal ID* of W&B (System Console > Settings > System Connections)"),
    }),
    z.strictObject({
      mode: z.literal("account-key"),
      reason: z.string().min(10).describe("Why W&B gets a key that may do anything, for whoever reviews this"),
    }),
  ])
  .describe("How W&B signs in: federated (team level), platform-identity (instance level) or account-key (both)");

/** How W&B signs in, as TypeScript users write it. */
export type AzureAccess = z.input<typeof accessField>;

type Mode = AzureAccess["mode"];

const BYOB = "https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector";

/** What W&B offers at each level. @see BYOB page, "Provision your bucket" > Azure, and wandb/docs#2967 */
const MODES: Readonly<Record<Scope, readonly Mode[]>> = {
  instance: ["platform-identity", "account-key"],
  team: ["federated", "account-key"],
};

/** All that is wrong with how W&B is to sign in; paths begin at the storage. */
export function accessIssues(access: AzureAccess, context: Pick<RuleContext, "access" | "scopes">): Issue[] {
  const fields = fieldIssues(access).map((issue) => ({ ...issue, path: ["access", ...issue.path] }));
  return [...at(["access", "mode"], modeFaults(access.mode, context)), ...fields];
}

function modeFaults(mode: Mode, { access, scopes }: Pick<RuleContext, "access" | "scopes">): Fault[] {
  const outside = access === "credentials";
  const fits = (one: Mode) => (outside ? one === "account-key" : scopes.every((scope) => MODES[scope].includes(one)));
  if (fits(mode)) return [];
  const legal = oneOf((["federated", "platform-identity", "account-key"] as const).filter(fits));
  const both = !outside && scopes.length > 1;
  const where = outside ? "where W&B runs outside Azure" : both ? "at both levels at once" : `at ${scopes[0]} level`;
  return [
    {
      message: `Cannot let W&B sign in: must be by ${legal} ${where}, got ${quote(mode)}`,
      fix: both
        ? `Give the instance and the teams a storage each, or write \`mode\`: ${legal}, with a \`reason\`.`
        : `Write \`mode\`: ${legal}.`,
      source: BYOB,
    },
  ];
}

function fieldIssues(access: AzureAccess): Issue[] {
  switch (access.mode) {
    case "federated":
      return federationIssues(access);
    case "platform-identity":
      return at(
        ["principalId"],
        guidFaults("principal id", access.principalId, "Copy *Managed identity principal ID*; not the client id."),
      );
    case "account-key":
      return [];
    default:
      return access satisfies never;
  }
}
