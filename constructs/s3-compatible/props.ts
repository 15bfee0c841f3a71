import * as z from "zod";
import { cidrIssues } from "../cidr";
import { sharedFields } from "../fields";
import { at, oneOf, quote, type Fault, type Issue } from "../issue";
import { optOut } from "../opt-out";
import { endpointFaults, endpointId } from "./endpoints";
import { KIND_NAMES, KINDS, kindOf, type ConditionKey, type Kind } from "./kinds";
import { bucketNameFaults, regionFaults } from "./names";
import { notEnforced } from "./not-enforced";
import type { PolicyInput } from "./policy";
import { principalFaults } from "./principal";

const tls = z
  .union([
    z.strictObject({
      mode: z.literal("off"),
      reason: z.string().min(10).describe("Why files may be read on the way, for whoever reviews this"),
    }),
    z.strictObject({ mode: z.literal("at-proxy") }),
  ])
  .describe("Where TLS ends, if not at the store: nowhere (off), or at a proxy in front of it (at-proxy)");

/** How Terraform reaches a store: one provider configuration for each endpoint and region of a deployment. */
export const s3CompatibleProviderFields = {
  endpoint: z.string().describe("Host, and port if need be, of the store: no scheme, no path, no key"),
  region: z.string().describe("Region that the store answers to"),
  tls: tls.optional(),
  profile: z
    .string()
    .min(1)
    .optional()
    .describe("Named profile of the AWS configuration with the bucket owner's access key. Default: the environment"),
};

/** The fields of a storage on an S3-compatible store. */
export const s3CompatibleProps = z.strictObject({
  cloud: z.literal("s3-compatible"),
  kind: z.enum(KIND_NAMES).describe("Which store it is, and so what its policies can say"),
  ...s3CompatibleProviderFields,
  bucket: z.string().describe("Name of the bucket, which exists already; it can't be changed later"),
  createBucket: z
    .literal(true)
    .optional()
    .describe("Makes the bucket, too. No kind of store allows it with this version of Terraform's AWS provider"),
  principal: z
    .string()
    .describe(
      "ARN of the store's user whose access key W&B uses: arn:aws:iam:::user/<name>, on Ceph with its tenant, which is the owner's",
    ),
  network: z
    .strictObject({
      cidrs: z
        .array(z.string())
        .min(1)
        .describe("Ranges of users and training jobs, on Ceph of W&B's own servers too; private ones are fine"),
    })
    .optional()
    .describe(
      "The only addresses from which W&B's pre-signed URLs may be used, on Ceph W&B's credentials at all. Default: any address",
    ),
  urlLifetime: optOut(
    "unrestricted",
    "Leaves the age of pre-signed URLs to W&B: by default those over 1 hour to read, 24 to write, are refused where the kind can tell",
  ).optional(),
  versioning: sharedFields.versioning,
  cors: sharedFields.cors,
  overlappingPaths: sharedFields.overlappingPaths,
});

/** The fields of a storage on an S3-compatible store, as TypeScript users write them. */
export type S3CompatibleProps = z.input<typeof s3CompatibleProps>;

/** How Terraform reaches a store, as TypeScript users write it. */
export type S3CompatibleAccountProps = Pick<S3CompatibleProps, "endpoint" | "region" | "tls" | "profile">;

/** The fields of a storage that leaves a deployment: enough for the addresses of all it may have. */
export const s3CompatibleRetiredFields = { ...s3CompatibleProviderFields, bucket: z.string() };

/** Whether the store is asked without TLS. */
export const isPlain = ({ tls }: Pick<S3CompatibleProps, "tls">): boolean => tls?.mode === "off";

/** The alias of the provider configuration for a scheme, endpoint and region; no other has the same. */
export function s3CompatibleProviderAlias(props: S3CompatibleAccountProps): string {
  return `s3-${isPlain(props) ? "http" : "https"}_${endpointId(props.endpoint)}__${props.region}`;
}

/** All that is wrong with how Terraform is to reach a store; paths begin at the storage. */
export function s3CompatibleProviderIssues(props: S3CompatibleAccountProps): Issue[] {
  return [
    ...at(["endpoint"], endpointFaults(props.endpoint, isPlain(props))),
    ...at(["region"], regionFaults(props.region)),
  ];
}

/** All that is wrong with a storage on an S3-compatible store whose shape is right; paths begin at the storage. */
export function s3CompatibleIssues(props: S3CompatibleProps): Issue[] {
  const kind = kindOf(props.kind);
  const { network } = props;
  return [
    ...s3CompatibleProviderIssues(props),
    ...at(["bucket"], bucketNameFaults(props.bucket, kind)),
    ...at(["createBucket"], props.createBucket && !kind.manages.bucket ? [cantCreate(kind)] : []),
    ...at(["principal"], principalFaults(props.principal, kind)),
    ...at(["network"], network && !knows(kind, "aws:SourceIp") ? [cantRestrict(kind)] : []),
    ...(network ? cidrIssues(["network", "cidrs"], network.cidrs, { reach: "any" }) : []),
    ...at(["urlLifetime"], props.urlLifetime && !knows(kind, "s3:signatureAge") ? [nothingToGiveUp(kind)] : []),
  ];
}

/** What is allowed but should be known of a storage on an S3-compatible store; paths begin at the storage. */
export function s3CompatibleWarnings(props: S3CompatibleProps): Issue[] {
  const kind = kindOf(props.kind);
  return [
    ...at(["tls"], isPlain(props) ? [BLANK_MEDIA] : []),
    ...at(["network"], props.network && !knows(kind, "s3:authType") ? [alsoForWandb(kind)] : []),
  ];
}

const BLANK_MEDIA: Fault = {
  message: "Browsers refuse to fetch over plain HTTP what an https page of W&B asks for: media and files stay blank",
  fix: "Turn TLS on at the store or at a proxy in front of it.",
  source: "https://developer.mozilla.org/docs/Web/Security/Mixed_content",
};

function alsoForWandb({ name }: Kind): Fault {
  return {
    message: `${name} can't tell pre-signed URLs from W&B's own requests: W&B's servers are shut out unless a range holds them`,
    fix: "Have the addresses of W&B's servers, as the store sees them, among the ranges.",
  };
}

/** What the policies of a storage are made from. */
export function policyInput({ kind, bucket, principal, tls, network, urlLifetime }: S3CompatibleProps): PolicyInput {
  const end = tls ? ({ off: "off", "at-proxy": "proxy" } as const)[tls.mode] : "store";
  const limitsUrlAge = urlLifetime === undefined;
  return { kind: kindOf(kind), bucket, principal, tls: end, cidrs: network?.cidrs, limitsUrlAge };
}

/** What is not enforced on a storage, though a reviewer might think so: one line each. */
export function s3CompatibleNotEnforced(props: S3CompatibleProps): string[] {
  return notEnforced(policyInput(props));
}

const knows = ({ conditionKeys }: Kind, key: ConditionKey) => conditionKeys.includes(key);
const thatKnow = (key: ConditionKey) => oneOf(KIND_NAMES.filter((each) => knows(KINDS[each], key)));

function cantCreate({ name }: Kind): Fault {
  return {
    message: `Cannot make the bucket: must exist already on ${name}, got \`createBucket\``,
    fix: "Make it with the store's own tools (`mc mb`, `aws s3 mb --endpoint-url …`), and drop `createBucket`.",
    source: "https://github.com/hashicorp/terraform-provider-aws/issues/46202",
  };
}

function cantRestrict({ name }: Kind): Fault {
  return {
    message: `Cannot restrict the network: must be of kind ${thatKnow("aws:SourceIp")}, whose policies know aws:SourceIp, got ${quote(name)}`,
    fix: "Restrict the addresses at the store or its firewall, and drop `network`.",
  };
}

function nothingToGiveUp({ name }: Kind): Fault {
  return {
    message: `Cannot give up the lifetime of URLs: must be of kind ${thatKnow("s3:signatureAge")}, whose policies know s3:signatureAge, got ${quote(name)}`,
    fix: "Drop `urlLifetime`: nothing there limits the age of URLs.",
  };
}
