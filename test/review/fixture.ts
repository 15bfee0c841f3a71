import { readFacts } from "../../review/read-facts";
import { readConfiguration } from "../../review/configuration";
import type { Facts } from "../../review/facts";
import { reviewOf, type Review } from "../../review/report";
import { readDeployments } from "../../stacks/deployment-file";
import { synthRequest } from "../support/synth";

/** Synthesized Terraform that a test may edit, as an attacker or a mistake would: the constructs have no part in it. */
export type Editable = { [key: string]: unknown };
type Named = Record<string, Record<string, Editable>>;

const written = new Map<string, string>();

/** What an example in `deployments/` synthesizes to, a copy for each caller. */
export function example(name: string): Editable {
  if (!written.size) {
    for (const request of readDeployments(["deployments"]))
      written.set(request.name, JSON.stringify(synthRequest(request)));
  }
  const text = written.get(name);
  if (text === undefined) throw new Error(`no example ${name}`);
  return JSON.parse(text) as Editable;
}

export const EXAMPLES = ["example-dedicated", "example-saas", "example-self-managed"] as const;

export function factsOf(terraform: unknown, name = "acme"): Facts {
  return readFacts(readConfiguration(name, `stacks/${name}/cdk.tf.json`, terraform));
}

export function reviewed(terraform: unknown, name = "acme"): Review {
  return reviewOf(factsOf(terraform, name));
}

/** All resources of a type, by their ids. */
export function byType(terraform: Editable, type: string): Record<string, Editable> {
  const resources = terraform["resource"] as Named;
  return (resources[type] ??= {});
}

/** The first resource of a type whose id holds a text. */
export function resource(terraform: Editable, type: string, id = ""): Editable {
  const found = Object.entries(byType(terraform, type)).find(([key]) => key.includes(id));
  if (!found) throw new Error(`no ${type} ${id}`);
  return found[1];
}

/** A statement as a test writes it. */
export type EditableStatement = {
  Sid?: string;
  Effect: string;
  Principal?: unknown;
  Action?: unknown;
  Resource?: unknown;
  Condition?: unknown;
  [element: string]: unknown;
};

/** Edits the statements of a policy, which is JSON within JSON. */
export function editPolicy(
  block: Editable,
  edit: (statements: EditableStatement[]) => EditableStatement[] | void,
): void {
  const policy = JSON.parse(block["policy"] as string) as { Statement: EditableStatement[] };
  const edited = edit(policy.Statement);
  block["policy"] = JSON.stringify({ ...policy, Statement: edited ?? policy.Statement });
}

/** The statement of a Sid. */
export function statement(statements: EditableStatement[], sid: string): EditableStatement {
  const found = statements.find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`no statement ${sid}`);
  return found;
}
