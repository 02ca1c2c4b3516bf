import { systemClock } from "../server/clock.ts";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import type pg from "pg";
import pino from "pino";
import { createPool } from "../server/store/pool.ts";
import { tick } from "../server/worker/tick.ts";
import type { Cluster } from "./cluster.ts";
import { milliseconds, type Row, scalarRow } from "./table.ts";
import { until } from "./until.ts";
import { startWorker, stopWorker } from "./worker-process.ts";

const TASKS = 20;
const LIST = "sources: [{glob: 'files/*.yml', id: '{name}'}]\n";

/** Many sources due at once, by the number of workers; and what planning their round costs. */
export async function benchManySources(cluster: Cluster, quick: boolean): Promise<Row[]> {
  const sources = quick ? 100 : 500;
  const rows: Row[] = [];
  let alone: number | undefined;
  for (const workers of [1, 2, 3]) {
    const perSecond = await runsPerSecond(cluster, sources, workers);
    alone ??= perSecond;
    rows.push(
      scalarRow(
        `${sources} sources due at once, a change in each, ${workers} worker${workers > 1 ? "s" : ""}`,
        String(sources * TASKS),
        `${perSecond.toFixed(0)} runs/s (${(perSecond / alone).toFixed(1)}x)`,
      ),
    );
  }
  rows.push(await tickRow(cluster, quick ? 200 : 1_000));
  return rows;
}

async function runsPerSecond(cluster: Cluster, sources: number, workers: number): Promise<number> {
  const folder = await filesIn(cluster, `sources-${workers}`, sources);
  const url = await cluster.createDatabase();
  const pool = createPool(url);
  const processes = await Promise.all([...Array(workers).keys()].map((n) => startWorker(url, folder, n)));
  try {
    await until(
      "the sources are in step",
      async () => (await count(pool, "tasks")) === sources * TASKS && (await idle(pool)),
    );
    // An edit in each source without a notification, which only a run by the tick finds.
    await pool.query(
      "BEGIN; SET LOCAL lockstep.carried = 'yes'; UPDATE tasks SET params = params || '{\"retries\": " +
        "9}' WHERE id = '1'; COMMIT",
    );
    await pool.query("UPDATE sources SET next_sync_at = NULL");
    const before = await count(pool, "runs");
    const started = performance.now();
    await tick({ pool, clock: systemClock, log: pino({ level: "silent" }), autoSync: true });
    await until(
      "the sources are in step",
      async () => (await count(pool, "runs")) >= before + sources && (await idle(pool)),
    );
    return sources / ((performance.now() - started) / 1_000);
  } finally {
    await Promise.all(processes.map(stopWorker));
    await pool.end();
  }
}

/**
 * Measures the tick alone: it picks, plans and requests in one transaction, with dependents in chains of ten.
 */
async function tickRow(cluster: Cluster, sources: number): Promise<Row> {
  const pool = createPool(await cluster.createDatabase());
  try {
    await pool.query(
      `INSERT INTO sources (id, path, settings)
       SELECT 's' || n, '/nowhere/' || n,
         CASE WHEN n % 10 = 0 THEN '{}' ELSE jsonb_build_object('depends_on', jsonb_build_array('s' || n - 1)) END
         FROM generate_series(0, $1 - 1) AS n`,
      [sources],
    );
    const times: number[] = [];
    for (let i = 0; i < 7; i++) {
      await pool.query(
        "DELETE FROM rounds; DELETE FROM sync_requests; SELECT " +
          "graphile_worker.complete_jobs(ARRAY(SELECT id FROM graphile_worker.jobs))",
      );
      await pool.query("UPDATE sources SET next_sync_at = NULL");
      const started = performance.now();
      await tick({ pool, clock: systemClock, log: pino({ level: "silent" }), autoSync: true });
      times.push(performance.now() - started);
    }
    times.sort((a, b) => a - b);
    return scalarRow(
      `tick with ${sources.toLocaleString("en")} sources due, in chains of ten`,
      "",
      milliseconds(times[3] ?? NaN),
    );
  } finally {
    await pool.end();
  }
}

async function filesIn(cluster: Cluster, name: string, sources: number): Promise<string> {
  const folder = join(cluster.folder, name);
  await mkdir(join(folder, "files"), { recursive: true });
  await writeFile(join(folder, "sources.yml"), LIST);
  const tasks = Array.from(
    { length: TASKS },
    (_, i) =>
      `  - id: ${i + 1}\n    skill_name: daily-backup\n    schedule_cron: "0 2 * * *"\n    params:\n` +
      "      retries: 3\n",
  );
  const text = `# Ours.\ntasks:\n${tasks.join("\n")}`;
  for (let n = 0; n < sources; n++) await writeFile(join(folder, "files", `s${n}.yml`), text);
  return folder;
}

async function count(pool: pg.Pool, table: "tasks" | "runs"): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
  return rows[0]?.count ?? 0;
}

async function idle(pool: pg.Pool): Promise<boolean> {
  const { rows } = await pool.query(
    "SELECT 1 FROM sync_requests WHERE answered_at IS NULL UNION ALL SELECT 1 FROM task_edits LIMIT 1",
  );
  return rows.length === 0;
}
