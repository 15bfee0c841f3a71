"use strict";
// Preloaded into a measured process (`node -r`): on exit it writes what the process used to $BENCH_USAGE_FILE.
const { readdirSync, readFileSync, writeFileSync } = require("node:fs");

/**
 * Seconds of CPU of the processes that this one started, running or not: esbuild is one. 0 where the system has no such
 * /proc.
 */
function childrenCpu() {
  const TICKS_PER_SECOND = 100;
  try {
    const [, , ...ended] = times("self");
    const running = readdirSync("/proc/self/task")
      .flatMap((thread) => readFileSync(`/proc/self/task/${thread}/children`, "utf8").match(/\d+/g) ?? [])
      .flatMap(times);
    return [...ended, ...running].reduce((sum, ticks) => sum + ticks, 0) / TICKS_PER_SECOND;
  } catch {
    return 0;
  }
}

/** Ticks of CPU of a process: user, system, and the same two of its ended children; fields 14 to 17 of proc_pid_stat(5). */
function times(pid) {
  const afterCommand = readFileSync(`/proc/${pid}/stat`, "utf8").replace(/^.*\) /s, ""); // which may hold anything
  return afterCommand.split(" ").slice(11, 15).map(Number);
}

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  const usage = {
    app: process.uptime(),
    cpu: (userCPUTime + systemCPUTime) / 1e6 + childrenCpu(),
    rss: maxRSS / 1024,
  };
  writeFileSync(process.env.BENCH_USAGE_FILE, JSON.stringify(usage));
});
