import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { App } from "cdktf";
import { ByobStack } from "./byob-stack";

/** What a synthesis wrote and what it left alone. */
export interface Written {
  readonly stacks: readonly ByobStack[];
  /** Folder of the Terraform, as given. */
  readonly outdir: string;
  /** Folders of stacks that are no longer declared and were removed. */
  readonly dropped: readonly string[];
  /** Folders of stacks that are no longer declared but hold Terraform state. */
  readonly kept: readonly string[];
}

/**
 * Synthesizes into a folder beside `outdir` and moves the result into place, so that a failure half-way leaves the last
 * result whole. Where the program declares all there is (`isAll`), folders of stacks that are gone are removed, as
 * `cdktf synth` does, but never one that holds state.
 */
export function write(outdir: string, declare: (outdir: string) => App, isAll: boolean): Written {
  const staging = `${outdir}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(outdir), { recursive: true });
    const app = declare(staging);
    app.synth();
    const stacks = app.node.children.filter((child): child is ByobStack => child instanceof ByobStack);
    const names = stacks.map((stack) => stack.request.name);
    for (const name of names) move(staging, outdir, join("stacks", name, "cdk.tf.json"));
    move(staging, outdir, "manifest.json");
    return { stacks, outdir, ...(isAll ? dropUndeclared(outdir, names) : { dropped: [], kept: [] }) };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

function move(from: string, to: string, file: string): void {
  mkdirSync(dirname(join(to, file)), { recursive: true });
  renameSync(join(from, file), join(to, file));
}

function dropUndeclared(outdir: string, declared: readonly string[]) {
  const folders = readdirSync(join(outdir, "stacks"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !declared.includes(entry.name))
    .map((entry) => join(outdir, "stacks", entry.name))
    .filter((folder) => existsSync(join(folder, "cdk.tf.json")));
  const kept = folders.filter(holdsState);
  const dropped = folders.filter((folder) => !kept.includes(folder));
  dropped.forEach((folder) => rmSync(folder, { recursive: true }));
  return { kept, dropped };
}

/** Terraform's own names: `terraform.tfstate`, its backups, and the folder of workspaces. */
function holdsState(folder: string): boolean {
  return readdirSync(folder).some((name) => name.includes(".tfstate"));
}
