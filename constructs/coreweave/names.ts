import { oneOf, quote, type Fault } from "../issue";

/** `[is broken, rule, fix]`. */
type Rule = readonly [boolean, string, string];

const LENGTH = { min: 3, max: 63 };
const RESERVED_PREFIXES = ["xn--", "cw-", "vip-", "log-stitcher-ch-"];
const RESERVED_NAMES = ["int"];

/** All that is wrong with the name of a bucket, in one pass, so that one edit can mend it. */
export function bucketNameFaults(name: string): Fault[] {
  const { min, max } = LENGTH;
  const prefix = RESERVED_PREFIXES.find((reserved) => name.startsWith(reserved));
  const stray = [...new Set(name.match(/[^a-z0-9-]/gu) ?? [])];
  const rules: Rule[] = [
    [name.length < min || name.length > max, `be ${min} to ${max} characters`, "Lengthen or shorten the name."],
    [
      stray.length > 0,
      `have only a-z, 0-9 and "-" (not ${stray.map(quote).join(", ")})`,
      "Write it in lower case, with hyphens between words: it is a part of the bucket's host name.",
    ],
    [/^[^a-z0-9]|[^a-z0-9]$/iu.test(name), "begin and end with a letter or digit", "Drop what stands at that end."],
    [prefix !== undefined, `not begin with ${quote(prefix)}, which CoreWeave reserves`, "Choose another beginning."],
    [
      RESERVED_NAMES.includes(name),
      `not be ${oneOf(RESERVED_NAMES)}, which CoreWeave reserves`,
      "Choose another name.",
    ],
  ];
  return faults(
    "name the bucket",
    name,
    rules,
    "https://docs.coreweave.com/products/storage/object-storage/buckets/about",
  );
}

/** What is wrong with an Availability Zone: its form alone, since CoreWeave adds zones. */
export function zoneFaults(zone: string): Fault[] {
  const rule = 'be an Availability Zone: capitals, a number of the region and a letter, as in "US-EAST-04A"';
  const fits = /^[A-Z]+(?:-[A-Z]+)*-?\d{1,2}[A-Z]$/.test(zone);
  return faults(
    "put the bucket there",
    zone,
    [[!fits, rule, "Give a zone that has AI Object Storage, as CoreWeave's page spells it."]],
    "https://docs.coreweave.com/platform/regions/all-availability-zones",
  );
}

const ORGANIZATION_LENGTH = { min: 4, max: 16 };

/** What is wrong with the id of the CoreWeave organization that owns the bucket; a wildcard would let everyone in. */
export function storageOrganizationFaults(id: string): Fault[] {
  const { min, max } = ORGANIZATION_LENGTH;
  return faults(
    "let the owner in",
    id,
    [
      [
        !new RegExp(`^[a-z0-9]{${min},${max}}$`).test(id),
        `be the short id of one CoreWeave organization, ${min} to ${max} of a-z and 0-9`,
        'Give the Org ID of the Cloud Console\'s Settings page, such as "ab1cd2".',
      ],
      [
        id === "wandb",
        "not be W&B's own organization, whose identity all of its customers share",
        "Give your own: W&B is let in already, for your W&B organization alone.",
      ],
    ],
    "https://docs.coreweave.com/products/storage/object-storage/auth-access/bucket-access/manage-bucket-policies",
  );
}

const TAG = { count: 50, key: 128, value: 256 };

/** What is wrong with the tags of a bucket, which has S3's limits; the tags that this project adds count too. */
export function tagFaults(tags: Readonly<Record<string, string>>, added: number): Fault[] {
  const entries = Object.entries(tags);
  const fix = "Shorten, rename or drop the tag.";
  const source = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketTagging.html";
  const count: Rule = [entries.length + added > TAG.count, `be at most ${TAG.count - added}`, "Drop some."];
  return [
    ...faults("tag the bucket", String(entries.length), [count], source),
    ...entries.flatMap(([key, value]) =>
      faults(
        "tag the bucket",
        `${key}=${value}`,
        [
          [key.length < 1 || key.length > TAG.key, `have a key of 1 to ${TAG.key} characters`, fix],
          [value.length > TAG.value, `have a value of at most ${TAG.value} characters`, fix],
        ],
        source,
      ),
    ),
  ];
}

function faults(what: string, got: string, rules: readonly Rule[], source: string): Fault[] {
  return rules
    .filter(([isBroken]) => isBroken)
    .map(([, rule, fix]) => ({ message: `Cannot ${what}: must ${rule}, got ${quote(got)}`, fix, source }));
}
