import type { Policy, Statement } from "../../constructs/aws/policy";
import { rgwDialect, type Signed } from "../support/rgw/dialect";

const OWNER = "111122223333";
const SSE = "s3:x-amz-server-side-encryption";

/** A statement, but for what a row changes. */
function statement(changes: object = {}): Statement {
  const plain = { Sid: "S", Effect: "Deny", Principal: "*", Action: ["s3:PutObject"], Resource: "arn:aws:s3:::b/*" };
  return { ...plain, ...changes } as Statement;
}

function translate(changes: object, signed: Signed = "header") {
  const policy: Policy = { Version: "2012-10-17", Id: "P", Statement: [statement(changes)] };
  const { policy: words, notAskable } = rgwDialect(policy, OWNER, signed);
  expect(words).toMatchObject({ Version: "2012-10-17", Id: "P" });
  return { statements: words.Statement, notAskable };
}

test.each<[string, object, object]>([
  [
    "Bool false of TLS, since the key is absent without",
    bool("false"),
    { BoolIfExists: { "aws:SecureTransport": "false" } },
  ],
  ["Bool true of TLS, which an absent key doesn't meet anyway", bool("true"), bool("true")],
  [
    "a negated operator, which an absent key meets",
    { StringNotEquals: { [SSE]: "x" } },
    { StringNotEqualsIfExists: { [SSE]: "x" } },
  ],
  ["one that says so itself", { StringNotLikeIfExists: { [SSE]: "x" } }, { StringNotLikeIfExists: { [SSE]: "x" } }],
  [
    "NotIpAddress of several",
    { NotIpAddress: { "aws:SourceIp": ["a", "b"] } },
    { NotIpAddressIfExists: { "aws:SourceIp": ["a", "b"] } },
  ],
  [
    "a negated operator on a key that must be present",
    { StringNotEquals: { [SSE]: "x" }, Null: { [SSE]: "false" } },
    { StringNotEquals: { [SSE]: "x" } },
  ],
  [
    "of two keys, one that must be present",
    { StringNotEquals: { [SSE]: "x", "s3:prefix": "y" }, Null: { [SSE]: "false" } },
    { StringNotEquals: { [SSE]: "x" }, StringNotEqualsIfExists: { "s3:prefix": "y" } },
  ],
  [
    "a key that a request from here lacks",
    { StringNotEquals: { "aws:SourceVpce": ["a", "b"] } },
    { StringNotEqualsIfExists: { "aws:SourceVpce": ["a", "b"] } },
  ],
  ["a key that it must lack", { Null: { [SSE]: "true" } }, { Null: { [SSE]: "true" } }],
  [
    "what needs no change",
    { StringLike: { "s3:prefix": ["a*", "b*"] }, NumericLessThan: { "s3:max-keys": "9" } },
    { StringLike: { "s3:prefix": ["a*", "b*"] }, NumericLessThan: { "s3:max-keys": "9" } },
  ],
])("a condition in other words: %s", (_, Condition, words) => {
  expect(translate({ Condition })).toEqual({ statements: [statement({ Condition: words })], notAskable: [] });
});

function bool(value: string): object {
  return { Bool: { "aws:SecureTransport": value } };
}

test.each<[string, object, string]>([
  ["an unknown key", { NumericGreaterThan: { "s3:signatureAge": "1" } }, "s3:signatureAge"],
  [
    "an unknown key beside a known one",
    { IpAddress: { "aws:SourceIp": "a" }, ArnLike: { "aws:PrincipalArn": "a" } },
    "aws:PrincipalArn",
  ],
  ["that a key is present", { Null: { [SSE]: "false" } }, SSE],
  ["that a key is present which no request from here has", { Null: { "aws:SourceVpce": "false" } }, "aws:SourceVpce"],
  ["that a text is none of several", { StringNotLike: { "s3:prefix": ["a*", "b*"] } }, "s3:prefix"],
  ["that a key is present, beside another", { Null: { [SSE]: "false" }, StringNotEquals: { "s3:prefix": "a" } }, SSE],
])("a statement without such words is left out, and told: %s", (_, Condition, key) => {
  expect(translate({ Condition })).toEqual({ statements: [], notAskable: [`S: ${key} is unknown`] });
});

test("an unknown action is left out, and told; a statement of nothing else is no statement", () => {
  const unknown = "s3:GetEncryptionConfiguration";
  const notAskable = [`S: ${unknown} is unknown`];
  expect(translate({ Action: [unknown, "s3:ListBucket"] })).toEqual({
    statements: [statement({ Action: ["s3:ListBucket"] })],
    notAskable,
  });
  expect(translate({ Action: unknown })).toEqual({ statements: [], notAskable });
});

test.each<[string, Signed, object[]]>([
  ["REST-QUERY-STRING", "pre-signed", [statement()]],
  ["REST-QUERY-STRING", "header", []],
  ["REST-HEADER", "header", [statement()]],
  ["REST-HEADER", "pre-signed", []],
])("a condition on the signature is settled: %s for requests with a %s signature", (value, signed, statements) => {
  const Condition = { StringEquals: { "s3:authType": value } };
  expect(translate({ Condition }, signed)).toEqual({ statements, notAskable: [] });
});

test("a statement that can't apply isn't told of, whatever else it says; other operators on the signature are refused", () => {
  const StringEquals = { "s3:authType": "REST-QUERY-STRING", "s3:signatureversion": "AWS" };
  expect(translate({ Condition: { StringEquals } })).toEqual({ statements: [], notAskable: [] });
  expect(() => translate({ Condition: { StringNotEquals: { "s3:authType": "POST" } } })).toThrow(
    "Cannot settle s3:authType",
  );
});

test.each([
  ["*", "*"],
  [
    { AWS: "arn:aws:iam::725579432336:role/WandbIntegration" },
    { AWS: "arn:aws:iam::725579432336:user/WandbIntegration" },
  ],
  [{ AWS: "arn:aws:iam::725579432336:role/a/path/name" }, { AWS: "arn:aws:iam::725579432336:user/name" }],
  [{ AWS: `arn:aws:iam::${OWNER}:role/wandb` }, { AWS: `arn:aws:iam::${OWNER}:role/wandb` }],
  [{ AWS: "arn:aws:iam::830241207209:root" }, { AWS: "arn:aws:iam::830241207209:root" }],
  [{ AWS: ["arn:aws:iam::830241207209:user/a"] }, { AWS: ["arn:aws:iam::830241207209:user/a"] }],
  [{ Service: "logging.s3.amazonaws.com" }, { Service: "logging.s3.amazonaws.com" }],
])("the principal %j is %j", (Principal, words) => {
  expect(translate({ Principal }).statements).toEqual([statement({ Principal: words })]);
});
