import { quote, type Fault } from "../constructs/issue";

const MAX = 512;

/** What is wrong with a sub-path of a bucket. W&B's own examples have none of what is refused here. */
export function pathFaults(path: string): Fault[] {
  const segments = path.split("/");
  const broken: [boolean, string, string][] = [
    [path === "", "not be empty", "Drop `path` to use the whole bucket."],
    [path.startsWith("/") && path !== "", "not begin with a slash", "Drop the slash at the beginning."],
    [path.endsWith("/") && path.length > 1, "not end with a slash", "Drop the slash at the end."],
    [/\/\//.test(path), "have no empty segment", "Write one slash between two segments."],
    [segments.some((s) => s === ".." || s === "."), 'have no segment "." or ".."', "Write the path in full."],
    [/[^A-Za-z0-9._/-]/u.test(path), 'have only a-z, A-Z, 0-9, ".", "_", "-" and "/"', "Rename the segment."],
    [
      path.length > MAX,
      `be at most ${MAX} characters`,
      "Shorten the path: S3 keys have 1024 bytes, W&B's part included.",
    ],
  ];
  return broken
    .filter(([isBroken]) => isBroken)
    .map(([, rule, fix]) => ({ message: `Cannot use the sub-path: must ${rule}, got ${quote(path)}`, fix }));
}

/** Whether two sub-paths of one bucket share files: equal, one within the other, or one the whole bucket. */
export function overlap(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return true;
  return `${a}/`.startsWith(`${b}/`) || `${b}/`.startsWith(`${a}/`);
}
