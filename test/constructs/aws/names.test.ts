import { bucketNameFaults, keyAliasFaults, tagFaults } from "../../../constructs/aws/names";

describe("bucketNameFaults()", () => {
  test.each(["abc", "acme-wandb", "0-9", "a".repeat(63), "my-company-2026"])("accepts %s", (name) => {
    expect(bucketNameFaults(name)).toEqual([]);
  });

  test.each([
    ["ab", 'must be 3 to 63 characters, got "ab"'],
    ["a".repeat(64), "must be 3 to 63 characters"],
    ["Acme", 'must have only a-z, 0-9 and "-" (not "A")'],
    ["acme_wandb", '(not "_")'],
    ["acmé-wandb", '(not "\\u{e9}")'],
    ["acme\u0000wandb", '(not "\\u{0}")'],
    ["-acme", "must begin and end with a letter or digit"],
    ["acme-", "must begin and end with a letter or digit"],
    ["acme.wandb", 'must have no "."'],
    ["192.168.5.4", 'must have no "."'],
    ["a..b", 'must have no "."'],
    ["xn--acme", 'must not begin with "xn--"'],
    ["sthree-acme", 'must not begin with "sthree-"'],
    ["amzn-s3-demo-acme", 'must not begin with "amzn-s3-demo-"'],
    ["acme-s3alias", 'must not end with "-s3alias"'],
    ["acme--ol-s3", 'must not end with "--ol-s3"'],
    ["acme.mrap", 'must not end with ".mrap"'],
    ["acme--x-s3", 'must not end with "--x-s3"'],
    ["acme--table-s3", 'must not end with "--table-s3"'],
    ["acme-an", 'must not end with "-an"'],
  ])("refuses %j", (name, rule) => {
    expect(bucketNameFaults(name).map(({ message }) => message)).toContainEqual(expect.stringContaining(rule));
  });

  test("says all that is wrong at once", () => {
    expect(bucketNameFaults("A.")).toHaveLength(4);
  });
});

describe("keyAliasFaults()", () => {
  test.each(["wandb", "acme/wandb_2", "a".repeat(250)])("accepts %s", (alias) => {
    expect(keyAliasFaults(alias)).toEqual([]);
  });

  test.each([
    ["alias/wandb", 'must be written without "alias/"'],
    ["aws/s3", 'must not begin with "aws/"'],
    ["", "must be 1 to 250"],
    ["a".repeat(251), "must be 1 to 250"],
    ["a b", "must be 1 to 250"],
  ])("refuses %j", (alias, rule) => {
    expect(keyAliasFaults(alias)[0]?.message).toContain(rule);
  });
});

describe("tagFaults()", () => {
  test("accepts tags as AWS does", () => {
    expect(tagFaults({ "cost:center": "R&D".replace("&", "+"), Größe: "a b" }, 2)).toEqual([]);
  });

  test.each([
    [{ "aws:x": "1" }, 'no key that begins with "aws:"'],
    [{ ["k".repeat(129)]: "1" }, "a key of 1 to 128"],
    [{ "": "1" }, "a key of 1 to 128"],
    [{ k: "v".repeat(257) }, "a value of at most 256"],
    [{ k: "a&b" }, "only letters, digits, spaces"],
    [Object.fromEntries(Array.from({ length: 49 }, (_, i) => [`k${i}`, ""])), "at most 48"],
  ])("refuses %j", (tags, rule) => {
    expect(tagFaults(tags, 2)[0]?.message).toContain(rule);
  });
});
