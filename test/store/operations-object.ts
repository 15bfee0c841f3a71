import * as s3 from "@aws-sdk/client-s3";
import { operation } from "./operation";

const TAGS = { TagSet: [{ Key: "team", Value: "omega" }] };

/** What can be done to an object. */
export const OBJECT_OPERATIONS = {
  GetObject: operation("object", "GET 200 s3:GetObject", ({ Bucket, Key }) => new s3.GetObjectCommand({ Bucket, Key })),
  HeadObject: operation(
    "object",
    "HEAD 200 s3:GetObject",
    (at) => new s3.HeadObjectCommand({ Bucket: at.Bucket, Key: at.Key }),
  ),
  GetObjectVersion: operation(
    "object",
    "GET 200 s3:GetObjectVersion",
    ({ Bucket, Key, VersionId }) => new s3.GetObjectCommand({ Bucket, Key, VersionId }),
  ),
  GetObjectAcl: operation(
    "object",
    "GET 200 s3:GetObjectAcl",
    ({ Bucket, Key }) => new s3.GetObjectAclCommand({ Bucket, Key }),
  ),
  GetObjectTagging: operation(
    "object",
    "GET 200 s3:GetObjectTagging",
    ({ Bucket, Key }) => new s3.GetObjectTaggingCommand({ Bucket, Key }),
  ),
  PutObject: operation(
    "new object",
    "PUT 200 s3:PutObject",
    ({ Bucket, Key }) => new s3.PutObjectCommand({ Bucket, Key, Body: "text" }),
  ),
  CreateMultipartUpload: operation(
    "new object",
    "POST 200 s3:PutObject",
    ({ Bucket, Key }) => new s3.CreateMultipartUploadCommand({ Bucket, Key }),
  ),
  UploadPart: operation(
    "object",
    "PUT 200 s3:PutObject",
    ({ Bucket, Key, UploadId }) => new s3.UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: "text" }),
  ),
  ListParts: operation(
    "object",
    "GET 200 s3:ListMultipartUploadParts",
    ({ Bucket, Key, UploadId }) => new s3.ListPartsCommand({ Bucket, Key, UploadId }),
  ),
  AbortMultipartUpload: operation(
    "object",
    "DELETE 404 s3:AbortMultipartUpload",
    ({ Bucket, Key }) => new s3.AbortMultipartUploadCommand({ Bucket, Key, UploadId: "none" }),
  ),
  PutObjectAcl: operation(
    "object",
    "PUT 200 s3:PutObjectAcl",
    ({ Bucket, Key }) => new s3.PutObjectAclCommand({ Bucket, Key, ACL: "private" }),
  ),
  PutObjectTagging: operation(
    "object",
    "PUT 200 s3:PutObjectTagging",
    ({ Bucket, Key }) => new s3.PutObjectTaggingCommand({ Bucket, Key, Tagging: TAGS }),
  ),
  DeleteObjectTagging: operation(
    "object",
    "DELETE 204 s3:DeleteObjectTagging",
    ({ Bucket, Key }) => new s3.DeleteObjectTaggingCommand({ Bucket, Key }),
  ),
  DeleteObject: operation(
    "new object",
    "DELETE 204 s3:DeleteObject",
    ({ Bucket, Key }) => new s3.DeleteObjectCommand({ Bucket, Key }),
  ),
  DeleteObjectVersion: operation(
    "new object",
    "DELETE 204 s3:DeleteObjectVersion",
    ({ Bucket, Key }) => new s3.DeleteObjectCommand({ Bucket, Key, VersionId: "none" }),
  ),
} as const;
