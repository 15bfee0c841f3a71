import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { isAlias, isMap, isNode, isPair, isSeq, LineCounter, parseAllDocuments, type Document, type Node } from "yaml";
import { InvalidRequest, quote, type LocatedIssue, type Place } from "../constructs/issue";
import { parse, type Request, type Source } from "./request";

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

function fileIssue(file: string, message: string, fix: string, place: Partial<Place> = {}): LocatedIssue {
  return { path: [], place: { file: shown(file), ...place }, message, fix };
}

function listFiles(paths: readonly string[]): { files: string[]; issues: LocatedIssue[] } {
  const files: string[] = [];
  const issues: LocatedIssue[] = [];
  for (const path of paths) {
    try {
      const found = statSync(path).isDirectory()
        ? readdirSync(path)
            .filter((name) => /\.ya?ml$/.test(name))
            .sort()
            .map((name) => join(path, name))
        : [path];
      if (found.length === 0) {
        issues.push(
          fileIssue(path, "Cannot read deployments: must hold a .yaml file, got none", "Add a deployment file."),
        );
      }
      files.push(...found);
    } catch (error) {
      issues.push(unreadable(path, error));
    }
  }
  return { files: [...new Set(files)], issues };
}

function unreadable(path: string, error: unknown): LocatedIssue {
  const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
  const why: Record<string, string> = {
    ENOENT: "there is none",
    EACCES: "it may not be read",
    EISDIR: "it is a folder",
    ELOOP: "its links go in a circle",
  };
  return fileIssue(
    path,
    `Cannot read the deployment file: must be a readable file, got ${why[code] ?? code}`,
    code === "ENOENT" ? "Correct the path." : "Mend the file or its permissions.",
  );
}

type ReadResult = { readonly raw: unknown; readonly source: Source } | { readonly issues: LocatedIssue[] };

function readYaml(file: string): ReadResult {
  let text: string;
  try {
    const { size } = statSync(file);
    if (size > MAX_SIZE) {
      const rule = `must be at most ${MAX_SIZE} bytes, got ${size}`;
      return {
        issues: [fileIssue(file, `Cannot read the deployment file: ${rule}`, "Split it: one deployment, one file.")],
      };
    }
    text = new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    if (!(error instanceof TypeError)) return { issues: [unreadable(file, error)] };
    return {
      issues: [fileIssue(file, "Cannot read the deployment file: must be UTF-8, got other bytes", "Save it as UTF-8.")],
    };
  }
  return parseYaml(file, text);
}

function parseYaml(file: string, text: string): ReadResult {
  const lineCounter = new LineCounter();
  const position = (offset: number) => {
    const { line, col } = lineCounter.linePos(offset);
    return { line, column: col };
  };
  const documents = parseAllDocuments(text, { lineCounter, prettyErrors: false });
  const [document] = Array.isArray(documents) ? documents : [];
  if (!document)
    return {
      issues: [fileIssue(file, "Cannot read the deployment: must have keys, got an empty file", "Write a deployment.")],
    };

  const issues = [...documents].flatMap((each, index) => [
    ...(index === 1
      ? [
          fileIssue(
            file,
            "Cannot read the file: must hold one deployment, got a second after `---`",
            "Move it to a file of its own.",
            position(each.range[0]),
          ),
        ]
      : []),
    ...[...each.errors, ...each.warnings].map((error) => {
      const duplicate = error.code === "DUPLICATE_KEY";
      return fileIssue(
        file,
        duplicate
          ? "Cannot read the YAML: must have each key once, got this one twice"
          : `Cannot read the YAML: ${error.message.replace(/\s+/g, " ")}`,
        duplicate ? "Drop or rename one of the two." : "Correct the syntax here, or just before.",
        position(error.pos[0]),
      );
    }),
  ]);
  if (issues.length) return { issues };
  return toValue(file, document, position);
}

function toValue(file: string, document: Document, position: (offset: number) => Omit<Place, "file">): ReadResult {
  const source: Source = {
    file: shown(file),
    locate: (path, atKey) => {
      const offset = offsetOf(document, path, atKey);
      return { file: shown(file), ...(offset === undefined ? {} : position(offset)) };
    },
  };
  try {
    return { raw: document.toJS({ maxAliasCount: 100 }), source };
  } catch (error) {
    const message = `Cannot read the YAML: must repeat anchors a few times only, got ${quote((error as Error).message)}`;
    return { issues: [fileIssue(file, message, "Write the values out, without anchors and aliases.")] };
  }
}

/** Where the value at a path begins, or its key; for a path that isn't there, the nearest value around it. */
function offsetOf(document: Document, path: readonly string[], atKey = false): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const [index, key] of path.entries()) {
    const pair = isMap(node) ? node.items.find((item) => String(item.key) === key) : undefined;
    const next: unknown = isSeq(node) ? node.items[Number(key)] : pair?.value;
    const last = index === path.length - 1;
    const target = (atKey && last) || !isNode(next) ? (isPair(pair) ? (pair.key as Node) : next) : next;
    if (!isNode(target)) break;
    offset = target.range?.[0] ?? offset;
    node = isAlias(next) ? undefined : next;
  }
  return offset;
}

/** What two files can't both say. */
function clashes(requests: readonly Request[]): LocatedIssue[] {
  return requests.flatMap((request, index) => {
    const earlier = requests.slice(0, index);
    const issues: LocatedIssue[] = [];
    const name = earlier.find((other) => other.name === request.name);
    if (name) {
      issues.push(
        clash(
          request,
          ["name"],
          `Cannot name the deployment: must be the only one of its name, got ${quote(request.name)} in ${name.source?.file} too`,
          "Rename one of them.",
        ),
      );
    }
    const state = earlier.find(
      (other) =>
        other !== name &&
        request.state.backend !== "local" &&
        JSON.stringify(other.state) === JSON.stringify(request.state),
    );
    if (state) {
      issues.push(
        clash(
          request,
          ["state"],
          `Cannot keep the state there: must be a place of its own, got the place of ${quote(state.name)}`,
          "Give each its own key, prefix or workspace, or none: the default holds the name.",
        ),
      );
    }
    return issues;
  });
}

function clash(request: Request, path: readonly string[], message: string, fix: string): LocatedIssue {
  return { path, place: request.source?.locate(path), message, fix };
}
