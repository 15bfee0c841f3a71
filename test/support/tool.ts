import { spawnSync } from "node:child_process";

/**
 * `test` where a program is installed, else a skipped test whose name says how to get it; an error where
 * BYOB_REQUIRE_TOOLS is set, as in CI.
 */
export function testWith(program: string, versionArgs: readonly string[], how: string): jest.It {
  if (spawnSync(program, versionArgs).status === 0) return test;
  if (process.env["BYOB_REQUIRE_TOOLS"]) throw new Error(`${program} is not installed: ${how}`);
  const skipped = test.skip;
  // Not the console: jest drops what a wholly skipped file says there.
  process.stderr.write(`SKIPPED, since ${program} is not installed: ${how}\n`);
  return skipped;
}
