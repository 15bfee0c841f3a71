import { at, nearest, oneOf, quote, type Issue } from "../constructs/issue";
import {
  AVAILABILITY_SOURCE,
  legalClouds,
  TYPE_NAMES,
  type Cloud,
  type DeploymentType,
  type Scope,
} from "./availability";
import { overlap, pathFaults } from "./paths";
import type { DeploymentShape } from "./schema";

/** Who uses which storage. */
export interface AttachmentRequest {
  readonly scope: Scope;
  /** The W&B team, at team level. */
  readonly team?: string;
  /** Name of the storage. */
  readonly storage: string;
  /** Sub-path of the bucket. @default - the whole bucket */
  readonly path?: string | undefined;
}

/** The attachments of a deployment, the instance first. */
export function attachmentsOf({ instance, teams }: DeploymentShape): AttachmentRequest[] {
  return [
    ...(instance ? [{ scope: "instance" as const, ...instance }] : []),
    ...Object.entries(teams ?? {}).map(([team, attachment]) => ({ scope: "team" as const, team, ...attachment })),
  ];
}

/** The names of the outputs of an attachment; no team's name can make two of them equal. */
export function outputIds({ scope, team }: Pick<AttachmentRequest, "scope" | "team">) {
  const form = team === undefined ? scope : `${scope}_${team}`;
  return { form, credentials: `credentials_${form}` };
}

/** The scopes that a storage is attached at. */
export function scopesOf(alias: string, attachments: readonly AttachmentRequest[]): Scope[] {
  return [...new Set(attachments.filter(({ storage }) => storage === alias).map(({ scope }) => scope))];
}

/** All that is wrong with who uses what. */
export function attachmentIssues(shape: DeploymentShape): Issue[] {
  const attachments = attachmentsOf(shape);
  return [
    ...attachments.flatMap((attachment) => [
      ...teamIssues(attachment),
      ...storageIssues(shape, attachment),
      ...at([...pathOf(attachment), "path"], attachment.path === undefined ? [] : pathFaults(attachment.path)),
    ]),
    ...overlapIssues(shape, attachments),
    ...unusedIssues(shape, attachments),
  ];
}

function pathOf({ team }: AttachmentRequest): string[] {
  return team === undefined ? ["instance"] : ["teams", team];
}

const TEAM_MAX = 128;

function teamIssues(attachment: AttachmentRequest): Issue[] {
  const { team } = attachment;
  if (team === undefined || (/^[A-Za-z0-9][\w-]*$/.test(team) && team.length <= TEAM_MAX)) return [];
  return [
    {
      path: pathOf(attachment),
      atKey: true,
      message: `Cannot name the team: must be 1 to ${TEAM_MAX} letters, digits, "_" and "-", a letter or digit first, got ${quote(team)}`,
      fix: "Write the team's name as it stands in W&B's addresses (https://<host>/<team>).",
    },
  ];
}

function storageIssues({ type, storage }: DeploymentShape, attachment: AttachmentRequest): Issue[] {
  const { scope } = attachment;
  const legal = legalClouds(type, scope);
  if (legal.length === 0) {
    return [
      {
        path: pathOf(attachment),
        atKey: true,
        message: `Cannot attach a bucket at ${scope} level on ${TYPE_NAMES[type]}: must be at team level (${oneOf(legalClouds(type, "team"))}), got ${quote(scope)}`,
        fix: "Drop `instance`, and attach the bucket to a team below `teams`.",
        source: AVAILABILITY_SOURCE,
      },
    ];
  }
  const names = Object.keys(storage);
  const props = names.includes(attachment.storage) ? storage[attachment.storage] : undefined;
  if (props) return legal.includes(props.cloud) ? [] : [notOffered(type, attachment, props.cloud)];
  const meant = nearest(attachment.storage, names);
  return [
    {
      path: [...pathOf(attachment), "storage"],
      message: `Cannot attach the storage: must be one of ${oneOf(names) || "those below `storage` (there is none)"}, got ${quote(attachment.storage)}`,
      fix: meant ? `Did you mean ${quote(meant)}?` : `Declare ${quote(attachment.storage)} below \`storage\`.`,
    },
  ];
}

function notOffered(type: DeploymentType, attachment: AttachmentRequest, cloud: Cloud): Issue {
  const legal = oneOf(legalClouds(type, attachment.scope));
  return {
    path: [...pathOf(attachment), "storage"],
    message: `Cannot attach a bucket in ${quote(cloud)} at ${attachment.scope} level on ${TYPE_NAMES[type]}: must be in ${legal}, got ${quote(cloud)}`,
    fix: `Use a bucket in ${legal}, or another type of deployment.`,
    source: AVAILABILITY_SOURCE,
  };
}

function overlapIssues({ storage }: DeploymentShape, attachments: readonly AttachmentRequest[]): Issue[] {
  return attachments.flatMap((attachment, index) => {
    const props = storage[attachment.storage];
    if (!props || ("overlappingPaths" in props && props.overlappingPaths)) return [];
    const before = attachments
      .slice(0, index)
      .find((other) => other.storage === attachment.storage && overlap(other.path, attachment.path));
    if (!before) return [];
    return [
      {
        path: pathOf(attachment),
        message: `Cannot keep files apart: must have a \`path\` of its own in ${quote(attachment.storage)}, got ${show(attachment)}, which overlaps with ${quote(pathOf(before).join("."))} (${show(before)})`,
        fix: `Give each a path that is not within the other's, or take \`overlappingPaths: { allowed: true, reason: … }\` on storage ${quote(attachment.storage)}.`,
      },
    ];
  });
}

function show({ path }: AttachmentRequest): string {
  return path === undefined ? "the whole bucket" : quote(path);
}

function unusedIssues({ storage }: DeploymentShape, attachments: readonly AttachmentRequest[]): Issue[] {
  const used = new Set(attachments.map((attachment) => attachment.storage));
  return Object.keys(storage)
    .filter((alias) => !used.has(alias))
    .map((alias) => ({
      path: ["storage", alias],
      atKey: true,
      message: `Cannot make a bucket that nobody uses: must be attached to the instance or a team, got storage ${quote(alias)} without`,
      fix: `Attach ${quote(alias)} below \`instance\` or \`teams\`, or drop it (a bucket that exists already goes below \`retired\`).`,
    }));
}
