/** Condition keys that the policies made here ask for; AWS's `aws:SourceVpce` and the rest are never needed. */
export type ConditionKey =
  | "aws:SecureTransport"
  | "aws:SourceIp"
  | "aws:principaltype"
  | "s3:authType"
  | "s3:signatureAge"
  | "s3:signatureversion"
  | "s3:x-amz-server-side-encryption-customer-algorithm";

/** Condition operators that the policies made here use. */
export type Operator = "Bool" | "BoolIfExists" | "NotIpAddress" | "NumericGreaterThan" | "Null" | "StringEquals";

/** What a kind of store can, and how its policies read. What it lacks is not emitted. */
export interface Kind {
  /** Its name, as its vendor writes it. */
  readonly name: string;
  /**
   * Which requests the store asks a bucket's policy about. Where these are the anonymous ones alone, what W&B's user may do
   * stands in a policy of that user, which only the store's own tools can set.
   */
  readonly bucketPolicy: "all requests" | "anonymous requests";
  /** Which settings of a bucket Terraform's AWS provider, in the pinned version, can manage there. */
  readonly manages: { readonly bucket: boolean; readonly cors: boolean; readonly versioning: boolean };
  readonly conditionKeys: readonly ConditionKey[];
  /** Operators that mean what AWS's do. */
  readonly operators: readonly Operator[];
  /** Spellings of W&B's documented actions that differ from AWS's; undefined for one that makes the store refuse a policy. */
  readonly actionNames: Readonly<Record<string, string | undefined>>;
  /** How the identity of W&B's credentials is written. */
  readonly principal: { readonly pattern: RegExp; readonly form: string };
  readonly reservedNames: readonly string[];
  /** What the policies don't do though they seem to, the control first. */
  readonly caveats: readonly string[];
  /** Where all this comes from. */
  readonly source: string;
}

/**
 * No kind lets the AWS provider manage the bucket itself: since 6.23 `aws_s3_bucket` asks S3 Control for its tags, and up to
 * 6.26 falls back on S3 only where the refusal says "is not authorized to perform".
 *
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/46202
 * @see https://github.com/hashicorp/terraform-provider-aws/issues/45784
 */
const NO_BUCKET = { bucket: false } as const;

/**
 * A condition asks for the header of its key's name first, and only then for what the server knows.
 *
 * @see https://github.com/minio/pkg/blob/main/policy/condition/value.go, `getValuesByKey`
 * @see https://github.com/minio/minio/blob/master/internal/handlers/proxy.go, `GetSourceIPFromHeaders`
 */
const HEADERS_FIRST =
  "denies: MinIO believes a request's own headers about its age, its kind, TLS and (X-Forwarded-For, X-Real-IP, Forwarded) its address, " +
  "so they stop mistakes, but no one who means to get past them, unless a proxy in front drops such headers";

/**
 * MinIO asks a bucket's policy about requests without an access key, and for all others the policies of the user alone. Its
 * conditions are AWS's (without `…IfExists`) and its actions have their case compared.
 *
 * @see https://github.com/minio/minio/issues/12803 ("Bucket policies are only meant for anonymous access")
 * @see https://github.com/minio/pkg/tree/main/policy, `condition/keyname.go`, `condition/name.go` and `action.go`
 */
const MINIO = {
  bucketPolicy: "anonymous requests",
  conditionKeys: [
    "aws:SecureTransport",
    "aws:SourceIp",
    "aws:principaltype",
    "s3:authType",
    "s3:signatureAge",
    "s3:signatureversion",
    "s3:x-amz-server-side-encryption-customer-algorithm",
  ],
  operators: ["Bool", "NotIpAddress", "NumericGreaterThan", "Null", "StringEquals"],
  actionNames: { "s3:GetBucketCORS": "s3:GetBucketCors" },
  principal: { pattern: /^arn:aws:iam:::user\/[\w+=,.@-]{3,64}$/, form: "arn:aws:iam:::user/<name>" },
  reservedNames: ["minio"],
  caveats: [HEADERS_FIRST],
} as const satisfies Partial<Kind>;

/** The kinds of stores, by the word that a deployment file uses. */
export const KINDS = {
  minio: {
    ...MINIO,
    name: "MinIO",
    manages: { ...NO_BUCKET, cors: false, versioning: true }, // CORS is one setting of the whole server
    source: "https://github.com/minio/minio/issues/21332",
  },
  aistor: {
    ...MINIO,
    name: "MinIO AIStor",
    manages: { ...NO_BUCKET, cors: true, versioning: true },
    caveats: [`${HEADERS_FIRST} (whether AIStor differs isn't published)`],
    source: "https://docs.min.io/aistor/administration/cors-configuration/",
  },
  /**
   * Seen on version 16. There `Null: "false"` acts like `"true"`, which would refuse every upload without a header, and
   * `Bool` misses `aws:SecureTransport`, which a request without TLS lacks: neither operator is used. The other keys above
   * are taken without an error, and never match. An unknown action makes it refuse the whole policy.
   */
  ceph: {
    name: "Ceph RGW",
    bucketPolicy: "all requests",
    manages: { ...NO_BUCKET, cors: true, versioning: true },
    conditionKeys: ["aws:SecureTransport", "aws:SourceIp"],
    operators: ["BoolIfExists", "NotIpAddress", "StringEquals"],
    actionNames: { "s3:GetEncryptionConfiguration": undefined },
    principal: {
      pattern: /^arn:aws:iam::\w*:user\/[\w+=,.@-]{1,64}(?::[\w-]+)?$/,
      form: "arn:aws:iam::<tenant>:user/<uid>, the tenant being empty where there is none",
    },
    reservedNames: [],
    caveats: [],
    source: "https://docs.ceph.com/en/latest/radosgw/bucketpolicy/",
  },
  other: {
    name: "a store that isn't known here",
    bucketPolicy: "all requests",
    manages: { ...NO_BUCKET, cors: true, versioning: true },
    conditionKeys: [],
    operators: [],
    actionNames: {},
    principal: {
      pattern: /^(?:arn|urn):(?!.*:root$)[^\s*?]+$/,
      form: "the ARN of one user, without a wildcard, as the store's manual writes it",
    },
    reservedNames: [],
    caveats: [
      "policy: none of it was tried on this store; what it does with a statement that it doesn't know is unknown",
    ],
    source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-policies.html",
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;

export const KIND_NAMES = Object.keys(KINDS) as [KindName, ...KindName[]];

/** The row of a kind. */
export function kindOf(name: KindName): Kind {
  return KINDS[name];
}

/** Whether a kind's policies take a condition as it is meant. */
export function honours({ conditionKeys, operators }: Kind, condition: Readonly<Record<string, object>>): boolean {
  const known = (list: readonly string[], words: readonly string[]) => words.every((word) => list.includes(word));
  return (
    known(operators, Object.keys(condition)) && known(conditionKeys, Object.values(condition).flatMap(Object.keys))
  );
}
