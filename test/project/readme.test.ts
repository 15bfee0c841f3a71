import { readFileSync } from "node:fs";
import ts from "typescript";
import { parse as parseYaml } from "yaml";
import { accessOf, HOSTS } from "../../stacks/access";
import { AVAILABILITY, CLOUDS, cloudsOf, SCOPES, TYPES, type Cloud } from "../../stacks/availability";
import { bucketPolicy } from "../../constructs/aws/policy";
import { AWS_RESOURCE_TYPES } from "../../constructs/aws/storage";
import { dedicated } from "../support/deployments";
import { refused } from "../support/refused";
import { synth } from "../support/synth";

const readme = readFileSync("README.md", "utf8");

const fences = [...readme.matchAll(/^```(\w*)\n(.*?)^```$/gms)];

/** The fenced blocks of a language. */
const blocks = (language: string) => fences.filter(([, tag]) => tag === language).map(([, , text = ""]) => text);

test("holds the two commands, each on a line of its own", () => {
  expect(blocks("sh")).toEqual(expect.arrayContaining(["npm ci && npm run synth\n", "npm ci && npm test\n"]));
});

test("its matrix is the code's", () => {
  const table = /<!-- matrix -->\n\n(.*?)\n\n<!-- \/matrix -->/s.exec(readme)?.[1]?.split("\n") ?? [];
  const cell = (clouds: readonly Cloud[], cloud: Cloud) => (clouds.includes(cloud) ? "✓" : "–");
  const rows = TYPES.flatMap((type) =>
    SCOPES.map((scope) => [type, scope, ...CLOUDS.map((cloud) => cell(AVAILABILITY[type][scope], cloud))]),
  );
  expect(
    table.map((line) =>
      line
        .slice(2, -2)
        .split("|")
        .map((text) => text.trim().replace(/^-+$/, "---")),
    ),
  ).toEqual([["type", "scope", ...CLOUDS], Array.from({ length: 7 }, () => "---"), ...rows]);
});

test("its table of credentials is the code's", () => {
  const table = /<!-- access -->\n\n(.*?)\n\n<!-- \/access -->/s.exec(readme)?.[1]?.split("\n") ?? [];
  const row = (type: (typeof TYPES)[number], host?: (typeof HOSTS)[number]) => [
    host ? `${type}, on ${host}` : type,
    ...CLOUDS.map((cloud) => (cloudsOf(type).includes(cloud) ? accessOf(type, host, cloud) : "–")),
  ];
  const rows = [
    row("saas"),
    ...HOSTS.filter((host) => host !== "onprem").map((host) => row("dedicated", host)), // W&B runs it in a cloud
    ...HOSTS.map((host) => row("self-managed", host)),
  ];
  expect(
    table.slice(2).map((line) =>
      line
        .slice(2, -2)
        .split("|")
        .map((text) => text.trim()),
    ),
  ).toEqual(rows);
});

describe("its YAML", () => {
  const [whole, ...parts] = blocks("yaml").map((text) => parseYaml(text) as object);

  test("is a deployment", () => {
    expect(Object.keys(synth(whole ?? {}).output ?? {})).toEqual(["instance", "team_omega", "team_kappa"].sort());
  });

  test.each(parts)("%j is a part of one", (part) => {
    expect(() => synth({ ...whole, ...part })).not.toThrow();
  });

  test("is refused as shown, with a dot in the bucket's name", () => {
    const shown = blocks("").find((text) => text.includes("Cannot name the bucket"));
    const text = (blocks("yaml")[0] ?? "").replace("bucket: acme-wandb ", "bucket: acme.wandb ");
    expect(refused({ "deployments/acme.yaml": text }, ["deployments"]).join("\n")).toBe(shown?.trim());
  });
});

test("its TypeScript compiles", () => {
  const file = "readme-example.ts";
  const { config } = ts.readConfigFile("tsconfig.json", (path) => ts.sys.readFile(path)) as { config: object };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  const fileExists = host.fileExists.bind(host);
  host.fileExists = (path) => path.endsWith(file) || fileExists(path);
  host.getSourceFile = (path, version, ...rest) =>
    path.endsWith(file)
      ? ts.createSourceFile(path, blocks("ts").join("\n"), version)
      : getSourceFile(path, version, ...rest);
  const program = ts.createProgram([file], { ...options, noEmit: true, incremental: false }, host);
  expect(
    ts.getPreEmitDiagnostics(program).map((each) => ts.flattenDiagnosticMessageText(each.messageText, "\n")),
  ).toEqual([]);
}, 60_000);

test("names every kind of resource and every statement", () => {
  for (const type of AWS_RESOURCE_TYPES) {
    const short = `…${type.replace("aws_s3_bucket", "")}`;
    expect([type, readme.includes(`\`${type}\``) || readme.includes(`\`${short}\``)]).toEqual([type, true]);
  }
  const { main } = dedicated().storage;
  for (const { Sid } of bucketPolicy({ ...main, principal: "x" }).Statement) expect(readme).toContain(`\`${Sid}\``);
});
