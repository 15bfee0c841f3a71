import * as z from "zod";

/** The fields of a storage on CoreWeave AI Object Storage. */
export const coreweaveProps = z.strictObject({
  cloud: z.literal("coreweave"),
  zone: z.string().describe("Availability zone of the bucket"),
  bucket: z.string().describe("Name of the bucket; it can't be changed later"),
});
export type CoreweaveProps = z.input<typeof coreweaveProps>;
