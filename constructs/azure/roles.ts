import type { AzureAccess } from "./access";
import { accountId } from "./ids";

/**
 * What W&B may do with the account: see its settings, read and write its files, and sign URLs in a user's name
 * (`generateUserDelegationKey`, which counts at the level of the account). W&B's page asks for these two. Its module
 * grants Storage Account Contributor and Storage Blob Data Owner instead: the first may list the account's keys and
 * change every setting, and W&B documents no use of either.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector
 */
export const WANDB_ROLES = ["Reader", "Storage Blob Data Contributor"] as const;

/** What the account may do with the key that encrypts it: read it, wrap and unwrap with it. */
export const KEY_ROLE = "Key Vault Crypto Service Encryption User";

/** A role for someone on something, readable before either exists. */
export interface Grant {
  readonly role: string;
  /** Id of the resource that the role is for. */
  readonly scope: string;
}

/** What W&B's identity gets; nothing where W&B signs in with the account's key, which no role binds. */
export function wandbGrants(access: AzureAccess, account: Parameters<typeof accountId>[0]): Grant[] {
  switch (access.mode) {
    case "federated":
    case "platform-identity":
      return WANDB_ROLES.map((role) => ({ role, scope: accountId(account) }));
    case "account-key":
      return [];
    default:
      return access satisfies never;
  }
}

/** The part of an address that tells grants apart: the role's name, spelt as Terraform allows. */
export function roleSuffix(role: string): string {
  return role.replaceAll(" ", "-");
}
