import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { quote } from "../constructs/issue";
import { readFolder } from "./folder";
import type { Stack } from "./stack";
import { unreadable } from "./unreadable";

/** Milliseconds that a synthesis of a revision may take. */
const PATIENCE = 5 * 60_000;

function git(args: readonly string[], cwd: string): { ok: boolean; out: string; err: string } {
  const { status, stdout, stderr, error } = spawnSync("git", args, { cwd, encoding: "utf8", timeout: PATIENCE });
  return { ok: status === 0, out: (stdout ?? "").trim(), err: (stderr ?? "").trim() || (error?.message ?? "") };
}

/**
 * The stacks of a git revision: its program and its deployments, synthesized in a worktree that is removed afterwards, with
 * today's dependencies.
 *
 * @throws Unreadable if there is no such revision, or it can't be synthesized
 */
export function readRevision(revision: string, project = process.cwd()): Stack[] {
  const commit = commitOf(revision, project);
  const prefix = git(["rev-parse", "--show-prefix"], project).out;
  const folder = mkdtempSync(join(tmpdir(), "byob-review-"));
  const worktree = join(folder, "worktree");
  try {
    const added = git(["worktree", "add", "--detach", "--quiet", worktree, commit], project);
    if (!added.ok)
      return unreadable(
        `Cannot review against ${quote(revision)}: must be a revision that can be checked out, got ${quote(added.err)}`,
        "Mend the repository.",
      );
    return readFolder(synthesized(revision, join(worktree, prefix), join(folder, "out"), project));
  } finally {
    git(["worktree", "remove", "--force", worktree], project);
    rmSync(folder, { recursive: true, force: true });
  }
}

function commitOf(revision: string, project: string): string {
  const isName = !revision.startsWith("-");
  const parsed = git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${revision}^{commit}`], project);
  if (isName && parsed.ok) return parsed.out.split("\n").at(-1) ?? parsed.out;
  const inside = git(["rev-parse", "--is-inside-work-tree"], project).ok;
  const got = inside ? quote(revision) : `${quote(revision)} outside a repository`;
  return unreadable(
    `Cannot review against ${quote(revision)}: must be a folder or a git revision that is there, got ${got}`,
    "Correct the name; `git fetch` if it is a branch of others.",
  );
}

function synthesized(revision: string, project: string, out: string, today: string): string {
  const dependencies = resolve(today, "node_modules");
  const linked = join(project, "node_modules");
  if (existsSync(dependencies) && !existsSync(linked)) symlinkSync(dependencies, linked, "dir");
  const program = join("bin", "byob.js");
  if (!existsSync(join(project, program))) {
    return unreadable(
      `Cannot review against ${quote(revision)}: must be a revision with ${program}, got one without`,
      "Give a later revision, or a folder.",
    );
  }
  const { status, stderr, error } = spawnSync(process.execPath, [program, "synth"], {
    cwd: project,
    encoding: "utf8",
    timeout: PATIENCE,
    env: { ...process.env, CDKTF_OUTDIR: out },
  });
  if (status === 0) return out;
  const got = (stderr ?? "").split("\n").find((line) => line.trim()) ?? error?.message ?? "no word";
  return unreadable(
    `Cannot review against ${quote(revision)}: must be a revision that synthesizes, got ${quote(got)}`,
    "Give another revision, or a folder.",
  );
}
