import type { LogFormat, ReadLine } from "./access";
import { azureReader } from "./azure";
import { GCS_HEADER, GCS_LINE, GCS_STORAGE_HEADER, gcsReader } from "./gcs";
import { s3Reader } from "./s3";

/** What a line shows of its log: a format; Google's storage log, in which there are no requests; or nothing. */
export type Sign = LogFormat | "no-requests" | undefined;

const S3_LINE = /^\S+ \S+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:/;
const AZURE_JSON = /^[{[].*"(?:operationName|records)"\s*:/;
const AZURE_CLASSIC = /^[12]\.0;\d{4}-/;

/** The format that a line is of. */
export function formatOf(line: string): Sign {
  if (S3_LINE.test(line)) return "s3";
  if (GCS_HEADER.test(line) || GCS_LINE.test(line)) return "gcs";
  if (GCS_STORAGE_HEADER.test(line)) return "no-requests";
  return AZURE_JSON.test(line) || AZURE_CLASSIC.test(line) ? "azure" : undefined;
}

/** A reader for a log of a format; one a file, since it remembers the file's header. */
export function readerOf(format: LogFormat): ReadLine {
  switch (format) {
    case "s3":
      return s3Reader();
    case "gcs":
      return gcsReader();
    case "azure":
      return azureReader();
    default:
      return format satisfies never;
  }
}
