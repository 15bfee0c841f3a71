import { decide, readPolicy, UnanswerableQuestion, UnreadablePolicy, type Question } from "../../review/iam";

type Context = Question["context"];

/** Whether a Condition is met: an otherwise unlimited Allow then allows, and a Deny denies. */
function met(Condition: unknown, context: Context = {}): boolean {
  const effects = ["Allow", "Deny"].map((Effect) => {
    const statement = { Sid: "S", Effect, Principal: "*", Action: "*", Resource: "*", Condition };
    const policy = readPolicy({ Version: "2012-10-17", Statement: [statement] });
    return decide(policy, { principal: "*", action: "s3:GetObject", resource: "arn:aws:s3:::b/k", context }).effect;
  });
  expect([
    ["allow", "deny"],
    ["implicit-deny", "implicit-deny"],
  ]).toContainEqual(effects);
  return effects[0] === "allow";
}

const TOPIC = "arn:aws:sns:us-east-1:111122223333:topic";

describe.each([
  { operator: "StringEquals", value: "Home", by: "Home", notBy: "home", absent: false },
  { operator: "StringNotEquals", value: "Home", by: "home", notBy: "Home", absent: true },
  { operator: "StringEqualsIgnoreCase", value: "Home", by: "hOME", notBy: "homes", absent: false },
  { operator: "StringNotEqualsIgnoreCase", value: "Home", by: "homes", notBy: "hOME", absent: true },
  { operator: "StringLike", value: "home/*/?.txt", by: "home/a/b/c.txt", notBy: "Home/a/b.txt", absent: false },
  { operator: "StringNotLike", value: "home/*/?.txt", by: "home/a/bc", notBy: "home/a/b.txt", absent: true },
  { operator: "NumericEquals", value: 10, by: "10.0", notBy: "11", absent: false },
  { operator: "NumericNotEquals", value: "10", by: "11", notBy: "10", absent: true },
  { operator: "NumericLessThan", value: "10", by: "9", notBy: "10", absent: false },
  { operator: "NumericLessThanEquals", value: "10", by: "10", notBy: "10.5", absent: false },
  { operator: "NumericGreaterThan", value: "9", by: "10", notBy: "9", absent: false },
  { operator: "NumericGreaterThanEquals", value: "-9", by: "-9", notBy: "-10", absent: false },
  { operator: "DateEquals", value: "2024-05-01", by: "2024-05-01T02:00:00+02:00", notBy: "2024-05-02", absent: false },
  { operator: "DateNotEquals", value: "2024-05-01", by: "2024-05-02", notBy: "2024-05-01", absent: true },
  { operator: "DateLessThan", value: "2024-05-01", by: "2024-04-30T23:59:59Z", notBy: "2024-05-01", absent: false },
  {
    operator: "DateLessThanEquals",
    value: "2024-05-01",
    by: "2024-05-01",
    notBy: "2024-05-01T00:00:01Z",
    absent: false,
  },
  { operator: "DateGreaterThan", value: 1714521600, by: "2024-05-01T00:00:01Z", notBy: "2024-05-01", absent: false },
  { operator: "DateGreaterThanEquals", value: "2024-05-01", by: "1714521600", notBy: "1714521599", absent: false },
  { operator: "Bool", value: true, by: "true", notBy: "false", absent: false },
  { operator: "IpAddress", value: "203.0.113.0/24", by: "203.0.113.255", notBy: "203.0.114.0", absent: false },
  { operator: "NotIpAddress", value: "203.0.113.0/24", by: "203.0.114.0", notBy: "203.0.113.0", absent: true },
  {
    operator: "ArnEquals",
    value: "arn:aws:sns:*:111122223333:*",
    by: TOPIC,
    notBy: "arn:aws:sns:r:1:t",
    absent: false,
  },
  { operator: "ArnNotEquals", value: TOPIC, by: `${TOPIC}s`, notBy: TOPIC, absent: true },
  { operator: "ArnLike", value: "arn:aws:sns:us-*:111122223333:t?pic", by: TOPIC, notBy: `${TOPIC}s`, absent: false },
  {
    operator: "ArnNotLike",
    value: "arn:aws:sns:us-*:*:*",
    by: TOPIC.replace("us-", "eu-"),
    notBy: TOPIC,
    absent: true,
  },
])("$operator", ({ operator, value, by, notBy, absent }) => {
  const condition = (suffix = "") => ({ [operator + suffix]: { "aws:Key": value } });

  test("is met", () => expect(met(condition(), { "aws:Key": by })).toBe(true));
  test("is not met", () => expect(met(condition(), { "aws:Key": notBy })).toBe(false));
  test(`is ${absent ? "" : "not "}met where the key is absent`, () => expect(met(condition())).toBe(absent));
  test("with IfExists is met where the key is absent", () => expect(met(condition("IfExists"))).toBe(true));
  test("with IfExists is as without where the key is there", () => {
    expect([by, notBy].map((value) => met(condition("IfExists"), { "aws:Key": value }))).toEqual([true, false]);
  });
  test("among two values is met by either, or if negated by neither", () => {
    const both = { [operator]: { "aws:Key": [value, value] } };
    expect([by, notBy].map((value) => met(both, { "aws:Key": value }))).toEqual([true, false]);
  });
});

const value = (one: string) => ({ "aws:One": one });
const one = value("1");
const two = { "aws:Two": "2" };
const either = { StringEquals: { "aws:One": ["a", "b"] } };
const neither = { StringNotEquals: { "aws:One": ["a", "b"] } };

describe("several values, keys and operators", () => {
  test.each([
    { name: "any value will do", condition: either, context: value("b"), is: true },
    { name: "another value will not", condition: either, context: value("c"), is: false },
    { name: "a negated operator excludes the first value", condition: neither, context: value("a"), is: false },
    { name: "a negated operator excludes the last value", condition: neither, context: value("b"), is: false },
    { name: "a negated operator takes the rest", condition: neither, context: value("c"), is: true },
    {
      name: "both keys are met",
      condition: { StringEquals: { ...one, ...two } },
      context: { ...one, ...two },
      is: true,
    },
    { name: "one key of two is not enough", condition: { StringEquals: { ...one, ...two } }, context: one, is: false },
    {
      name: "both operators are met",
      condition: { StringEquals: two, StringLike: one },
      context: { ...one, ...two },
      is: true,
    },
    { name: "one operator is not enough", condition: { StringEquals: two, StringLike: one }, context: one, is: false },
    { name: "one key, two operators", condition: { StringEquals: one, StringNotEquals: two }, context: one, is: true },
    { name: "a key has no case", condition: { StringEquals: { "AWS:oNE": "1" } }, context: one, is: true },
    { name: "StringEquals has no wildcards", condition: { StringEquals: value("*") }, context: one, is: false },
    { name: "an empty value is a value", condition: { StringLike: value("") }, context: value(""), is: true },
  ])("$name", ({ condition, context, is }) => expect(met(condition, context)).toBe(is));
});

describe("values by their type", () => {
  const finance = "arn:aws:someservice:*:111122223333:finance/*";
  const store = "arn:aws:someservice:us-east-2:999999999999:store/abc:111122223333:finance/document.txt";
  test.each([
    { operator: "IpAddress", value: "203.0.113.7", asked: "203.0.113.7", is: true },
    { operator: "IpAddress", value: "203.0.113.7", asked: "203.0.113.8", is: false },
    { operator: "IpAddress", value: "203.0.113.99/24", asked: "203.0.113.1", is: true },
    { operator: "IpAddress", value: "2001:DB8:1234:5678::/64", asked: "2001:db8:1234:5678::1", is: true },
    { operator: "IpAddress", value: "2001:DB8:1234:5678::/64", asked: "2001:db8:1234:5679::1", is: false },
    { operator: "IpAddress", value: ["203.0.113.0/24", "2001:db8::/32"], asked: "2001:db8::1", is: true },
    { operator: "IpAddress", value: "0.0.0.0/0", asked: "198.51.100.1", is: true },
    { operator: "IpAddress", value: "::/0", asked: "198.51.100.1", is: false },
    { operator: "IpAddress", value: "0.0.0.0/0", asked: "2001:db8::1", is: false },
    { operator: "ArnLike", value: finance, asked: store, is: false },
    { operator: "StringLike", value: finance, asked: store, is: true },
    { operator: "ArnLike", value: "arn:aws:sns:*:*:a:*", asked: "arn:aws:sns:r:1:a:b:c", is: true },
    { operator: "ArnLike", value: "arn:*:*:*:*:*", asked: "id-of-a-key", is: false },
    { operator: "ArnNotEquals", value: "arn:aws:kms:r:1:key/a", asked: "a", is: true },
    { operator: "Bool", value: false, asked: "false", is: true },
    { operator: "NumericLessThan", value: "9", asked: "10", is: false },
    { operator: "DateLessThan", value: "2024-05-01T00:00Z", asked: "2024-05-01T01:00:00+02:00", is: true },
  ])("$operator of $value is met by $asked: $is", ({ operator, value, asked, is }) => {
    expect(met({ [operator]: { "aws:Key": value } }, { "aws:Key": asked })).toBe(is);
  });
});

describe("Null", () => {
  test.each<{ name: string; value: unknown; context: Context; is: boolean }>([
    { name: "true is met where the key is absent", value: "true", context: {}, is: true },
    { name: "true is not met where the key is there", value: "true", context: one, is: false },
    { name: "false is not met where the key is absent", value: "false", context: {}, is: false },
    { name: "false is met where the key is there", value: "false", context: one, is: true },
    { name: "a boolean will do", value: true, context: {}, is: true },
    { name: "an empty text is there", value: "false", context: value(""), is: true },
    { name: "a list is there", value: "false", context: { "aws:One": ["x"] }, is: true },
    { name: "an empty list is absent", value: "true", context: { "aws:One": [] }, is: true },
    { name: "either value is always met", value: ["true", "false"], context: {}, is: true },
  ])("$name", ({ value, context, is }) => expect(met({ Null: { "aws:One": value } }, context)).toBe(is));

  test.each<{ name: string; context: Context; is: boolean }>([
    { name: "is there, and another", context: { "s3:sse": "AES256" }, is: true },
    { name: "is there, and the same", context: { "s3:sse": "aws:kms" }, is: false },
    { name: "is absent", context: {}, is: false },
  ])("beside StringNotEquals hits only a key that $name", ({ context, is }) => {
    expect(met({ StringNotEquals: { "s3:sse": "aws:kms" }, Null: { "s3:sse": "false" } }, context)).toBe(is);
  });
});

describe("sets, of Team and Owner", () => {
  const all = (operator: string) => ({ [`ForAllValues:${operator}`]: { "aws:TagKeys": ["Team", "Owner"] } });
  const any = (operator: string) => ({ [`ForAnyValue:${operator}`]: { "aws:TagKeys": ["Team", "Owner"] } });
  const there = { Null: { "aws:TagKeys": "false" } };
  test.each([
    { name: "all: both are listed", condition: all("StringEquals"), asked: ["Owner", "Team"], is: true },
    { name: "all: one isn't listed", condition: all("StringEquals"), asked: ["Team", "Cost"], is: false },
    { name: "all: the key is absent", condition: all("StringEquals"), is: true },
    { name: "all: the list is empty", condition: all("StringEquals"), asked: [], is: true },
    { name: "all: an empty value is none", condition: all("StringEquals"), asked: [""], is: true },
    { name: "all: a single value is a list of one", condition: all("StringEquals"), asked: "Team", is: true },
    { name: "all, not: none is listed", condition: all("StringNotEquals"), asked: ["Cost"], is: true },
    { name: "all, not: one is listed", condition: all("StringNotEquals"), asked: ["Cost", "Team"], is: false },
    { name: "all, not: the key is absent", condition: all("StringNotLike"), is: true },
    { name: "all, if it exists: the key is absent", condition: all("StringLikeIfExists"), is: true },
    { name: "all, if it exists: one isn't listed", condition: all("StringLikeIfExists"), asked: ["Cost"], is: false },
    { name: "all, with Null: the key is absent", condition: { ...all("StringEquals"), ...there }, is: false },
    { name: "all, with Null: listed", condition: { ...all("StringEquals"), ...there }, asked: ["Team"], is: true },
    { name: "any: one is listed", condition: any("StringEquals"), asked: ["Cost", "Team"], is: true },
    { name: "any: none is listed", condition: any("StringEquals"), asked: ["Cost", "team"], is: false },
    { name: "any: the key is absent", condition: any("StringEquals"), is: false },
    { name: "any: the list is empty", condition: any("StringEquals"), asked: [], is: false },
    { name: "any, not: one isn't listed", condition: any("StringNotEquals"), asked: ["Team", "Cost"], is: true },
    { name: "any, not: all are listed", condition: any("StringNotEquals"), asked: ["Team"], is: false },
    { name: "any, not: the key is absent", condition: any("StringNotEquals"), is: false },
  ])("$name", ({ condition, asked, is }) => {
    expect(met(condition, asked === undefined ? {} : { "aws:TagKeys": asked })).toBe(is);
  });
});

describe("a condition that can't be judged is refused", () => {
  function refuses(condition: unknown, says: string): void {
    expect(() => met(condition)).toThrow(UnreadablePolicy);
    expect(() => met(condition)).toThrow(/^Cannot read the policy: statement "S": Condition\b.* must .*, got /);
    expect(() => met(condition)).toThrow(says);
  }

  test.each([
    { name: "no operator", condition: {}, says: "Condition must be an object that isn't empty, got {}" },
    { name: "a list", condition: [], says: "Condition must be an object that isn't empty, got []" },
    { name: "no key", condition: { StringEquals: {} }, says: "Condition.StringEquals must be an object" },
    { name: "a key without prefix", condition: { Bool: { Secure: true } }, says: 'as "aws:SourceIp", got "Secure"' },
    { name: "a key with a wildcard", condition: { Bool: { "aws:*": true } }, says: 'got "aws:*"' },
    { name: "a key with a variable", condition: { Bool: { "aws:T/${x}": true } }, says: 'got "aws:T/${x}"' },
    { name: "a key in two cases", condition: { Null: { "s3:a": true, "s3:A": true } }, says: "in whatever case, got" },
  ])("$name", ({ condition, says }) => refuses(condition, says));

  test.each([
    "BinaryEquals",
    "stringEquals",
    "NumericNotLessThan",
    "NotBool",
    "StringNotNotEquals",
    "ForSomeValues:StringEquals",
    "NullIfExists",
    "ForAnyValue:Null",
    "constructor",
    "IfExists",
  ])("the operator %s", (operator) => {
    refuses(
      { [operator]: { "aws:K": "true" } },
      `Condition.${operator}.aws:K must have a known operator, got "${operator}"`,
    );
  });

  test("ForAnyValue with IfExists, of which AWS documents two outcomes", () => {
    refuses({ "ForAnyValue:BoolIfExists": { "aws:K": "true" } }, "must not join ForAnyValue and IfExists");
  });

  test.each([
    { operator: "StringEquals", value: [], says: "StringEquals.aws:K must hold a value, got []" },
    { operator: "StringEquals", value: null, says: "must be text, an exact number or a boolean, got null" },
    { operator: "StringEquals", value: ["a", {}], says: "must be text, an exact number or a boolean, got {}" },
    { operator: "StringEquals", value: 2 ** 60, says: "must be text, an exact number" },
    { operator: "StringLike", value: "home/${aws:username}/*", says: "must hold no policy variable or expression" },
    { operator: "NumericEquals", value: "ten", says: 'must be a number of at most 15 digits, got "ten"' },
    { operator: "NumericEquals", value: "", says: "must be a number" },
    { operator: "NumericEquals", value: "12345678901234567", says: "must be a number" },
    { operator: "NumericEquals", value: ["1", "x"], says: 'must be a number of at most 15 digits, got "x"' },
    { operator: "Bool", value: "yes", says: 'must be "true" or "false", got "yes"' },
    { operator: "Null", value: "True", says: 'must be "true" or "false", got "True"' },
    { operator: "DateLessThan", value: "2024-05-01T00:00:00", says: "must be a day, a moment with its zone, or" },
    { operator: "DateLessThan", value: "2024-02-30", says: 'got "2024-02-30"' },
    { operator: "DateLessThan", value: "2024-13-01", says: 'got "2024-13-01"' },
    { operator: "DateLessThan", value: "2024", says: 'got "2024"' },
    { operator: "IpAddress", value: "10.0.0.0/33", says: "must be an IPv4 address or a range in CIDR form, got" },
    { operator: "IpAddress", value: "10.0.0.0/", says: 'got "10.0.0.0/"' },
    { operator: "IpAddress", value: "10.0.0/8", says: 'got "10.0.0/8"' },
    { operator: "NotIpAddress", value: "10.0.0.*", says: 'got "10.0.0.*"' },
    { operator: "IpAddress", value: "010.0.0.1", says: 'got "010.0.0.1"' },
    { operator: "IpAddress", value: "2001:db8::1", says: 'got "2001:db8::1"' },
    { operator: "IpAddress", value: "2001:db8::/129", says: 'got "2001:db8::/129"' },
    { operator: "IpAddress", value: "fe80::1%eth0/64", says: 'got "fe80::1%eth0/64"' },
    { operator: "ArnLike", value: "arn:aws:sns*", says: 'must be an ARN, got "arn:aws:sns*"' },
    { operator: "ArnNotEquals", value: "*", says: 'must be an ARN, got "*"' },
  ])("$operator of $value", ({ operator, value, says }) => refuses({ [operator]: { "aws:K": value } }, says));
});

describe("a value that can't be compared is the asker's fault", () => {
  test.each([
    { operator: "StringEquals", value: "a", asked: ["a"], says: 'context "aws:K" must be one value, got ["a"]' },
    { operator: "StringNotLikeIfExists", value: "a", asked: [], says: "must be one value, got []" },
    { operator: "NumericEquals", value: "1", asked: "one", says: 'context "aws:K" must be a number of at most 15' },
    { operator: "DateNotEquals", value: "2024-05-01", asked: "now", says: "must be a day, a moment with its zone" },
    { operator: "Bool", value: "true", asked: "1", says: 'must be "true" or "false", got "1"' },
    { operator: "NotIpAddress", value: "10.0.0.0/8", asked: "10.0.0.0/9", says: 'got "10.0.0.0/9"' },
    { operator: "ForAnyValue:NumericEquals", value: "1", asked: ["1", "one"], says: 'got "one"' },
  ])("$operator of $value asked for $asked", ({ operator, value, asked, says }) => {
    const ask = () => met({ [operator]: { "aws:K": value } }, { "aws:K": asked });
    expect(ask).toThrow(UnanswerableQuestion);
    expect(ask).toThrow(says);
  });
});
