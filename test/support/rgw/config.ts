/** Where a store keeps its files and listens; all of it on the loopback. */
export interface Place {
  /** A folder of its own. */
  readonly folder: string;
  readonly ports: { readonly mon: number; readonly http: number; readonly https: number };
  /** Identifies the Ceph cluster. */
  readonly fsid: string;
  /** PEM files. */
  readonly certificate: string;
  readonly privateKey: string;
}

/** What every key of the stand-in for KMS is: 32 bytes. It guards nothing. */
const KMS_KEY = Buffer.alloc(32, "stand-in").toString("base64");

/**
 * The smallest Ceph cluster that serves S3: one monitor, one store of objects in memory, one gateway, no replicas. Its
 * monitor agrees with itself at once (`paxos_*`): with Ceph's intervals the start takes ten times as long. The gateway sends
 * its answers at once (`tcp_nodelay`): else each waits 40 ms for the client's acknowledgement.
 *
 * @see https://docs.ceph.com/en/pacific/radosgw/config-ref/
 */
export function cephConf(
  { folder, ports, fsid, certificate, privateKey }: Place,
  kmsKeys: readonly string[],
  gateway: Readonly<Record<string, string>>,
): string {
  const tls = `ssl_endpoint=127.0.0.1:${ports.https} ssl_certificate=${certificate} ssl_private_key=${privateKey}`;
  return ini({
    global: {
      fsid,
      mon_host: `[v2:127.0.0.1:${ports.mon}]`,
      mon_initial_members: "a",
      public_addr: "127.0.0.1",
      cluster_addr: "127.0.0.1",
      public_network: "127.0.0.0/8",
      ms_bind_msgr1: "false",
      run_dir: folder,
      admin_socket: "",
      pid_file: "",
      crash_dir: folder,
      log_file: `${folder}/$name.log`,
      keyring: `${folder}/keyring`,
      mon_data: `${folder}/mon`,
      osd_data: `${folder}/osd`,
      auth_allow_insecure_global_id_reclaim: "false",
      osd_pool_default_size: "1",
      osd_pool_default_min_size: "1",
      mon_allow_pool_size_one: "true",
      osd_pool_default_pg_num: "1",
      osd_pool_default_pgp_num: "1",
      osd_pool_default_pg_autoscale_mode: "off",
      osd_crush_chooseleaf_type: "0",
      mon_max_pg_per_osd: "1000",
      paxos_propose_interval: "0.05",
      paxos_min_wait: "0.01",
      mon_data_avail_crit: "1",
      mon_data_avail_warn: "1",
      osd_objectstore: "memstore",
      memstore_device_bytes: "4294967296",
    },
    "client.rgw": {
      rgw_frontends: `beast tcp_nodelay=1 endpoint=127.0.0.1:${ports.http} ${tls}`,
      rgw_dns_name: "localhost",
      rgw_crypt_require_ssl: "false",
      rgw_crypt_s3_kms_backend: "testing",
      rgw_crypt_s3_kms_encryption_keys: kmsKeys.map((id) => `${id}=${KMS_KEY}`).join(" "),
      rgw_s3_auth_use_sts: "true",
      rgw_sts_key: "abcdefghijklmnop",
      rgw_enable_apis: "s3, admin, sts, iam",
      rgw_thread_pool_size: "32",
      rgw_num_rados_handles: "1",
      ...gateway,
    },
  });
}

function ini(sections: Readonly<Record<string, Readonly<Record<string, string>>>>): string {
  return Object.entries(sections)
    .map(([name, values]) => [`[${name}]`, ...Object.entries(values).map(([key, value]) => `${key}=${value}`)])
    .map((lines) => `${lines.join("\n")}\n`)
    .join("");
}

/** Who may do what inside the cluster. */
const CAPABILITIES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "mon.": { mon: "allow *" },
  "client.admin": { mon: "allow *", osd: "allow *", mgr: "allow *" },
  "client.rgw": { mon: "allow *", osd: "allow *" },
  "osd.0": { mon: "allow profile osd", osd: "allow *", mgr: "allow profile osd" },
};

/** The keys by which the programs of the cluster know each other: `key` is one as `ceph-authtool --gen-print-key` prints it. */
export function keyring(key: string): string {
  return Object.entries(CAPABILITIES)
    .map(([name, caps]) => [
      `[${name}]`,
      `key=${key}`,
      ...Object.entries(caps).map(([of, may]) => `caps ${of}="${may}"`),
    ])
    .map((lines) => `${lines.join("\n")}\n`)
    .join("");
}
