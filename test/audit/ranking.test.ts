import type { Access } from "../../audit/access";
import { MOST_VALUES, Ranking } from "../../audit/ranking";
import { MOST_USERS, Totals } from "../../audit/totals";
import { readOne, s3Line } from "./fixture";

const base = readOne("s3", s3Line());
const access = (parts: Partial<Access>): Access => ({ ...base, ...parts });

test("counts requests by a value, most first", () => {
  const ranking = new Ranking("user");
  ranking.add(access({ user: "grace", time: 3000 }));
  ranking.add(access({ user: undefined }));
  ranking.add(access({ user: "grace", time: 1000, status: 403, bytesRead: 5, bytesWritten: 7 }));
  expect(ranking.top(1)).toEqual([
    { value: "grace", requests: 2, denied: 1, bytesRead: 517, bytesWritten: 7, first: 1000, last: 3000 },
  ]);
  expect(ranking.top(9).map(({ value }) => value)).toEqual(["grace", undefined]);
});

test("the same key in two buckets is two", () => {
  const ranking = new Ranking("key");
  ranking.add(access({ bucket: "a" }));
  ranking.add(access({ bucket: "b" }));
  ranking.add(access({ key: undefined }));
  expect(ranking.top(9).map(({ value }) => value)).toEqual(["a/runs/1/config.yaml", "b/runs/1/config.yaml", undefined]);
});

describe("more values than are told apart", () => {
  const ranking = new Ranking("ip");
  for (let at = 0; at < 20 * MOST_VALUES; at++) {
    ranking.add(access({ ip: `10.${at >> 16}.${(at >> 8) & 255}.${at & 255}` }));
    if (at % 10 === 0) ranking.add(access({ ip: "early" }));
    if (at % (0.6 * MOST_VALUES) === 0 && at > 3 * MOST_VALUES) ranking.add(access({ ip: "steady" }));
    if (at % 10 === 5 && at > 15 * MOST_VALUES) ranking.add(access({ ip: "late" }));
  }

  test("is said", () => {
    expect(ranking.capped).toBe(true);
    expect(ranking.size).toBeLessThanOrEqual(MOST_VALUES);
  });

  test("nor one that comes seldom but again and again", () => {
    const steady = ranking.top(MOST_VALUES).find(({ value }) => value === "steady");
    expect(steady?.requests).toBeGreaterThan(20); // of 28
  });

  test("a flood of rare ones pushes no frequent one out, and lets a new one in", () => {
    const [early, late] = ranking.top(2);
    expect(early).toMatchObject({ value: "early", requests: 2 * MOST_VALUES });
    expect(late?.value).toBe("late");
    expect(late?.requests).toBeGreaterThan(0.49 * MOST_VALUES);
    expect(late?.requests).toBeLessThanOrEqual(0.5 * MOST_VALUES);
  });
});

test("as many as are told apart are counted exactly", () => {
  const ranking = new Ranking("ip");
  for (let at = 0; at < 2 * MOST_VALUES; at++) ranking.add(access({ ip: String(at % MOST_VALUES) }));
  expect([ranking.capped, ranking.size, ranking.top(1)[0]?.requests]).toEqual([false, MOST_VALUES, 2]);
});

test("users are counted up to a bound", () => {
  const totals = new Totals();
  for (let at = 0; at < MOST_USERS; at++) totals.add(access({ user: String(at) }));
  expect(totals.users).toBe("10,000 users");
  totals.add(access({ user: "one more" }));
  totals.add(access({ user: "and one more" }));
  expect(totals.users).toBe("more than 10,000 users");
});
