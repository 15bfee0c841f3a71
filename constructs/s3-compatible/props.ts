import * as z from "zod";

/** The fields of a storage on an S3-compatible store. */
export const s3CompatibleProps = z.strictObject({
  cloud: z.literal("s3-compatible"),
  endpoint: z.string().describe("Host, and port if need be, of the store"),
  region: z.string().describe("Region that the store answers to"),
  bucket: z.string().describe("Name of the bucket; it can't be changed later"),
});
export type S3CompatibleProps = z.input<typeof s3CompatibleProps>;
