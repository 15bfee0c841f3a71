import type { Question } from "../../review/iam";
import type { Signed } from "../support/rgw/dialect";
import type { Way } from "../support/rgw/client";
import type { Operation, Said } from "./operation";
import { OPERATIONS, type OperationName } from "./operations";

/** One request, as it is put to a policy and to the store. */
export interface Call extends Way, Said {
  readonly does: OperationName;
  /** @default "header" */
  readonly signed?: Signed;
  /** @default - {@link KEY}, or another for what writes or deletes */
  readonly key?: string;
}

/** The object that every bucket has. */
export const KEY = "team/file.txt";

/** The object that a request is for. */
export function keyOf({ does, key }: Call): string {
  return key ?? (OPERATIONS[does].on === "new object" ? "team/new.txt" : KEY);
}

/** The condition keys of what a request says. */
const INPUT_KEYS: Readonly<Record<string, string>> = {
  Prefix: "s3:prefix",
  Delimiter: "s3:delimiter",
  MaxKeys: "s3:max-keys",
  ACL: "s3:x-amz-acl",
  ServerSideEncryption: "s3:x-amz-server-side-encryption",
  SSEKMSKeyId: "s3:x-amz-server-side-encryption-aws-kms-key-id",
};

/** The question that AWS would put to a policy about a request of somebody, by their ARN, to a bucket. */
export function questionOf(call: Call, principal: string, bucket: string): Question {
  const { action, on }: Operation = OPERATIONS[call.does];
  const resource = `arn:aws:s3:::${bucket}${on === "bucket" ? "" : `/${keyOf(call)}`}`;
  return { principal, action, resource, context: { ...contextOf(call), ...contextOfCaller(call, principal) } };
}

function contextOf({ over = "https", from = "127.0.0.1", input = {}, referer }: Call): Record<string, string> {
  const said = Object.entries(input).map(([name, value]) => [INPUT_KEYS[name] ?? `s3:${name}`, String(value)]);
  return {
    "aws:SecureTransport": String(over === "https"),
    "aws:SourceIp": from,
    "aws:CurrentTime": new Date().toISOString(),
    "aws:EpochTime": String(Math.floor(Date.now() / 1000)),
    ...(Object.fromEntries(said) as Record<string, string>),
    ...(referer ? { "aws:Referer": referer } : {}),
  };
}

/** What AWS says of who signed a request, and how, a second ago. */
function contextOfCaller({ signed = "header" }: Call, principal: string): Record<string, string> {
  if (principal === "*") return {};
  const [, account = "", role] = /^arn:aws:sts::(\d+):assumed-role\/([^/]+)/.exec(principal) ?? [];
  const [, user] = /:user\/(.+)$/.exec(principal) ?? [];
  return {
    "aws:PrincipalArn": role ? `arn:aws:iam::${account}:role/${role}` : principal,
    ...(user ? { "aws:username": user } : {}),
    "s3:authType": signed === "header" ? "REST-HEADER" : "REST-QUERY-STRING",
    "s3:signatureversion": "AWS4-HMAC-SHA256",
    "s3:signatureAge": "1000",
  };
}

/** A request in words: "GetObject pre-signed over http from 127.0.0.9 {"Prefix":"team/"}". */
export function wordsOf({ does, signed, over, from, key, input, referer }: Call): string {
  const parts = [
    does,
    key && `of ${key}`,
    signed === "pre-signed" && signed,
    over === "http" && "over http",
    from && `from ${from}`,
    input && JSON.stringify(input),
    referer && `by ${referer}`,
  ];
  return parts.filter(Boolean).join(" ");
}
