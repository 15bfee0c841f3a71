import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import * as z from "zod";

const manifest = z.object({
  stacks: z.record(z.string(), z.object({ synthesizedStackPath: z.string() })),
});

/** Where the Terraform of each synthesized deployment is, by its name; empty where nothing was synthesized. */
export function synthesizedStacks(): ReadonlyMap<string, string> {
  const outdir = process.env["CDKTF_OUTDIR"] ?? "cdktf.out";
  try {
    const { stacks } = manifest.parse(JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")));
    return new Map(
      Object.entries(stacks).map(([name, { synthesizedStackPath }]) => [
        name,
        join(outdir, dirname(synthesizedStackPath)),
      ]),
    );
  } catch {
    return new Map();
  }
}
