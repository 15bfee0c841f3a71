import type { Review } from "./report";
import { worstOf } from "./verdict";

/** Raised when a reader of the JSON would have to change. */
export const REPORT_VERSION = 1;

/** The report as JSON, for programs: all that the other forms show, nothing abbreviated. */
export function json(reviews: readonly Review[]): string {
  const verdict = worstOf(reviews.map((review) => review.verdict));
  return `${JSON.stringify({ version: REPORT_VERSION, verdict, reviews }, undefined, 2)}\n`;
}
