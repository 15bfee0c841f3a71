import type { Json, JsonObject } from "./value";

/** A resource, or what is read from one (a data source), as Terraform is told or plans it. */
export interface Resource {
  /** `aws_s3_bucket.main`, `data.aws_iam_policy_document.main` */
  readonly address: string;
  readonly type: string;
  readonly name: string;
  readonly isData: boolean;
  readonly values: JsonObject;
  /** Key of its provider configuration: `aws` or `aws.alias`. */
  readonly provider: string;
}

/** An output as written. */
export interface Output {
  readonly name: string;
  readonly value: Json | undefined;
  readonly sensitive: boolean;
}

/** What Terraform plans to do with a resource. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  readonly action: "create" | "update" | "replace" | "delete" | "forget";
  /** Attributes that force the replacement, as the provider says. */
  readonly replacePaths: readonly string[];
}

/** Something that a file doesn't tell, though access or files may hang on it. */
export interface Gap {
  readonly address: string;
  readonly message: string;
}

/** One root module of Terraform: a synthesized stack, a folder of `.tf.json`, or a plan. */
export interface Stack {
  readonly name: string;
  /** The file as messages show it. */
  readonly file: string;
  readonly kind: "configuration" | "plan";
  /** By address. */
  readonly resources: ReadonlyMap<string, Resource>;
  readonly outputs: readonly Output[];
  /** Values of provider configurations by `aws` or `aws.alias`. */
  readonly providers: ReadonlyMap<string, JsonObject>;
  readonly backend: { readonly type: string; readonly values: JsonObject } | undefined;
  /** Addresses of `removed` blocks that forget a resource and let it live on. */
  readonly forgotten: readonly string[];
  /** The metadata of this project under `//.byob`: intent, not evidence. */
  readonly byob: JsonObject | undefined;
  readonly gaps: readonly Gap[];
  /** Only a plan has them. */
  readonly changes?: readonly PlannedChange[];
  /** What is there before a plan is applied, as the plan tells it. */
  readonly before?: Stack;
}

/** The configuration of a resource's provider; empty where none is written. */
export function providerOf(stack: Stack, resource: Resource): JsonObject {
  return stack.providers.get(resource.provider) ?? {};
}
