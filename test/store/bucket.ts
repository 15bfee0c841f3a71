import * as s3 from "@aws-sdk/client-s3";
import type { Policy } from "../../constructs/aws/policy";
import type { Connections, Response } from "../support/rgw/client";
import type { Identity } from "../support/rgw/rgw";
import { KEY, keyOf, type Call } from "./call";
import type { Operation, Target } from "./operation";
import { OPERATIONS } from "./operations";

/** What the store says to a request. */
export type Answer = "let in" | "refused";

/** A bucket of the store that requests are put to. */
export interface Bucket {
  readonly name: string;
  /** Gives it a policy in place of the last one. */
  readonly put: (policy: Policy) => Promise<void>;
  readonly ask: (call: Call, who: Identity | "anonymous") => Promise<Answer>;
}

const TAGS = { TagSet: [{ Key: "team", Value: "omega" }] };
const RULES = [{ ID: "old", Status: "Enabled" as const, Prefix: "none/", Expiration: { Days: 9999 } }];
const ORIGINS = { CORSRules: [{ AllowedMethods: ["GET"], AllowedOrigins: ["https://acme.wandb.io"] }] };

/** Makes a bucket of somebody's that lacks nothing: with an object in it, an upload that is begun, and all settings. */
export async function makeBucket(to: Connections, owner: Identity, name: string): Promise<Bucket> {
  const client = to.client(owner);
  const bucket = { Bucket: name };
  const object = { ...bucket, Key: KEY };
  await client.send(new s3.CreateBucketCommand(bucket));
  // One after the other: settings that are put at once hinder each other.
  await client.send(new s3.PutBucketVersioningCommand({ ...bucket, VersioningConfiguration: { Status: "Enabled" } }));
  await client.send(new s3.PutBucketCorsCommand({ ...bucket, CORSConfiguration: ORIGINS }));
  await client.send(new s3.PutBucketTaggingCommand({ ...bucket, Tagging: TAGS }));
  await client.send(
    new s3.PutBucketLifecycleConfigurationCommand({ ...bucket, LifecycleConfiguration: { Rules: RULES } }),
  );
  const { VersionId = "" } = await client.send(new s3.PutObjectCommand({ ...object, Body: "text" }));
  const { UploadId = "" } = await client.send(new s3.CreateMultipartUploadCommand(object));
  const target = { Bucket: `${owner.account}:${name}`, VersionId, UploadId };
  let Policy = "";
  return {
    name,
    put: async (policy) => {
      Policy = JSON.stringify(policy);
      await client.send(new s3.PutBucketPolicyCommand({ ...bucket, Policy }));
    },
    ask: (call, who) => ask(to, { ...target, Key: keyOf(call), Policy }, call, who),
  };
}

/** Puts a request to the store. Throws if the answer is neither a refusal nor the one that the operation has. */
async function ask(to: Connections, target: Target, call: Call, who: Identity | "anonymous"): Promise<Answer> {
  const operation: Operation = OPERATIONS[call.does];
  const { status, body } = await (call.signed === "pre-signed" ? byUrl : byHeader)(to, operation, target, call, who);
  if (status === operation.answer) return "let in";
  if (status === 403) return "refused";
  throw new Error(`the store answered ${status} (${body})`);
}

type Ask = (
  to: Connections,
  operation: Operation,
  target: Target,
  call: Call,
  who: Identity | "anonymous",
) => Promise<Response>;

const byHeader: Ask = async (to, { send }, target, call, who) => {
  try {
    const { $metadata } = await send(to.client(who, call), target, call);
    return { status: $metadata.httpStatusCode ?? 0, body: "" };
  } catch (error) {
    if (!(error instanceof s3.S3ServiceException)) throw error;
    return { status: error.$metadata.httpStatusCode ?? 0, body: `${error.name}: ${error.message}` };
  }
};

/** Headers that a pre-signed URL can't hold in its query: whoever uses it must send them as they were signed. */
const SIGNED_HEADERS: Readonly<Record<string, string>> = {
  ServerSideEncryption: "x-amz-server-side-encryption",
  SSEKMSKeyId: "x-amz-server-side-encryption-aws-kms-key-id",
};

const byUrl: Ask = async (to, { preSign, method }, target, call, who) => {
  const url = await preSign(to.client(who, call), target, call);
  const headers = Object.entries(call.input ?? {}).flatMap(([name, value]) => {
    const header = SIGNED_HEADERS[name];
    return header ? [[header, String(value)] as const] : [];
  });
  const body = method === "PUT" ? "text" : "";
  return to.use(url, { ...call, method, headers: Object.fromEntries(headers), body });
};
