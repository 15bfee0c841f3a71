import * as z from "zod";
import { awsProps, awsRetiredFields, type AwsProps } from "../constructs/aws/props";
import { azureProps, azureRetiredFields, type AzureProps } from "../constructs/azure/props";
import { coreweaveProps, coreweaveRetiredFields, type CoreweaveProps } from "../constructs/coreweave/props";
import { gcpProps, gcpRetiredFields, type GcpProps } from "../constructs/gcp/props";
import {
  s3CompatibleProps,
  s3CompatibleRetiredFields,
  type S3CompatibleProps,
} from "../constructs/s3-compatible/props";
import { HOSTS, type Host } from "./access";
import { TYPES, type Cloud, type DeploymentType, type Legal } from "./availability";
import { stateSchema } from "./state";

const storage = z.union([awsProps, gcpProps, azureProps, s3CompatibleProps, coreweaveProps]);

const attachment = z.strictObject({
  storage: z.string().describe("Name of a storage of this file"),
  path: z.string().optional().describe("Sub-path of the bucket, without leading or trailing slash"),
});

const reason = z.string().min(10).describe("Why, for whoever reviews this");

const retired = z.union([
  z.strictObject({ cloud: z.literal("aws"), ...awsRetiredFields, reason }),
  z.strictObject({ cloud: z.literal("gcp"), ...gcpRetiredFields, reason }),
  z.strictObject({ cloud: z.literal("azure"), ...azureRetiredFields, reason }),
  z.strictObject({ cloud: z.literal("s3-compatible"), ...s3CompatibleRetiredFields, reason }),
  z.strictObject({ cloud: z.literal("coreweave"), ...coreweaveRetiredFields, reason }),
]);

/** The shape of a deployment file; what the values may be is for `rules.ts`. */
export const deploymentSchema = z.strictObject({
  name: z.string().describe("Name of the deployment and of its stack"),
  type: z.enum(TYPES).describe("How W&B is run"),
  wandb: z
    .strictObject({
      url: z.string().optional().describe("Origin of W&B's web pages, such as https://acme.wandb.io; optional on SaaS"),
      runsOn: z
        .enum(HOSTS)
        .optional()
        .describe("Where a Dedicated or Self-managed W&B runs. Default: the cloud of the instance storage"),
    })
    .optional(),
  storage: z.record(z.string(), storage).describe("Buckets by a name of your choice"),
  instance: attachment.optional().describe("What all of the deployment uses; not on SaaS"),
  teams: z.record(z.string(), attachment).optional().describe("What single teams use, by the name of the W&B team"),
  retired: z
    .array(retired)
    .optional()
    .describe("Buckets that leave this deployment: forgotten by Terraform, not destroyed"),
  state: stateSchema.optional().describe("Where Terraform keeps its state. Default: a local file"),
});

/** A deployment whose shape is right. */
export type DeploymentShape = z.output<typeof deploymentSchema>;
export type StorageShape = z.output<typeof storage>;
export type Attachment = z.output<typeof attachment>;
export type Retired = z.output<typeof retired>;

/** The JSON Schema for editors, of the same shape. */
export function jsonSchema(): object {
  return z.toJSONSchema(deploymentSchema, { target: "draft-7" });
}

interface Fields {
  readonly aws: AwsProps;
  readonly gcp: GcpProps;
  readonly azure: AzureProps;
  readonly "s3-compatible": S3CompatibleProps;
  readonly coreweave: CoreweaveProps;
}

/** The field by which a cloud's storage names an identity of yours. */
interface IdentityField {
  readonly aws: "principal";
  readonly gcp: "serviceAccount";
}

/** An identity of yours that is made, with credentials. */
interface Created {
  readonly create: true;
  readonly reason: string;
}

/** What a deployment type asks of a cloud's fields, beyond their shape: whom the policies let in is W&B's on SaaS, yours on Self-managed. */
type NeedsOf<T extends DeploymentType, C extends Cloud> = C extends keyof IdentityField
  ? T extends "saas"
    ? { readonly [K in IdentityField[C]]?: never }
    : T extends "self-managed"
      ? { readonly [K in IdentityField[C]]: string } | { readonly credentials: Created }
      : unknown
  : unknown;

/** A storage that a deployment of type `T` may have. */
export type StorageOf<T extends DeploymentType, C extends Cloud = Legal<T>> = C extends Cloud
  ? Fields[C] & NeedsOf<T, C>
  : never;

/** Storages by name. */
export type Storages<T extends DeploymentType> = Readonly<Record<string, StorageOf<T>>>;

/** The names of the storages in `S` that are in one of the clouds `C`. */
type Named<S, C> = { [K in keyof S]: S[K] extends { readonly cloud: C } ? K : never }[keyof S] & string;

interface AttachTo<Name extends string> {
  readonly storage: Name;
  readonly path?: string;
}

interface Wandb<T extends DeploymentType> {
  /** Origin of W&B's web pages. @default - on SaaS: not told, so that any origin may use the bucket's URLs */
  readonly url: T extends "saas" ? string | undefined : string;
  /** Where W&B runs. @default - the cloud of the instance storage */
  readonly runsOn?: T extends "saas" ? never : Host;
}

/** A deployment of type `T` with the storages `S`, as TypeScript users write it: what W&B does not offer has no type. */
export type DeploymentProps<T extends DeploymentType, S extends Storages<T>> = {
  readonly storage: S;
  readonly teams?: Readonly<Record<string, AttachTo<Named<S, Legal<T, "team">>>>>;
  readonly retired?: readonly Retired[];
  readonly state?: z.input<typeof stateSchema>;
} & (T extends "saas" ? { readonly wandb?: Partial<Wandb<T>> } : { readonly wandb: Wandb<T> }) &
  ([Legal<T, "instance">] extends [never]
    ? { readonly instance?: never }
    : { readonly instance?: AttachTo<Named<S, Legal<T, "instance">>> });
