import { quote, type Fault } from "../issue";
import type { Kind } from "./kinds";

/**
 * What is wrong with the identity that W&B's credentials belong to. It is always named: W&B reaches S3-compatible storage by
 * an access key only, and has no identity of its own there. What is no ARN isn't shown, since it may be a key.
 */
export function principalFaults(principal: string, kind: Kind): Fault[] {
  if (kind.principal.pattern.test(principal)) return [];
  const got = /^[au]rn:/.test(principal) ? quote(principal) : "no ARN";
  return [
    {
      message: `Cannot let W&B into the bucket: must name one user of ${kind.name} (${kind.principal.form}), got ${got}`,
      fix: "Make a user at the store for W&B alone, and name it; its access key and secret go to W&B, never into this file.",
      source: kind.source,
    },
  ];
}

/** The name of a user, without what stands before it in its ARN. */
export function userName(principal: string): string {
  return principal.slice(principal.lastIndexOf("/") + 1);
}
