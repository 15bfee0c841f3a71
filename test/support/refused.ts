import { relative } from "node:path";
import { format, InvalidRequest, type LocatedIssue } from "../../constructs/issue";
import { readDeployments } from "../../stacks/deployment-file";
import { tempFolder } from "./temp";

/** The issues that a call throws. */
export function issuesOf(call: () => unknown): readonly LocatedIssue[] {
  try {
    call();
  } catch (error) {
    if (error instanceof InvalidRequest) return error.issues;
    throw error;
  }
  throw new Error("nothing was refused");
}

/** What is said of deployment files, each issue as text, as if the folder of the files were the current one. */
export function refused(files: Readonly<Record<string, string | Buffer>>, paths?: readonly string[]): string[] {
  const folder = tempFolder(files);
  const here = `${relative(process.cwd(), folder)}/`;
  return issuesOf(() => readDeployments(paths?.map((path) => `${folder}/${path}`) ?? [folder])).map((issue) =>
    format(issue).replaceAll(here, ""),
  );
}
