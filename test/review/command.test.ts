import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { addReview } from "../../cli/review";
import { readRevision } from "../../review/revision";
import { Unreadable } from "../../review/unreadable";
import { run as runProgram } from "../support/byob";
import { testWith } from "../support/tool";
import { tempFolder } from "../support/temp";
import { editPolicy, example, resource, type Editable } from "./fixture";

const NAME = "example-saas";
const manifest = JSON.stringify({
  stacks: { [NAME]: { name: NAME, synthesizedStackPath: `stacks/${NAME}/cdk.tf.json` } },
});

/** A folder as CDKTF writes it. */
function synthesized(edit: (terraform: Editable) => void = () => undefined): string {
  const terraform = example(NAME);
  edit(terraform);
  return tempFolder({ "manifest.json": manifest, [`stacks/${NAME}/cdk.tf.json`]: JSON.stringify(terraform) });
}

const open = (terraform: Editable) =>
  editPolicy(resource(terraform, "aws_s3_bucket_policy"), (all) => [
    ...all,
    {
      Sid: "Open",
      Effect: "Allow",
      Principal: "*",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::example-saas-wandb-research/*",
    },
  ]);

/** Runs the command in this process. */
function command(folder: string, ...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const spies = [
    jest.spyOn(process.stdout, "write").mockImplementation((text) => Boolean(out.push(String(text)))),
    jest.spyOn(console, "log").mockImplementation((text: string) => void out.push(text)),
    jest.spyOn(console, "error").mockImplementation((text: string) => void err.push(text)),
  ];
  const before = process.env["CDKTF_OUTDIR"];
  process.env["CDKTF_OUTDIR"] = folder;
  try {
    const program = new Command("byob").exitOverride();
    addReview(program);
    program.parse(["review", ...args], { from: "user" });
    return { code: process.exitCode, out: out.join("\n"), err: err.join("\n") };
  } finally {
    process.exitCode = undefined;
    process.env["CDKTF_OUTDIR"] = before;
    if (before === undefined) delete process.env["CDKTF_OUTDIR"];
    spies.forEach((spy) => spy.mockRestore());
  }
}

test("caution is 0, and Markdown is the default", () => {
  const { code, out } = command(synthesized());
  expect(code).toBe(0);
  expect(out).toMatch(/^# example-saas: 🟡 caution/);
});

test("blocked is 1", () => {
  const { code, out } = command(synthesized(open), NAME);
  expect(code).toBe(1);
  expect(out).toMatch(/🔴 blocked/);
});

test.each([
  ["no folder", [], /must be a folder of synthesized Terraform, got none\n {2}fix: Run `npx byob synth` first/],
  ["no such deployment", ["nobody"], /must be "example-saas", got "nobody"/],
  ["no such revision", ["--against", "no-such-revision"], /must be a folder or a git revision that is there/],
  ["no such plan", ["--plan", "no-such-plan.json"], /must be a readable file, got none/],
])("%s is 2, with what to do", (name, args, message) => {
  const { code, out, err } = command(name === "no folder" ? join(tempFolder(), "gone") : synthesized(), ...args);
  expect({ code, out }).toEqual({ code: 2, out: "" });
  expect(err).toMatch(message);
});

test.each(["json", "sarif", "html", "md"])("--format %s --out writes the file, and says the verdict", (format) => {
  const file = join(tempFolder(), "report");
  const { code, out } = command(synthesized(), "--format", format, "--out", file);
  expect(code).toBe(0);
  expect(out).toMatch(/^example-saas: caution \(0 errors, 0 unknowns, \d+ warnings\)\nReport: /);
  expect(readFileSync(file, "utf8").length).toBeGreaterThan(1000);
});

test("--against a folder: what changed, and no change", () => {
  const folder = synthesized();
  expect(command(folder, "--against", folder).out).toMatch(/^# example-saas: ⚪ no change/);
  const { code, out } = command(synthesized(open), "--against", folder);
  expect(code).toBe(1);
  expect(out).toMatch(/everyone \| read \| 🟡 broadened \| no \| yes, TLS only/);
});

/** A repository with a program that writes what the commit holds. */
function repository(): { folder: string; git: (...args: string[]) => string } {
  const folder = tempFolder();
  const git = (...args: string[]) =>
    runProgram("git", ["-c", "user.name=t", "-c", "user.email=t@example.com", ...args], {}, folder).out;
  mkdirSync(join(folder, "app", "bin"), { recursive: true });
  mkdirSync(join(folder, "app", "node_modules"));
  const program = `const fs = require("fs"); const out = process.env.CDKTF_OUTDIR;
    if (!fs.existsSync("node_modules")) { console.error("no dependencies"); process.exit(1); }
    if (fs.existsSync("broken")) { console.error("Cannot name the deployment"); process.exit(1); }
    fs.cpSync("written", out, { recursive: true });`;
  writeFileSync(join(folder, "app", "bin", "byob.js"), program);
  writeFileSync(join(folder, ".gitignore"), "node_modules\n");
  mkdirSync(join(folder, "app", "written", "stacks", NAME), { recursive: true });
  writeFileSync(join(folder, "app", "written", "manifest.json"), manifest);
  writeFileSync(join(folder, "app", "written", "stacks", NAME, "cdk.tf.json"), JSON.stringify(example(NAME)));
  git("init", "--quiet");
  git("add", ".");
  git("commit", "--quiet", "-m", "first");
  return { folder: join(folder, "app"), git };
}

describe("a git revision", () => {
  const testGit = testWith("git", ["--version"], "install git");
  const usual = process.env["TMPDIR"];
  beforeAll(() => {
    process.env["TMPDIR"] = tempFolder(); // of this file alone: others review revisions at the same time
  });
  afterAll(() => {
    if (usual === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = usual;
  });
  const left = () => readdirSync(tmpdir()).filter((name) => name.startsWith("byob-review-"));

  testGit("is synthesized in a worktree with today's dependencies, which is then removed", () => {
    const { folder, git } = repository();
    const before = left();
    const [stack] = readRevision("HEAD", folder);
    expect(stack?.name).toBe(NAME);
    expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
    expect(left()).toEqual(before);
    expect(existsSync(join(folder, "node_modules"))).toBe(true);
  });

  testGit("that doesn't synthesize says what its program said, and leaves nothing", () => {
    const { folder, git } = repository();
    writeFileSync(join(folder, "broken"), "");
    git("add", ".");
    git("commit", "--quiet", "-m", "broken");
    expect(() => readRevision("HEAD", folder)).toThrow(
      new RegExp(`must be a revision that synthesizes, got "Cannot name the deployment"`),
    );
    expect(git("worktree", "list").trim().split("\n")).toHaveLength(1);
    expect(readRevision("HEAD~1", folder)).toHaveLength(1);
  });

  testGit("without the program, or that isn't there", () => {
    const { folder, git } = repository();
    git("rm", "--quiet", "-r", "app/bin");
    git("commit", "--quiet", "-m", "none");
    expect(() => readRevision("HEAD", folder)).toThrow(Unreadable);
    expect(() => readRevision("HEAD", folder)).toThrow(/got one without/);
    expect(() => readRevision("nothing", folder)).toThrow(/got "nothing"/);
  });
});
