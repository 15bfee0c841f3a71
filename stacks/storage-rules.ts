import type { RuleContext } from "../constructs/context";
import { below, quote, type Issue } from "../constructs/issue";
import { accessOf } from "./access";
import { attachmentsOf, scopesOf } from "./attachments";
import { cloudsOf } from "./availability";
import { fieldIssues, fieldWarnings, physicalNames, providerUse } from "./clouds";
import type { DeploymentShape, Retired, StorageShape } from "./schema";
import { runsOnOf } from "./where";

/** All that is wrong with the storages of a deployment, those that leave it included. */
export function storageIssues(shape: DeploymentShape): Issue[] {
  const offered = cloudsOf(shape.type); // an attachment to another says so
  return [
    ...emptyIssues(shape),
    ...eachStorage(shape, (props, context) => (offered.includes(props.cloud) ? fieldIssues(props, context) : [])),
    ...sameNameIssues(shape),
    ...retiredIssues(shape),
    ...signInIssues(shape),
  ];
}

/** What is allowed but should be known of the storages of a deployment. */
export function storageWarnings(shape: DeploymentShape): Issue[] {
  return eachStorage(shape, fieldWarnings);
}

function eachStorage(shape: DeploymentShape, ask: (props: StorageShape, context: RuleContext) => Issue[]): Issue[] {
  const { type, storage } = shape;
  const runsOn = runsOnOf(shape);
  const attachments = attachmentsOf(shape);
  return Object.entries(storage).flatMap(([alias, props]) => {
    // Where it isn't told where W&B runs, that is the issue, and not what would follow from it.
    const access = runsOn || type === "saas" ? accessOf(type, runsOn, props.cloud) : "role";
    return below(["storage", alias], ask(props, { type, access, scopes: scopesOf(alias, attachments) }));
  });
}

function emptyIssues({ storage, retired = [] }: DeploymentShape): Issue[] {
  if (Object.keys(storage).length + retired.length > 0) return [];
  return [
    {
      path: ["storage"],
      message: "Cannot make a deployment of nothing: must have a storage, got none",
      fix: "Declare a bucket below `storage`, and attach the instance or a team to it.",
    },
  ];
}

function sameNameIssues({ storage }: DeploymentShape): Issue[] {
  const taken = new Map<string, string>();
  return Object.entries(storage).flatMap(([alias, props]) =>
    physicalNames(props).flatMap(({ path, name }) => {
      const first = taken.get(name);
      if (first === undefined) taken.set(name, alias);
      if (first === undefined || first === alias) return [];
      return [
        {
          path: ["storage", alias, ...path],
          message: `Cannot make it twice: must be in one storage, got ${quote(name)} in ${quote(first)} and ${quote(alias)}`,
          fix: `Choose another name, or drop ${quote(alias)} and attach its users to ${quote(first)}, each with a \`path\` of its own.`,
        },
      ];
    }),
  );
}

function retiredIssues({ retired = [], storage }: DeploymentShape): Issue[] {
  return retired.flatMap((gone, index) => {
    const path = ["retired", String(index)];
    const names = physicalNames(gone).map(({ name }) => name);
    const user = Object.entries(storage).find(([, props]) =>
      physicalNames(props).some(({ name }) => names.includes(name)),
    );
    return [...below(path, providerUse(gone).issues), ...(user ? [inUse(path, gone, user[0])] : [])];
  });
}

function inUse(path: readonly string[], gone: Retired, alias: string): Issue {
  const [first] = physicalNames(gone);
  return {
    path: [...path, ...(first?.path ?? [])],
    message: `Cannot retire it: must not be in use, got ${quote(first?.name)}, which is storage ${quote(alias)}`,
    fix: `Drop storage ${quote(alias)}, or keep it and drop this.`,
  };
}

/** One provider configuration serves a place: two ways to sign in there can't both hold. */
function signInIssues({ storage, retired = [] }: DeploymentShape): Issue[] {
  const users = [
    ...Object.entries(storage).map(([alias, props]) => ({ path: ["storage", alias], use: providerUse(props) })),
    ...retired.map((gone, index) => ({ path: ["retired", String(index)], use: providerUse(gone) })),
  ];
  return users.flatMap(({ path, use }) => {
    const first = users.find((other) => other.use.alias === use.alias);
    if (!first || JSON.stringify(first.use.signIn) === JSON.stringify(use.signIn)) return [];
    const fields = Object.keys(use.signIn)
      .map((field) => `\`${field}\``)
      .join(" and ");
    return [
      {
        path,
        message: `Cannot sign in to ${quote(use.alias)} in two ways: must have the ${fields} of ${quote(first.path.join("."))}, got another`,
        fix: `Give both the same ${fields}.`,
      },
    ];
  });
}
