/** What browsers need in order to use pre-signed URLs; the same three methods on every cloud. @see BYOB page, CORS */
export const CORS = {
  methods: ["GET", "HEAD", "PUT"],
  allowedHeaders: ["*"],
  /** The client of a multipart upload reads the ETag of each part. */
  exposedHeaders: ["ETag"],
  /** Seconds; W&B's pages say 3600 or, since 2025, 3000. Only how long a browser may remember the answer. */
  maxAgeSeconds: 3600,
} as const;

/** Origins whose pages may use the bucket: W&B's own where the deployment has a URL, else any. */
export function allowedOrigins(wandbUrl: string | undefined, anyOrigin: boolean): string[] {
  return wandbUrl && !anyOrigin ? [new URL(wandbUrl).origin] : ["*"];
}
