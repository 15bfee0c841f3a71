import type { Facts, Storage } from "./facts";
import type { Attachment } from "./intent";

/** Who can read whose files, by W&B's rules and the storage that they share. */
export interface Isolation {
  /** The instance first, then the teams. */
  readonly parties: readonly Party[];
  /** `matrix[reader][owner]`. */
  readonly matrix: readonly (readonly Reading[])[];
  /** In words, what a reviewer should take from it. */
  readonly statements: readonly string[];
}

/** The instance, with all teams that have no storage of their own, or one team. */
export interface Party {
  readonly name: string;
  /** Absent: W&B's own storage, or none that these files know. */
  readonly storage?: string;
  readonly path: string;
}

export interface Reading {
  /** `own`: the party's own files; `shared`: nothing in the storage keeps them apart. */
  readonly answer: "own" | "yes" | "no" | "shared" | "unknown";
  readonly why: string;
}

/** How the instance is called, with all who are in it. */
export const INSTANCE = "instance and teams without storage of their own";

/** What team-level storage is for. @see https://docs.wandb.ai/platform/hosting/data-security/secure-storage-connector */
const INSTANCE_RULE =
  "files at instance level are open to everyone in the instance with permission, members of other teams included";
const TEAM_RULE = "files at team level are for the members of that team";
/** @see https://docs.wandb.ai/platform/hosting/data-security/presigned-urls */
const BUCKET_RULE = "W&B limits pre-signed access to a bucket, not to a path in it";

/** Who can read whose files in a deployment; nothing where it isn't declared who uses what. */
export function isolationOf(facts: Facts): Isolation | undefined {
  const { intent, storages } = facts;
  if (!intent?.attachments.length) return undefined;
  const parties = [instanceParty(intent.attachments, facts), ...teamParties(intent.attachments, storages)];
  const matrix = parties.map((reader) => parties.map((owner) => reading(reader, owner)));
  return { parties, matrix, statements: [...statements(parties), ...overlaps(intent.attachments)] };
}

function instanceParty(attachments: readonly Attachment[], { storages, intent }: Facts): Party {
  const own = attachments.find(({ team }) => team === undefined);
  const storage = storages.find(({ declared }) => declared && declared.name === own?.storage);
  const note = intent?.type === "saas" ? " (in W&B's own storage)" : "";
  return { name: `${INSTANCE}${own ? "" : note}`, ...(storage ? { storage: storage.id } : {}), path: own?.path ?? "" };
}

function teamParties(attachments: readonly Attachment[], storages: readonly Storage[]): Party[] {
  return attachments
    .filter(({ team }) => team !== undefined)
    .map(({ team = "", storage: name, path }) => {
      const storage = storages.find(({ declared }) => declared?.name === name);
      return { name: team, ...(storage ? { storage: storage.id } : {}), path };
    });
}

function isInstance({ name }: Party): boolean {
  return name.startsWith(INSTANCE);
}

function reading(reader: Party, owner: Party): Reading {
  if (reader === owner) return { answer: "own", why: "its own files" };
  if (isInstance(owner)) return { answer: "yes", why: INSTANCE_RULE };
  if (owner.storage === undefined) return { answer: "unknown", why: "its storage is not in these files" };
  if (reader.storage === owner.storage) return { answer: "shared", why: BUCKET_RULE };
  return { answer: "no", why: TEAM_RULE };
}

function statements(parties: readonly Party[]): string[] {
  const teams = parties.filter((party) => !isInstance(party));
  const byStorage = new Map<string, Party[]>();
  for (const party of parties) {
    if (party.storage) byStorage.set(party.storage, [...(byStorage.get(party.storage) ?? []), party]);
  }
  const shared = [...byStorage].filter(([, sharing]) => sharing.length > 1);
  const alone = [...byStorage].filter(([, sharing]) => sharing.length === 1).flatMap(([, sharing]) => sharing);
  const isolated = alone.filter((party) => teams.includes(party)).map(({ name }) => name);
  return [
    ...shared.map(([storage, sharing]) => {
      const who = sharing.map((party) => (isInstance(party) ? "the instance" : party.name)).join(", ");
      return `Not isolated by storage: ${who} share ${storage}, whatever their paths: ${BUCKET_RULE}.`;
    }),
    ...(isolated.length ? [`Isolated by storage of their own: ${isolated.join(", ")}: ${TEAM_RULE}.`] : []),
    `What isn't in a team's own storage is in the instance's: ${INSTANCE_RULE}.`,
  ];
}

/** Attachments whose paths lie in each other, so that even names of files are shared. */
function overlaps(attachments: readonly Attachment[]): string[] {
  const inside = (outer: string, inner: string) => outer === "" || outer === inner || inner.startsWith(`${outer}/`);
  return attachments.flatMap((outer) =>
    attachments
      .filter((inner) => inner !== outer && inner.storage === outer.storage && inside(outer.path, inner.path))
      .map((inner) => `The path of ${nameOf(inner)} lies in that of ${nameOf(outer)}: they share a folder.`),
  );
}

const nameOf = ({ team }: Attachment) => (team === undefined ? "the instance" : `team ${team}`);

/** How many teams and the instance use a storage, for the picture. */
export function usersOf(storage: Storage): string[] {
  return storage.attachments.map(({ team }) => team ?? "instance");
}
