import { existsSync, readdirSync, statSync } from "node:fs";
import { isAbsolute, join, normalize, relative, sep } from "node:path";
import { quote } from "../constructs/issue";
import { readConfiguration } from "./configuration";
import { readJson } from "./json-file";
import type { Stack } from "./stack";
import { unreadable } from "./unreadable";
import { isObject, type JsonObject } from "./value";

/** A path as reports show it: relative, with slashes, so that no report holds a path of a machine. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path).split(sep).join("/");
  return short.startsWith("../") || isAbsolute(short) ? path.split(sep).slice(-3).join("/") : short || ".";
}

/**
 * All stacks of a folder: of what CDKTF wrote, by its `manifest.json`, or the one root module that `.tf.json` files make.
 *
 * @throws Unreadable if there are none, or two of one name
 */
export function readFolder(folder: string): Stack[] {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    const message = `Cannot review ${quote(shownPath(folder))}: must be a folder of synthesized Terraform, got none`;
    return unreadable(message, "Run `npx byob synth` first.");
  }
  const manifest = join(folder, "manifest.json");
  return existsSync(manifest) ? readManifest(folder, manifest) : [readModule(folder)];
}

function readManifest(folder: string, file: string): Stack[] {
  const json = readJson(file, shownPath(file));
  const stacks = isObject(json) && isObject(json["stacks"]) ? Object.entries(json["stacks"]) : undefined;
  if (!stacks) {
    return unreadable(
      `Cannot review ${quote(shownPath(file))}: must list stacks as CDKTF does, got another file`,
      "Run `npx byob synth` first.",
    );
  }
  if (!stacks.length) {
    return unreadable(
      `Cannot review ${quote(shownPath(folder))}: must hold a stack, got none`,
      "Declare a deployment and run `npx byob synth`.",
    );
  }
  const named = stacks.map(([key, stack]) => ({ key, stack: isObject(stack) ? stack : {} }));
  const names = named.map(({ key, stack }) => (typeof stack["name"] === "string" ? stack["name"] : key));
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice !== undefined) {
    return unreadable(
      `Cannot review ${quote(shownPath(file))}: must have one stack of a name, got two of ${quote(twice)}`,
      "Rename one of them.",
    );
  }
  return named.map(({ stack }, index) => readStack(folder, names[index] ?? "", stack));
}

function readStack(folder: string, name: string, { synthesizedStackPath: path }: JsonObject): Stack {
  const inside = typeof path === "string" && !isAbsolute(path) && !normalize(path).startsWith("..");
  if (!inside) {
    const message = `Cannot review the stack ${quote(name)}: must have a path within the folder, got ${quote(path)}`;
    return unreadable(message, "Run `npx byob synth` first.");
  }
  const file = join(folder, path);
  return readConfiguration(name, shownPath(file), readJson(file, shownPath(file)));
}

/** The `.tf.json` files of a folder are one root module. */
function readModule(folder: string): Stack {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(".tf.json"))
    .sort();
  const hcl = readdirSync(folder).some((name) => name.endsWith(".tf"));
  const shown = shownPath(folder);
  if (!files.length || hcl) {
    const got = hcl ? "files in HCL (.tf)" : "none";
    const message = `Cannot review ${quote(shown)}: must hold manifest.json or nothing but .tf.json files, got ${got}`;
    return unreadable(message, "Run `npx byob synth` first; for HCL give `terraform show -json <plan>` by --plan.");
  }
  const modules = files.map((name) => readJson(join(folder, name), `${shown}/${name}`));
  const [first] = files;
  const name = folder.split(sep).filter(Boolean).at(-1) ?? "module";
  if (files.length === 1) return readConfiguration(name, `${shown}/${first}`, modules[0]);
  modules.forEach((json, index) => readConfiguration(name, `${shown}/${files[index]}`, json));
  return readConfiguration(name, shown, joined(modules.filter(isObject)));
}

/** Terraform's JSON takes a list of blocks wherever it takes one. */
function joined(modules: readonly JsonObject[]): JsonObject {
  const keys = [...new Set(modules.flatMap((module) => Object.keys(module)))];
  const entries = keys.map((key) => [key, modules.flatMap((module) => module[key] ?? []).flat()] as const);
  return Object.fromEntries(entries);
}
