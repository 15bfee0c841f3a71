import { rmSync } from "node:fs";

export default function teardown(): void {
  const folder = process.env["BYOB_TEST_TMP"];
  if (folder) rmSync(folder, { recursive: true, force: true });
}
