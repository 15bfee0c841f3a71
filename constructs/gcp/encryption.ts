import * as z from "zod";
import { at, type Fault, type Issue } from "../issue";
import { optOut } from "../opt-out";
import { keyRingFaults, kmsKeyNameFaults } from "./names";

/** Bounds of the CIS benchmark ("rotated within a period of 90 days"). */
const ROTATION_DAYS = { min: 1, max: 90 };

export const DEFAULT_ROTATION_DAYS = 90;

/** The encryption of a bucket with a key of one's own. */
export const encryption = optOut("customerManagedKey", "")
  .extend({
    kmsKeyName: z
      .string()
      .optional()
      .describe(
        "Existing key: projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>. Default: a key is made",
      ),
    keyRing: z
      .string()
      .optional()
      .describe("Name of the key ring that is made; it can't be deleted. Default: <bucket>"),
    rotationDays: z
      .int()
      .min(ROTATION_DAYS.min)
      .max(ROTATION_DAYS.max)
      .optional()
      .describe(`Days between rotations of the key that is made. Default: ${DEFAULT_ROTATION_DAYS}`),
  })
  .describe(
    "Encrypts with a key of yours; W&B documents Google-managed encryption only. If it is dropped later, Terraform forgets the key that was made and does not destroy it",
  );

export type Encryption = z.input<typeof encryption>;

/** All that is wrong with the key of a bucket; paths begin at the encryption. No location: it is at fault itself. */
export function encryptionIssues(fields: Encryption, location: string | undefined): Issue[] {
  const { kmsKeyName, keyRing } = fields;
  const ofMadeKey = kmsKeyName === undefined ? [] : (["keyRing", "rotationDays"] as const);
  return [
    ...at(["kmsKeyName"], kmsKeyName !== undefined && location ? kmsKeyNameFaults(kmsKeyName, location) : []),
    ...at(["keyRing"], keyRing !== undefined ? keyRingFaults(keyRing) : []),
    ...ofMadeKey.filter((key) => fields[key] !== undefined).flatMap((key) => at([key], [both(key)])),
  ];
}

function both(key: string): Fault {
  return {
    message: `Cannot choose the key: must have \`kmsKeyName\` or \`${key}\`, got both`,
    fix: `Drop \`kmsKeyName\` to have a key made, or \`${key}\` to use that key as it is.`,
  };
}
