import { afterEach, beforeEach, expect, it } from "vitest";
import { wakeLater } from "../store/wake.ts";
import { letGo, startTestWorker } from "../testing/commands.ts";
import { SOURCE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";
import type { RunningWorker } from "./start-worker.ts";

let source: TestSource;
let worker: RunningWorker;

beforeEach(async () => {
  source = await startTestSource();
  worker = await startTestWorker(source, { AUTO_SYNC_ENABLED: "false" });
});
afterEach(async () => {
  await worker.stop();
  await letGo();
  await source.stop();
});

it("a retry whose time has come is done, although no notification tells of it", async () => {
  await source.write((await source.read()).replace("retries: 3", "retries: 8"));
  await wakeLater(source.pool, SOURCE, 3_600_000);
  await source.sql(
    "SELECT graphile_worker.reschedule_jobs(ARRAY(SELECT id FROM graphile_worker.jobs WHERE key = 'retry:default'), run_at => now())",
  );
  await waitFor(
    async () => (await source.sql("SELECT 1 FROM runs WHERE requested_by = 'retry'")).length === 1,
    { what: "the retry" },
  );
  expect(await source.row(2)).toMatchObject({ params: { retries: 8 } });
});

it("a consumer that could not ask for a job, and whose listening connection broke, takes the next job soon", async () => {
  await source.sql(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
  );
  await source.write((await source.read()).replace("retries: 3", "retries: 9"));
  await wakeLater(source.pool, SOURCE, 0);
  await waitFor(
    async () => (await source.sql("SELECT 1 FROM tasks WHERE params @> '{\"retries\": 9}'")).length === 1,
    { what: "the run" },
  );
});
