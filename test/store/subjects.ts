import type { Policy } from "../../constructs/aws/policy";
import type { Decision } from "../../review/iam";
import { dedicated, KEY_ARN, OWN_USER, saas, selfManaged } from "../support/deployments";
import { only, synth } from "../support/synth";
import { OWNER, type Cast } from "./cast";

/** Keys that an upload may name: the given one, another of the owner's account, and a stranger's. */
export const KEYS = {
  given: KEY_ARN,
  other: KEY_ARN.replace("0a1b", "ffff"),
  foreign: KEY_ARN.replace(OWNER, "999988887777"),
} as const;

/** The network of the fixtures, which must be public, and what takes its place to be asked from here. */
const [PUBLIC, LOCAL] = ["8.8.4.0/24", "127.0.1.0/24"];
const NETWORK = { cidrs: [PUBLIC], vpcEndpoints: ["vpce-0123456789abcdef0"] };

/** Addresses in that network and out of it. */
export const [INSIDE, OUTSIDE] = ["127.0.1.7", "127.0.2.7"];

/** A deployment whose bucket policy is asked. */
export interface Subject {
  readonly name: string;
  readonly deployment: (storage: object) => object;
  /** Whom it lets in, and whom of the others that W&B might be, it doesn't. */
  readonly wandb: keyof Cast;
  readonly others: readonly (keyof Cast)[];
  /** Whether pre-signed URLs are for one network only. */
  readonly network: boolean;
  /** What comes of an upload with another key of the owner's account: one made with the bucket isn't known by its ARN. */
  readonly otherKey: Decision["effect"];
}

const NODES = "arn:aws:iam::830241207209:role/nodes";
const ON_PREMISES = { wandb: { url: "https://wandb.acme.com", runsOn: "onprem" } };

export const SUBJECTS: readonly Subject[] = [
  {
    name: "saas",
    deployment: saas,
    wandb: "integration",
    others: ["someoneAtWandb", "dedicated"],
    network: false,
    otherKey: "allow",
  },
  {
    name: "dedicated",
    deployment: (storage) => dedicated({ kmsKeyArn: KEYS.given, network: NETWORK, ...storage }),
    wandb: "dedicated",
    others: ["integration"],
    network: true,
    otherKey: "deny",
  },
  {
    name: "dedicated-role",
    deployment: (storage) => dedicated({ principal: NODES, network: { cidrs: [PUBLIC] }, ...storage }),
    wandb: "nodes",
    others: ["dedicated", "integration"],
    network: true,
    otherKey: "allow",
  },
  {
    name: "self-managed-role",
    deployment: (storage) => selfManaged({ kmsKeyArn: KEYS.given, ...storage }),
    wandb: "ownRole",
    others: ["ownUser", "integration", "dedicated"],
    network: false,
    otherKey: "deny",
  },
  {
    name: "self-managed-user",
    deployment: (storage) => selfManaged({ principal: OWN_USER, network: NETWORK, ...storage }, ON_PREMISES),
    wandb: "ownUser",
    others: ["ownRole", "integration", "dedicated"],
    network: true,
    otherKey: "allow",
  },
];

/** The policy that is synthesized for a bucket of that name, with the loopback for its network. */
export function policyOf({ deployment }: Subject, bucket: string): Policy {
  const { policy } = only(synth(deployment({ bucket })), "aws_s3_bucket_policy");
  return JSON.parse(String(policy).replaceAll(PUBLIC, LOCAL)) as Policy;
}
