import { isTrue } from "./check-values";
import { MET, notApplicable, unmet, type Check, type Outcome } from "./checks";
import { BYOB } from "./contract";
import { isDataBearing } from "./replacement";
import { CLOUDS, type Facts, type Storage } from "./facts";
import type { Resource } from "./stack";
import { isOpen, pick, textAt, type Json } from "./value";

const base = {
  severity: "error",
  kind: "control",
  clouds: CLOUDS,
  source: BYOB,
  purposes: ["wandb", "other", "logs"],
} as const;

const LIFECYCLE = "https://developer.hashicorp.com/terraform/language/meta-arguments/lifecycle#prevent_destroy";

/** What holds files or what files can't be read without. */
function dataParts({ parts }: Storage): Resource[] {
  return parts.filter(({ type, isData }) => isDataBearing(type) && !isData);
}

const protectedByPlan = ({ values }: Resource) => isTrue(pick(values["lifecycle"], "prevent_destroy"));

/** Where something would be deleted along with its files. */
function forced({ values }: Resource): boolean {
  return isTrue(values["force_destroy"]);
}

/** What keeps files from being lost, on every cloud, and what W&B is told of them. */
export const DATA_CHECKS: readonly Check[] = [
  {
    ...base,
    id: "data-prevent-destroy",
    title: "No plan can destroy the storage or its key",
    why: "W&B can't move a team to another storage, and without the key no file can be read.",
    source: LIFECYCLE,
    controls: ["CCC.ObjStor.CN03"],
    evaluate: (storage, { stack }) => {
      if (stack.kind === "plan") return notApplicable("A plan doesn't hold prevent_destroy; the configuration does");
      const open = dataParts(storage).find((part) => !protectedByPlan(part));
      return open
        ? unmet(`${open.address} may be destroyed by a plan.`, "Set lifecycle.prevent_destroy.", open.address)
        : MET;
    },
  },
  {
    ...base,
    id: "data-force-destroy",
    title: "A bucket with files in it can't be deleted",
    why: "force_destroy deletes every file, with its versions, before the bucket.",
    controls: ["CCC.ObjStor.CN03"],
    evaluate: (storage) => {
      const part = storage.parts.find(forced);
      return part ? unmet(`${part.address} has force_destroy.`, "Set it to false.", part.address) : MET;
    },
  },
  {
    ...base,
    id: "contract-handover",
    title: "The outputs name the bucket and path that are attached",
    why: "They are typed into W&B's form, and a team's storage can't be changed afterwards.",
    kind: "contract",
    controls: [],
    purposes: ["wandb"],
    evaluate: (storage, facts) => handover(storage, facts),
  },
  {
    ...base,
    id: "contract-path",
    title: "Paths have no slash at either end",
    why: "W&B puts slashes around a path itself; with two of them files lie in a folder without a name.",
    kind: "contract",
    severity: "warning",
    controls: [],
    purposes: ["wandb"],
    evaluate: ({ attachments }) => {
      const wrong = attachments.find(({ path }) => /^\/|\/$|\/\//.test(path));
      return wrong ? unmet(`The path "${wrong.path}" has.`, "Take the slashes away.") : MET;
    },
  },
  {
    ...base,
    id: "data-declared",
    title: "Every bucket is declared or keeps logs",
    why: "A bucket that no one declared has no owner who answers for it.",
    severity: "warning",
    controls: [],
    purposes: ["other"],
    evaluate: ({ name }) =>
      unmet(`${name} is not in the deployment, and no one's logs go there.`, "Declare it, or take it out."),
  },
  {
    ...base,
    id: "data-sharing-by-policy",
    title: "The storage is not also copied elsewhere",
    why: "Replication and inventories copy files, or their names, to where this review doesn't reach.",
    severity: "warning",
    controls: ["CCC.Core.CN10"],
    evaluate: ({ parts }) => {
      const types = /replication_configuration|_inventory|storage_object_replication|storage_transfer|_analytics/;
      const part = parts.find(({ type }) => types.test(type));
      return part ? unmet(`${part.address} copies files or their names.`, "See where to.", part.address) : MET;
    },
  },
];

/** Fields of an output that name a bucket, by cloud. */
function handedOver(value: Json | undefined): { name: string | undefined; path: string | undefined } {
  const [account, container] = ["account_name", "container_name"].map((key) => textAt(value, key));
  return { name: textAt(value, "bucket") ?? (account && `${account}/${container}`), path: textAt(value, "path") };
}

function handover(storage: Storage, { stack, intent }: Facts): Outcome {
  if (!intent) return notApplicable("What is attached is not declared");
  for (const { team, path } of storage.attachments) {
    const name = team === undefined ? "instance" : `team_${team}`;
    const output = stack.outputs.find((one) => one.name === name);
    if (!output) return unmet(`There is no output "${name}".`, "Run `npx byob synth`.");
    const told = handedOver(output.value);
    if (isOpen(output.value) || (told.name === undefined && isOpen(pick(output.value, "bucket")))) continue;
    const wrong = told.name !== undefined && told.name !== storage.name;
    if (wrong)
      return unmet(
        `The output "${name}" names ${told.name}, but ${storage.name} is attached.`,
        "Run `npx byob synth`.",
      );
    if ((told.path ?? "") !== path) {
      return unmet(
        `The output "${name}" has the path "${told.path ?? ""}", but "${path}" is attached.`,
        "Run `npx byob synth`.",
      );
    }
  }
  return MET;
}
