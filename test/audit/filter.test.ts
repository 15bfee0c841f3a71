import { meets, parseSince, parseStatuses, parseUntil, type Filter } from "../../audit/filter";
import { readOne, s3Line, type S3Parts } from "./fixture";

const at = (text: string) => Date.parse(text);

describe("a request meets", () => {
  const delivered: S3Parts = {};
  const direct: S3Parts = { query: "versionId=1", operation: "REST.DELETE.OBJECT", result: "204 - - -" };
  const listing: S3Parts = { key: "-", operation: "REST.GET.BUCKET", result: "403 AccessDenied 243 -" };
  test.each<[string, Filter, readonly boolean[]]>([
    ["no filter", {}, [true, true, true]],
    ["its user", { users: new Set(["ada", "eve"]) }, [true, false, true]],
    ["no user", { users: new Set(["-"]) }, [false, true, false]],
    ["not a part of a user", { users: new Set(["ad", "Ada", "ada "]) }, [false, false, false]],
    ["the start of its key", { keyPrefix: "runs/1/" }, [true, true, false]],
    ["not another key's", { keyPrefix: "runs/2" }, [false, false, false]],
    ["not the bucket", { keyPrefix: "acme-wandb" }, [false, false, false]],
    ["its status", { statuses: [[403, 403]] }, [false, false, true]],
    ["a range of statuses", { statuses: [[200, 203]] }, [true, false, false]],
    [
      "several",
      {
        statuses: [
          [100, 199],
          [204, 403],
        ],
      },
      [false, true, true],
    ],
    ["a part of its operation", { operation: "delete" }, [false, true, false]],
    ["the time it came at", { since: at("2025-03-01T08:00:00Z") }, [true, true, true]],
    ["not a later one", { since: at("2025-03-01T08:00:01Z") }, [false, false, false]],
    ["not its end", { until: at("2025-03-01T08:00:00Z") }, [false, false, false]],
    ["a later end", { until: at("2025-03-01T08:00:01Z") }, [true, true, true]],
    ["all at once", { users: new Set(["ada"]), operation: "get", statuses: [[400, 499]] }, [false, false, true]],
  ])("%s", (_what, filter, expected) => {
    const accesses = [delivered, direct, listing].map((parts) => readOne("s3", s3Line(parts)));
    expect(accesses.map((access) => meets(filter, access))).toEqual(expected);
  });

  test("no status, where the log has none", () => {
    const expired = readOne("s3", s3Line({ operation: "S3.EXPIRE.OBJECT", request: "-", result: "- - - 2048" }));
    expect(meets({ statuses: [[100, 599]] }, expired)).toBe(false);
  });
});

test.each([
  ["403", [[403, 403]]],
  ["4xx", [[400, 499]]],
  ["5XX", [[500, 599]]],
  ["200-299", [[200, 299]]],
  [
    "401, 403,5xx",
    [
      [401, 401],
      [403, 403],
      [500, 599],
    ],
  ],
  ["", undefined],
  ["4", undefined],
  ["600", undefined],
  ["099", undefined],
  ["299-200", undefined],
  ["4x", undefined],
  ["403;404", undefined],
  ["403,", undefined],
  ["denied", undefined],
])("statuses %s", (text, ranges) => expect(parseStatuses(text)).toEqual(ranges));

test("a day is whole: from its beginning, until its end", () => {
  expect(parseSince("2025-03-01")).toBe(at("2025-03-01T00:00:00Z"));
  expect(parseUntil("2025-03-01")).toBe(at("2025-03-02T00:00:00Z"));
});

test("a time is itself, and something else is none", () => {
  for (const parse of [parseSince, parseUntil]) {
    expect(parse("2025-03-01T08:00:00Z")).toBe(at("2025-03-01T08:00:00Z"));
    for (const bad of ["", "yesterday", "2025-02-30", "01/Mar/2025"]) expect(parse(bad)).toBeUndefined();
  }
});
