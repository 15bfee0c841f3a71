import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One folder for all that the tests write, so that one removal tidies up. */
export default function setup(): void {
  process.env["BYOB_TEST_TMP"] = mkdtempSync(join(tmpdir(), "byob-test-"));
}
