import { isAlias, isMap, isPair, isSeq, isNode, LineCounter, parseAllDocuments, visit, type Document } from "yaml";
import { quote, type Fault, type LocatedIssue, type Place } from "../constructs/issue";
import type { Source } from "./request";

/** The value of a YAML text, and where each part of it stands; or what is wrong with its syntax. */
export type YamlResult = { readonly raw: unknown; readonly source: Source } | { readonly issues: LocatedIssue[] };

/** How often a file may repeat a part by an alias: enough for a person, too little for a bomb. */
const MAX_ALIASES = 100;

/** Reads a YAML text that holds one document. */
export function parseYaml(file: string, text: string): YamlResult {
  const lines = new LineCounter();
  const place = (offset?: number): Place => {
    if (offset === undefined) return { file };
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const issue = (fault: Fault, offset?: number): LocatedIssue => ({ ...fault, path: [], place: place(offset) });

  const documents = [...parseAllDocuments(text, { lineCounter: lines, prettyErrors: false })];
  const [document, second] = documents;
  if (!document) return { issues: [issue(EMPTY)] };
  const issues = documents.flatMap((each) => syntaxFaults(each).map(([fault, offset]) => issue(fault, offset)));
  if (second) issues.push(issue(SECOND, second.range[0]));
  if (issues.length) return { issues };

  const source: Source = { file, locate: (path, atKey) => place(offsetOf(document, path, atKey)) };
  try {
    return { raw: document.toJS({ maxAliasCount: MAX_ALIASES }), source };
  } catch {
    return { issues: [issue(BOMB)] };
  }
}

const EMPTY: Fault = {
  message: "Cannot read the deployment: must have keys, got an empty file",
  fix: "Write a deployment.",
};
const SECOND: Fault = {
  message: "Cannot read the file: must hold one deployment, got a second after `---`",
  fix: "Move it to a file of its own.",
};
const DUPLICATE: Fault = {
  message: "Cannot read the YAML: must have each key once, got this one twice",
  fix: "Drop or rename one of the two.",
};
const BOMB: Fault = {
  message: `Cannot read the YAML: must repeat anchors at most ${MAX_ALIASES} times, got more`,
  fix: "Write the values out, without anchors and aliases.",
};

/** What is wrong with the syntax of a document, and at which offsets. */
function syntaxFaults(document: Document.Parsed): [Fault, number | undefined][] {
  const found = [...document.errors, ...document.warnings].map((error): [Fault, number | undefined] => {
    const message = `Cannot read the YAML: ${error.message.replace(/\s+/g, " ")}`;
    const fault = { message, fix: "Correct the syntax here, or just before." };
    return [error.code === "DUPLICATE_KEY" ? DUPLICATE : fault, error.pos[0]];
  });
  visit(document, {
    Alias(_, alias) {
      if (alias.resolve(document)) return;
      const message = `Cannot read the YAML: must repeat an anchor set above, got ${quote(`*${alias.source}`)}`;
      found.push([{ message, fix: "Write the value out, or set the anchor." }, alias.range?.[0]]);
    },
  });
  return found;
}

/** Where the value at a path begins, or its key; for a path that isn't there, the nearest value around it. */
function offsetOf(document: Document, path: readonly string[], atKey = false): number | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const [index, key] of path.entries()) {
    const pair = isMap(node) ? node.items.find((item) => String(item.key) === key) : undefined;
    const value: unknown = isSeq(node) ? node.items[Number(key)] : pair?.value;
    const wantsKey = atKey && index === path.length - 1;
    const target: unknown = isPair(pair) && (wantsKey || !isNode(value)) ? pair.key : value;
    if (!isNode(target)) break;
    offset = target.range?.[0] ?? offset;
    node = isAlias(value) ? undefined : value;
  }
  return offset;
}
