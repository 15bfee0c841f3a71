import { readFileSync } from "node:fs";

interface Lock {
  readonly packages: Readonly<
    Record<string, { readonly license?: string; readonly resolved?: string; readonly link?: boolean }>
  >;
}

const text = readFileSync("package-lock.json", "utf8");
const { packages } = JSON.parse(text) as Lock;
const dependencies = Object.entries(packages).filter(([path]) => path !== "");

test("the lock file names no registry", () => {
  expect(dependencies.filter(([, { resolved }]) => resolved)).toEqual([]);
});

const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, Record<string, string>>;

test("versions are exact", () => {
  for (const version of Object.values({ ...manifest["dependencies"], ...manifest["devDependencies"] }))
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
});

describe("licences", () => {
  const CHOSEN = ["MIT", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MPL-2.0"];
  /** As free as those, and only below packages that are chosen: CDKTF, its CLI, jest and ESLint bring them. */
  const BROUGHT = ["0BSD", "BlueOak-1.0.0", "CC-BY-4.0", "CC0-1.0", "Public Domain", "Unlicense"];
  const allowed = (licence: string, list: readonly string[]) =>
    licence
      .replace(/[()]/g, "")
      .split(" OR ")
      .some((option) => list.includes(option));
  const odd = (among: typeof dependencies, list: readonly string[]) =>
    among
      .filter(([, { license }]) => !allowed(license ?? "none", list))
      .map(([path, each]) => `${path}: ${each.license}`);

  test("every dependency has one that is allowed; none has GPL or AGPL alone", () => {
    expect(odd(dependencies, [...CHOSEN, ...BROUGHT])).toEqual([]);
  });

  test("every dependency that package.json names has one of a few", () => {
    const { dependencies: direct, devDependencies } = manifest;
    const named = Object.keys({ ...direct, ...devDependencies }).map((name) => `node_modules/${name}`);
    expect(
      odd(
        dependencies.filter(([path]) => named.includes(path)),
        CHOSEN,
      ),
    ).toEqual([]);
  });
});
