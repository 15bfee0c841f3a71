import { spawnSync } from "node:child_process";

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs the command as a user does, from the project's root. */
export function byob(args: readonly string[], env: Readonly<Record<string, string>> = {}): Run {
  return run(process.execPath, ["bin/byob.js", ...args], env);
}

/** Runs a program from the project's root, or from another folder. */
export function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd = process.cwd(),
): Run {
  const child = spawnSync(program, args, {
    cwd,
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1", ...env },
  });
  return { code: child.status, out: child.stdout, err: child.stderr };
}
