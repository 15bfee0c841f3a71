import { writeFileSync } from "node:fs";
import { Option, type Command } from "commander";
import { format } from "../constructs/issue";
import { htmlPage } from "../review/render-html";
import { json } from "../review/render-json";
import { markdown } from "../review/render-markdown";
import { sarif } from "../review/render-sarif";
import type { Review } from "../review/report";
import { review } from "../review/review";
import { Unreadable } from "../review/unreadable";
import { worstOf } from "../review/verdict";

const BLOCKED = 1;
const USAGE = 2;

const FORMATS = { md: markdown, json, sarif, html: htmlPage } as const satisfies Record<
  string,
  (reviews: readonly Review[]) => string
>;

interface Options {
  readonly against?: string;
  readonly plan?: string;
  readonly format: keyof typeof FORMATS;
  readonly out?: string;
}

/** Adds `review` to the program. Sets the exit code: 0 fine or caution, 1 blocked, 2 nothing that can be read. */
export function addReview(program: Command): void {
  program
    .command("review")
    .description(
      "Review synthesized Terraform, or a plan, offline: who can do what, what can't be undone, what changed",
    )
    .argument("[deployments...]", "names of deployments; without any: all of cdktf.out (or $CDKTF_OUTDIR)")
    .option("--against <folder or revision>", "compare with another folder of synthesized Terraform, or a git revision")
    .option("--plan <file>", "review a plan, as `terraform show -json` prints it")
    .addOption(new Option("--format <format>", "form of the report").choices(Object.keys(FORMATS)).default("md"))
    .option("--out <file>", "write the report there; without: to the terminal")
    .action((deployments: string[], options: Options) => {
      process.exitCode = run(deployments, options);
    });
}

function run(deployments: readonly string[], { against, plan, format: form, out }: Options): number {
  try {
    const folder = process.env["CDKTF_OUTDIR"] ?? "cdktf.out";
    const reviews = review({ deployments, folder, against, plan });
    const text = FORMATS[form](reviews);
    if (out === undefined) process.stdout.write(text);
    else writeReport(out, text, reviews);
    return worstOf(reviews.map(({ verdict }) => verdict)) === "blocked" ? BLOCKED : 0;
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    console.error(format({ ...error.fault, path: [] }));
    return USAGE;
  }
}

function writeReport(out: string, text: string, reviews: readonly Review[]): void {
  writeFileSync(out, text);
  for (const { deployment, verdict, counts } of reviews) {
    const { errors, unknowns, warnings } = counts;
    console.log(`${deployment}: ${verdict} (${errors} errors, ${unknowns} unknowns, ${warnings} warnings)`);
  }
  console.log(`Report: ${out}`);
}
