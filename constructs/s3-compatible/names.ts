import { quote, type Fault } from "../issue";
import type { Kind } from "./kinds";

/** `[is broken, rule, fix]`. */
type Rule = readonly [boolean, string, string];

const LENGTH = { min: 3, max: 63 };
const RULES = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html";

/**
 * All that is wrong with the name of a bucket: S3's rules, which these stores have taken over, without what AWS reserves for
 * itself. Dots are fine, since the bucket stands in the path and not in the host. What some stores admit beyond (upper
 * case and `_` on an old or a relaxed Ceph) is refused: not every client can use it.
 */
export function bucketNameFaults(name: string, kind: Kind): Fault[] {
  const { min, max } = LENGTH;
  const stray = [...new Set(name.match(/[^a-z0-9.-]/gu) ?? [])];
  const rules: Rule[] = [
    [name.length < min || name.length > max, `be ${min} to ${max} characters`, "Lengthen or shorten the name."],
    [
      stray.length > 0,
      `have only a-z, 0-9, "-" and "." (not ${stray.map(quote).join(", ")})`,
      "Give the name alone, in lower case; make another bucket if it has others.",
    ],
    [/^[^a-z0-9]|[^a-z0-9]$/iu.test(name), "begin and end with a letter or digit", "Drop what stands at that end."],
    [/\.[.-]|-\./.test(name), 'have no "." beside another "." or "-"', "Drop one of the two."],
    [/^\d+(\.\d+){3}$/.test(name), "not look like an IP address", "Choose another name."],
    [
      name.endsWith("--x-s3"),
      'not end with "--x-s3", by which Terraform\'s provider knows directory buckets of AWS',
      "Choose another ending.",
    ],
    [kind.reservedNames.includes(name), `not be ${quote(name)}, which ${kind.name} reserves`, "Choose another name."],
  ];
  return faults("name the bucket", name, rules, RULES);
}

const REGION_MAX = 63;

/**
 * What is wrong with a region: its form alone, for each store has names of its own. It has no default: W&B asks for it in
 * the address of every S3-compatible storage, and a signature for another region is refused.
 *
 * @see https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector
 */
export function regionFaults(region: string): Fault[] {
  const fits = new RegExp(`^[A-Za-z0-9][A-Za-z0-9_-]{0,${REGION_MAX - 1}}$`).test(region);
  return faults("use the region", region, [
    [
      !fits,
      `be 1 to ${REGION_MAX} of a-z, A-Z, 0-9, "_" and "-", a letter or digit first`,
      "Give the region that the store answers to, such as `us-east-1` (MinIO's default) or the zone group's name on Ceph.",
    ],
  ]);
}

function faults(what: string, got: string, rules: readonly Rule[], source?: string): Fault[] {
  return rules
    .filter(([isBroken]) => isBroken)
    .map(([, rule, fix]) => ({
      message: `Cannot ${what}: must ${rule}, got ${quote(got)}`,
      fix,
      ...(source ? { source } : {}),
    }));
}
