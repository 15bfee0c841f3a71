import {
  accountNameFaults,
  containerNameFaults,
  keyNameFaults,
  resourceGroupFaults,
  tagFaults,
} from "../../../constructs/azure/names";

describe("accountNameFaults()", () => {
  test.each(["abc", "0wandb", "a".repeat(24)])("accepts %s", (name) => expect(accountNameFaults(name)).toEqual([]));

  test.each([
    ["ab", 'Cannot name the storage account: must be 3 to 24 characters, got "ab"'],
    ["a".repeat(25), "must be 3 to 24 characters"],
    ["acme-wandb", 'must have only a-z and 0-9 (not "-")'],
    ["Acme", '(not "A")'],
    ["acmé", '(not "\\u{e9}")'],
  ])("refuses %j", (name, rule) => expect(accountNameFaults(name)[0]?.message).toContain(rule));

  test("says all that is wrong at once", () => expect(accountNameFaults("A-")).toHaveLength(2));
});

describe("containerNameFaults()", () => {
  test.each(["abc", "acme-wandb-2", "0a9", "a".repeat(63)])("accepts %s", (name) => {
    expect(containerNameFaults(name)).toEqual([]);
  });

  test.each([
    ["ab", "must be 3 to 63 characters"],
    ["a".repeat(64), "must be 3 to 63 characters"],
    ["Wandb", 'must have only a-z, 0-9 and "-" (not "W")'],
    ["wan_db", '(not "_")'],
    ["-wandb", "must begin and end with a letter or digit"],
    ["wandb-", "must begin and end with a letter or digit"],
    ["wan--db", 'must have no two "-" in a row'],
    ["$root", 'must not be "$root", "$web" or "$logs"'],
    ["$web", "must not be"],
    ["$logs", "must not be"],
  ])("refuses %j", (name, rule) => {
    expect(containerNameFaults(name).map(({ message }) => message)).toContainEqual(expect.stringContaining(rule));
  });

  test("says all that is wrong at once", () => expect(containerNameFaults("A--")).toHaveLength(3));
});

describe("resourceGroupFaults()", () => {
  test.each(["a", "acme_ml-2.(x)", "A".repeat(90)])("accepts %s", (name) => {
    expect(resourceGroupFaults(name)).toEqual([]);
  });

  test.each([
    ["", "must be 1 to 90 characters"],
    ["a".repeat(91), "must be 1 to 90 characters"],
    ["acme ml", 'must have only letters, digits and _-.() (not " ")'],
    ["acme/ml", '(not "/")'],
    ["acme.", 'must not end with "."'],
  ])("refuses %j", (name, rule) => expect(resourceGroupFaults(name)[0]?.message).toContain(rule));
});

describe("keyNameFaults()", () => {
  test("accepts a name", () => expect(keyNameFaults("Wandb-2026")).toEqual([]));

  test.each(["", "a".repeat(128), "https://acme.vault.azure.net/keys/wandb", "wandb_key"])("refuses %j", (name) => {
    expect(keyNameFaults(name)[0]?.message).toContain('must be 1 to 127 of a-z, A-Z, 0-9 and "-"');
  });
});

describe("tagFaults()", () => {
  const OWN = ["ManagedBy", "WandbDeployment"];

  test("accepts tags as Azure does", () => {
    expect(tagFaults({ "cost center": "R&D / 42", Größe: "", ManagedBy: "platform" }, OWN)).toEqual([]);
  });

  test.each([
    [{ ["k".repeat(129)]: "1" }, "a key of 1 to 128"],
    [{ "": "1" }, "a key of 1 to 128"],
    [{ k: "v".repeat(257) }, "a value of at most 256"],
    [{ "a/b": "1" }, "no key with one of <>%&\\?/"],
    [{ "a<b": "1" }, "no key with one of"],
    [{ "Azure-cost": "1" }, 'no key that begins with "microsoft"'],
    [{ managedby: "1" }, 'differ by more than case (there is "ManagedBy")'],
    [{ owner: "1", Owner: "2" }, "differ by more than case"],
    [Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`k${i}`, ""])), "at most 50, the 2 set here included"],
  ])("refuses %j", (tags, rule) => expect(tagFaults(tags, OWN)[0]?.message).toContain(rule));
});
