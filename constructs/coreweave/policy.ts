import { BUCKET_ACTIONS, OBJECT_ACTIONS } from "../aws/policy";

/** A policy statement as CoreWeave reads it; a `Sid` has letters and digits only. */
export interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: { readonly CW: string };
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
  readonly Condition?: { readonly StringLike: { readonly "wandb:OrgID": readonly string[] } };
}

export interface Policy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Statement[];
}

export interface PolicyInput {
  readonly bucket: string;
  /** W&B's identity on CoreWeave, which all of its customers share. */
  readonly principal: string;
  /** W&B's id of the one customer who is let in. */
  readonly organization: string;
  /** The CoreWeave organization that owns the bucket. @default - it is not let in */
  readonly storageOrganization?: string | undefined;
}

/**
 * The one policy of a bucket: W&B's documented actions for one organization of W&B's, and everything for the owner's. A bucket
 * that has a policy refuses whomever it doesn't name, so that without the second part the owner's own people, and Terraform,
 * would be shut out.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector, "Provision your bucket" > CoreWeave
 * @see https://docs.coreweave.com/products/storage/object-storage/auth-access/policies
 */
export function bucketPolicy({ bucket, principal, organization, storageOrganization }: PolicyInput): Policy {
  const arn = `arn:aws:s3:::${bucket}`;
  const objects = `${arn}/*`;
  const wandb = {
    Effect: "Allow",
    Principal: { CW: principal },
    Condition: { StringLike: { "wandb:OrgID": [organization] } },
  } as const;
  const owner: Statement = {
    Sid: "OwnerOrganization",
    Effect: "Allow",
    Principal: { CW: `arn:aws:iam::${storageOrganization}:*` },
    Action: "s3:*",
    Resource: [arn, objects],
  };
  return {
    Version: "2012-10-17",
    Statement: [
      { Sid: "WAndBObjectAccess", ...wandb, Action: OBJECT_ACTIONS, Resource: objects },
      { Sid: "WAndBBucketAccess", ...wandb, Action: BUCKET_ACTIONS, Resource: arn },
      ...(storageOrganization === undefined ? [] : [owner]),
    ],
  };
}
