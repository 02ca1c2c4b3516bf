// A process that runs what waits for a source and stands still at a given point. The test kills it there, or stops it,
// does something else meanwhile, and lets it go on: it does when it reads something from its standard input.
// Usage: crashing-run.ts <database url> <folder> <point> <lease in milliseconds>
import { once } from "node:events";
import { join } from "node:path";
import pg from "pg";
import pino from "pino";
import { systemClock } from "../clock.ts";
import { openEndpoint } from "../endpoints/registry.ts";
import { FolderWatcher } from "../folder-watcher.ts";
import type { SourceContext } from "../runs/source-context.ts";
import { createPool } from "../store/pool.ts";
import { ProgressReporter } from "../worker/report-progress.ts";
import { SnapshotCache } from "../worker/snapshots.ts";
import { SourceRunner } from "../worker/source-runner.ts";
import { inAnHour } from "./in-an-hour.ts";

const [url = "", folder = "", point = "", leaseMs = ""] = process.argv.slice(2);
const SOURCE = "default";

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

let stood = false;
async function standStill(): Promise<void> {
  process.stdout.write("standing still\n");
  await once(process.stdin, "data");
}

/** Every statement of the run goes through here, whichever connection sends it; a pool's with a callback. */
const send = pg.Client.prototype.query as unknown as Query;
pg.Client.prototype.query = function (this: pg.Client, ...given: unknown[]): unknown {
  const [first] = given;
  const text = typeof first === "string" ? first : (first as { text?: string }).text;
  const go = () => send.apply(this, given);
  if (stood || !text?.trimStart().startsWith(stop.statement)) return go();
  stood = true;
  const callback = given.at(-1);
  if (typeof callback !== "function")
    return stop.after
      ? (go() as Promise<unknown>).then((result) => standStill().then(() => result))
      : standStill().then(go);
  if (!stop.after) return standStill().then(go);
  const late = (...answer: unknown[]) => void standStill().then(() => (callback as Query)(...answer));
  return send.apply(this, [...given.slice(0, -1), late]);
} as unknown as typeof pg.Client.prototype.query;

const pool = createPool(url);
const log = pino({ level: process.env["TEST_LOG"] ?? "silent" });
const reporter = new ProgressReporter(pool, SOURCE);
const context: SourceContext = {
  source: SOURCE,
  pool,
  clock: { ...systemClock, now: () => new Date("2026-03-01T12:00:00.000Z") },
  log,
  endpoint: openEndpoint("yaml-file", {
    path: join(folder, "schedule.yml"),
    backups: join(folder, "backups"),
    debounceMs: 50,
    now: inAnHour,
    watcher: new FolderWatcher({ debounceMs: 50, polling: false, log }),
  }),
  strategy: "three-way",
  lease: { ms: Number(leaseMs) },
  progress: () => undefined,
};
const runner = new SourceRunner(context, new SnapshotCache().of(SOURCE), reporter);
await runner.wake();
await runner.idle();
process.stdout.write(stood ? "went on to the end\n" : "finished without standing still\n");
process.exit(stood ? 0 : 1);
