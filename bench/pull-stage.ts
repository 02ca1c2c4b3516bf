import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import pino from "pino";
import { systemClock } from "../server/clock.ts";
import { createPool } from "../server/store/pool.ts";
import { tick } from "../server/worker/tick.ts";
import type { Cluster } from "./cluster.ts";
import { memoryOf } from "./process-cost.ts";
import { until } from "./until.ts";
import { startWorker, stopWorker } from "./worker-process.ts";

const SAMPLE_MS = 100;

/** A worker in its own process, with its own database and list of sources. */
export class PullStage {
  private constructor(
    readonly databaseUrl: string,
    private readonly pool: pg.Pool,
    private readonly worker: Awaited<ReturnType<typeof startWorker>>,
    /** The most memory that the worker had until its first pulls were done, in bytes. */
    readonly peakOfStart: number,
  ) {}

  /** Resolves when the worker has pulled each source for the first time, which it does when it starts. */
  static async start(cluster: Cluster, name: string, list: string): Promise<PullStage> {
    const folder = join(cluster.folder, name);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, "sources.yml"), list);
    const url = await cluster.createDatabase();
    let [peak, timer]: [number, NodeJS.Timeout | undefined] = [0, undefined];
    const watch = (pid: number) => {
      const look = async () => (peak = Math.max(peak, await memoryOf(pid)));
      timer = setInterval(() => void look().catch(() => undefined), SAMPLE_MS);
    };
    const worker = await startWorker(url, folder, 1, watch);
    const pool = createPool(url);
    await until("the sources are pulled", async () => (await unfinished(pool)) === 0);
    clearInterval(timer);
    return new PullStage(url, pool, worker, peak);
  }

  /** Milliseconds from the beginning of the first pull to the end of the last one. */
  async firstPulls(): Promise<number> {
    const { rows } = await this.pool.query<{ ms: number; states: string[]; kinds: string[] }>(
      `SELECT extract(epoch FROM max(finished_at) - min(started_at))::float * 1000 AS ms,
              array_agg(state) AS states, array_agg(kind) AS kinds FROM pulls`,
    );
    const [all] = rows;
    if (!all || all.states.some((state) => state !== "complete") || all.kinds.includes("incremental"))
      throw new Error(`the first pulls were not one whole pull each: ${JSON.stringify(rows)}`);
    return all.ms;
  }

  /** Pulls the source once, as its schedule would. @returns milliseconds. */
  async pull(source: string): Promise<number> {
    const before = await this.finished(source);
    await this.pool.query("UPDATE sources SET next_sync_at = NULL WHERE id = $1", [source]);
    await tick({ pool: this.pool, clock: systemClock, log: pino({ level: "silent" }), autoSync: true }, [
      source,
    ]);
    await until(`${source} is pulled`, async () => (await this.finished(source)) > before);
    const { rows } = await this.pool.query<{ ms: number; state: string; reason: string | null }>(
      `SELECT extract(epoch FROM finished_at - started_at)::float * 1000 AS ms, state, reason
         FROM pulls WHERE source = $1 ORDER BY seq DESC LIMIT 1`,
      [source],
    );
    const [last] = rows;
    if (last?.state !== "complete") throw new Error(`${source}: ${last?.state}, ${last?.reason ?? ""}`);
    return last.ms;
  }

  private async finished(source: string): Promise<number> {
    const { rows } = await this.pool.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM pulls WHERE source = $1 AND finished_at IS NOT NULL",
      [source],
    );
    return rows[0]?.count ?? 0;
  }

  async stop(): Promise<void> {
    await stopWorker(this.worker);
    await this.pool.end();
  }
}

async function unfinished(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ count: number }>(
    `SELECT (SELECT count(*) FROM sync_requests WHERE answered_at IS NULL)::int
          + (SELECT count(*) FROM pulls WHERE finished_at IS NULL)::int
          + (SELECT count(*) FROM sources WHERE id NOT IN (SELECT source FROM pulls))::int AS count`,
  );
  return rows[0]?.count ?? 0;
}
