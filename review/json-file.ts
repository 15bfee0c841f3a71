import { readFileSync, statSync } from "node:fs";
import { quote } from "../constructs/issue";
import { keyTwice } from "./json-keys";
import { unreadable } from "./unreadable";

/** Bytes; a configuration of 10,000 resources has some ten million. */
const MAX_SIZE = 512 * 1024 * 1024;

const WHY: Readonly<Record<string, string>> = {
  ENOENT: "none",
  EACCES: "one that may not be read",
  EISDIR: "a folder",
  ELOOP: "links that go in a circle",
};

/**
 * The JSON of a file.
 *
 * @throws Unreadable if there is none, it is cut off, not UTF-8, or has a key twice in one object
 */
export function readJson(file: string, shown: string): unknown {
  const text = readText(file, shown);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const got = error instanceof Error ? error.message.slice(0, 80) : "another text";
    return unreadable(`Cannot review ${quote(shown)}: must be whole JSON, got ${quote(got)}`, "Write the file anew.");
  }
  const twice = keyTwice(text);
  if (twice !== undefined) {
    const message = `Cannot review ${quote(shown)}: must have no key twice in one object, got ${quote(twice)}`;
    return unreadable(
      message,
      "Write the file anew: a reader of JSON drops all but the last, so that some would go unseen.",
    );
  }
  return value;
}

function readText(file: string, shown: string): string {
  try {
    const { size } = statSync(file);
    if (size > MAX_SIZE)
      return unreadable(`Cannot review ${quote(shown)}: must be at most ${MAX_SIZE} bytes, got ${size}`, "Split it.");
    return new TextDecoder("utf-8", { fatal: true }).decode(readFileSync(file));
  } catch (error) {
    const { code = "" } = error as NodeJS.ErrnoException;
    if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") {
      return unreadable(`Cannot review ${quote(shown)}: must be UTF-8, got other bytes`, "Save it as UTF-8.");
    }
    if (!code) throw error;
    return unreadable(
      `Cannot review ${quote(shown)}: must be a readable file, got ${WHY[code] ?? code}`,
      "Correct the path, or run `npx byob synth`.",
    );
  }
}
