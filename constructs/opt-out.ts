import * as z from "zod";

/**
 * A safe default that is given up: the flag names what is given up, and a reason is demanded, which the synthesized
 * metadata and the review print.
 *
 * @example { suspended: true, reason: "the bucket is a scratch space, recreated every week" }
 */
export function optOut<const Flag extends string>(flag: Flag, what: string) {
  return z
    .strictObject({ [flag]: z.literal(true), reason: z.string().min(10).describe("Why, for whoever reviews this") } as {
      [K in Flag]: z.ZodLiteral<true>;
    } & { reason: z.ZodString })
    .describe(what);
}

/** An opt-out that was taken, as the review prints it. */
export interface TakenOptOut {
  /** Keys from the root of the deployment to the opt-out. */
  readonly path: readonly string[];
  /** What is given up: `versioning.suspended`. */
  readonly what: string;
  readonly reason: string;
}
