import type { Identity, Rgw } from "../support/rgw/rgw";

/** Somebody who puts requests: as a policy is asked about them, and as they sign at the store. */
export interface Person {
  readonly arn: string;
  readonly keys: Identity | "anonymous";
}

/** The account of every bucket here. */
export const OWNER = "111122223333";

const SAAS = "725579432336";
const DEDICATED = "830241207209";

/** Makes all who put requests here. */
export async function castAt(rgw: Rgw) {
  const [owner, analyst, ownUser, ownRole, integration, someoneAtWandb, dedicated, nodes, stranger, elsewhere] =
    await Promise.all([
      rgw.account(OWNER, "owner"),
      rgw.account(OWNER, "analyst"),
      rgw.account(OWNER, "wandb"),
      rgw.role(OWNER, "wandb"),
      rgw.account(SAAS, "WandbIntegration"),
      rgw.account(SAAS, "someone"),
      rgw.account(DEDICATED, "acme"),
      rgw.account(DEDICATED, "nodes"),
      rgw.account("999988887777", "stranger"),
      rgw.role(SAAS, "elsewhere"),
    ]);
  return {
    /** Made the buckets; may do what no policy denies. */
    owner: as(owner),
    /** Somebody else of that account. */
    analyst: as(analyst),
    /** What a Self-managed W&B signs in as: a user, or a session of a role. */
    ownUser: as(ownUser),
    ownRole: as(ownRole),
    /** W&B's role on SaaS. A user stands in for it: the store lets no role into another account's bucket. */
    integration: { arn: `arn:aws:sts::${SAAS}:assumed-role/WandbIntegration/session`, keys: integration },
    someoneAtWandb: as(someoneAtWandb),
    /** Somebody of the account of W&B's Dedicated Cloud, and a role there, likewise stood in for. */
    dedicated: as(dedicated),
    nodes: { arn: `arn:aws:sts::${DEDICATED}:assumed-role/nodes/session`, keys: nodes },
    stranger: as(stranger),
    /** A real session of a role of another account: see `cases/differences.ts`. */
    roleElsewhere: as(elsewhere),
    anonymous: { arn: "*", keys: "anonymous" },
  } satisfies Record<string, Person>;
}

export type Cast = Awaited<ReturnType<typeof castAt>>;

function as(identity: Identity) {
  return { arn: identity.arn, keys: identity };
}
