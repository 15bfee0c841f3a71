import { formatTime, parseClfTime, parseDay, parseIsoTime, remembering } from "../../audit/time";

const at = (text: string) => Date.parse(text);

test.each([
  ["06/Feb/2019:00:00:38 +0000", at("2019-02-06T00:00:38Z")],
  ["06/Feb/2019:00:00:38 -0830", at("2019-02-06T08:30:38Z")],
  ["29/Feb/2024:23:59:59 +0000", at("2024-02-29T23:59:59Z")],
  ["29/Feb/2023:23:59:59 +0000", undefined],
  ["00/Feb/2019:00:00:38 +0000", undefined],
  ["06/feb/2019:00:00:38 +0000", undefined],
  ["06/Feb/2019:24:00:00 +0000", undefined],
  ["06/Feb/2019:00:60:00 +0000", undefined],
  ["06/Feb/2019:00:00:61 +0000", undefined],
  ["06/Feb/2019:00:00:38", undefined],
  [" 06/Feb/2019:00:00:38 +0000", undefined],
  ["", undefined],
])("S3's %s", (text, time) => expect(parseClfTime(text)).toBe(time));

test.each([
  ["2025-03-01T08:00:00Z", at("2025-03-01T08:00:00Z")],
  ["2025-03-01T08:00:00.1234567Z", at("2025-03-01T08:00:00.123Z")],
  ["2025-03-01T08:00:00.5Z", at("2025-03-01T08:00:00.5Z")],
  ["2018/11/08 21:09:36.6900118", at("2018-11-08T21:09:36.690Z")],
  ["2025-03-01T08:00", at("2025-03-01T08:00:00Z")],
  ["2025-03-01T08:00+02:00", at("2025-03-01T06:00:00Z")],
  ["2025-02-29T08:00:00Z", undefined],
  ["2025-13-01T08:00:00Z", undefined],
  ["2025-03-01", undefined],
  ["1740816000", undefined],
  ["now", undefined],
])("ISO's %s", (text, time) => expect(parseIsoTime(text)).toBe(time));

test.each([
  ["2025-03-01", at("2025-03-01T00:00:00Z")],
  ["2025-02-30", undefined],
  ["2025-3-1", undefined],
  ["2025-03-01T08:00", undefined],
])("the day %s", (text, time) => expect(parseDay(text)).toBe(time));

test("a time is written in UTC, with milliseconds if there are some", () => {
  expect(formatTime(at("2025-03-01T08:00:00Z"))).toBe("2025-03-01T08:00:00Z");
  expect(formatTime(at("2025-03-01T08:00:00.007Z"))).toBe("2025-03-01T08:00:00.007Z");
});

test("only the last answer is remembered", () => {
  const inputs: number[] = [];
  const double = remembering((input: number) => {
    inputs.push(input);
    return input * 2;
  });
  expect([1, 1, 2, 1].map(double)).toEqual([2, 2, 4, 2]);
  expect(inputs).toEqual([1, 2, 1]);
});
