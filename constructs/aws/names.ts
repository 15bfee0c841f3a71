import { quote, type Fault } from "../issue";

const BUCKET_LENGTH = { min: 3, max: 63 };
const RESERVED_PREFIXES = ["xn--", "sthree-", "amzn-s3-demo-"];
const RESERVED_SUFFIXES = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3", "-an"];
const BUCKET_RULES = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html";

/** All that is wrong with the name of an S3 bucket, in one pass, so that one edit can mend it. */
export function bucketNameFaults(name: string): Fault[] {
  const { min, max } = BUCKET_LENGTH;
  const prefix = RESERVED_PREFIXES.find((reserved) => name.startsWith(reserved));
  const suffix = RESERVED_SUFFIXES.find((reserved) => name.endsWith(reserved));
  const stray = [...new Set(name.match(/[^a-z0-9.-]/gu) ?? [])];
  const broken: [boolean, string, string][] = [
    [name.length < min || name.length > max, `be ${min} to ${max} characters`, "Lengthen or shorten the name."],
    [
      stray.length > 0,
      `have only a-z, 0-9 and "-" (not ${stray.map(quote).join(", ")})`,
      "Write it in lower case, with hyphens between words.",
    ],
    [/^[^a-z0-9]|[^a-z0-9]$/iu.test(name), "begin and end with a letter or digit", "Drop what stands at that end."],
    [
      name.includes("."),
      'have no "."',
      "Use hyphens: W&B's pre-signed URLs have the bucket in the host name, and S3's TLS certificate covers no dot there.",
    ],
    [prefix !== undefined, `not begin with ${quote(prefix)}, which AWS reserves`, "Choose another beginning."],
    [suffix !== undefined, `not end with ${quote(suffix)}, which AWS reserves`, "Choose another ending."],
  ];
  return broken
    .filter(([isBroken]) => isBroken)
    .map(([, rule, fix]) => ({
      message: `Cannot name the bucket: must ${rule}, got ${quote(name)}`,
      fix,
      source: BUCKET_RULES,
    }));
}

const ALIAS_MAX = 256 - "alias/".length;

/** What is wrong with the alias of a KMS key, written without `alias/`. */
export function keyAliasFaults(alias: string): Fault[] {
  const rule = /^alias\//.test(alias)
    ? 'be written without "alias/"'
    : /^aws\//.test(alias)
      ? 'not begin with "aws/", which AWS reserves'
      : /^[\w/-]+$/.test(alias) && alias.length <= ALIAS_MAX
        ? undefined
        : `be 1 to ${ALIAS_MAX} of a-z, A-Z, 0-9, "/", "_" and "-"`;
  if (!rule) return [];
  return [
    {
      message: `Cannot name the KMS key's alias: must ${rule}, got ${quote(alias)}`,
      fix: 'Give a name such as "acme/wandb".',
      source: "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
    },
  ];
}

const TAG = { count: 50, key: 128, value: 256 };

/** What is wrong with the tags of an AWS resource; the tags this project adds count too. */
export function tagFaults(tags: Readonly<Record<string, string>>, added: number): Fault[] {
  const stray = /[^\p{L}\p{Z}\p{N}_.:/=+\-@]/u;
  const entries = Object.entries(tags);
  const broken: [boolean, string, string][] = [
    [
      entries.length + added > TAG.count,
      `be at most ${TAG.count - added} (AWS allows ${TAG.count}, ${added} are set here)`,
      String(entries.length),
    ],
    ...entries.flatMap(([key, value]): [boolean, string, string][] => [
      [key.length < 1 || key.length > TAG.key, `have a key of 1 to ${TAG.key} characters`, key],
      [value.length > TAG.value, `have a value of at most ${TAG.value} characters`, `${key}=${value}`],
      [/^aws:/i.test(key), 'have no key that begins with "aws:", which AWS reserves', key],
      [stray.test(key) || stray.test(value), "have only letters, digits, spaces and _.:/=+-@", `${key}=${value}`],
    ]),
  ];
  return broken
    .filter(([isBroken]) => isBroken)
    .map(([, rule, got]) => ({
      message: `Cannot tag the resources: must ${rule}, got ${quote(got)}`,
      fix: "Shorten, rename or drop the tag.",
      source: "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html",
    }));
}
