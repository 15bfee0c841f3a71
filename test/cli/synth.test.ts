import { cpSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { byob, run } from "../support/byob";
import { saas } from "../support/deployments";
import { tempFolder } from "../support/temp";

const EXAMPLES = ["example-dedicated", "example-saas", "example-self-managed"];

/** Synthesizes into a new folder. */
function synth(paths: readonly string[] = [], outdir = join(tempFolder(), "out")) {
  return { ...byob(["synth", ...paths], { CDKTF_OUTDIR: outdir }), outdir };
}

const terraformOf = (outdir: string, name: string) => readFileSync(join(outdir, "stacks", name, "cdk.tf.json"), "utf8");

describe("byob synth", () => {
  const { code, out, err, outdir } = synth();

  test("writes a stack for each example", () => {
    expect([code, err]).toEqual([0, ""]);
    expect(readdirSync(join(outdir, "stacks"))).toEqual(EXAMPLES);
    expect(existsSync(join(outdir, "manifest.json"))).toBe(true);
  });

  test("says what it made, where, with which warnings, and how fast", () => {
    for (const word of ["deployment", "type", "storages", "attachments", "Terraform", "warnings"])
      expect(out).toContain(word);
    expect(out).toMatch(
      /example-dedicated +dedicated +main \(aws\) +instance → main\/shared +.*stacks\/example-dedicated +1/,
    );
    expect(out).toContain("warning: state: State is kept in a local file");
    expect(out).toMatch(/3 deployments in \d+\.\d\d s\n$/);
  });

  test("is deterministic", () => {
    const again = synth();
    for (const name of EXAMPLES) expect(terraformOf(again.outdir, name)).toBe(terraformOf(outdir, name));
    expect(readFileSync(join(again.outdir, "manifest.json"), "utf8")).toBe(
      readFileSync(join(outdir, "manifest.json"), "utf8"),
    );
  });

  test("writes no absolute path", () => {
    for (const name of EXAMPLES) {
      expect(terraformOf(outdir, name)).not.toContain(process.cwd());
      expect(terraformOf(outdir, name)).not.toMatch(/"(\/(?!subscriptions\/)[^/"]|[A-Z]:\\)/);
    }
    expect(readFileSync(join(outdir, "manifest.json"), "utf8")).not.toContain(process.cwd());
  });

  test("takes files and folders", () => {
    const folder = tempFolder({ "one.yaml": stringify(saas()), "two.yml": stringify({ ...saas(), name: "two" }) });
    const run = synth([folder, "deployments/example-saas.yaml"]);
    expect(readdirSync(join(run.outdir, "stacks"))).toEqual(["acme-saas", "example-saas", "two"]);
  });

  test("leaves nothing beside the folder", () => {
    expect(readdirSync(join(outdir, ".."))).toEqual(["out"]);
  });
});

describe("byob synth, refused", () => {
  const folder = tempFolder({
    "a.yaml": stringify(saas({ bucket: "AB" })),
    "b.yaml": stringify({ ...saas(), name: "b" }),
  });
  const { code, out, err, outdir } = synth([folder]);

  test("exits with 1, says why, and writes nothing, though another file is right", () => {
    expect(code).toBe(1);
    expect(out).toBe("");
    expect(err).toMatch(
      /a\.yaml:8:13 storage\.main\.bucket: Cannot name the bucket: must be 3 to 63 characters, got "AB"\n {2}fix: /,
    );
    expect(err).toContain("2 issues; nothing was written.");
    expect(existsSync(outdir)).toBe(false);
    expect(readdirSync(join(outdir, ".."))).toEqual([]);
  });

  test("leaves the last result as it was", () => {
    const right = synth(["deployments/example-saas.yaml"]);
    const before = terraformOf(right.outdir, "example-saas");
    expect(synth([folder], right.outdir).code).toBe(1);
    expect(terraformOf(right.outdir, "example-saas")).toBe(before);
  });

  test.each([
    [["synth", "nowhere"], 1, "nowhere: Cannot read the deployment file"],
    [["synth", "--fast"], 2, "unknown option '--fast'"],
    [["snyth"], 2, "Did you mean synth?"],
    [[], 2, "Usage: byob"],
  ])("%j", (args, code, message) => {
    const run = byob(args, { CDKTF_OUTDIR: join(tempFolder(), "out") });
    expect(run.code).toBe(code);
    expect(run.err).toContain(message);
    expect(run.err).not.toMatch(/\n {4}at /);
  });

  test("a folder that can't be written is said in words", () => {
    const file = join(tempFolder({ file: "" }), "file");
    const run = byob(["synth"], { CDKTF_OUTDIR: join(file, "out") });
    expect(run.code).toBe(1);
    expect(run.err).toMatch(/^Cannot write the Terraform: must be able to write ".*", got ENOTDIR/);
    expect(run.err).not.toMatch(/\n {4}at /);
  });
});

describe("folders of stacks that are not declared", () => {
  const outdir = join(
    tempFolder({
      "out/stacks/gone/cdk.tf.json": "{}",
      "out/stacks/held/cdk.tf.json": "{}",
      "out/stacks/held/terraform.tfstate": "{}",
      "out/stacks/mine/notes.txt": "",
    }),
    "out",
  );
  const folders = () => readdirSync(join(outdir, "stacks"));
  const some = synth(["deployments/example-saas.yaml"], outdir);
  const afterSome = folders();
  const all = synth([], outdir);

  test("stay where paths are given: they may be declared elsewhere", () => {
    expect(some.out).not.toContain("no longer declared");
    expect(afterSome).toEqual(["example-saas", "gone", "held", "mine"]);
  });

  test("are removed where all is synthesized, and that is said", () => {
    expect(folders()).not.toContain("gone");
    expect(all.out).toMatch(/removed .*stacks\/gone: no longer declared/);
  });

  test("but never one that holds state", () => {
    expect(existsSync(join(outdir, "stacks", "held", "terraform.tfstate"))).toBe(true);
    expect(all.out).toMatch(/kept .*stacks\/held: no longer declared, but it holds Terraform state/);
  });

  test("nor one that is not a stack", () => expect(folders()).toContain("mine"));
});

test("npx cdktf synth writes the same", () => {
  const { outdir } = synth();
  const cdktf = join(tempFolder(), "out");
  const { code, out, err } = run(
    process.execPath,
    ["node_modules/cdktf-cli/bundle/bin/cdktf", "synth", "--output", cdktf],
    {
      CI: "1",
    },
  );
  expect([code, code ? out + err : ""]).toEqual([0, ""]);
  for (const name of EXAMPLES) expect(terraformOf(cdktf, name)).toBe(terraformOf(outdir, name));
}, 60_000);

test("a mistake in a source is said by its place, without a stack trace", () => {
  const project = tempFolder();
  for (const name of ["bin", "cli", "constructs", "handover", "audit", "review", "stacks", "package.json"]) {
    if (existsSync(name)) cpSync(name, join(project, name), { recursive: true });
  }
  symlinkSync(join(process.cwd(), "node_modules"), join(project, "node_modules"));
  writeFileSync(join(project, "main.ts"), "export const declare = ;\n");
  const { code, err } = run(process.execPath, ["bin/byob.js", "synth"], {}, project);
  expect(code).toBe(1);
  expect(err).toContain("main.ts:1:23");
  expect(err).toContain("fix: Mend what is said above.");
  expect(err).not.toMatch(/\n {4}at /);
});
