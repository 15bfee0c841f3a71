/**
 * Stores that speak as S3 does name identities as AWS doesn't: CoreWeave by an organization where AWS has an account, Ceph
 * by a tenant, others by nothing. Each name becomes a user of an account that AWS doesn't have, one for one, so that the
 * evaluator of AWS's policies can be asked; {@link storeName} is the way back. A wildcard at the end is a name of its own:
 * whom it includes, the store knows.
 *
 * @see https://docs.coreweave.com/docs/products/storage/object-storage/auth-access/bucket-access/bucket-policies
 */
const ACCOUNT = "000000000000";
const NONE = "-";
const EVERY = "ANY";

/** A policy of such a store as AWS would write it. */
export function asAws(policy: string): string {
  return policy
    .replace(/"CW"(\s*:)/g, '"AWS"$1')
    .replace(/"arn:aws:iam::([^:"]*):([^"]*)"/g, (arn: string, org: string, rest: string) =>
      /^\d{12}$/.test(org) ? arn : `"${askedName(`arn:aws:iam::${org}:${rest}`)}"`,
    );
}

/** A name of such a store, as the evaluator takes it. */
export function askedName(arn: string): string {
  const [, org = "", rest = ""] = /^arn:aws:iam::([^:]*):(.*)$/.exec(arn) ?? [];
  if (/^\d{12}$/.test(org) || rest === "") return arn;
  return `arn:aws:iam::${ACCOUNT}:user/${org || NONE}/${rest.replace(/\*/g, EVERY)}`;
}

/** A name as the store has it. */
export function storeName(arn: string): string {
  const [, org = "", rest = ""] = new RegExp(`^arn:aws:iam::${ACCOUNT}:user/([^/]+)/(.*)$`).exec(arn) ?? [];
  return org ? `arn:aws:iam::${org === NONE ? "" : org}:${rest.replaceAll(EVERY, "*")}` : arn;
}
