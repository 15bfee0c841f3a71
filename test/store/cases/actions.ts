import { OPERATIONS, type OperationName } from "../operations";
import { allow, asks, type Case } from "./case";

/** A policy of one action, which is asked what it allows and something else. */
function action(pattern: string, allowed: readonly OperationName[], others: readonly OperationName[]): Case {
  const does = (names: readonly OperationName[]) => names.map((each) => ({ does: each }));
  return {
    name: pattern,
    statements: [allow({ Action: pattern, Resource: ["@", "@/*"] })],
    asks: asks({ does: "GetObject" }, does(allowed), does(others)),
  };
}

const OPERATION_NAMES = Object.keys(OPERATIONS) as OperationName[];
/** Operations by the permission that each needs: the policy of one lets in no operation that needs another. */
const SINGLE: Case[] = [...new Set(OPERATION_NAMES.map((name) => OPERATIONS[name].action))].map((only) => {
  const allowed = OPERATION_NAMES.filter((name) => OPERATIONS[name].action === only);
  return action(only, allowed, [only === "s3:GetBucketAcl" ? "GetBucketCors" : "GetBucketAcl"]);
});

/** Each permission by itself, and wildcards. */
export const ACTIONS: readonly Case[] = [
  ...SINGLE,
  action("s3:Get*", ["GetObject", "HeadObject", "GetObjectAcl", "GetBucketPolicy"], ["PutObject", "ListObjects"]),
  action("s3:GetObject*", ["GetObject", "GetObjectVersion", "GetObjectTagging"], ["GetBucketAcl", "PutObject"]),
  action("s3:PutObject*", ["PutObject", "PutObjectAcl", "PutObjectTagging"], ["GetObject", "PutBucketAcl"]),
  action("s3:List*", ["ListObjects", "ListObjectVersions", "ListMultipartUploads", "ListParts"], ["GetObject"]),
  action("s3:Delete*", ["DeleteObject", "DeleteObjectVersion"], ["GetObject", "AbortMultipartUpload"]),
  action("s3:*Acl", ["GetObjectAcl", "GetBucketAcl", "PutBucketAcl"], ["GetObject", "PutBucketPolicy"]),
  action("s3:*Bucket*", ["ListObjects", "GetBucketCors", "PutBucketTagging"], ["GetObject", "GetBucketLifecycle"]),
  action("s3:?etObject", ["GetObject"], ["PutObject", "GetObjectAcl"]),
  action("s3:*", ["GetObject", "PutObject", "ListObjects", "PutBucketPolicy", "DeleteObjectVersion"], []),
  action("s3:getobject", ["GetObject"], ["GetObjectAcl"]),
];
