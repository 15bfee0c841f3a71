import * as z from "zod";
import { optOut } from "./opt-out";

const DAYS = z.int().min(1);

/** Fields that mean the same on every cloud. */
export const sharedFields = {
  versioning: optOut("suspended", "Suspends versioning: an overwritten or deleted object is gone at once").optional(),
  noncurrentVersionExpirationDays: DAYS.optional().describe(
    "Days until an overwritten or deleted object is gone. Default: 30",
  ),
  cors: optOut("anyOrigin", "Lets pages of any origin use pre-signed URLs, though W&B's origin is known").optional(),
  overlappingPaths: optOut("allowed", "Lets attachments to this bucket share files").optional(),
};

/** A field for clouds whose multipart uploads leave parts behind. */
export const uploadFields = {
  abortIncompleteMultipartUploadDays: DAYS.optional().describe(
    "Days until the parts of an unfinished upload are gone. Default: 7",
  ),
};

/** Days, where the fields leave them open. */
export const DEFAULT_DAYS = {
  noncurrentVersionExpiration: 30,
  abortIncompleteMultipartUpload: 7,
  logExpiration: 365,
} as const;

/** Labels and tags that this project sets on every resource that can have any. */
export function ownTags(deployment: string) {
  return { ManagedBy: "wandb-byob", WandbDeployment: deployment };
}
