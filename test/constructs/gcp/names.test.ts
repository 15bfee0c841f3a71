import {
  bucketNameFaults,
  keyRingFaults,
  kmsKeyNameFaults,
  labelFaults,
  projectFaults,
} from "../../../constructs/gcp/names";
import { customRoleId } from "../../../constructs/gcp/roles";

const messages = (faults: readonly { readonly message: string }[]) => faults.map(({ message }) => message);

describe("bucketNameFaults()", () => {
  test.each(["abc", "acme-wandb", "acme_wandb", "0-9", "a--b", "a".repeat(63), "gold-goggles", "xn--acme"])(
    "accepts %s",
    (name) => expect(bucketNameFaults(name)).toEqual([]),
  );

  test.each([
    ["ab", 'must be 3 to 63 characters, got "ab"'],
    ["a".repeat(64), "must be 3 to 63 characters"],
    ["", "must be 3 to 63 characters"],
    ["Acme", 'must have only a-z, 0-9, "-" and "_" (not "A")'],
    ["acme wandb", '(not " ")'],
    ["acmé-wandb", '(not "\\u{e9}")'],
    ["acme😀wandb", '(not "\\u{1f600}")'],
    ["acme\u0000wandb", '(not "\\u{0}")'],
    ["gs://acme", '(not ":", "/")'],
    ["-acme", "must begin and end with a letter or digit"],
    ["acme-", "must begin and end with a letter or digit"],
    ["_acme", "must begin and end with a letter or digit"],
    ["acme.com", 'must have no "."'],
    ["192.168.5.4", 'must have no "."'],
    ["a..b", 'must have no "."'],
    ["acme.-b", 'must have no "."'],
    ["goog-acme", 'must not begin with "goog"'],
    ["google-acme", 'must have no "google" in it'],
    ["acme-google", 'must have no "google" in it'],
    ["acme-g00gle", 'must have no "google" in it'],
    ["acme-go0g1e-x", 'must have no "google" in it'],
  ])("refuses %j", (name, rule) => {
    expect(messages(bucketNameFaults(name))).toContainEqual(expect.stringContaining(rule));
  });

  test("says all that is wrong at once", () => expect(bucketNameFaults("A.")).toHaveLength(4));
});

describe("projectFaults()", () => {
  test.each(["acme-ml", "abcdef", `a${"1".repeat(29)}`])("accepts %s", (id) => expect(projectFaults(id)).toEqual([]));

  test.each(["acme", `a${"1".repeat(30)}`, "Acme-ml", "1cme-ml", "acme-ml-", "acme_ml", "acme ml", "example.com:acme"])(
    "refuses %s",
    (id) => expect(messages(projectFaults(id))).toEqual([expect.stringContaining("must be 6 to 30 of a-z")]),
  );

  test("knows a project's number from its id", () => {
    expect(projectFaults("123456789012")[0]?.fix).toContain("not its number");
  });
});

describe("labelFaults()", () => {
  test("accepts labels as Google does", () => {
    expect(labelFaults({ "cost-center": "r_d", größe: "", team: "élan-2" }, 3)).toEqual([]);
  });

  test.each([
    [{ Owner: "ml" }, "begins with a lower-case letter"],
    [{ "1st": "x" }, "begins with a lower-case letter"],
    [{ "": "x" }, "a key of 1 to 63 characters"],
    [{ ["k".repeat(64)]: "x" }, "a key of 1 to 63 characters"],
    [{ "cost:center": "x" }, 'only lower-case letters, digits, "_" and "-"'],
    [{ "goog-x": "1" }, 'begins with "goog"'],
    [{ owner: "ML Team" }, 'only lower-case letters, digits, "_" and "-", got "owner=ML Team"'],
    [{ owner: "v".repeat(64) }, "a value of at most 63 characters"],
    [Object.fromEntries(Array.from({ length: 62 }, (_, i) => [`k${i}`, ""])), "at most 61"],
  ])("refuses %j", (labels, rule) => {
    expect(messages(labelFaults(labels, 3))).toContainEqual(expect.stringContaining(rule));
  });
});

describe("keyRingFaults()", () => {
  test.each(["a", "Data_Keys-2", "a".repeat(63)])("accepts %s", (name) => expect(keyRingFaults(name)).toEqual([]));
  test.each(["", "a b", "a/b", "a".repeat(64)])("refuses %j", (name) => {
    expect(messages(keyRingFaults(name))).toEqual([expect.stringContaining("must be 1 to 63")]);
  });
});

describe("kmsKeyNameFaults()", () => {
  const name = (location: string) => `projects/acme-keys/locations/${location}/keyRings/r/cryptoKeys/k`;

  test.each([
    ["EU", "europe"],
    ["us", "us"],
    ["EUR4", "eur4"],
    ["EUR5", "europe"],
    ["Europe-West1", "europe-west1"],
  ])("of a bucket in %s, accepts a key in %s", (bucket, key) => {
    expect(kmsKeyNameFaults(name(key), bucket)).toEqual([]);
  });

  test.each([
    [name("us-east1"), 'must be in "europe", the location of the bucket'],
    [name("eu"), 'must be in "europe"'],
    [name("global"), 'must be in "europe"'],
    [`${name("europe")}/cryptoKeyVersions/1`, "must be projects/<project>/locations/<location>/keyRings/"],
    [`//cloudkms.googleapis.com/${name("europe")}`, "must be projects/<project>"],
    ["wandb", "must be projects/<project>"],
    ["", "must be projects/<project>"],
    ["arn:aws:kms:us-east-1:111122223333:key/0a1b2c3d", "must be projects/<project>"],
  ])("refuses %s", (key, rule) => {
    expect(messages(kmsKeyNameFaults(key, "EU"))).toEqual([expect.stringContaining(rule)]);
  });
});

describe("customRoleId()", () => {
  test.each(["acme-wandb", "acme_wandb", "0-a", "a".repeat(63)])("fits what Google takes: %s", (bucket) => {
    expect(customRoleId(bucket)).toMatch(/^[a-zA-Z0-9_.]{3,64}$/);
  });

  test("differs wherever buckets do", () => {
    expect(new Set(["a-b", "a_b", "a--b", "a-_b"].map(customRoleId)).size).toBe(4);
  });
});
