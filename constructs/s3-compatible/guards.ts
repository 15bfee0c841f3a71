import { OBJECT_ACTIONS, type Statement } from "../aws/policy";
import { preSignedDenies } from "../aws/pre-signed";

/** Whose requests a statement is about. */
export type Whose = "anyone" | "W&B";

/** What is denied. */
export interface Deny extends Pick<Statement, "Sid" | "Action" | "Resource"> {
  readonly Condition: NonNullable<Statement["Condition"]>;
}

/** What is to be refused, in one form or another. */
export interface Guard {
  readonly whose: Whose;
  /** What isn't enforced where a kind honours none of the forms; the control first. */
  readonly lacking: string;
  /** The best first; the first that a kind honours is taken. */
  readonly forms: readonly Deny[];
}

/** What the guards of a bucket depend on. */
export interface GuardInput {
  readonly bucket: string;
  /** Where TLS ends. */
  readonly tls: "store" | "proxy" | "off";
  /** The only addresses from which W&B's URLs are good; all requests of W&B's user, where these can't be told apart. @default - any */
  readonly cidrs?: readonly string[] | undefined;
  /** Whether URLs older than W&B makes them are refused. */
  readonly limitsUrlAge: boolean;
}

/**
 * All that is to be refused, as far as a kind of store can tell: what AWS's buckets refuse, without what rests on KMS. Two
 * forms differ where a kind reads conditions otherwise.
 */
export function guards({ bucket, tls, cidrs, limitsUrlAge }: GuardInput): Guard[] {
  const arn = `arn:aws:s3:::${bucket}`;
  const all = [arn, `${arn}/*`];
  return [
    ...(tls === "store" ? [insecureTransport(all)] : []),
    ...(cidrs ? [otherNetworks(all, `${arn}/*`, [...cidrs])] : []),
    ...preSigned({ limitsUrlAge }, all).map((form): Guard => ({ whose: "W&B", lacking: URL_LIFETIME, forms: [form] })),
    {
      whose: "anyone",
      lacking: "keys of the uploader (SSE-C): an object under a key that only its uploader has is unreadable to W&B",
      forms: [
        {
          Sid: "DenyCustomerProvidedKey",
          Action: "s3:PutObject",
          Resource: `${arn}/*`,
          Condition: { Null: { "s3:x-amz-server-side-encryption-customer-algorithm": "false" } },
        },
      ],
    },
  ];
}

const URL_LIFETIME = "lifetime of URLs: whoever holds W&B's credentials can sign URLs that live 7 days, not 24 hours";

function insecureTransport(resources: readonly string[]): Guard {
  const form = (operator: string): Deny => ({
    Sid: "DenyInsecureTransport",
    Action: "s3:*",
    Resource: resources,
    Condition: { [operator]: { "aws:SecureTransport": "false" } },
  });
  return {
    whose: "anyone",
    lacking: "TLS: a request over plain HTTP is refused only if the store has no plain port",
    forms: [form("Bool"), form("BoolIfExists")],
  };
}

function otherNetworks(resources: readonly string[], objects: string, cidrs: string[]): Guard {
  return {
    whose: "W&B",
    lacking: "network: objects can be reached from any address",
    forms: [
      ...preSigned({ network: { cidrs }, limitsUrlAge: false }, resources),
      {
        Sid: "DenyOtherNetworks",
        Action: OBJECT_ACTIONS,
        Resource: objects,
        Condition: { NotIpAddress: { "aws:SourceIp": cidrs } },
      },
    ],
  };
}

/** What AWS's buckets refuse of pre-signed URLs. */
function preSigned(limits: Parameters<typeof preSignedDenies>[0], resources: readonly string[]): Deny[] {
  return preSignedDenies(limits, "*", resources).map(({ Sid, Action, Resource, Condition = {} }) => ({
    Sid,
    Action,
    Resource,
    Condition,
  }));
}
