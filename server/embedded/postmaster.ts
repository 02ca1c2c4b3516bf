import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { Binaries } from "./binaries.ts";
import { EmbeddedPostgresError } from "./errors.ts";
import { commandFor, type Identity } from "./identity.ts";

const LOOK_AGAIN_MS = 20;
const FAST_SHUTDOWN_MS = 30_000;
const LOG_LIMIT_BYTES = 5_000_000;

/**
 * fsync stays on, so that the data is durable. Everything else is sized for a small application on one
 * machine.
 */
const SETTINGS: Record<string, string> = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "100",
  shared_buffers: "64MB",
  max_wal_size: "256MB",
  wal_level: "minimal",
  max_wal_senders: "0",
  max_parallel_workers_per_gather: "0",
  dynamic_shared_memory_type: process.platform === "win32" ? "windows" : "mmap",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
};

/** A running server process of the cluster. */
export interface Running {
  pid: number;
  port: number;
}

/**
 * The live server of this cluster, or undefined. A pid file is stale when its process is gone or its number
 * belongs to another program (in a restarted container). It is removed, because PostgreSQL would refuse to
 * start.
 */
export function findRunning(cluster: string): Running | undefined {
  const file = join(cluster, "postmaster.pid");
  let lines: string[];
  try {
    lines = readFileSync(file, "utf8").split("\n");
  } catch {
    return undefined;
  }
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (Number.isInteger(pid) && pid > 0 && isAlive(pid) && servesCluster(pid, cluster)) return { pid, port };
  rmSync(file, { force: true });
  return undefined;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Whether the process is dead but still has its number, as an orphan in a container without an init process
 * does.
 */
function isZombie(pid: number): boolean {
  if (process.platform !== "linux") return false;
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return text.slice(text.lastIndexOf(")") + 2).startsWith("Z");
  } catch {
    return false;
  }
}

/**
 * Linux shows a process's arguments. On other systems a live process is assumed to be the server, until it
 * has to answer.
 */
function servesCluster(pid: number, cluster: string): boolean {
  if (process.platform !== "linux") return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0").includes(cluster);
  } catch {
    return true;
  }
}

/**
 * Starts the server in its own session, so that Ctrl-C in a terminal stops this process and not the server.
 */
export async function spawnPostmaster(
  binaries: Binaries,
  identity: Identity | undefined,
  cluster: string,
  port: number,
  settings: Record<string, string>,
): Promise<ChildProcess> {
  const flags = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => [
    "-c",
    `${name}=${value}`,
  ]);
  const args = ["-D", cluster, "-p", String(port), ...flags];
  const command = await commandFor(identity, binaries.postgres, args, [cluster, binaries.postgres]);
  const log = openSync(logFile(cluster), logSize(cluster) > LOG_LIMIT_BYTES ? "w" : "a", 0o600);
  try {
    const child = spawn(command.program, command.args, {
      ...command.identity,
      cwd: cluster,
      detached: true,
      stdio: ["ignore", log, log],
      env: { ...process.env, LC_ALL: "C", TZ: "UTC" },
    });
    child.on("error", () => undefined);
    child.unref();
    return child;
  } finally {
    closeSync(log);
  }
}

export function logFile(cluster: string): string {
  return join(cluster, "..", "server.log");
}

function logSize(cluster: string): number {
  return statSync(logFile(cluster), { throwIfNoEntry: false })?.size ?? 0;
}

/**
 * Stops the server in order: connections are closed and everything is on disk. The process has ended when
 * this returns.
 */
export async function stopPostmaster(pid: number): Promise<void> {
  for (const [signal, patience] of [
    ["SIGINT", FAST_SHUTDOWN_MS],
    ["SIGQUIT", FAST_SHUTDOWN_MS],
  ] as const) {
    if (!send(pid, signal)) return;
    for (let waited = 0; waited < patience; waited += LOOK_AGAIN_MS) {
      if (!isAlive(pid)) return;
      await delay(LOOK_AGAIN_MS);
    }
  }
  throw new EmbeddedPostgresError("start_failed", `The embedded PostgreSQL (process ${pid}) does not stop.`);
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    process.kill(pid, signal);
    return true;
  } catch {
    return false;
  }
}
