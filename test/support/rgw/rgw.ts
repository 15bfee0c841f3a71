import { readFileSync } from "node:fs";
import { startCluster, type Cluster } from "./start";
import { assumeRole } from "./sts";

/** What signs a request. */
export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Somebody of an AWS account, who to the store is somebody of a tenant with that number. */
export interface Identity extends Keys {
  /** As the policies name it; for a role that of its session. */
  readonly arn: string;
  /** 12 digits. */
  readonly account: string;
}

/** Ceph's S3 gateway on the loopback: a real object store that verifies signatures and enforces bucket policies. */
export interface Rgw {
  readonly endpoints: { readonly http: string; readonly https: string };
  /** The certificate of the `https` endpoint, in PEM: trust this one alone. */
  readonly ca: string;
  /** Makes a user in an account, and the account where there is none. */
  readonly account: (account: string, uid: string) => Promise<Identity>;
  /** Makes a role in an account that nobody can assume but a user made for it; a session of it, for an hour. */
  readonly role: (account: string, name: string) => Promise<Identity>;
  readonly pids: readonly number[];
  /** Ends all of it. To be called after the tests, whatever they came to. */
  readonly stop: () => Promise<void>;
}

/** Starts the store, which takes one to two seconds; `kmsKeys` are the ids of keys that its stand-in for KMS has. */
export async function withRgw(kmsKeys: readonly string[] = []): Promise<Rgw> {
  const cluster = await startCluster(kmsKeys);
  const { http, https } = cluster.place.ports;
  const endpoints = { http: `http://127.0.0.1:${http}`, https: `https://127.0.0.1:${https}` };
  return {
    endpoints,
    ca: readFileSync(cluster.place.certificate, "utf8"),
    account: (account, uid) => makeUser(cluster, account, uid),
    role: (account, name) => makeRole(cluster, endpoints.http, account, name),
    pids: cluster.pids,
    stop: cluster.stop,
  };
}

async function makeUser({ admin }: Cluster, account: string, uid: string): Promise<Identity> {
  const who = ["--tenant", account, "--uid", uid, "--display-name", uid];
  const made = JSON.parse(await admin("radosgw-admin", ["user", "create", ...who])) as {
    readonly keys: readonly { readonly access_key: string; readonly secret_key: string }[];
  };
  const [key] = made.keys;
  if (!key) throw new Error(`no key of ${uid}`);
  const arn = `arn:aws:iam::${account}:user/${uid}`;
  return { arn, account, accessKeyId: key.access_key, secretAccessKey: key.secret_key };
}

const SESSION = "session";

async function makeRole(cluster: Cluster, endpoint: string, account: string, name: string): Promise<Identity> {
  const user = await makeUser(cluster, account, `assumes-${name}`);
  const trust = { Effect: "Allow", Principal: { AWS: [user.arn] }, Action: ["sts:AssumeRole"] };
  const document = JSON.stringify({ Version: "2012-10-17", Statement: [trust] });
  const role = ["--tenant", account, "--role-name", name, "--assume-role-policy-doc", document];
  await cluster.admin("radosgw-admin", ["role", "create", ...role]);
  const keys = await assumeRole(`${endpoint}/`, user, `arn:aws:iam::${account}:role/${name}`, SESSION);
  return { ...keys, account, arn: `arn:aws:sts::${account}:assumed-role/${name}/${SESSION}` };
}
