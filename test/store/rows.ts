import type { Decision } from "../../review/iam";
import type { Call } from "./call";
import type { Cast } from "./cast";
import { OPERATIONS, type OperationName } from "./operations";
import { INSIDE, KEYS, OUTSIDE, type Subject } from "./subjects";

/** A request and what must come of it. */
export interface Row extends Call {
  readonly who: keyof Cast;
  readonly expect: Decision["effect"];
  /** The statement that denies it. */
  readonly by?: string;
}

/** What W&B may do, by its documentation. It may do no other of the operations. */
const MAY: readonly OperationName[] = [
  ...(["GetObject", "HeadObject", "GetObjectVersion", "GetObjectAcl", "GetObjectTagging"] as const),
  ...(["PutObject", "CreateMultipartUpload", "UploadPart", "AbortMultipartUpload", "DeleteObject"] as const),
  ...(["HeadBucket", "ListObjects", "ListObjectVersions", "ListMultipartUploads"] as const),
  ...(["GetBucketLocation", "GetBucketVersioning", "GetBucketCors"] as const),
];
const ALL = Object.keys(OPERATIONS) as OperationName[];
const BY_URL = ["GetObject", "HeadObject", "PutObject", "UploadPart", "ListObjects"] as const;
const MAIN = ["GetObject", "PutObject", "ListObjects", "PutBucketPolicy"] as const;

/** What must come of requests to the bucket of a deployment: what is allowed comes first. */
export function rowsOf(subject: Subject): Row[] {
  return [
    ...permissionRows(subject),
    ...strangerRows(subject),
    ...transportRows(subject),
    ...encryptionRows(subject),
    ...(subject.network ? networkRows(subject) : []),
  ];
}

function permissionRows({ wandb: who }: Subject): Row[] {
  const byUrl = { who, signed: "pre-signed", from: INSIDE } as const;
  const others = ALL.filter((does) => !MAY.includes(does));
  return [
    ...MAY.map((does): Row => ({ who, does, expect: "allow" })),
    ...BY_URL.map((does): Row => ({ ...byUrl, does, expect: "allow" })),
    ...others.map((does): Row => ({ who, does, expect: "implicit-deny" })),
    { ...byUrl, does: "DeleteObjectVersion", expect: "implicit-deny" },
  ];
}

function strangerRows({ others }: Subject): Row[] {
  const expect = "implicit-deny";
  return [
    ...(["owner", ...others, "analyst", "stranger", "anonymous"] as const).flatMap((who) =>
      MAIN.map((does): Row => ({ who, does, expect })),
    ),
    { who: "stranger", does: "GetObject", signed: "pre-signed", from: INSIDE, expect },
  ];
}

function transportRows({ wandb }: Subject): Row[] {
  const insecure = { over: "http", expect: "deny", by: "DenyInsecureTransport" } as const;
  return [
    ...([wandb, "owner", "analyst", "anonymous"] as const).flatMap((who) =>
      MAIN.map((does): Row => ({ who, does, ...insecure })),
    ),
    ...BY_URL.map((does): Row => ({ who: wandb, does, signed: "pre-signed", from: INSIDE, ...insecure })),
  ];
}

function encryptionRows({ wandb, otherKey }: Subject): Row[] {
  const foreignKey = { expect: "deny", by: "DenyForeignKey" } as const;
  const uploads = [
    { input: { ServerSideEncryption: "AES256" }, expect: "deny", by: "DenyOtherEncryption" },
    { input: withKey(KEYS.given), expect: "allow" },
    { input: withKey(KEYS.other), ...(otherKey === "deny" ? foreignKey : { expect: otherKey }) },
    { input: withKey(KEYS.foreign), ...foreignKey },
  ] as const;
  return uploads.flatMap((upload): Row[] => [
    { who: wandb, does: "PutObject", ...upload },
    { who: wandb, does: "PutObject", signed: "pre-signed", from: INSIDE, ...upload },
    { who: "owner", does: "PutObject", ...upload, expect: upload.expect === "allow" ? "implicit-deny" : upload.expect },
  ]);
}

function withKey(SSEKMSKeyId: string) {
  return { ServerSideEncryption: "aws:kms", SSEKMSKeyId };
}

/** From elsewhere W&B's pre-signed URLs are refused, but neither its own requests nor the owner's URLs. */
function networkRows({ wandb }: Subject): Row[] {
  const elsewhere = { signed: "pre-signed", from: OUTSIDE } as const;
  return [
    ...BY_URL.map((does): Row => ({ who: wandb, does, ...elsewhere, expect: "deny", by: "DenyOtherNetworks" })),
    ...MAIN.slice(0, 3).map((does): Row => ({ who: wandb, does, from: OUTSIDE, expect: "allow" })),
    { who: "owner", does: "GetObject", ...elsewhere, expect: "implicit-deny" },
    { who: "stranger", does: "GetObject", ...elsewhere, expect: "implicit-deny" },
  ];
}
