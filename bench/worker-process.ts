import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { until } from "./until.ts";

/** Starts a worker in its own process on the `sources.yml` of the folder. Resolves when it is ready. */
export async function startWorker(
  url: string,
  folder: string,
  n: number,
  onSpawn: (pid: number) => void = () => undefined,
): Promise<ChildProcess> {
  const child = spawn(process.execPath, ["scripts/start.mjs"], {
    cwd: fileURLToPath(new URL("..", import.meta.url)),
    env: {
      ...process.env,
      ROLE: "worker",
      DATABASE_URL: url,
      DATA_DIR: join(folder, `data-${n}`),
      SOURCES_FILE: join(folder, "sources.yml"),
      SYNC_INTERVAL_SECONDS: "86400",
      LOG_LEVEL: "info",
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  onSpawn(child.pid ?? 0);
  let said = "";
  child.stdout.on("data", (data: Buffer) => (said += said.length < 1_000_000 ? String(data) : ""));
  await until("the worker is ready", () => {
    if (child.exitCode !== null) throw new Error(`a worker ended with ${child.exitCode}`);
    return said.includes('"worker ready"');
  });
  return child;
}

export async function stopWorker(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGTERM");
  await gone;
}
