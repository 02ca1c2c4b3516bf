import { mkdtemp, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import pino from "pino";
import { type RunAnswer, runOf, type RunRequest } from "../../lib/run/request.ts";
import type { PlanPreview } from "../../lib/protocol/plan.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { Trigger } from "../../lib/protocol/trigger.ts";
import type { Strategy } from "../../lib/sync/types.ts";
import type { SourceContext } from "../runs/source-context.ts";
import { createPool } from "../store/pool.ts";
import { addRequest, readAnswers } from "../store/requests.ts";
import { registerSource } from "../store/sources.ts";
import { systemClock } from "../clock.ts";
import { openEndpoint } from "../endpoints/registry.ts";
import { FolderWatcher } from "../folder-watcher.ts";
import { ProgressReporter } from "../worker/report-progress.ts";
import { SnapshotCache } from "../worker/snapshots.ts";
import { SourceRunner } from "../worker/source-runner.ts";
import { inAnHour } from "./in-an-hour.ts";
import { expectInStep } from "./in-step.ts";
import { createTestDatabase } from "./test-database.ts";
import { waitFor } from "./wait-for.ts";

export const SOURCE = "default";
/** Of the test source's file: a save counts when the file has been quiet this long. */
export const DEBOUNCE_MS = 100;

/** Three tasks in a human's hand: comments, quotes, nested params. */
export const SAMPLE = `# The schedule of jobs.
tasks:
  # nightly
  - id: 1
    skill_name: daily-backup
    schedule_cron: "0 2 * * *" # at two
    timezone: Europe/Berlin
    status: active
    description: Back up
    params:
      keep_days: 30

  - id: 2
    skill_name: health-check
    schedule_cron: "0 * * * *"
    status: active
    description: Check
    params:
      retries: 3
      timeout: 10

  - id: 3
    skill_name: weekly-report
    schedule_cron: "0 8 * * 1"
    description: Report
`;

export interface TestSourceOptions {
  yaml?: string;
  strategy?: Strategy;
  settings?: object;
  /** False: nothing is imported yet. */
  imported?: boolean;
  /** The clock that tells how old a save of the file is; left out: every save is old. */
  fileNow?: () => number;
}

export type TestSource = Awaited<ReturnType<typeof startTestSource>>;

/** A real database and a real file in a folder of its own, with a runner that is woken by hand. */
export async function startTestSource({
  yaml = SAMPLE,
  strategy = "three-way",
  settings = {},
  imported = true,
  fileNow = inAnHour,
}: TestSourceOptions = {}) {
  const url = await createTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "lockstep-source-"));
  const path = join(folder, "schedule.yml");
  await writeFile(path, yaml);
  const pool = createPool(url);
  await registerSource(pool, { id: SOURCE, path });
  await pool.query("UPDATE sources SET settings = $2 WHERE id = $1", [SOURCE, settings]);
  // Seconds after the epoch of the tests, moved by hand only.
  const clock = {
    at: new Date("2026-03-01T12:00:00.000Z"),
    now: () => clock.at,
    wait: systemClock.wait,
    advance: (ms: number) => (clock.at = new Date(clock.at.getTime() + ms)),
  };
  const backups = join(folder, "backups");
  const log = pino({ level: process.env["TEST_LOG"] ?? "silent" });
  const watcher = new FolderWatcher({ debounceMs: DEBOUNCE_MS, polling: false, log });
  const open = (file: string, now = fileNow) =>
    openEndpoint("yaml-file", { path: file, backups, debounceMs: DEBOUNCE_MS, now, watcher });
  const createRunner = (over: pg.Pool = pool) => {
    const context: SourceContext = {
      source: SOURCE,
      pool: over,
      clock,
      log,
      endpoint: open(path),
      strategy,
      progress: () => undefined,
    };
    const kept = new SnapshotCache().of(SOURCE);
    return { context, kept, runner: new SourceRunner(context, kept, new ProgressReporter(over, SOURCE)) };
  };
  const { context, kept, runner } = createRunner();

  /** SQL as anyone with psql would send it. */
  const sql = async <Row extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await pool.query<Row>(text, values)).rows;
  const request = (trigger: Trigger = "manual", options: RunRequest | null = null) =>
    addRequest(pool, { source: SOURCE, trigger, options, requested_by: "tester" });
  const answerTo = async (id: string | null): Promise<RunAnswer | undefined> =>
    (await readAnswers(pool, [id ?? "0"])).get(id ?? "0");
  /** Asks, runs, and gives the answer. */
  const ask = async (trigger: Trigger = "manual", options: RunRequest | null = null): Promise<RunAnswer> => {
    const id = await request(trigger, options);
    await runner.wake();
    return waitFor(() => answerTo(id), { what: "an answer" });
  };
  const run = async (trigger: Trigger = "manual", options: RunRequest | null = null): Promise<RunSummary> => {
    const answer = await ask(trigger, options);
    const answered = runOf(answer);
    if (!answered) throw new Error(`answered without a run: ${JSON.stringify(answer)}`);
    return answered;
  };

  const source = {
    url,
    folder,
    path,
    pool,
    clock,
    context,
    kept,
    backups,
    runner,
    createRunner,
    open,
    sql,
    request,
    answerTo,
    ask,
    run,
    dryRun: async (options: Omit<RunRequest<"dry_run">, "kind"> = {}): Promise<PlanPreview> => {
      const answer = await ask("manual", { kind: "dry_run", ...options });
      if (!("plan" in answer)) throw new Error("a dry run was answered without a plan");
      return answer.plan;
    },
    read: () => readFile(path, "utf8"),
    write: (text: string | Buffer) => writeFile(path, text),
    /** Edits the text as an editor would; what is to be replaced must stand there exactly once. */
    edit: async (from: string | RegExp, to: string): Promise<void> => {
      const text = await readFile(path, "utf8");
      if (text.split(from).length !== 2) throw new Error(`${from} does not stand once in the file:\n${text}`);
      await writeFile(
        path,
        text.replace(from, () => to),
      );
    },
    row: async (id: number | string): Promise<Record<string, unknown> | undefined> =>
      (await sql("SELECT * FROM tasks WHERE source = $1 AND id = $2", [SOURCE, String(id)]))[0],
    pending: async (): Promise<Record<string, string>> =>
      Object.fromEntries(
        (
          await sql<{ task_id: string; reason: string }>(
            "SELECT task_id, reason FROM pending_tasks ORDER BY task_id",
          )
        ).map((row) => [row.task_id, row.reason]),
      ),
    conflicts: (state = "pending") =>
      sql<{
        id: string;
        task_id: string;
        state: string;
        kind: string;
        fields: string[];
        reason: string;
        revision: string;
        ancestor: Record<string, unknown> | null;
        yaml_data: Record<string, unknown> | null;
        db_data: Record<string, unknown> | null;
        yaml_updated_at: Date | null;
        db_updated_at: Date | null;
        db_updated_by: string | null;
        choice: string | null;
        closed_by: string | null;
        run_id: string | null;
        refreshed_at: Date | null;
      }>("SELECT * FROM conflicts WHERE state = $1 ORDER BY seq", [state]),
    problems: async () =>
      (
        await sql<{
          problems: { code: string; message: string; line?: number; column?: number; task_id?: string }[];
        }>("SELECT problems FROM sources")
      )[0]?.problems ?? [],
    runs: () =>
      sql<{ id: string; trigger: string; outcome: string; counts: Record<string, number> }>(
        "SELECT * FROM runs ORDER BY seq",
      ),
    /** Everything both sides and the bookkeeping say, to show that nothing of it changed. */
    everything: async () => ({
      file: await readFile(path, "utf8").catch(() => null),
      rows: await sql("SELECT to_jsonb(t) AS row FROM tasks t ORDER BY id"),
      ancestors: await sql("SELECT to_jsonb(a) AS row FROM ancestors a ORDER BY id"),
      pending: await sql("SELECT task_id, reason FROM pending_tasks ORDER BY task_id"),
      edits: await sql("SELECT to_jsonb(e) AS row FROM task_edits e ORDER BY id"),
      conflicts: await sql("SELECT to_jsonb(c) AS row FROM conflicts c ORDER BY id"),
    }),
    /** The source is in another file from now on. */
    use: async (other: string): Promise<void> => {
      context.endpoint = open(other);
      await sql("UPDATE sources SET path = $1, file_revision = NULL", [other]);
    },
    /** Makes a lock whose holder died look old enough to be taken over. */
    ageLock: async () => {
      const old = new Date(Date.now() - 60_000);
      await utimes(`${path}.lock`, old, old).catch(() => undefined);
    },
    expectInStep: (except: readonly string[] = []) => expectInStep(pool, SOURCE, path, except),
    stop: async () => {
      await runner.idle();
      await pool.end();
      await rm(folder, { recursive: true, force: true });
    },
  };
  if (imported) await source.run("startup");
  return source;
}
