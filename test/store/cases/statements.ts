import { allow, asks, deny, from, type Case } from "./case";

const abroad = { NotIpAddress: { "aws:SourceIp": ["127.0.0.0/24"] } };
const SSE = "s3:x-amz-server-side-encryption";
const encrypted = (ServerSideEncryption: string) => ({ input: { ServerSideEncryption } });

/** Several statements, which only together say what comes of a request. */
export const STATEMENTS: readonly Case[] = [
  {
    name: "what one of two statements allows is allowed",
    statements: [allow({ Resource: "@/team/*" }), allow({ Action: "s3:ListBucket", Resource: "@" })],
    asks: [
      ...asks(
        { does: "GetObject" },
        [{}, { does: "ListObjects" }],
        [{ does: "DeleteObject" }, { does: "GetBucketAcl" }],
      ),
    ],
  },
  {
    name: "a Deny before or behind an Allow wins",
    statements: [
      deny({ Action: "s3:DeleteObject" }),
      allow({ Action: ["s3:GetObject", "s3:DeleteObject", "s3:PutObject"] }),
      deny({ Action: "s3:PutObject", Resource: "@/locked/*" }),
    ],
    asks: [
      ...asks({ does: "GetObject" }, [{}, { does: "PutObject" }], [{ does: "DeleteObject" }], "deny"),
      { does: "PutObject", key: "locked/a", expect: "deny" },
      { who: "owner", does: "PutObject", key: "locked/a", expect: "deny" },
      { who: "owner", does: "ListObjects", expect: "implicit-deny" },
    ],
  },
  {
    name: "a Deny of all from abroad hits the owner too, and URLs",
    statements: [allow(), deny({ Action: "s3:*", Resource: ["@", "@/*"], Condition: abroad })],
    asks: asks(
      { does: "GetObject" },
      [{}, { signed: "pre-signed" }, { who: "anonymous" }, { who: "owner" }],
      [
        { from: "127.0.1.1" },
        { from: "127.0.1.1", signed: "pre-signed" },
        { from: "127.0.1.1", who: "anonymous" },
        { from: "127.0.1.1", who: "owner" },
        { from: "127.0.1.1", who: "owner", signed: "pre-signed" },
        { from: "127.0.1.1", who: "owner", does: "PutBucketPolicy" },
      ],
      "deny",
    ),
  },
  {
    name: "conditions of a Deny hold all at once",
    statements: [allow(), deny({ Condition: { ...abroad, Bool: { "aws:SecureTransport": "false" } } })],
    asks: asks(
      { does: "GetObject" },
      [{}, { over: "http" }, from("127.0.1.1")],
      [{ from: "127.0.1.1", over: "http" }],
      "deny",
    ),
  },
  {
    name: "a negated condition on a key that a request lacks",
    statements: [
      allow({ Action: "s3:PutObject" }),
      deny({ Action: "s3:PutObject", Condition: { StringNotEquals: { [SSE]: "AES256" } } }),
    ],
    asks: asks({ does: "PutObject" }, [encrypted("AES256")], [{}], "deny"),
  },
  {
    name: "the same, where the key must be present",
    statements: [
      allow({ Action: "s3:PutObject" }),
      deny({ Action: "s3:PutObject", Condition: { StringNotEquals: { [SSE]: "AES256" }, Null: { [SSE]: "false" } } }),
    ],
    asks: asks({ does: "PutObject" }, [{}, encrypted("AES256")], [encrypted("aws:kms")], "deny"),
  },
];
