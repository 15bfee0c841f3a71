import { nearest, oneOf, quote, type Fault } from "../issue";

const LOCATIONS = "https://cloud.google.com/storage/docs/locations";

/** Where a bucket may be: one region. */
export const REGIONS: readonly string[] = [
  ..."US-CENTRAL1 US-EAST1 US-EAST4 US-EAST5 US-SOUTH1 US-WEST1 US-WEST2 US-WEST3 US-WEST4".split(" "),
  ..."NORTHAMERICA-NORTHEAST1 NORTHAMERICA-NORTHEAST2 NORTHAMERICA-SOUTH1".split(" "),
  ..."SOUTHAMERICA-EAST1 SOUTHAMERICA-WEST1 AFRICA-SOUTH1 ME-CENTRAL1 ME-CENTRAL2 ME-WEST1".split(" "),
  ..."EUROPE-CENTRAL2 EUROPE-NORTH1 EUROPE-NORTH2 EUROPE-SOUTHWEST1 EUROPE-WEST1 EUROPE-WEST2".split(" "),
  ..."EUROPE-WEST3 EUROPE-WEST4 EUROPE-WEST6 EUROPE-WEST8 EUROPE-WEST9 EUROPE-WEST10 EUROPE-WEST12".split(" "),
  ..."ASIA-EAST1 ASIA-EAST2 ASIA-NORTHEAST1 ASIA-NORTHEAST2 ASIA-NORTHEAST3 ASIA-SOUTH1 ASIA-SOUTH2".split(" "),
  ..."ASIA-SOUTHEAST1 ASIA-SOUTHEAST2 ASIA-SOUTHEAST3 AUSTRALIA-SOUTHEAST1 AUSTRALIA-SOUTHEAST2".split(" "),
];

/** Where a bucket may be: regions that Google chooses. */
const MULTI_REGIONS = ["US", "EU", "ASIA"];

/** Where a bucket may be: two regions that have a name of their own. */
const DUAL_REGIONS: Readonly<Record<string, readonly string[]>> = {
  ASIA1: ["ASIA-NORTHEAST1", "ASIA-NORTHEAST2"],
  EUR4: ["EUROPE-NORTH1", "EUROPE-WEST4"],
  EUR5: ["EUROPE-WEST1", "EUROPE-WEST2"],
  EUR7: ["EUROPE-WEST2", "EUROPE-WEST3"],
  EUR8: ["EUROPE-WEST3", "EUROPE-WEST6"],
  NAM4: ["US-CENTRAL1", "US-EAST1"],
};

/** Where a bucket may be: two regions of one's choice out of those of an area. */
const AREAS: Readonly<Record<string, readonly string[]>> = {
  US: REGIONS.filter((region) => region.startsWith("US-")),
  EU: [
    ..."EUROPE-CENTRAL2 EUROPE-NORTH1 EUROPE-SOUTHWEST1 EUROPE-WEST1 EUROPE-WEST3 EUROPE-WEST4".split(" "),
    ..."EUROPE-WEST8 EUROPE-WEST9 EUROPE-WEST10 EUROPE-WEST12".split(" "),
  ],
  ASIA: ["ASIA-EAST1", "ASIA-SOUTHEAST1"],
  AU: ["AUSTRALIA-SOUTHEAST1", "AUSTRALIA-SOUTHEAST2"],
  CA: ["NORTHAMERICA-NORTHEAST1", "NORTHAMERICA-NORTHEAST2"],
  DE: ["EUROPE-WEST3", "EUROPE-WEST10"],
  IN: ["ASIA-SOUTH1", "ASIA-SOUTH2"],
  IT: ["EUROPE-WEST8", "EUROPE-WEST12"],
};

const PAIR = 2;

/** What is wrong with where a bucket is to be; upper and lower case are the same. */
export function locationFaults(location: string, dataLocations?: readonly string[]): Fault[] {
  const code = location.toUpperCase();
  const known = [...REGIONS, ...MULTI_REGIONS, ...Object.keys(DUAL_REGIONS), ...Object.keys(AREAS)];
  if (!known.includes(code)) {
    const meant = nearest(location, known);
    return [
      {
        message: `Cannot put the bucket there: must be a region, dual-region or multi-region of Cloud Storage, got ${quote(location)}`,
        fix: meant ? `Did you mean ${quote(meant)}?` : 'Write a location such as "US", "EUR4" or "EUROPE-WEST1".',
        source: LOCATIONS,
      },
    ];
  }
  if (dataLocations || !AREAS[code] || MULTI_REGIONS.includes(code)) return [];
  return [
    {
      message: `Cannot put the bucket there: must have \`dataLocations\` in ${quote(code)}, got none`,
      fix: `Add \`dataLocations: [${(AREAS[code] ?? []).join(", ")}]\`.`,
      source: LOCATIONS,
    },
  ];
}

/** What is wrong with the two regions of one's choice for a bucket in a known location. */
export function dataLocationFaults(location: string, dataLocations: readonly string[]): Fault[] {
  const area = AREAS[location.toUpperCase()];
  const regions = dataLocations.map((region) => region.toUpperCase());
  const got = quote(dataLocations.join(", "));
  if (!area) {
    return [
      {
        message: `Cannot choose the two regions: must have a location of ${oneOf(Object.keys(AREAS))}, got ${quote(location)}`,
        fix: "Drop `dataLocations`, or write the area of both regions as `location`.",
        source: LOCATIONS,
      },
    ];
  }
  if (regions.length !== PAIR || regions[0] === regions[1] || !regions.every((region) => area.includes(region))) {
    return [
      {
        message: `Cannot choose the two regions: must be ${PAIR} different ones of ${oneOf(area)}, got ${got}`,
        fix: "Write two of them.",
        source: LOCATIONS,
      },
    ];
  }
  const same = ([, pair]: [string, readonly string[]]) => regions.every((region) => pair.includes(region));
  const own = Object.entries(DUAL_REGIONS).find(same);
  return own
    ? [
        {
          message: `Cannot choose the two regions: must not be those of the dual-region ${quote(own[0])}, got ${got}`,
          fix: `Write \`location: ${own[0]}\`, and drop \`dataLocations\`.`,
          source: LOCATIONS,
        },
      ]
    : [];
}

/** The dual-regions that Cloud KMS has a location for; for any other it is that of the area. */
const KMS_DUAL_REGIONS = ["ASIA1", "EUR4", "NAM4"];

/**
 * Where the key of a bucket must be, as Cloud KMS writes it.
 *
 * @see https://cloud.google.com/storage/docs/encryption/customer-managed-keys#restrictions
 */
export function kmsLocationOf(location: string): string {
  const code = location.toUpperCase();
  const european = code === "EU" || (code in DUAL_REGIONS && !KMS_DUAL_REGIONS.includes(code));
  return european ? "europe" : code.toLowerCase();
}
