import { spawnSync } from "node:child_process";
import { testWith } from "../tool";

const HOW = "on Debian 12, apt-get install --no-install-recommends radosgw ceph-mon ceph-osd openssl";

/** Other versions than 16 differ from AWS in other ways: `dialect.ts` doesn't know them. */
const isCeph16 = () => spawnSync("radosgw", ["--version"], { encoding: "utf8" }).stdout?.includes("ceph version 16.");

/** `test` where the store's programs are installed, else a skipped test; an error where BYOB_REQUIRE_TOOLS is set. */
export const testRgw = withAll([
  [isCeph16() ? "radosgw" : "radosgw of Ceph 16", "--version"],
  ["ceph-mon", "--version"],
  ["ceph-osd", "--version"],
  ["openssl", "version"],
]);

function withAll([first, ...others]: readonly (readonly [program: string, versionArg: string])[]): jest.It {
  if (!first) return test;
  const [program, versionArg] = first;
  const each = testWith(program, [versionArg], HOW);
  return each === test ? withAll(others) : each;
}
