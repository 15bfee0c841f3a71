import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Option, type Command } from "commander";
import { nearest, quote } from "../constructs/issue";
import { NothingToHandOver, readFacts } from "../handover/facts";
import { handOver } from "../handover/handover";
import { handoverText } from "../handover/text";
import { synthesizedStacks } from "./stacks";

interface Options {
  readonly outputs?: string;
  readonly format: "text" | "json";
  readonly reveal?: boolean;
}

/** Adds `byob handover` to the program. */
export function addHandover(program: Command): void {
  program
    .command("handover")
    .description("Print what to type or paste into W&B, from the outputs of a deployed stack")
    .argument("<deployment>", "name of the deployment")
    .option("--outputs <file>", "what `terraform output -json` printed, or - for standard input; without it, it is run")
    .addOption(new Option("--format <format>", "how to print it").choices(["text", "json"]).default("text"))
    .option("--reveal", "print secrets too; without it they are masked")
    .action((name: string, { outputs, format, reveal = false }: Options) => {
      const folder = stackFolder(name);
      const synthesized = parseJson(readFileSync(join(folder, "cdk.tf.json"), "utf8"));
      const handover = handOver(readFacts(synthesized, parseJson(readOutputs(folder, outputs))), reveal);
      console.log(format === "json" ? JSON.stringify(handover, undefined, 2) : handoverText(handover).trimEnd());
    });
}

function stackFolder(name: string): string {
  const stacks = synthesizedStacks();
  const folder = stacks.get(name);
  if (folder !== undefined) return folder;
  const meant = nearest(name, [...stacks.keys()]);
  throw new NothingToHandOver(
    `Cannot hand over ${quote(name)}: must be a synthesized deployment, got none of that name`,
    meant ? `Did you mean ${quote(meant)}?` : "Run `npm run synth` first.",
  );
}

function readOutputs(folder: string, from: string | undefined): string {
  if (from !== undefined) return readGiven(from);
  const { status, stdout, error, stderr } = spawnSync("terraform", ["output", "-json"], {
    cwd: folder,
    encoding: "utf8",
  });
  if (status === 0) return stdout;
  const why = error
    ? `terraform can't be run (${(error as NodeJS.ErrnoException).code})`
    : (stderr.trim().split("\n")[0] ?? "");
  throw new NothingToHandOver(
    `Cannot read the outputs: must be able to run \`terraform output -json\` in ${quote(folder)}, got ${quote(why)}`,
    "Deploy first, or give the outputs by --outputs.",
  );
}

function readGiven(from: string): string {
  try {
    return readFileSync(from === "-" ? 0 : from, "utf8");
  } catch (error) {
    throw new NothingToHandOver(
      `Cannot read the outputs: must be a readable file, got ${(error as NodeJS.ErrnoException).code} for ${quote(from)}`,
      "Correct the path.",
    );
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // whoever reads it says what it should have been
  }
}
