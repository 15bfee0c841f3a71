import fc from "fast-check";
import type { Policy } from "../../constructs/aws/policy";
import { decide, readPolicy, type Decision } from "../../review/iam";
import { rgwDialect } from "../support/rgw/dialect";
import { testRgw } from "../support/rgw/test-rgw";
import type { Answer, Bucket } from "./bucket";
import { questionOf, wordsOf } from "./call";
import { ACTIONS } from "./cases/actions";
import { ANY } from "./cases/any";
import type { Ask, Case } from "./cases/case";
import { CONDITIONS } from "./cases/conditions";
import { DIFFERENCES } from "./cases/differences";
import { PRINCIPALS } from "./cases/principals";
import { RESOURCES } from "./cases/resources";
import { STATEMENTS } from "./cases/statements";
import { OWNER } from "./cast";
import { answerTo, openStore, type Store } from "./store";

const NAME = "language";

let store: Store;
let bucket: Bucket;
beforeAll(async () => {
  store = await openStore();
  bucket = await store.bucket(NAME);
}, 60_000);
afterAll(() => store?.close());

/** The policy of a case, for that one bucket. */
function policyOf({ statements }: Pick<Case, "statements">): Policy {
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statements });
  return JSON.parse(text.replaceAll('"@', `"arn:aws:s3:::${NAME}`)) as Policy;
}

const named = (asks: readonly Ask[]) =>
  asks.map((ask) => ({ ask, name: `${ask.who ?? "stranger"} ${wordsOf(ask)}: ${ask.expect}` }));

type Asked = Omit<Ask, "expect">;
const decision = (policy: Policy, ask: Asked): Decision["effect"] =>
  decide(readPolicy(policy), questionOf(ask, store.cast[ask.who ?? "stranger"].arn, NAME)).effect;

const answer = (ask: Asked): Promise<Answer> => bucket.ask(ask, store.cast[ask.who ?? "stranger"].keys);

describe.each([...PRINCIPALS, ...ACTIONS, ...RESOURCES, ...CONDITIONS, ...STATEMENTS])("$name", (each) => {
  const policy = policyOf(each);
  const { policy: words, notAskable } = rgwDialect(policy, OWNER, "header");
  beforeAll(() => bucket.put(words));

  testRgw.each(named(each.asks))("$name", async ({ ask }) => {
    expect(notAskable).toEqual([]);
    expect(decision(policy, ask)).toBe(ask.expect);
    expect(await answer(ask)).toBe(answerTo(ask.expect, ask.who ?? "stranger"));
  });
});

describe.each(DIFFERENCES)("the store is not AWS: $name", (each) => {
  const policy = policyOf(each);
  beforeAll(() => bucket.put(policy));

  testRgw.each(named(each.asks))("$name", async ({ ask }) => {
    expect(decision(policy, ask)).toBe(ask.expect);
    expect(await answer(ask)).toBe(answerTo(ask.expect, ask.who ?? "stranger") === "let in" ? "refused" : "let in");
  });
});

testRgw("the store is not AWS: to a role, a bucket of another account isn't there", async () => {
  await expect(answer({ who: "roleElsewhere", does: "GetObject" })).rejects.toThrow("NoSuchBucket");
});

testRgw(
  "any policy: evaluator and store say the same",
  async () => {
    const seen = { "let in": 0, refused: 0 };
    for (const { statements, calls } of fc.sample(ANY, { numRuns: 60, seed: 1 })) {
      const policy = policyOf({ statements });
      const { policy: words, notAskable } = rgwDialect(policy, OWNER, "header");
      expect(notAskable).toEqual([]);
      await bucket.put(words);
      for (const call of calls) {
        const told = await answer(call);
        expect({ policy, call, answer: told }).toEqual({
          policy,
          call,
          answer: answerTo(decision(policy, call), call.who),
        });
        seen[told]++;
      }
    }
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(60);
  },
  60_000,
);
