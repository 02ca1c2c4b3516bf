import { setMaxListeners } from "node:events";
import pino from "pino";
import { type RunAnswer, runOf, type RunRequest } from "../../lib/run/request.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { Trigger } from "../../lib/protocol/trigger.ts";
import { layered, presetSettings } from "../../lib/source/settings.ts";
import { parseSources } from "../../lib/source/parse-sources.ts";
import { systemClock } from "../clock.ts";
import { openCollection } from "../endpoints/registry.ts";
import type { CollectionContext } from "../runs/pull/collection-context.ts";
import { createPool } from "../store/pool.ts";
import { addRequest, readAnswers } from "../store/requests.ts";
import { registerSources } from "../store/sources.ts";
import { ProgressReporter } from "../worker/report-progress.ts";
import { SnapshotCache } from "../worker/snapshots.ts";
import { SourceRunner } from "../worker/source-runner.ts";
import { createTestDatabase } from "./test-database.ts";
import { waitFor } from "./wait-for.ts";

export type TestCollections = Awaited<ReturnType<typeof startTestCollections>>;

/** A real database with sources of an API, whose runners are woken by hand. */
export async function startTestCollections(baseUrl: string) {
  const url = await createTestDatabase();
  const pool = createPool(url);
  const log = pino({ level: process.env["TEST_LOG"] ?? "silent" });
  const clock = { ...systemClock, aheadMs: 0, now: () => new Date(Date.now() + clock.aheadMs) };
  const runners = new Map<string, SourceRunner>();
  const contexts = new Map<string, CollectionContext>();
  const stopping = new AbortController();
  setMaxListeners(0, stopping.signal);

  /** Uses these resources from now on, as a list in YAML. */
  const use = async (resources: string, client = ""): Promise<void> => {
    const text = `sources:\n  - kind: http\n    client: {base_url: "${baseUrl}", allow_private: true, retries: 1, retry_delay_seconds: 0.05${client}}\n    resources:\n${resources.replace(/^/gm, "      ")}\n`;
    const { entries, problems } = parseSources(text);
    if (problems.length > 0) throw new Error(`${JSON.stringify(problems)}\n${text}`);
    for (const { id, http, settings } of entries) {
      if (!http) continue;
      const base = layered(presetSettings({ intervalMinutes: 5, strategy: "three-way" }), [
        ["file", settings],
      ]);
      const collection = {
        kind: "http",
        type: http.resource.type,
        parent: http.resource.parent?.source ?? null,
      };
      await registerSources(pool, [{ id, path: http.resource.path, base, collection }]);
      const context: CollectionContext = {
        source: id,
        pool,
        clock,
        log,
        collection: openCollection("http", { ...http, valueOf: (name) => process.env[name] }),
        progress: () => undefined,
        stopping: stopping.signal,
      };
      contexts.set(id, context);
      runners.set(id, new SourceRunner(context, new SnapshotCache().of(id), new ProgressReporter(pool, id)));
    }
  };
  const sql = async <Row extends object>(text: string, values: unknown[] = []): Promise<Row[]> =>
    (await pool.query(text, values)).rows as Row[];
  const ask = async (
    source: string,
    options: RunRequest | null = null,
    trigger: Trigger = "manual",
  ): Promise<RunAnswer> => {
    const id = await addRequest(pool, { source, trigger, options, requested_by: "tester" });
    await runners.get(source)?.wake();
    return waitFor(async () => (await readAnswers(pool, [id ?? "0"])).get(id ?? "0"), { what: "an answer" });
  };
  return {
    url,
    pool,
    clock,
    contexts,
    runners,
    use,
    sql,
    ask,
    pull: async (source: string, wish: Omit<RunRequest<"sync">, "kind"> = {}): Promise<RunSummary> => {
      const run = runOf(await ask(source, { kind: "sync", ...wish }));
      if (!run) throw new Error("answered without a run");
      return run;
    },
    /** Keys of the objects that a source has. */
    keys: async (source: string): Promise<string[]> =>
      (
        await sql<{ external_id: string }>(
          "SELECT external_id FROM objects WHERE source = $1 AND deleted_at IS NULL ORDER BY external_id",
          [source],
        )
      ).map(({ external_id }) => external_id),
    /** The record of the last pull. */
    record: async (source: string) =>
      (
        await sql<Record<string, unknown>>(
          "SELECT * FROM pulls WHERE source = $1 ORDER BY seq DESC LIMIT 1",
          [source],
        )
      )[0],
    stop: async () => {
      stopping.abort();
      await Promise.all([...runners.values()].map((runner) => runner.idle()));
      await pool.end();
    },
  };
}
