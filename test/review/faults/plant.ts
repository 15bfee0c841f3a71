import { byType, editPolicy, type EXAMPLES, resource, statement, type Editable } from "../fixture";

/** A mistake or an attack, planted into synthesized JSON. */
export interface Fault {
  readonly name: string;
  /** Which example it is planted in. */
  readonly into: (typeof EXAMPLES)[number];
  readonly plant: (terraform: Editable) => void;
  /** The rule that finds it. */
  readonly rule: string;
  /** What it says of it, besides. */
  readonly says?: RegExp;
  /** @default blocked */
  readonly verdict?: "blocked" | "unknown" | "caution";
}

export const SAAS = "example-saas";
export const DEDICATED = "example-dedicated";
export const OWN = "example-self-managed";

export const bucketPolicy = (terraform: Editable) => resource(terraform, "aws_s3_bucket_policy");
export const key = (terraform: Editable) => resource(terraform, "aws_kms_key");
export const first = (value: unknown) => (Array.isArray(value) ? value : [value])[0] as Editable;

export function without(type: string, id = "") {
  return (terraform: Editable) => {
    const all = byType(terraform, type);
    const name = Object.keys(all).find((one) => one.includes(id));
    delete all[name ?? ""];
  };
}

export function set(type: string, path: string, value: unknown, id = "") {
  return (terraform: Editable) => {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    const block = keys.reduce<Editable>((inner, name) => first(inner[name]), resource(terraform, type, id));
    if (value === undefined) delete block[last];
    else block[last] = value;
  };
}

export function dropStatement(sid: string) {
  return (terraform: Editable) => editPolicy(bucketPolicy(terraform), (all) => all.filter(({ Sid }) => Sid !== sid));
}

export function principal(value: unknown) {
  return (terraform: Editable) =>
    editPolicy(bucketPolicy(terraform), (all) => {
      statement(all, "WAndBObjectAccess").Principal = value;
    });
}

export function addAction(sid: string, action: string) {
  return (terraform: Editable) =>
    editPolicy(bucketPolicy(terraform), (all) => {
      const found = statement(all, sid);
      found.Action = [...(found.Action as string[]), action];
    });
}

export function dropAction(sid: string, action: string) {
  return (terraform: Editable) =>
    editPolicy(bucketPolicy(terraform), (all) => {
      const found = statement(all, sid);
      found.Action = (found.Action as string[]).filter((one) => one !== action);
    });
}

export const OTHER_ROLE = "arn:aws:iam::999999999999:role/thief";

/** A resource of a type that isn't there yet. */
export function add(type: string, id: string, block: Editable) {
  return (terraform: Editable) => {
    byType(terraform, type)[id] = block;
  };
}

export const output = (name: string, block: Editable) => (terraform: Editable) => {
  (terraform["output"] as Editable)[name] = block;
};
