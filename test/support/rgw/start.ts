import { randomUUID } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { get } from "node:http";
import { join } from "node:path";
import { tempFolder } from "../temp";
import { cephConf, keyring, type Place } from "./config";
import { freePorts, run, start, until, type Daemon } from "./programs";

/** A running cluster. */
export interface Cluster {
  readonly place: Place;
  /** Runs a program of Ceph as this cluster's administrator; what it printed. */
  readonly admin: (program: "ceph" | "radosgw-admin", args: readonly string[]) => Promise<string>;
  readonly pids: readonly number[];
  /** Kills all of it, and waits until it is gone. */
  readonly stop: () => Promise<void>;
}

/**
 * Starts monitor, object store and gateway, and waits until the gateway answers. Needs no root, only Debian's packages.
 * Where it fails nothing is left running, and the error holds the end of the logs.
 *
 * @param kmsKeys ids of the keys that the stand-in for KMS has
 * @param gateway more settings of the gateway
 */
export async function startCluster(
  kmsKeys: readonly string[],
  gateway: Readonly<Record<string, string>> = {},
): Promise<Cluster> {
  const place = await makePlace(kmsKeys, gateway);
  const daemons: Daemon[] = [];
  const stop = async () => void (await Promise.all(daemons.map((daemon) => daemon.kill())));
  const conf = ["-c", join(place.folder, "ceph.conf")];
  const daemon = (name: string, ...args: string[]) =>
    daemons.push(start(name, [...conf, "-f", ...args], join(place.folder, `${name}.out`)));
  const admin: Cluster["admin"] = (program, args) => run(program, [...conf, ...args]);
  try {
    const [mon, osd] = [
      ["-i", "a"],
      ["-i", "0"],
    ];
    const osdId = randomUUID();
    await run("ceph-mon", [...conf, "--mkfs", ...mon, "--monmap", join(place.folder, "monmap")]);
    daemon("ceph-mon", ...mon);
    await Promise.all([
      admin("ceph", ["osd", "new", osdId, "0"]),
      run("ceph-osd", [...conf, "--mkfs", ...osd, "--osd-uuid", osdId]),
    ]);
    daemon("ceph-osd", ...osd);
    daemon("radosgw", "-n", "client.rgw");
    await until("the gateway answered", () => answers(place.ports.http), daemons);
    return { place, admin, stop, pids: daemons.map(({ pid }) => pid) };
  } catch (error) {
    await stop();
    throw new Error(`Cannot start the store: ${String(error)}\n${logs(place.folder)}`, { cause: error });
  }
}

async function makePlace(kmsKeys: readonly string[], gateway: Readonly<Record<string, string>>): Promise<Place> {
  const folder = tempFolder();
  const [mon = 0, http = 0, https = 0] = await freePorts(3);
  const [certificate, privateKey] = [join(folder, "certificate.pem"), join(folder, "private-key.pem")];
  const place = { folder, ports: { mon, http, https }, fsid: randomUUID(), certificate, privateKey };
  mkdirSync(join(folder, "mon"));
  mkdirSync(join(folder, "osd"));
  writeFileSync(join(folder, "ceph.conf"), cephConf(place, kmsKeys, gateway));
  const [key] = await Promise.all([
    run("ceph-authtool", ["--gen-print-key"]),
    run("monmaptool", [
      "--create",
      "--fsid",
      place.fsid,
      "--addv",
      "a",
      `[v2:127.0.0.1:${mon}]`,
      join(folder, "monmap"),
    ]),
    makeCertificate(certificate, privateKey),
  ]);
  writeFileSync(join(folder, "keyring"), keyring(key.trim()), { mode: 0o600 });
  return place;
}

/** A certificate that signs itself, for the loopback. */
function makeCertificate(certificate: string, privateKey: string): Promise<string> {
  const kind = ["-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"];
  return run("openssl", ["req", ...kind, ...names, "-keyout", privateKey, "-out", certificate]);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ host: "127.0.0.1", port }, (response) => resolve(response.resume().statusCode === 200)).once("error", () =>
      resolve(false),
    );
  });
}

/** The end of each log. */
function logs(folder: string): string {
  return readdirSync(folder)
    .filter((name) => /\.(log|out)$/.test(name))
    .map((name) => `== ${name}\n${readFileSync(join(folder, name), "utf8").split("\n").slice(-15).join("\n")}`)
    .join("\n");
}
