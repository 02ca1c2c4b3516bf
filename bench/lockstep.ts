import { mkdir, readFile, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pino from "pino";
import type { FileChange, PlanItem } from "../lib/sync/types.ts";
import type { RunSummary } from "../lib/protocol/run.ts";
import { systemClock } from "../server/clock.ts";
import type { Endpoint, Snapshot } from "../server/endpoints/endpoint.ts";
import { openEndpoint } from "../server/endpoints/registry.ts";
import { FolderWatcher } from "../server/folder-watcher.ts";
import { SourceLease } from "../server/store/source-lease.ts";
import { runSync } from "../server/runs/run-sync.ts";
import { type RunMemory, StartOver, type SourceContext } from "../server/runs/source-context.ts";
import { createPool } from "../server/store/pool.ts";
import { addRequest } from "../server/store/requests.ts";
import { registerSource } from "../server/store/sources.ts";
import { withoutGuard } from "../server/testing/history-guard.ts";
import type { Contender } from "./contender.ts";

const SOURCE = "default";
const TABLES =
  "tasks, ancestors, pending_tasks, task_edits, sync_requests, runs, run_changes, file_authors, " +
  "conflicts, file_intents, audit_entries";

/** Lockstep itself: the same `runSync` that a worker calls, on its own connections. */
export class Lockstep implements Contender {
  readonly name = "lockstep";
  readonly context: SourceContext;
  /** Summary of the last run. */
  last: RunSummary | null = null;
  private snapshot: Snapshot | undefined;

  constructor(
    databaseUrl: string,
    public path: string,
  ) {
    this.context = {
      source: SOURCE,
      pool: createPool(databaseUrl),
      clock: systemClock,
      log: pino({ level: "silent" }),
      endpoint: this.open(path),
      strategy: "three-way",
      progress: () => undefined,
    };
  }

  private open(path: string): Endpoint {
    return openEndpoint("yaml-file", {
      path,
      backups: join(dirname(path), "backups"),
      debounceMs: 200,
      watcher: new FolderWatcher({ debounceMs: 200, polling: false, log: pino({ level: "silent" }) }),
    });
  }

  async run(): Promise<void> {
    let { hint }: RunMemory = {};
    for (;;) {
      try {
        const { run, answered, snapshot } = await runSync(
          this.context,
          { snapshot: this.snapshot, hint },
          new SourceLease(),
        );
        this.snapshot = snapshot;
        if (!answered) throw new Error("no request for a run was waiting");
        this.last = run;
        return;
      } catch (error) {
        if (!(error instanceof StartOver)) throw error;
        hint = error.learned.hint ?? hint;
        this.snapshot ??= error.learned.snapshot;
        await delay(error.afterMs);
      }
    }
  }

  /** Requests a run, like a trigger for whose answer no client waits. */
  async prepare(): Promise<void> {
    await addRequest(this.context.pool, { source: SOURCE, trigger: "schedule", requested_by: "bench" });
  }

  async empty(text: string): Promise<void> {
    await mkdir(dirname(this.path), { recursive: true });
    await writeFile(this.path, text);
    await this.clear();
  }

  /** Empties the database, and forgets the file. */
  async clear(): Promise<void> {
    const { pool } = this.context;
    // Also removes what the triggers recorded of the truncation.
    await withoutGuard(
      pool,
      `TRUNCATE ${TABLES}, sources`,
      "DELETE FROM task_edits",
      "DELETE FROM audit_entries",
    );
    await registerSource(pool, { id: SOURCE, path: this.path });
    this.snapshot = undefined;
  }

  async seed(text: string): Promise<void> {
    await this.empty(text);
    await this.settle();
    await this.context.pool.query("VACUUM ANALYZE");
  }

  /**
   * Runs until nothing is left to carry, and waits until the file is old enough for git's rule of racy files.
   */
  async settle(): Promise<void> {
    const before = new Date(Date.now() - 60_000);
    await utimes(this.path, before, before);
    await this.prepare();
    await this.run();
    await utimes(this.path, before, before);
    await this.prepare();
    await this.run();
  }

  async changeRows(ids: readonly number[], retries: number): Promise<void> {
    await this.context.pool.query(
      "UPDATE tasks SET params = jsonb_set(params, '{retries}', to_jsonb($2::int)) WHERE id = " +
        "ANY($1::text[])",
      [ids.map(String), retries],
    );
  }

  /** Puts the text into both sides again, and removes conflicts. */
  async reset(text: string): Promise<void> {
    await this.context.pool.query(
      "UPDATE tasks t SET params = a.params FROM ancestors a WHERE a.source = t.source AND a.id = t.id " +
        "AND a.params <> t.params",
    );
    await writeFile(this.path, text);
    await this.settle();
  }

  async read(): Promise<void> {
    const read = await this.context.endpoint.read();
    if (!read.ok) throw new Error(read.problem.message);
  }

  async writer(id: number, retries: number): Promise<() => Promise<void>> {
    if (!this.snapshot) throw new Error("no file was read yet");
    let current = this.snapshot;
    const path = ["params", "retries"];
    return async () => {
      const file = { edits: [{ path, value: retries }], stamp: null };
      const edited = await current.edit([updateItem(String(id), file)], systemClock.now());
      if (!edited.write) throw new Error("the edit changes nothing");
      current = await edited.write(
        async () => undefined,
        () => true,
      );
      this.snapshot = current;
    };
  }

  /** Uses another file from now on. */
  async use(path: string): Promise<void> {
    this.path = path;
    this.context.endpoint = this.open(path);
    await registerSource(this.context.pool, { id: SOURCE, path });
  }

  async rowRetries(id: number): Promise<number> {
    const { rows } = await this.context.pool.query<{ retries: number }>(
      "SELECT (params->>'retries')::int AS retries FROM tasks WHERE id = $1",
      [String(id)],
    );
    return rows[0]?.retries ?? NaN;
  }

  async text(): Promise<string> {
    return readFile(this.path, "utf8");
  }

  async close(): Promise<void> {
    await this.context.pool.end();
  }
}

function updateItem(key: string, file: FileChange): PlanItem {
  return { key, action: "update", merged: false, before: null, after: null, file, ancestor: null };
}
