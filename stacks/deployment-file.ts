import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { InvalidRequest, quote, type LocatedIssue } from "../constructs/issue";
import { parse, type Request } from "./request";
import { parseYaml, type YamlResult } from "./yaml-source";

/** Bytes; a deployment has a few thousand. Larger YAML takes minutes to parse with positions. */
const MAX_SIZE = 1024 * 1024;

/**
 * Reads all deployments below the given files and folders.
 *
 * @throws InvalidRequest with the issues of every file
 */
export function readDeployments(paths: readonly string[]): Request[] {
  const { files, issues } = listFiles(paths);
  const requests: Request[] = [];
  for (const file of files) {
    const read = readYaml(file);
    const result = "issues" in read ? read : parse(read.raw, read.source);
    if ("issues" in result) issues.push(...result.issues);
    else requests.push(result.request);
  }
  issues.push(...clashes(requests));
  if (issues.length) throw new InvalidRequest(issues);
  return requests;
}

/** The path as messages and metadata show it: relative, with slashes, so that no artifact holds a path of a machine. */
function shown(path: string): string {
  return relative(process.cwd(), path).split(sep).join("/") || ".";
}

function fileIssue(file: string, message: string, fix: string): LocatedIssue {
  return { path: [], place: { file: shown(file) }, message, fix };
}

function listFiles(paths: readonly string[]): { files: string[]; issues: LocatedIssue[] } {
  const files: string[] = [];
  const issues: LocatedIssue[] = [];
  for (const path of paths) {
    try {
      const found = statSync(path).isDirectory() ? deploymentsIn(path) : [path];
      if (found.length === 0) {
        const message = "Cannot read deployments: must hold a .yaml file, got none";
        issues.push(fileIssue(path, message, "Add a deployment file."));
      }
      files.push(...found);
    } catch (error) {
      issues.push(unreadable(path, error));
    }
  }
  return { files: [...new Set(files)], issues };
}

function deploymentsIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));
  return names.sort().map((name) => join(folder, name));
}

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "none",
  EACCES: "one that may not be read",
  EISDIR: "a folder",
  ELOOP: "links that go in a circle",
};

function unreadable(path: string, error: unknown): LocatedIssue {
  const code = (error as NodeJS.ErrnoException).code ?? String(error);
  const message = `Cannot read the deployment file: must be a readable file, got ${WHY[code] ?? code}`;
  return fileIssue(path, message, code === "ENOENT" ? "Correct the path." : "Mend the file or its permissions.");
}

function readYaml(file: string): YamlResult {
  try {
    const { size } = statSync(file);
    if (size <= MAX_SIZE) {
      return parseYaml(shown(file), new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file)));
    }
    const message = `Cannot read the deployment file: must be at most ${MAX_SIZE} bytes, got ${size}`;
    return { issues: [fileIssue(file, message, "Split it: one deployment, one file.")] };
  } catch (error) {
    const notUtf8 = (error as NodeJS.ErrnoException).code === "ERR_ENCODING_INVALID_ENCODED_DATA";
    const message = "Cannot read the deployment file: must be UTF-8, got other bytes";
    return { issues: [notUtf8 ? fileIssue(file, message, "Save it as UTF-8.") : unreadable(file, error)] };
  }
}

/** What two files can't both say. */
function clashes(requests: readonly Request[]): LocatedIssue[] {
  return requests.flatMap((request, index) => {
    const earlier = requests.slice(0, index);
    const sameName = earlier.find(({ name }) => name === request.name);
    const sameState = earlier.find(
      (other) => other !== sameName && placeOf(other) && placeOf(other) === placeOf(request),
    );
    return [
      ...(sameName ? [nameClash(request, sameName)] : []),
      ...(sameState ? [stateClash(request, sameState)] : []),
    ];
  });
}

function placeOf({ state }: Request): string | undefined {
  return state.backend === "local" ? undefined : JSON.stringify(state);
}

function nameClash(request: Request, other: Request): LocatedIssue {
  const got = `${quote(request.name)} in ${other.source?.file} too`;
  return {
    path: ["name"],
    place: request.source?.locate(["name"]),
    message: `Cannot name the deployment: must be the only one of its name, got ${got}`,
    fix: "Rename one of them.",
  };
}

function stateClash(request: Request, other: Request): LocatedIssue {
  return {
    path: ["state"],
    place: request.source?.locate(["state"]),
    message: `Cannot keep the state there: must be a place of its own, got the place of ${quote(other.name)}`,
    fix: "Give each its own key, prefix or workspace, or none: the default holds the name.",
  };
}
