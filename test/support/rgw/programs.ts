import { execFile, spawn, type ChildProcess } from "node:child_process";
import { openSync } from "node:fs";
import { createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

/** Runs a program to its end; what it printed. Throws with what it complained of. */
export function run(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(program, args, (error, out, err) =>
      error ? reject(new Error(`${program} ${args.slice(0, 4).join(" ")}: ${err || error.message}`)) : resolve(out),
    );
  });
}

/** A program that runs until it is killed. */
export interface Daemon {
  readonly name: string;
  readonly pid: number;
  /** Whether it has ended, by itself or not. */
  readonly ended: () => boolean;
  /** Kills it, and waits until it is gone. */
  readonly kill: () => Promise<void>;
}

/**
 * Starts a program in the background; what it prints goes to a file. The kernel kills it when this process ends in
 * whatever way (`setpriv --pdeathsig`), so that an interrupted test leaves nothing behind.
 */
export function start(name: string, args: readonly string[], outputFile: string): Daemon {
  const output = openSync(outputFile, "a");
  const child = spawn("setpriv", ["--pdeathsig", "KILL", name, ...args], { stdio: ["ignore", output, output] });
  child.unref(); // one that is forgotten goes with this process, and doesn't keep it
  const end = new Promise<void>((resolve) => child.once("exit", () => resolve()).once("error", () => resolve()));
  const ended = () => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  return { name, pid: child.pid ?? 0, ended, kill: () => kill(child, ended, end) };
}

async function kill(child: ChildProcess, ended: () => boolean, end: Promise<void>): Promise<void> {
  child.ref();
  if (!ended()) child.kill("SIGKILL");
  await end;
}

/** Waits until a question has the answer yes. Throws when the time is up or one of the programs has ended. */
export async function until(
  what: string,
  ask: () => Promise<boolean>,
  daemons: readonly Daemon[],
  milliseconds = 30_000,
): Promise<void> {
  const deadline = Date.now() + milliseconds;
  while (!(await ask())) {
    const dead = daemons.find((daemon) => daemon.ended());
    if (dead) throw new Error(`${dead.name} ended before ${what}`);
    if (Date.now() > deadline) throw new Error(`not within ${milliseconds / 1000} s: ${what}`);
    await pause(20);
  }
}

/** So many ports of the loopback that nobody listens on. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  return Promise.all(
    servers.map(async (server) => {
      const address = server.address();
      await new Promise((resolve) => server.close(resolve));
      return typeof address === "object" && address ? address.port : 0;
    }),
  );
}
