import * as s3 from "@aws-sdk/client-s3";
import { operation } from "./operation";

const TAGS = { TagSet: [{ Key: "team", Value: "omega" }] };
const CORS = { CORSRules: [{ AllowedMethods: ["GET"], AllowedOrigins: ["https://example.com"] }] };
const RULES = { Rules: [{ ID: "old", Status: "Enabled" as const, Prefix: "none/", Expiration: { Days: 9999 } }] };
const VERSIONED = { Status: "Enabled" } as const;

/** What can be done to a bucket. */
export const BUCKET_OPERATIONS = {
  HeadBucket: operation("bucket", "HEAD 200 s3:ListBucket", ({ Bucket }) => new s3.HeadBucketCommand({ Bucket })),
  ListObjects: operation("bucket", "GET 200 s3:ListBucket", ({ Bucket }) => new s3.ListObjectsV2Command({ Bucket })),
  ListObjectVersions: operation(
    "bucket",
    "GET 200 s3:ListBucketVersions",
    ({ Bucket }) => new s3.ListObjectVersionsCommand({ Bucket }),
  ),
  ListMultipartUploads: operation(
    "bucket",
    "GET 200 s3:ListBucketMultipartUploads",
    ({ Bucket }) => new s3.ListMultipartUploadsCommand({ Bucket }),
  ),
  GetBucketLocation: operation(
    "bucket",
    "GET 200 s3:GetBucketLocation",
    ({ Bucket }) => new s3.GetBucketLocationCommand({ Bucket }),
  ),
  GetBucketVersioning: operation(
    "bucket",
    "GET 200 s3:GetBucketVersioning",
    ({ Bucket }) => new s3.GetBucketVersioningCommand({ Bucket }),
  ),
  GetBucketCors: operation(
    "bucket",
    "GET 200 s3:GetBucketCORS",
    ({ Bucket }) => new s3.GetBucketCorsCommand({ Bucket }),
  ),
  GetBucketAcl: operation("bucket", "GET 200 s3:GetBucketAcl", ({ Bucket }) => new s3.GetBucketAclCommand({ Bucket })),
  GetBucketTagging: operation(
    "bucket",
    "GET 200 s3:GetBucketTagging",
    ({ Bucket }) => new s3.GetBucketTaggingCommand({ Bucket }),
  ),
  GetBucketPolicy: operation(
    "bucket",
    "GET 200 s3:GetBucketPolicy",
    ({ Bucket }) => new s3.GetBucketPolicyCommand({ Bucket }),
  ),
  GetBucketPolicyStatus: operation(
    "bucket",
    "GET 200 s3:GetBucketPolicyStatus",
    ({ Bucket }) => new s3.GetBucketPolicyStatusCommand({ Bucket }),
  ),
  GetBucketLifecycle: operation(
    "bucket",
    "GET 200 s3:GetLifecycleConfiguration",
    ({ Bucket }) => new s3.GetBucketLifecycleConfigurationCommand({ Bucket }),
  ),
  PutBucketVersioning: operation(
    "bucket",
    "PUT 200 s3:PutBucketVersioning",
    ({ Bucket }) => new s3.PutBucketVersioningCommand({ Bucket, VersioningConfiguration: VERSIONED }),
  ),
  PutBucketCors: operation(
    "bucket",
    "PUT 200 s3:PutBucketCORS",
    ({ Bucket }) => new s3.PutBucketCorsCommand({ Bucket, CORSConfiguration: CORS }),
  ),
  PutBucketAcl: operation(
    "bucket",
    "PUT 200 s3:PutBucketAcl",
    ({ Bucket }) => new s3.PutBucketAclCommand({ Bucket, ACL: "private" }),
  ),
  PutBucketTagging: operation(
    "bucket",
    "PUT 200 s3:PutBucketTagging",
    ({ Bucket }) => new s3.PutBucketTaggingCommand({ Bucket, Tagging: TAGS }),
  ),
  PutBucketPolicy: operation(
    "bucket",
    "PUT 204 s3:PutBucketPolicy",
    ({ Bucket, Policy }) => new s3.PutBucketPolicyCommand({ Bucket, Policy }),
  ),
  PutPublicAccessBlock: operation(
    "bucket",
    "PUT 200 s3:PutBucketPublicAccessBlock",
    ({ Bucket }) =>
      new s3.PutPublicAccessBlockCommand({ Bucket, PublicAccessBlockConfiguration: { IgnorePublicAcls: true } }),
  ),
  PutBucketLifecycle: operation(
    "bucket",
    "PUT 200 s3:PutLifecycleConfiguration",
    ({ Bucket }) => new s3.PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: RULES }),
  ),
  DeleteBucketPolicy: operation(
    "bucket",
    "DELETE 200 s3:DeleteBucketPolicy",
    ({ Bucket }) => new s3.DeleteBucketPolicyCommand({ Bucket }),
  ),
  DeleteBucket: operation(
    "bucket",
    "DELETE 409 s3:DeleteBucket",
    ({ Bucket }) => new s3.DeleteBucketCommand({ Bucket }),
  ),
} as const;
