import { TerraformStack } from "cdktf";
import type { Policy } from "../../../constructs/aws/policy";
import type { RuleContext } from "../../../constructs/context";
import { kindOf, KIND_NAMES, type KindName } from "../../../constructs/s3-compatible/kinds";
import {
  policyInput,
  s3CompatibleIssues,
  s3CompatibleProps,
  type S3CompatibleProps,
} from "../../../constructs/s3-compatible/props";
import { bucketPolicy, userPolicy, type UserPolicy } from "../../../constructs/s3-compatible/policy";
import { S3CompatibleStorage } from "../../../constructs/s3-compatible/storage";
import { synthApp, type Terraform } from "../../support/synth";

/** The smallest storage on a store of one's own; tests change one thing at a time. */
export const CEPH_STORAGE = {
  cloud: "s3-compatible",
  kind: "ceph",
  endpoint: "s3.acme.com:7443",
  region: "eu-acme-1",
  bucket: "acme-wandb",
  principal: "arn:aws:iam::111122223333:user/wandb",
} as const;

export const MINIO_USER = "arn:aws:iam:::user/wandb";
export const REASON = "the store is within one rack";
export const CIDRS = ["10.20.0.0/16", "2001:db8:1::/48"];

export const CONTEXT = { type: "self-managed", access: "credentials", scopes: ["team"] } as const satisfies RuleContext;

/** A principal that each kind takes. */
const PRINCIPALS: Readonly<Record<KindName, string>> = {
  minio: MINIO_USER,
  aistor: MINIO_USER,
  ceph: CEPH_STORAGE.principal,
  other: "urn:acme:user/wandb",
};

/** What to change to have a storage of a kind. */
export const ofKind = (kind: KindName) => ({ kind, principal: PRINCIPALS[kind] });

/** Every way to add to the smallest storage. */
export const VARIANTS: Readonly<Record<string, object>> = {
  ...Object.fromEntries(KIND_NAMES.map((kind) => [kind, ofKind(kind)])),
  "no TLS": { tls: { mode: "off", reason: REASON } },
  "TLS at a proxy": { tls: { mode: "at-proxy" } },
  profile: { profile: "ceph-owner" },
  network: { network: { cidrs: CIDRS } },
  "network of MinIO": { ...ofKind("minio"), network: { cidrs: CIDRS } },
  "URLs of any age": { ...ofKind("minio"), urlLifetime: { unrestricted: true, reason: REASON } },
  "no versions": { versioning: { suspended: true, reason: REASON } },
  "any origin": { cors: { anyOrigin: true, reason: REASON } },
  "a dotted name": { bucket: "wandb.acme.com" },
};

/** The fields of a storage, as a file would give them. */
export function props(change: object = {}): S3CompatibleProps {
  return s3CompatibleProps.parse({ ...CEPH_STORAGE, ...change });
}

/** The issues of a storage, as `path: message`. */
export function issues(change: object): string[] {
  return s3CompatibleIssues(props(change)).map(({ path, message }) => `${path.join(".")}: ${message}`);
}

/** The policy of the bucket. */
export const policyOf = (change: object = {}): Policy => bucketPolicy(policyInput(props(change)));

/** The policy of W&B's user. */
export const userPolicyOf = (change: object): UserPolicy | undefined => userPolicy(policyInput(props(change)));

/** What is made of a storage: its Terraform, and itself. */
export function make(changes: readonly object[], wandbUrl?: string): [Terraform, S3CompatibleStorage[]] {
  for (const change of changes) expect(issues(change)).toEqual([]);
  const made: S3CompatibleStorage[] = [];
  const stacks = synthApp((app) => {
    const stack = new TerraformStack(app, "t");
    for (const [index, change] of changes.entries()) {
      const all = { ...props(change), ...CONTEXT, wandbUrl, deployment: "acme" };
      made.push(new S3CompatibleStorage(stack, `storage-${index}`, all));
    }
  });
  if (!stacks["t"]) throw new Error("no stack");
  return [stacks["t"], made];
}

/** The Terraform of one storage. */
export const synth = (change: object = {}, wandbUrl?: string): Terraform => make([change], wandbUrl)[0];

/** The name that a kind has in messages. */
export const nameOf = (kind: KindName) => kindOf(kind).name;
