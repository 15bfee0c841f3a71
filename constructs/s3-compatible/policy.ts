import { BUCKET_ACTIONS, OBJECT_ACTIONS, type Policy, type Statement } from "../aws/policy";
import { guards, type Deny, type GuardInput, type Whose } from "./guards";
import { honours, type Kind } from "./kinds";

/** A policy of a user, which names no principal. */
export interface UserPolicy {
  readonly Version: "2012-10-17";
  readonly Statement: readonly Omit<Statement, "Principal">[];
}

/** What the policies of a bucket, and of W&B's user, are made from. */
export interface PolicyInput extends GuardInput {
  readonly kind: Kind;
  /** The ARN of the identity that W&B's credentials belong to. */
  readonly principal: string;
}

/** The ARN of a bucket; these stores know no partition but AWS's first. */
export const bucketArn = (bucket: string) => `arn:aws:s3:::${bucket}`;

/** The ARNs of all objects of a bucket. */
export const objectsArn = (bucket: string) => `${bucketArn(bucket)}/*`;

const EVERYONE = { AWS: "*" } as const;

/**
 * The one policy of a bucket. Where the store asks it about anonymous requests alone it refuses all of these, so that a plan
 * shows when someone has opened the bucket.
 */
export function bucketPolicy(input: PolicyInput): Policy {
  const { kind, bucket, principal } = input;
  const anonymous: Statement = {
    Sid: "DenyAnonymous",
    Effect: "Deny",
    Principal: EVERYONE,
    Action: "s3:*",
    Resource: [bucketArn(bucket), objectsArn(bucket)],
    Condition: { StringEquals: { "aws:principaltype": "Anonymous" } },
  };
  const named = statements(input).map(({ whose, statement: { Sid, Effect, ...rest } }) => ({
    Sid,
    Effect,
    Principal: whose === "W&B" ? { AWS: principal } : EVERYONE,
    ...rest,
  }));
  return { Version: "2012-10-17", Statement: kind.bucketPolicy === "all requests" ? named : [anonymous] };
}

/** The policy that W&B's user needs where the bucket's own doesn't speak of it; undefined where it does. */
export function userPolicy(input: PolicyInput): UserPolicy | undefined {
  if (input.kind.bucketPolicy === "all requests") return undefined;
  return { Version: "2012-10-17", Statement: statements(input).map(({ statement }) => statement) };
}

/** A statement, before it is known in which of the two policies it stands. */
interface Unnamed {
  readonly whose: Whose;
  readonly statement: Omit<Statement, "Principal">;
}

/** W&B's documented actions, as the kind spells those that it knows, and what is denied. */
function statements({ kind, ...input }: PolicyInput): Unnamed[] {
  const allow = (Sid: string, actions: readonly string[], Resource: string): Unnamed => ({
    whose: "W&B",
    statement: { Sid, Effect: "Allow", Action: spell(kind, actions), Resource },
  });
  const deny = (whose: Whose, { Sid, ...rest }: Deny): Unnamed => ({
    whose,
    statement: { Sid, Effect: "Deny", ...rest },
  });
  return [
    allow("WAndBObjectAccess", OBJECT_ACTIONS, objectsArn(input.bucket)),
    allow("WAndBBucketAccess", BUCKET_ACTIONS, bucketArn(input.bucket)),
    ...guards(input).flatMap(({ whose, forms }) => {
      const form = forms.find(({ Condition }) => honours(kind, Condition));
      return form ? [deny(whose, form)] : [];
    }),
  ];
}

/** Actions as a kind spells them, without those that it doesn't know. */
function spell({ actionNames }: Kind, actions: readonly string[]): string[] {
  return actions.flatMap((action) => (action in actionNames ? (actionNames[action] ?? []) : action));
}
