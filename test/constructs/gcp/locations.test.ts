import { dataLocationFaults, kmsLocationOf, locationFaults, REGIONS } from "../../../constructs/gcp/locations";

describe("locationFaults()", () => {
  test.each(["US", "eu", "Asia", "NAM4", "eur4", "EUR5", "EUR7", "EUR8", "ASIA1", "us-central1", "EUROPE-WEST12"])(
    "accepts %s",
    (location) => expect(locationFaults(location)).toEqual([]),
  );

  test("accepts every region, in lower case too", () => {
    expect(REGIONS).toHaveLength(new Set(REGIONS).size);
    for (const region of REGIONS) {
      expect(region).toMatch(/^[A-Z]+-[A-Z]+\d+$/);
      expect(locationFaults(region.toLowerCase())).toEqual([]);
    }
  });

  test.each([
    ["us-east-1", 'Did you mean "US-EAST1"?'],
    ["europe-west-4", 'Did you mean "EUROPE-WEST4"?'],
    ["euro-west4", 'Did you mean "EUROPE-WEST4"?'],
    ["us-central1-a", 'Did you mean "US-CENTRAL1"?'],
    ["somewhere over the rainbow", 'Write a location such as "US"'],
    ["global", 'Write a location such as "US"'],
  ])("refuses %s", (location, fix) => {
    expect(locationFaults(location)).toMatchObject([
      { message: expect.stringContaining("must be a region, dual-region or multi-region") as string },
    ]);
    expect(locationFaults(location)[0]?.fix).toContain(fix);
  });

  test("an area that is no multi-region needs two regions", () => {
    expect(locationFaults("CA")[0]?.fix).toBe(
      "Add `dataLocations: [NORTHAMERICA-NORTHEAST1, NORTHAMERICA-NORTHEAST2]`.",
    );
    expect(locationFaults("CA", ["NORTHAMERICA-NORTHEAST1", "NORTHAMERICA-NORTHEAST2"])).toEqual([]);
  });
});

describe("dataLocationFaults()", () => {
  test.each([
    ["US", ["us-east1", "US-WEST1"]],
    ["eu", ["EUROPE-WEST1", "EUROPE-WEST4"]],
    ["IN", ["ASIA-SOUTH1", "ASIA-SOUTH2"]],
  ])("accepts %s of %j", (location, regions) => expect(dataLocationFaults(location, regions)).toEqual([]));

  test.each([
    ["US-EAST1", ["US-EAST1", "US-WEST1"], "must have a location of "],
    ["EUR4", ["EUROPE-NORTH1", "EUROPE-WEST4"], "must have a location of "],
    ["US", ["US-EAST1"], "must be 2 different ones of "],
    ["US", [], "must be 2 different ones of "],
    ["US", ["US-EAST1", "us-east1"], "must be 2 different ones of "],
    ["US", ["US-EAST1", "US-WEST1", "US-WEST2"], "must be 2 different ones of "],
    ["US", ["US-EAST1", "EUROPE-WEST1"], "must be 2 different ones of "],
    ["EU", ["EUROPE-WEST1", "EUROPE-WEST2"], "must be 2 different ones of "],
    ["EU", ["EUROPE-NORTH1", "europe-west4"], 'must not be those of the dual-region "EUR4"'],
    ["US", ["US-EAST1", "US-CENTRAL1"], 'must not be those of the dual-region "NAM4"'],
  ])("refuses %s of %j", (location, regions, rule) => {
    expect(dataLocationFaults(location, regions)).toMatchObject([{ message: expect.stringContaining(rule) as string }]);
  });
});

describe("kmsLocationOf()", () => {
  test.each([
    ["US", "us"],
    ["EU", "europe"],
    ["ASIA", "asia"],
    ["NAM4", "nam4"],
    ["EUR4", "eur4"],
    ["ASIA1", "asia1"],
    ["EUR5", "europe"],
    ["EUR7", "europe"],
    ["EUR8", "europe"],
    ["us-east1", "us-east1"],
    ["EUROPE-WEST1", "europe-west1"],
  ])("of %s is %s", (location, expected) => expect(kmsLocationOf(location)).toBe(expected));
});
