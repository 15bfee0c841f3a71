import type { S3Client, ServiceInputTypes, ServiceOutputTypes } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";

/** What an operation is done to. */
export interface Target {
  readonly Bucket: string;
  /** An object that is there, written by the bucket's owner, or another that isn't. */
  readonly Key: string;
  readonly VersionId: string;
  /** An upload of parts to that object that is begun and not ended. */
  readonly UploadId: string;
  /** The bucket's own policy, so that whoever may put it changes nothing. */
  readonly Policy: string;
}

/** What a request says beyond that. */
export interface Said {
  /** In the SDK's words: `{ Prefix: "team/" }`. */
  readonly input?: Readonly<Record<string, string | number>>;
  /** The page that it comes from. */
  readonly referer?: string;
}

/** One of S3's operations, as the store and a policy are asked about it. */
export interface Operation {
  /** The permission that it needs. */
  readonly action: string;
  /** Those that write or delete are for an object that isn't there: one written by another account would be theirs. */
  readonly on: "bucket" | "object" | "new object";
  readonly method: string;
  /** The status by which the store says that it let the caller in, though perhaps to nothing. */
  readonly answer: number;
  readonly send: (client: S3Client, target: Target, said: Said) => Promise<ServiceOutputTypes>;
  readonly preSign: (client: S3Client, target: Target, said: Said) => Promise<string>;
}

/** A command that the client can both send and sign. */
type Command<I extends ServiceInputTypes, O extends ServiceOutputTypes> = Parameters<
  typeof S3Client.prototype.send<I, O>
>[0] &
  Parameters<typeof getSignedUrl<ServiceInputTypes, I, O>>[1];

/** An operation whose `summary` is its method, the store's answer, and the permission: `GET 200 s3:GetObject`. */
export function operation<I extends ServiceInputTypes, O extends ServiceOutputTypes>(
  on: Operation["on"],
  summary: `${string} ${number} s3:${string}`,
  command: (target: Target) => Command<I, O>,
): Operation {
  const [method = "", answer, action = ""] = summary.split(" ");
  const make = (target: Target, { input, referer }: Said) => {
    const made = command(target);
    Object.assign(made.input, input);
    if (referer) made.middlewareStack.add((next) => (args) => next(withHeader(args, { referer })), { step: "build" });
    return made;
  };
  return {
    on,
    action,
    method,
    answer: Number(answer),
    send: (client, target, said) => client.send(make(target, said)),
    preSign: (client, target, said) => getSignedUrl(client, make(target, said), { expiresIn: 3600 }),
  };
}

function withHeader<A extends { readonly request: unknown }>(args: A, headers: Readonly<Record<string, string>>): A {
  Object.assign((args.request as { readonly headers: object }).headers, headers);
  return args;
}
