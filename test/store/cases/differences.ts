import { OWNER } from "../cast";
import { allow, asks, deny, type Case } from "./case";

const put = (Condition: object) => [allow({ Action: "s3:PutObject" }), deny({ Action: "s3:PutObject", Condition })];
const read = (Condition: object) => [allow(), deny({ Condition })];
const SSE = "s3:x-amz-server-side-encryption";
const CUSTOMER = `${SSE}-customer-algorithm`;

/**
 * Where Ceph 16 isn't AWS: the store's answer is the contrary of what is expected, to each of these. They are why
 * policies are put in its words (`support/rgw/dialect.ts`), and what the other cases leave out.
 */
export const DIFFERENCES: readonly Case[] = [
  {
    name: "aws:SecureTransport is absent over plain HTTP",
    statements: read({ Bool: { "aws:SecureTransport": "false" } }),
    asks: asks({ does: "GetObject" }, [], [{ over: "http" }], "deny"),
  },
  {
    name: "an absent key doesn't meet a negated operator",
    statements: put({ StringNotEquals: { [SSE]: "AES256" } }),
    asks: asks({ does: "PutObject" }, [], [{}], "deny"),
  },
  {
    name: 'Null takes "false" for "true"',
    statements: put({ Null: { [SSE]: "false" } }),
    asks: asks({ does: "PutObject" }, [{}], []).concat(
      asks({ does: "PutObject" }, [], [{ input: { ServerSideEncryption: "AES256" } }], "deny"),
    ),
  },
  {
    name: "a key that it doesn't know is never present",
    statements: put({ Null: { [CUSTOMER]: "false" } }),
    asks: asks({ does: "PutObject" }, [{}], []),
  },
  {
    name: "how a request is signed is no key",
    statements: read({ StringEquals: { "s3:authType": "REST-QUERY-STRING" } }),
    asks: asks({ does: "GetObject" }, [], [{ signed: "pre-signed" }], "deny"),
  },
  {
    name: "who asks is no key but for aws:username",
    statements: [allow({ Condition: { StringLike: { "aws:PrincipalArn": "arn:aws:iam::999988887777:*" } } })],
    asks: asks({ does: "GetObject" }, [{}], []),
  },
  {
    name: "s3:x-amz-acl is present where no ACL is asked for",
    statements: [allow({ Action: "s3:PutObject", Condition: { Null: { "s3:x-amz-acl": "true" } } })],
    asks: asks({ does: "PutObject" }, [{}], []),
  },
  {
    name: "one of several values is enough for a negated operator",
    statements: [
      allow({ Action: "s3:ListBucket", Resource: "@", Condition: { StringNotLike: { "s3:prefix": ["a*", "b*"] } } }),
    ],
    asks: asks({ does: "ListObjects" }, [], [{ input: { Prefix: "ab" } }]),
  },
  {
    name: "* ends where its next character first appears",
    statements: [allow({ Action: "s3:DeleteObject", Resource: "@/te*/new" })],
    asks: asks({ does: "DeleteObject" }, [{ key: "tests/a/new" }], []),
  },
  {
    name: "an account doesn't include its roles",
    statements: [allow({ Principal: { AWS: OWNER } })],
    asks: asks({ does: "GetObject" }, [{ who: "ownRole" }], []),
  },
];
