import type { Dirent } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";

/** Is told of what can't be looked into, and the system's code for why. */
export type Unreadable = (path: string, code: string) => void;

/**
 * The files at the given paths, each once; those of a folder and of the folders in it are sorted by name, which for logs is
 * by time, and hidden ones are left out.
 *
 * @throws NodeJS.ErrnoException, before the first file, with the `path` of those given that isn't there
 */
export async function* logFiles(paths: readonly string[], unreadable: Unreadable): AsyncGenerator<string, void> {
  const folders = await Promise.all(paths.map(async (path) => (await stat(path)).isDirectory()));
  const seen = new Set<string>();
  for (const [index, path] of paths.entries()) {
    for await (const file of folders[index] ? below(path, unreadable) : [path]) {
      if (paths.length > 1 && seen.has(resolve(file))) continue;
      if (paths.length > 1) seen.add(resolve(file));
      yield file;
    }
  }
}

async function* below(folder: string, unreadable: Unreadable): AsyncGenerator<string, void> {
  const entries = await entriesOf(folder, unreadable);
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name.startsWith(".")) continue;
    const inside = join(folder, entry.name);
    if (entry.isDirectory()) yield* below(inside, unreadable);
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(inside)))) yield inside;
  }
}

async function entriesOf(folder: string, unreadable: Unreadable): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    unreadable(folder, (error as NodeJS.ErrnoException).code ?? "unknown error");
    return [];
  }
}

/** Whether a link leads to a file; one to a folder could lead back. */
async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
