import { join } from "node:path";
import { parseEnv, provideEnv } from "../../config/env.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import { closePool } from "../store/pool.ts";
import { type RunningWorker, startWorker } from "../worker/start-worker.ts";
import type { TestSource } from "./test-source.ts";

export const ADA: Actor = { name: "ada", role: "admin", kind: "user" };

type Variables = Parameters<typeof provideEnv>[0];

/** Points this process's commands at the source. Its pool belongs to the process: see `letGo`. */
export function pointAt(source: TestSource, more: Variables = {}): void {
  provideEnv({
    DATABASE_URL: source.url,
    SCHEDULE_FILE: source.path,
    DATA_DIR: join(source.folder, "data"),
    LOG_LEVEL: "silent",
    SYNC_WAIT_MS: "10000",
    AUTO_SYNC_ENABLED: "true",
    ...more,
  });
}

/** A whole worker in this process: queue, watcher, listener, schedule. */
export async function startTestWorker(source: TestSource, more: Variables = {}): Promise<RunningWorker> {
  pointAt(source, more);
  return startWorker(parseEnv(process.env));
}

export async function letGo(): Promise<void> {
  await closePool();
}
