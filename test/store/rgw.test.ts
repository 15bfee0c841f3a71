import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { GetObjectCommand, CreateBucketCommand, PutObjectCommand } from "@aws-sdk/client-s3";
import { getSignedUrl } from "@aws-sdk/s3-request-presigner";
import { ModuleKind, ScriptTarget, transpileModule } from "typescript";
import { connect } from "../support/rgw/client";
import { until } from "../support/rgw/programs";
import { withRgw } from "../support/rgw/rgw";
import { startCluster } from "../support/rgw/start";
import { testRgw } from "../support/rgw/test-rgw";

const FILE = { Bucket: "files", Key: "a folder/ä.txt" };

/** Whether a process runs. One that is dead and not yet collected doesn't. */
function runs(pid: number): boolean {
  try {
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"));
  } catch {
    return false;
  }
}

/** The processes of Ceph that work in a folder of the tests. */
function cephProcesses(): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && runs(Number(name)))
    .map((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, "utf8");
      } catch {
        return ""; // ended meanwhile
      }
    })
    .filter((line) => line.includes("ceph.conf") && line.includes(process.env["BYOB_TEST_TMP"] ?? ""));
}

testRgw(
  "the store keeps what it is given, for whoever proves who they are, and leaves nothing running",
  async () => {
    const rgw = await withRgw();
    const to = connect(rgw);
    try {
      expect(rgw.pids.filter(runs)).toHaveLength(3);
      const ada = await rgw.account("111122223333", "ada");
      expect(ada.arn).toBe("arn:aws:iam::111122223333:user/ada");
      await to.client(ada).send(new CreateBucketCommand({ Bucket: FILE.Bucket }));
      await to.client(ada).send(new PutObjectCommand({ ...FILE, Body: "some text" }));
      const { Body } = await to.client(ada, { over: "http", from: "127.0.0.9" }).send(new GetObjectCommand(FILE));
      expect(await Body?.transformToString()).toBe("some text");

      const url = await getSignedUrl(to.client(ada), new GetObjectCommand(FILE), { expiresIn: 60 });
      expect(await to.use(url, { method: "GET" })).toEqual({ status: 200, body: "some text" });
      expect(await to.use(url, { method: "HEAD" })).toMatchObject({ status: 403 });
      expect(await to.use(url.replace("Expires=60", "Expires=61"), { method: "GET" })).toMatchObject({ status: 403 });

      const liar = { ...ada, arn: "liar", secretAccessKey: "wrong" };
      await expect(to.client(liar).send(new GetObjectCommand(FILE))).rejects.toMatchObject({ name: "AccessDenied" });
      await expect(to.client("anonymous").send(new GetObjectCommand(FILE))).rejects.toThrow();
    } finally {
      to.close();
      await rgw.stop();
    }
    expect(rgw.pids.filter(runs)).toEqual([]);
  },
  60_000,
);

testRgw(
  "a store that can't start says why, and leaves nothing running",
  async () => {
    const error: unknown = await startCluster([], { keyring: "/nowhere" }).catch((reason: unknown) => reason);
    expect(String(error)).toMatch(/^Error: Cannot start the store: Error: radosgw ended before the gateway answered\n/);
    expect(String(error)).toMatch(/== client\.rgw\.log\n[^=]*unable to find a keyring on \/nowhere/s);
    expect(cephProcesses()).toEqual([]);
  },
  60_000,
);

testRgw(
  "a test that is killed leaves nothing running",
  async () => {
    const { outputText } = transpileModule(readFileSync("test/support/rgw/programs.ts", "utf8"), {
      compilerOptions: { module: ModuleKind.CommonJS, target: ScriptTarget.ES2022 },
    });
    const program = `console.log(start("sleep", ["60"], "/dev/null").pid); setInterval(() => {}, 1000);`;
    const test = spawn(process.execPath, ["-e", `${outputText}\n${program}`]);
    const [printed] = (await once(test.stdout, "data")) as [Buffer];
    const pid = Number(printed);
    expect(runs(pid)).toBe(true);
    test.kill("SIGKILL");
    await until("the kernel killed it", () => Promise.resolve(!runs(pid)), []);
  },
  60_000,
);
