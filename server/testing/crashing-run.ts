// A process that runs one pass of a source and stops dead at a given point, until the test kills it.
// Usage: crashing-run.ts <database url> <folder> <point>
import { join } from "node:path";
import pg from "pg";
import pino from "pino";
import { openEndpoint } from "../endpoints/registry.ts";
import { FolderWatcher } from "../folder-watcher.ts";
import { inAnHour } from "./in-an-hour.ts";
import { runSync } from "../runs/run-sync.ts";
import { createPool } from "../store/pool.ts";

const [url = "", folder = "", point = ""] = process.argv.slice(2);

type Query = (...given: unknown[]) => unknown;

/** Where the run is stopped: around a statement that it sends. */
const POINTS: Record<string, { statement: string; after: boolean }> = {
  "before the intent": { statement: "INSERT INTO file_intents", after: false },
  "after the intent, before the file": { statement: "INSERT INTO file_intents", after: true },
  "after the file, before the commit": { statement: "INSERT INTO runs", after: true },
  "at the commit": { statement: "COMMIT", after: false },
  "after the commit": { statement: "COMMIT", after: true },
};
const stop = POINTS[point];
if (!stop) throw new Error(`no such point: ${point}`);

function standStill(): Promise<never> {
  process.stdout.write("standing still\n");
  return new Promise(() => setInterval(() => undefined, 60_000));
}

/** Every statement of the run goes through here, whichever connection sends it; a pool's with a callback. */
const send = pg.Client.prototype.query as unknown as Query;
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]): unknown {
  const [first] = given;
  const text = typeof first === "string" ? first : (first as { text?: string }).text;
  if (!text?.trimStart().startsWith(stop.statement)) return send.apply(this, given);
  if (!stop.after) return standStill();
  if (typeof given.at(-1) === "function")
    return send.apply(this, [...given.slice(0, -1), () => void standStill()]);
  return (send.apply(this, given) as Promise<unknown>).then(standStill);
} as unknown as typeof pg.Client.prototype.query;

const pool = createPool(url);
const log = pino({ level: "silent" });
const context = {
  source: "default",
  pool,
  clock: { now: () => new Date("2026-03-01T12:00:00.000Z") },
  log,
  endpoint: openEndpoint("yaml-file", {
    path: join(folder, "schedule.yml"),
    backups: join(folder, "backups"),
    debounceMs: 50,
    now: inAnHour,
    watcher: new FolderWatcher({ debounceMs: 50, polling: false, log }),
  }),
  strategy: "three-way" as const,
  progress: () => undefined,
};
for (let memory = {}; ;) {
  const { answered, snapshot } = await runSync(context, memory);
  if (!answered) break;
  memory = { snapshot };
}
process.stdout.write("finished without stopping\n");
process.exit(1);
