import fc from "fast-check";
import type { Cast } from "../cast";
import type { Call } from "../call";
import { allow } from "./case";

/** A request to a policy of any words, of which nobody has said what must come. */
export interface AnyCall extends Call {
  readonly who: keyof Cast;
}

const ARN = "arn:aws:iam::";
const principal = fc.constantFrom<unknown>(
  "*",
  { AWS: "999988887777" },
  { AWS: `${ARN}999988887777:user/stranger` },
  { AWS: [`${ARN}830241207209:root`, `${ARN}111122223333:user/analyst`] },
  { AWS: [`${ARN}111122223333:role/wandb`, `${ARN}999988887777:root`] },
);
/** None that could keep the owner from putting the next policy. */
const action = fc.constantFrom<unknown>(
  "s3:Get*",
  "s3:GetObject*",
  ["s3:ListBucket", "s3:GetObject"],
  ["s3:PutObject", "s3:GetObject", "s3:DeleteObject"],
  "s3:*Object",
  "s3:List*",
);
const resource = fc.constantFrom<unknown>(["@", "@/*"], "@/team/*", ["@", "@/team/*"], "@/other/*", "@*", "*");
const condition = fc.constantFrom<object>(
  {},
  {},
  { Bool: { "aws:SecureTransport": "true" } },
  { Bool: { "aws:SecureTransport": "false" } },
  { IpAddress: { "aws:SourceIp": ["127.0.1.0/24", "127.0.3.0/24"] } },
  { NotIpAddress: { "aws:SourceIp": ["127.0.1.0/24", "127.0.3.0/24"] } },
  { StringLike: { "s3:prefix": ["team/*", "other/*"] } },
  { StringNotEquals: { "s3:prefix": "team/" } },
  { NumericLessThanEquals: { "s3:max-keys": "10" } },
  { StringNotEquals: { "aws:username": "stranger" } },
  { Null: { "s3:prefix": "true" }, NotIpAddress: { "aws:SourceIp": "127.0.2.0/24" } },
);

const statement = fc
  .record({ Effect: fc.constantFrom("Allow", "Allow", "Deny"), principal, action, resource, condition })
  .map(({ Effect, principal: Principal, action: Action, resource: Resource, condition: Condition }) => {
    const conditional = Object.keys(Condition).length ? { Condition } : {};
    return allow({ Effect, Principal, Action, Resource, ...conditional });
  });

const call: fc.Arbitrary<AnyCall> = fc
  .record({
    who: fc.constantFrom("stranger", "dedicated", "analyst", "ownRole", "anonymous", "owner"),
    over: fc.constantFrom("https", "http"),
    from: fc.constantFrom("127.0.1.1", "127.0.2.1"),
    what: fc.constantFrom<Call>(
      { does: "GetObject" },
      { does: "GetObjectTagging" },
      { does: "PutObject" },
      { does: "DeleteObject", key: "other/file.txt" },
      { does: "ListObjects" },
      { does: "ListObjects", input: { Prefix: "team/" } },
      { does: "ListObjects", input: { Prefix: "other/a", MaxKeys: 5 } },
      { does: "GetBucketAcl" },
    ),
  })
  .map(({ what, ...rest }) => ({ ...rest, ...what }));

/** Any policy of one to three statements, and requests to it. */
export const ANY = fc.record({
  statements: fc.array(statement, { minLength: 1, maxLength: 3 }),
  calls: fc.array(call, { minLength: 6, maxLength: 6 }),
});
