import { Command, CommanderError } from "commander";
import { InvalidRequest, quote } from "../constructs/issue";
import { jsonSchema } from "../stacks/schema";
import { registerAudit } from "./audit";
import { addHandover } from "./handover";
import { addReview } from "./review";

/** Exit codes of every command: 0 fine, 1 refused or failed, 2 wrong usage. */
const REFUSED = 1;
const USAGE = 2;

const program = new Command("byob")
  .description("Bring your own bucket for Weights & Biases: from a deployment file to reviewed Terraform.")
  .exitOverride()
  .showHelpAfterError("(byob --help lists the commands)");

program
  .command("synth", { isDefault: false })
  .description("Write Terraform for deployment files to cdktf.out (or $CDKTF_OUTDIR)")
  .argument(
    "[paths...]",
    "deployment files, or folders of them; without any: deployments, and folders of stacks that are gone are removed",
  )
  .action(async (paths: string[]) => {
    const { synth } = await import("./synth.js"); // the framework loads for this command alone
    console.log(synth(paths));
  });

program
  .command("schema")
  .description("Print the JSON Schema of deployment files, for editors")
  .action(() => console.log(JSON.stringify(jsonSchema(), undefined, 2)));

addReview(program);
addHandover(program);
registerAudit(program);

program.parseAsync().catch((error: unknown) => {
  process.exitCode = report(error);
});

/** Says what went wrong, in words; a stack trace only where BYOB_DEBUG asks for one. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
  if (error instanceof InvalidRequest) {
    const { length } = error.issues;
    console.error(`${error.message}\n\n${length} ${length === 1 ? "issue" : "issues"}; nothing was written.`);
    return REFUSED;
  }
  if (error instanceof Error && "fix" in error) {
    console.error(`${error.message}\n  fix: ${String(error.fix)}`);
    return REFUSED;
  }
  const { code, path } = error as NodeJS.ErrnoException;
  if (code && path) {
    console.error(`Cannot write the Terraform: must be able to write ${quote(path)}, got ${code}`);
    console.error("  fix: Mend the folder or its permissions, or choose another by CDKTF_OUTDIR.");
    return REFUSED;
  }
  console.error(`Cannot go on: ${error instanceof Error ? error.message : String(error)}`);
  if (process.env["BYOB_DEBUG"]) console.error(error);
  else console.error("  fix: if this is not about your files, set BYOB_DEBUG=1 for details and report it.");
  return REFUSED;
}
