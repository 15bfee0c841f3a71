import type { Policy } from "../../constructs/aws/policy";
import { decide, readPolicy } from "../../review/iam";
import { rgwDialect, type Signed } from "../support/rgw/dialect";
import { testRgw } from "../support/rgw/test-rgw";
import type { Bucket } from "./bucket";
import { questionOf, wordsOf } from "./call";
import { OWNER } from "./cast";
import { rowsOf, type Row } from "./rows";
import { answerTo, openStore, type Store } from "./store";
import { KEYS, policyOf, SUBJECTS, type Subject } from "./subjects";

/**
 * What the store can't be asked, since Ceph 16 lacks the words for it: these parts of the policies are proved by the
 * evaluator alone.
 */
const NOT_ASKABLE = [
  "WAndBBucketAccess: s3:GetEncryptionConfiguration is unknown",
  "DenyCustomerProvidedKey: s3:x-amz-server-side-encryption-customer-algorithm is unknown",
  "DenyOldReadUrls: s3:signatureAge is unknown",
  "DenyOldWriteUrls: s3:signatureAge is unknown",
  "DenySignatureVersion2Urls: s3:signatureversion is unknown",
];

let store: Store;
beforeAll(async () => (store = await openStore(Object.values(KEYS))), 60_000);
afterAll(() => store?.close());

/** A policy as it is synthesized, and a bucket that has it in the store's words, for requests signed in one way. */
interface Asked {
  readonly policy: Policy;
  readonly words: Policy;
  readonly bucket: Bucket;
}

async function prepare(subject: Subject, signed: Signed): Promise<Asked> {
  const name = `${subject.name}-${signed}`;
  const policy = policyOf(subject, name);
  const words = rgwDialect(policy, OWNER, signed).policy;
  return { policy, words, bucket: await store.bucket(name, words) };
}

const named = (rows: readonly Row[]) =>
  rows.map((row) => ({ row, name: `${row.who} ${wordsOf(row)}: ${row.expect}${row.by ? ` by ${row.by}` : ""}` }));

describe.each(SUBJECTS)("the bucket policy of $name, asked of the evaluator and of the store", (subject) => {
  const rows = rowsOf(subject);
  let asked: Record<Signed, Asked>;
  beforeAll(async () => {
    asked = { header: await prepare(subject, "header"), "pre-signed": await prepare(subject, "pre-signed") };
  });

  const decision = (row: Row, policy: Policy) => {
    const { bucket } = asked[row.signed ?? "header"];
    return decide(readPolicy(policy), questionOf(row, store.cast[row.who].arn, bucket.name));
  };
  const answer = (row: Row) => asked[row.signed ?? "header"].bucket.ask(row, store.cast[row.who].keys);

  testRgw.each(named(rows))("$name", async ({ row }) => {
    const { expect: effect, by } = row;
    const decided = decision(row, asked[row.signed ?? "header"].policy);
    expect(by ? decided : decided.effect).toEqual(by ? { effect, statement: by } : effect);
    expect(await answer(row)).toBe(answerTo(effect, row.who));
  });

  /** For each statement that denies, the first request of W&B's that it alone keeps from being allowed. */
  const sids = [...new Set(rows.flatMap(({ by }) => by ?? []))];
  const kept = sids.flatMap((by) => rows.find((row) => row.by === by && row.who === subject.wandb) ?? []);
  testRgw.each(named(kept))("without the statement it is allowed: $name", async ({ row }) => {
    const { policy, words, bucket } = asked[row.signed ?? "header"];
    const without = ({ Statement, ...rest }: Policy) => ({
      ...rest,
      Statement: Statement.filter(({ Sid }) => Sid !== row.by),
    });
    expect(decision(row, without(policy)).effect).toBe("allow");
    await bucket.put(without(words));
    expect(await answer(row)).toBe("let in");
    await bucket.put(words);
    expect(await answer(row)).toBe("refused");
  });

  testRgw("every statement that denies, and that the store has, is asked about", () => {
    const denies = [...asked.header.words.Statement, ...asked["pre-signed"].words.Statement].filter(
      ({ Effect }) => Effect === "Deny",
    );
    expect([...new Set(denies.map(({ Sid }) => Sid))].sort()).toEqual(kept.map(({ by }) => by).sort());
  });

  testRgw(`the store can't be asked about ${NOT_ASKABLE.join(", nor ")}`, () => {
    const told = (["header", "pre-signed"] as const).flatMap(
      (signed) => rgwDialect(asked[signed].policy, OWNER, signed).notAskable,
    );
    expect([...new Set(told)]).toEqual(NOT_ASKABLE);
  });
});
