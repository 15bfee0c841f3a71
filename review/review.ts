import { existsSync, statSync } from "node:fs";
import { nearest, oneOf, quote } from "../constructs/issue";
import type { Facts } from "./facts";
import { readFolder, shownPath } from "./folder";
import { readJson } from "./json-file";
import { readPlan } from "./plan";
import { readFacts } from "./read-facts";
import { reviewOf, reviewOfGone, type Against, type Review } from "./report";
import { readRevision } from "./revision";
import type { Stack } from "./stack";
import { unreadable } from "./unreadable";

/** What to review. */
export interface ReviewRequest {
  /** Names of deployments. @default - all */
  readonly deployments: readonly string[];
  /** Folder of the synthesized Terraform. */
  readonly folder: string;
  /** A folder or a git revision to compare with. */
  readonly against?: string | undefined;
  /** A plan as `terraform show -json` prints it. */
  readonly plan?: string | undefined;
}

/**
 * Reviews synthesized stacks, or a plan.
 *
 * @throws Unreadable where there is nothing that can be read
 */
export function review(request: ReviewRequest): Review[] {
  if (request.plan !== undefined) return [reviewPlan(request, request.plan)];
  const stacks = chosen(readFolder(request.folder), request.deployments);
  const before = request.against === undefined ? undefined : readAgainst(request.against);
  const today = stacks.map((stack) => reviewOf(readFacts(stack), before && againstOf(before, stack.name)));
  const gone =
    before && !request.deployments.length
      ? before.stacks.filter(({ name }) => !stacks.some((stack) => stack.name === name))
      : [];
  return [...today, ...gone.map((stack) => reviewOfGone(stack.name, readFacts(stack), before?.name ?? ""))];
}

function chosen(stacks: readonly Stack[], names: readonly string[]): readonly Stack[] {
  if (!names.length) return stacks;
  return names.map((name) => {
    const known = stacks.map((stack) => stack.name);
    const found = stacks.find((stack) => stack.name === name);
    const guess = nearest(name, known);
    const fix = guess === undefined ? `There are: ${known.map(quote).join(", ")}.` : `Did you mean ${quote(guess)}?`;
    return found ?? unreadable(`Cannot review the deployment: must be ${oneOf(known)}, got ${quote(name)}`, fix);
  });
}

interface Before {
  readonly name: string;
  readonly stacks: readonly Stack[];
}

function readAgainst(against: string): Before {
  const folder = existsSync(against) && statSync(against).isDirectory();
  return folder
    ? { name: shownPath(against), stacks: readFolder(against) }
    : { name: against, stacks: readRevision(against) };
}

function againstOf({ name, stacks }: Before, deployment: string): Against {
  const stack = stacks.find((one) => one.name === deployment);
  return { name, facts: stack && readFacts(stack) };
}

/** A plan, with the intent of the stack that it is of, and what it says is there to compare with. */
function reviewPlan({ deployments, folder, plan: file, against }: ReviewRequest, shown: string): Review {
  const [name, more] = deployments;
  if (more !== undefined)
    return unreadable(`Cannot review the plan: must be of one deployment, got ${deployments.length}`, "Name one.");
  const plan = readPlan(name ?? "plan", shown, readJson(file ?? shown, shown));
  const stacks = existsSync(folder) ? readFolder(folder) : [];
  const stack = name === undefined ? closest(plan, stacks) : chosen(stacks, [name])[0];
  if (name !== undefined && stack && !overlap(plan, stack)) {
    const message = `Cannot review the plan: must be of the deployment ${quote(name)}, got one that has none of its resources`;
    return unreadable(
      message,
      `Plan in the folder of ${quote(stack.file)}, or leave the name out to review the plan by itself.`,
    );
  }
  const whole = stack ? { ...plan, name: stack.name, byob: stack.byob, backend: stack.backend } : plan;
  return reviewOf(readFacts(whole), planAgainst(whole, against));
}

function planAgainst(plan: Stack, against: string | undefined): Against {
  if (against !== undefined) return againstOf(readAgainst(against), plan.name);
  const { before } = plan;
  const facts: Facts | undefined = before && readFacts({ ...before, name: plan.name, byob: plan.byob });
  return { name: "what the plan says is there", facts };
}

function overlap(plan: Stack, stack: Stack): number {
  const planned = [...plan.resources.values(), ...(plan.changes ?? [])].map(({ address }) => address);
  return planned.filter((address) => stack.resources.has(address)).length;
}

function closest(plan: Stack, stacks: readonly Stack[]): Stack | undefined {
  const [best] = stacks.map((stack) => ({ stack, shared: overlap(plan, stack) })).sort((a, b) => b.shared - a.shared);
  return best?.shared ? best.stack : undefined;
}
