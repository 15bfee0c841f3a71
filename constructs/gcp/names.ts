import { quote, type Fault } from "../issue";
import { kmsLocationOf } from "./locations";

/** `[is broken, rule, fix]`. */
type Rule = readonly [boolean, string, string];

function faults(what: string, got: string, source: string, rules: readonly Rule[]): Fault[] {
  return rules
    .filter(([isBroken]) => isBroken)
    .map(([, rule, fix]) => ({ message: `Cannot ${what}: must ${rule}, got ${quote(got)}`, fix, source }));
}

function strays(text: string, allowed: RegExp): string[] {
  return [...new Set([...text].filter((char) => !allowed.test(char)))];
}

const BUCKET_LENGTH = { min: 3, max: 63 };

/**
 * All that is wrong with the name of a bucket, in one pass, so that one edit can mend it. Google also takes names with
 * dots, of up to 222 characters; it then asks that whoever creates the bucket owns that domain, which no file can tell.
 */
export function bucketNameFaults(name: string): Fault[] {
  const { min, max } = BUCKET_LENGTH;
  const stray = strays(name, /[a-z0-9._-]/);
  return faults("name the bucket", name, "https://cloud.google.com/storage/docs/buckets#naming", [
    [name.length < min || name.length > max, `be ${min} to ${max} characters`, "Lengthen or shorten the name."],
    [
      stray.length > 0,
      `have only a-z, 0-9, "-" and "_" (not ${stray.map(quote).join(", ")})`,
      "Write it in lower case, with hyphens between words.",
    ],
    [/^[^a-z0-9]|[^a-z0-9]$/u.test(name), "begin and end with a letter or digit", "Drop what stands at that end."],
    [
      name.includes("."),
      'have no "."',
      "Use hyphens: a name with a dot is a domain name, and Google asks the one who creates the bucket to prove that it is theirs.",
    ],
    [name.startsWith("goog"), 'not begin with "goog", which Google reserves', "Choose another beginning."],
    [
      /g[o0]{2,}g[l1i]e/.test(name),
      'have no "google" in it, nor a misspelling of it, which Google reserves',
      "Choose another name.",
    ],
  ]);
}

const ID_LENGTH = { min: 6, max: 30 };
/** The id of a project or of a service account, for a regular expression. */
export const ID = `[a-z][a-z0-9-]{${ID_LENGTH.min - 2},${ID_LENGTH.max - 2}}[a-z0-9]`;

/** What is wrong with a project id. */
export function projectFaults(project: string): Fault[] {
  const { min, max } = ID_LENGTH;
  const isNumber = /^\d+$/.test(project);
  return faults(
    "use the project",
    project,
    "https://cloud.google.com/resource-manager/docs/creating-managing-projects",
    [
      [
        !new RegExp(`^${ID}$`).test(project),
        `be ${min} to ${max} of a-z, 0-9 and "-", a letter first, no "-" last`,
        isNumber
          ? "Give the id of the project, not its number; `gcloud projects list` prints both."
          : "Give the id of the project, not its name, as `gcloud projects list` prints it.",
      ],
    ],
  );
}

const LABEL = { count: 64, length: 63 };

/** What is wrong with the labels of a resource; those that are added here count too. */
export function labelFaults(labels: Readonly<Record<string, string>>, added: number): Fault[] {
  const source = "https://cloud.google.com/storage/docs/tags-and-labels#bucket-labels";
  const { count, length } = LABEL;
  const entries = Object.entries(labels);
  const stray = /[^\p{Ll}\p{Lo}\p{N}_-]/u;
  const only = 'have only lower-case letters, digits, "_" and "-"';
  return [
    ...faults("label the resources", String(entries.length), source, [
      [
        entries.length + added > count,
        `be at most ${count - added} (Google allows ${count}, ${added} are set here)`,
        "Drop some labels.",
      ],
    ]),
    ...entries.flatMap(([key, value]) => [
      ...faults("label the resources", key, source, [
        [key.length < 1 || key.length > length, `have a key of 1 to ${length} characters`, "Shorten the key."],
        [/^[^\p{Ll}\p{Lo}]/u.test(key), "have a key that begins with a lower-case letter", "Rename the label."],
        [stray.test(key), only, 'Rename the label, such as "cost-center".'],
        [key.startsWith("goog"), 'have no key that begins with "goog", which Google reserves', "Rename the label."],
      ]),
      ...faults("label the resources", `${key}=${value}`, source, [
        [value.length > length, `have a value of at most ${length} characters`, "Shorten the value."],
        [stray.test(value), only, "Write the value in lower case, with hyphens between words."],
      ]),
    ]),
  ];
}

const KEY_SOURCE = "https://cloud.google.com/kms/docs/getting-resource-ids";
const KEY_PART_MAX = 63;

/** What is wrong with the name of a key ring. */
export function keyRingFaults(name: string): Fault[] {
  return faults("name the key ring", name, KEY_SOURCE, [
    [
      !new RegExp(`^[\\w-]{1,${KEY_PART_MAX}}$`).test(name),
      `be 1 to ${KEY_PART_MAX} of a-z, A-Z, 0-9, "_" and "-"`,
      'Give the name alone, such as "acme-wandb".',
    ],
  ]);
}

/** What is wrong with the name of an existing key that is to encrypt a bucket in `location`. */
export function kmsKeyNameFaults(name: string, location: string): Fault[] {
  const part = `[\\w-]{1,${KEY_PART_MAX}}`;
  const shape = new RegExp(`^projects/${ID}/locations/([a-z0-9-]+)/keyRings/${part}/cryptoKeys/${part}$`);
  const found = shape.exec(name)?.[1];
  const wanted = kmsLocationOf(location);
  return faults("use the key", name, KEY_SOURCE, [
    [
      found === undefined,
      "be projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>",
      "Copy the resource name of the key, without a version.",
    ],
    [
      found !== undefined && found !== wanted,
      `be in ${quote(wanted)}, the location of the bucket`,
      `Give a key in ${quote(wanted)}: Cloud Storage encrypts with keys of the bucket's location only.`,
    ],
  ]);
}
