import { oneOf, quote, type Fault } from "../issue";

const ACCOUNT_LENGTH = { min: 3, max: 24 };
const ACCOUNT_RULES = "https://learn.microsoft.com/azure/storage/common/storage-account-overview#storage-account-name";

/** All that is wrong with the name of a storage account, in one pass, so that one edit can mend it. */
export function accountNameFaults(name: string): Fault[] {
  const { min, max } = ACCOUNT_LENGTH;
  const stray = strays(name, /[^a-z0-9]/gu);
  return broken("storage account", name, ACCOUNT_RULES, [
    [name.length < min || name.length > max, `be ${min} to ${max} characters`, "Lengthen or shorten the name."],
    [stray !== "", `have only a-z and 0-9 (not ${stray})`, "Write it in lower case, without hyphens or dots."],
  ]);
}

const CONTAINER_LENGTH = { min: 3, max: 63 };
const SYSTEM_CONTAINERS = ["$root", "$web", "$logs"];
const CONTAINER_RULES =
  "https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata#container-names";

/** All that is wrong with the name of a container. */
export function containerNameFaults(name: string): Fault[] {
  const { min, max } = CONTAINER_LENGTH;
  const stray = strays(name, /[^a-z0-9-]/gu);
  return broken("container", name, CONTAINER_RULES, [
    [name.length < min || name.length > max, `be ${min} to ${max} characters`, "Lengthen or shorten the name."],
    [stray !== "", `have only a-z, 0-9 and "-" (not ${stray})`, "Write it in lower case, with hyphens between words."],
    [/^[^a-z0-9]|[^a-z0-9]$/u.test(name), "begin and end with a letter or digit", "Drop what stands at that end."],
    [name.includes("--"), 'have no two "-" in a row', "Write one hyphen."],
    [
      SYSTEM_CONTAINERS.includes(name),
      `not be ${oneOf(SYSTEM_CONTAINERS)}, which Azure reserves`,
      "Choose another name.",
    ],
  ]);
}

const GROUP_MAX = 90;
const NAME_RULES = "https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules";

/** All that is wrong with the name of a resource group. */
export function resourceGroupFaults(name: string): Fault[] {
  const stray = strays(name, /[^\w().-]/gu);
  return broken("resource group", name, NAME_RULES, [
    [name.length < 1 || name.length > GROUP_MAX, `be 1 to ${GROUP_MAX} characters`, "Lengthen or shorten the name."],
    [stray !== "", `have only letters, digits and _-.() (not ${stray})`, "Give the name as `az group list` prints it."],
    [name.endsWith("."), 'not end with "."', "Drop the dot."],
  ]);
}

const KEY_MAX = 127;

/** What is wrong with the name of a key in a Key Vault. */
export function keyNameFaults(name: string): Fault[] {
  const isName = /^[A-Za-z0-9-]+$/.test(name) && name.length <= KEY_MAX;
  const rule = `be 1 to ${KEY_MAX} of a-z, A-Z, 0-9 and "-"`;
  return broken("key", name, NAME_RULES, [
    [!isName, rule, "Give the key's name alone, without the vault's address and without a version."],
  ]);
}

/** A storage account allows shorter keys than other resources (512). */
const TAG = { count: 50, key: 128, value: 256 };
const TAG_RULES = "https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations";

/** What is wrong with the tags of an Azure resource; the tags this project adds count too. */
export function tagFaults(tags: Readonly<Record<string, string>>, added: readonly string[]): Fault[] {
  const keys = Object.keys(tags);
  const all = [...new Set([...added, ...keys])];
  const twin = (key: string) => all.find((other) => other !== key && other.toLowerCase() === key.toLowerCase());
  return [
    ...tagged(
      all.length > TAG.count,
      `be at most ${TAG.count}, the ${added.length} set here included`,
      `${all.length}`,
    ),
    ...keys.flatMap((key) => {
      const value = tags[key] ?? "";
      return [
        ...tagged(key.length < 1 || key.length > TAG.key, `have a key of 1 to ${TAG.key} characters`, key),
        ...tagged(value.length > TAG.value, `have a value of at most ${TAG.value} characters`, `${key}=${value}`),
        ...tagged(/[<>%&\\?/]/.test(key), "have no key with one of <>%&\\?/", key),
        ...tagged(
          /^(microsoft|azure|windows)/i.test(key),
          'have no key that begins with "microsoft", "azure" or "windows", which Azure reserves',
          key,
        ),
        ...tagged(
          twin(key) !== undefined,
          `have keys that differ by more than case (there is ${quote(twin(key))})`,
          key,
        ),
      ];
    }),
  ];
}

function tagged(isBroken: boolean, rule: string, got: string): Fault[] {
  if (!isBroken) return [];
  return [
    {
      message: `Cannot tag the resources: must ${rule}, got ${quote(got)}`,
      fix: "Shorten, rename or drop the tag.",
      source: TAG_RULES,
    },
  ];
}

function strays(name: string, pattern: RegExp): string {
  return [...new Set(name.match(pattern) ?? [])].map(quote).join(", ");
}

type Rule = [isBroken: boolean, rule: string, fix: string];

function broken(what: string, name: string, source: string, rules: readonly Rule[]): Fault[] {
  return rules
    .filter(([isBroken]) => isBroken)
    .map(([, rule, fix]) => ({ message: `Cannot name the ${what}: must ${rule}, got ${quote(name)}`, fix, source }));
}
