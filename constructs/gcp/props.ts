import * as z from "zod";

/** The fields of a storage on Google Cloud Storage. */
export const gcpProps = z.strictObject({
  cloud: z.literal("gcp"),
  project: z.string().describe("Google Cloud project id"),
  location: z.string().describe("Location of the bucket: a region, dual-region or multi-region"),
  bucket: z.string().describe("Name of the bucket; it can't be changed later"),
});
export type GcpProps = z.input<typeof gcpProps>;
