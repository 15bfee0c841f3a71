import { TerraformStack } from "cdktf";
import type { Policy } from "../../../constructs/aws/policy";
import type { RuleContext } from "../../../constructs/context";
import { coreweaveIssues, coreweaveProps, type CoreweaveProps } from "../../../constructs/coreweave/props";
import { CoreweaveStorage } from "../../../constructs/coreweave/storage";
import { only, synthApp, type Terraform } from "../../support/synth";

export const ORGANIZATION = "T3JnYW5pemF0aW9uOjEyMw==";
export const NAMESPACE = "acme-namespace";
export const OWNER = "ab1cd2";
export const REASON = "the owner reads by another way";

/** The smallest storage on CoreWeave, for SaaS; tests change one thing at a time. */
export const COREWEAVE_STORAGE = {
  cloud: "coreweave",
  zone: "US-EAST-04A",
  bucket: "acme-wandb",
  organizationId: ORGANIZATION,
  storageOrganization: OWNER,
} as const;

export const SAAS = { type: "saas", access: "role", scopes: ["team"] } as const satisfies RuleContext;
export const DEDICATED = { type: "dedicated", access: "role", scopes: ["instance"] } as const satisfies RuleContext;
export const SELF_MANAGED = { ...DEDICATED, type: "self-managed" } as const satisfies RuleContext;

/** What to change to have a storage of Dedicated or Self-managed. */
export const NAMED = { organizationId: undefined, customerNamespace: NAMESPACE };

/** Every way to add to the smallest storage. */
export const VARIANTS: Readonly<Record<string, object>> = {
  plain: {},
  "no owner": { storageOrganization: undefined, ownerStatement: { omitted: true, reason: REASON } },
  profile: { profile: "coreweave" },
  "no versions": { versioning: { suspended: true, reason: REASON } },
  "any origin": { cors: { anyOrigin: true, reason: REASON } },
  days: { noncurrentVersionExpirationDays: 90, abortIncompleteMultipartUploadDays: 3 },
  tags: { tags: { team: "ml" } },
};

/** The fields of a storage, as a file would give them. */
export function props(change: object = {}): CoreweaveProps {
  return coreweaveProps.parse({ ...COREWEAVE_STORAGE, ...change });
}

/** The issues of a storage, as `path: message`. */
export function issues(change: object, context: RuleContext = SAAS): string[] {
  return coreweaveIssues(props(change), context).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

/** What is made of storages in one stack, which the rules accept: their Terraform, and themselves. */
export function make(
  changes: readonly object[],
  context: RuleContext = SAAS,
  wandbUrl?: string,
): [Terraform, CoreweaveStorage[]] {
  for (const change of changes) expect(issues(change, context)).toEqual([]);
  const made: CoreweaveStorage[] = [];
  const stacks = synthApp((app) => {
    const stack = new TerraformStack(app, "t");
    for (const [index, change] of changes.entries()) {
      const all = { ...props(change), ...context, wandbUrl, deployment: "acme" };
      made.push(new CoreweaveStorage(stack, `storage-${index}`, all));
    }
  });
  if (!stacks["t"]) throw new Error("no stack");
  return [stacks["t"], made];
}

/** The Terraform of one storage. */
export function synth(change: object = {}, context: RuleContext = SAAS, wandbUrl?: string): Terraform {
  return make([change], context, wandbUrl)[0];
}

/** A policy as CoreWeave reads it: principals are under `CW`. */
export interface CoreweavePolicy extends Omit<Policy, "Statement"> {
  readonly Statement: readonly (Omit<Policy["Statement"][number], "Principal"> & {
    readonly Principal: { readonly CW: string };
  })[];
}

/** The policy of a synthesized bucket. */
export function policyOf(change: object = {}, context: RuleContext = SAAS): CoreweavePolicy {
  const { policy } = only(synth(change, context), "coreweave_object_storage_bucket_policy");
  return JSON.parse(policy as string) as CoreweavePolicy;
}
