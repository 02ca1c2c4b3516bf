import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { parseEnv } from "../../config/env.ts";
import { systemClock } from "../clock.ts";
import { type RunningWorker } from "../worker/start-worker.ts";
import { tick } from "../worker/tick.ts";
import { letGo, pointAt, startTestWorker } from "./commands.ts";
import { expectInStep } from "./in-step.ts";
import { startTestSource } from "./test-source.ts";
import { waitFor } from "./wait-for.ts";

export type ManySources = Awaited<ReturnType<typeof startManySources>>;

/** A schedule of one task, whose description tells who wrote last. */
export const one = (description: string, id: number | string = 1) =>
  `tasks:\n  - id: ${id}\n    skill_name: a skill\n    schedule_cron: "0 2 * * *"\n    description: ${description}\n`;

/** A database and a folder with files and a `sources.yml`, and workers on them. */
export async function startManySources(list: string, files: Record<string, string>) {
  const base = await startTestSource({ imported: false });
  await base.sql("DELETE FROM sources");
  const { folder, sql } = base;
  const sourcesFile = join(folder, "sources.yml");
  const at = (file: string) => join(folder, file);
  const write = async (file: string, text: string) => {
    await mkdir(dirname(at(file)), { recursive: true });
    await writeFile(at(file), text);
  };
  await write("sources.yml", list);
  for (const [file, text] of Object.entries(files)) await write(file, text);
  const workers: RunningWorker[] = [];
  const settings = (more: Record<string, string>) => ({
    SOURCES_FILE: sourcesFile,
    WATCH_DEBOUNCE_MS: "50",
    WORKER_LABELS: "default",
    ...more,
  });
  pointAt(base, settings({}));

  const many = {
    base,
    url: base.url,
    pool: base.pool,
    folder,
    log: base.context.log,
    sql,
    at,
    write,
    read: (file: string) => readFile(at(file), "utf8"),
    list: (text: string) => write("sources.yml", text),
    start: async (
      more: Partial<Record<keyof ReturnType<typeof parseEnv>, string>> = {},
    ): Promise<RunningWorker> => {
      const worker = await startTestWorker(base, settings(more));
      workers.push(worker);
      return worker;
    },
    description: async (source: string, id: number | string = 1) =>
      (
        await sql<{ description: string }>("SELECT description FROM tasks WHERE source = $1 AND id = $2", [
          source,
          String(id),
        ])
      )[0]?.description,
    until: async (source: string, description: string, id: number | string = 1) =>
      waitFor(async () => (await many.description(source, id)) === description, {
        what: `task ${id} of ${source} to be ${description}`,
      }),
    inFile: (file: string, text: string) =>
      waitFor(async () => (await many.read(file)).includes(text), { what: `${text} in ${file}` }),
    /** Every request is answered and every round over. */
    settled: () =>
      waitFor(
        async () =>
          (
            await sql(`SELECT 1 FROM sync_requests q JOIN sources s ON s.id = q.source AND s.removed_at IS NULL WHERE q.answered_at IS NULL
                      UNION ALL SELECT 1 FROM rounds WHERE finished_at IS NULL`)
          ).length === 0,
        { what: "everything to be done" },
      ),
    /** Everybody's turn, now. */
    tick: async ({
      autoSync = true,
      clock = systemClock,
    }: { autoSync?: boolean; clock?: { now(): Date } } = {}) => {
      await sql("UPDATE sources SET next_sync_at = NULL");
      return tick({ pool: base.pool, clock, log: base.context.log, autoSync });
    },
    /** Waits for it: Lockstep's own write of a file is looked at too. */
    expectInStep: (source: string, file: string) =>
      waitFor(() => expectInStep(base.pool, source, at(file)).then(() => true)),
    stop: async () => {
      for (const worker of workers) await worker.stop();
      await letGo();
      await base.stop();
    },
  };
  return many;
}
