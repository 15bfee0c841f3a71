import { OWNER, type Cast } from "../cast";
import { allow, asks, deny, type Case } from "./case";

const EVERYBODY = ["stranger", "dedicated", "analyst", "ownUser", "ownRole", "anonymous"] as const;
const STRANGERS = "999988887777";
const iam = (account: string, name: string) => `arn:aws:iam::${account}:${name}`;

/** A policy for a principal, whom all ask. */
function principal(name: string, Principal: unknown, ...letIn: readonly (keyof Cast)[]): Case {
  const is = (who: keyof Cast) => letIn.includes(who);
  const who = (names: readonly (keyof Cast)[]) => names.map((each) => ({ who: each }));
  return {
    name,
    statements: [allow({ Principal })],
    asks: asks({ does: "GetObject" }, who(EVERYBODY.filter(is)), who(EVERYBODY.filter((each) => !is(each)))),
  };
}

/** Whom a statement is about. */
export const PRINCIPALS: readonly Case[] = [
  principal("an account by its number", { AWS: STRANGERS }, "stranger"),
  principal("an account by its root", { AWS: iam(STRANGERS, "root") }, "stranger"),
  {
    name: "the owner's account",
    statements: [allow({ Principal: { AWS: OWNER } })],
    asks: asks({ does: "GetObject" }, [{ who: "analyst" }, { who: "ownUser" }], [{}, { who: "anonymous" }]),
  },
  principal("a user", { AWS: iam(STRANGERS, "user/stranger") }, "stranger"),
  principal("a user whose name a role has too", { AWS: iam(OWNER, "user/wandb") }, "ownUser"),
  principal("a role whose name a user has too", { AWS: iam(OWNER, "role/wandb") }, "ownRole"),
  principal("two", { AWS: [iam(STRANGERS, "user/stranger"), iam(OWNER, "user/analyst")] }, "stranger", "analyst"),
  principal("everybody", "*", ...EVERYBODY),
  principal("everybody, as AWS", { AWS: "*" }, ...EVERYBODY),
  {
    name: "everybody but an account",
    statements: [deny({ Principal: { AWS: iam(STRANGERS, "root") } }), allow()],
    asks: asks({ does: "GetObject" }, [{ who: "dedicated" }, { who: "anonymous" }, { who: "analyst" }], [{}], "deny"),
  },
  {
    name: "everybody but a role",
    statements: [allow(), deny({ Principal: { AWS: iam(OWNER, "role/wandb") } })],
    asks: asks({ does: "GetObject" }, [{}, { who: "ownUser" }], [{ who: "ownRole" }], "deny"),
  },
];
