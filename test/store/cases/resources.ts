import { allow, asks, type Ask, type Case } from "./case";

/** A policy of resources, which is asked for objects by their keys, and for the bucket. */
function resource(
  Resource: string | readonly string[],
  keys: readonly string[],
  others: readonly string[],
  list: boolean,
): Case {
  const key = (names: readonly string[]) => names.map((each) => ({ key: each }));
  const listing: Ask = { does: "ListObjects", expect: list ? "allow" : "implicit-deny" };
  return {
    name: String(Resource),
    statements: [allow({ Action: ["s3:DeleteObject", "s3:ListBucket"], Resource })],
    asks: [...asks({ does: "DeleteObject" }, key(keys), key(others)), listing],
  };
}

/** Which objects, and whether the bucket. */
export const RESOURCES: readonly Case[] = [
  resource("@/team/new.txt", ["team/new.txt"], ["team/new.txt2", "team/new", "new.txt"], false),
  resource("@/team/*", ["team/a", "team/a/b", "team/"], ["teams/a", "team", "other/a"], false),
  resource("@/te*/new", ["team/new", "tests/new"], ["team/new2", "a/team/new"], false),
  resource("@/team/?.txt", ["team/1.txt"], ["team/12.txt", "team/.txt"], false),
  resource("@/*.txt", ["a.txt", "team/a.txt"], ["a.text", "a.txt.gz"], false),
  resource("@", [], ["team/new.txt"], true),
  resource("@/*", ["team/new.txt", "a"], [], false),
  resource("@*", ["team/new.txt"], [], true),
  resource(["@", "@/omega/*", "@/kappa/*"], ["omega/a", "kappa/a"], ["sigma/a"], true),
  resource("*", ["team/new.txt"], [], true),
];
