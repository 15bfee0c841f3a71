import fc from "fast-check";
import { allOf, decide, readPolicy, type Decision, type Question } from "../../review/iam";

const ROLE = "arn:aws:iam::111122223333:role/Uploader";
const PRINCIPALS = ["*", ROLE, "arn:aws:iam::111122223333:user/ada", "arn:aws:iam::444455556666:root"];
const SESSION = "arn:aws:sts::111122223333:assumed-role/Uploader/s";
const KEYS = ["aws:One", "aws:Two"];
const VALUES = ["1", "2", "3"];

/** A small world, so that statements and questions often meet. */
const condition = fc.dictionary(
  fc.constantFrom("StringEquals", "StringNotLike", "NumericLessThanIfExists", "ForAllValues:StringEquals"),
  fc.dictionary(fc.constantFrom(...KEYS), fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1 }), { minKeys: 1 }),
  { minKeys: 1 },
);
const elements = fc.record(
  {
    Principal: fc.oneof(fc.constant("*"), fc.record({ AWS: fc.constantFrom(...PRINCIPALS, "111122223333") })),
    Action: fc.constantFrom("*", "s3:*", "s3:Get*", "s3:PutObject"),
    Resource: fc.constantFrom("*", "arn:aws:s3:::a/*", "arn:aws:s3:::a/b", "arn:aws:s3:::?"),
    Condition: condition,
  },
  { requiredKeys: ["Principal", "Action", "Resource"] },
);
const allow = elements.map((rest) => ({ Effect: "Allow", ...rest }));
const deny = elements.map((rest) => ({ Effect: "Deny", ...rest }));
const statements = fc.array(fc.oneof({ weight: 2, arbitrary: allow }, deny), { minLength: 1, maxLength: 6 });
const questions: fc.Arbitrary<Question> = fc.record({
  principal: fc.constantFrom(...PRINCIPALS, SESSION, "logging.s3.amazonaws.com"),
  action: fc.constantFrom("s3:GetObject", "s3:PutObject", "kms:Decrypt"),
  resource: fc.constantFrom("arn:aws:s3:::a", "arn:aws:s3:::a/b", "arn:aws:s3:::a/b/c"),
  context: fc.dictionary(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)),
});

function effect(Statement: readonly object[], question: Question): Decision["effect"] {
  return decide(readPolicy({ Version: "2012-10-17", Statement }), question).effect;
}

function always<T extends [unknown, ...unknown[]]>(
  arbitraries: { [I in keyof T]: fc.Arbitrary<T[I]> },
  holds: (...values: T) => boolean,
): void {
  fc.assert(fc.property(...arbitraries, holds), { numRuns: 200 });
}

test("another Allow takes no permission away", () => {
  always([statements, allow, questions], (before, added, question) => {
    return effect(before, question) !== "allow" || effect([...before, added], question) === "allow";
  });
});

test("another Allow undoes no Deny", () => {
  always([statements, allow, questions], (before, added, question) => {
    return effect(before, question) !== "deny" || effect([added, ...before], question) === "deny";
  });
});

test("another Deny gives no permission", () => {
  always([statements, deny, questions], (before, added, question) => {
    return effect(before, question) === "allow" || effect([...before, added], question) !== "allow";
  });
});

test("another Deny of everything denies everything", () => {
  const all = { Effect: "Deny", Principal: "*", Action: "*", Resource: "*" };
  always([statements, questions], (before, question) => effect([...before, all], question) === "deny");
});

test("the order of statements doesn't matter", () => {
  const orders = statements.chain((list) =>
    fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
  );
  always([orders, questions], ([list, shuffled], question) => effect(list, question) === effect(shuffled, question));
});

test("text and parsed JSON say the same", () => {
  always([statements, questions], (Statement, question) => {
    const text = JSON.stringify({ Version: "2012-10-17", Statement }, null, 2);
    return decide(readPolicy(text), question).effect === effect(Statement, question);
  });
});

test("allOf() allows what all allow, and nothing else", () => {
  const effects = fc.array(fc.constantFrom<Decision["effect"]>("allow", "deny", "implicit-deny"), { minLength: 1 });
  always([effects], (list) => {
    const all = allOf(list.map((effect) => ({ effect }))).effect;
    return (
      (all === "allow") === list.every((effect) => effect === "allow") && (all === "deny") === list.includes("deny")
    );
  });
});

test("the small world holds every kind of decision", () => {
  const seen = fc.sample(fc.tuple(statements, questions), 500).map(([list, question]) => effect(list, question));
  expect(new Set(seen)).toEqual(new Set(["allow", "deny", "implicit-deny"]));
});
