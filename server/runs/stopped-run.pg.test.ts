import { readFile } from "node:fs/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type CrashPoint, stopAt, type StoppedRun } from "../testing/kill-at.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";

const LEASE_MS = 1_000;
const POINTS: CrashPoint[] = [
  "before the intent",
  "after the intent, before the file",
  "after the file, before the commit",
  "at the commit",
];

/** A run of another runner that does not come back from reading the file until it is let go. */
async function startSlowRun(lease: { ms: number; standstillMs?: number }) {
  const { context, runner } = source.createRunner();
  const { endpoint } = context;
  let open = () => undefined as void;
  const gate = new Promise<void>((resolve) => (open = resolve));
  let reading = false;
  context.lease = lease;
  context.endpoint = Object.assign(Object.create(endpoint) as typeof endpoint, {
    read: async (...given: Parameters<typeof endpoint.read>) => {
      reading = true;
      await gate;
      return endpoint.read(...given);
    },
  });
  const request = await source.request("manual");
  const done = runner.wake();
  await waitFor(() => reading, { what: "a run that reads" });
  letGo = async () => {
    open();
    await done;
  };
  return { request, letGo, runner };
}

let source: TestSource;
let stopped: StoppedRun | undefined;
let letGo: (() => Promise<void>) | undefined;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(async () => {
  await stopped?.kill();
  await letGo?.();
  stopped = letGo = undefined;
  await source.stop();
});

/** What the stopped run had to carry: edits in both directions, a merge, a creation and a deletion. */
async function edits(): Promise<void> {
  await source.sql("UPDATE tasks SET description = 'v1' WHERE id IN ('1', '2')");
  await source.edit("timeout: 10", "timeout: 20");
  await source.sql("DELETE FROM tasks WHERE id = '3'");
  await source.sql(
    "INSERT INTO tasks (id, skill_name, schedule_cron, next_run_at) VALUES ('4', 'new', '1 1 * * *', '2026-05-05T00:00:00Z')",
  );
}

async function furtherEdits(): Promise<void> {
  await source.sql("UPDATE tasks SET description = 'v2' WHERE id = '2'");
  await source.edit("keep_days: 30", "keep_days: 60");
}

async function expectAll(): Promise<void> {
  expect([...(await source.conflicts()), ...(await source.conflicts("closed"))]).toEqual([]);
  await source.expectInStep();
  expect(await source.row(1)).toMatchObject({ description: "v1", params: { keep_days: 60 } });
  expect(await source.row(2)).toMatchObject({ description: "v2", params: { timeout: 20, retries: 3 } });
  expect(await source.row(3)).toBeUndefined();
  expect(await source.read()).toContain("skill_name: new");
}

const everything = async () => ({
  ...(await source.everything()),
  bak: await readFile(`${source.path}.bak`, "utf8"),
  intents: await source.sql("SELECT to_jsonb(i) AS row FROM file_intents i"),
  versions: await source.context.endpoint.versions.list(),
});

describe.each(POINTS)("a process that is stopped %s", (point) => {
  it("loses the source, and writes nothing any more when it goes on", async () => {
    await edits();
    stopped = await stopAt(source, point, LEASE_MS);
    expect(await source.run()).toMatchObject({ outcome: "succeeded", counts: { conflicts: 0 } });
    await furtherEdits();
    expect(await source.run()).toMatchObject({ outcome: "succeeded", counts: { conflicts: 0 } });
    const before = await everything();
    await stopped.goOn();
    expect(await everything()).toEqual(before);
    await expectAll();
  });

  it("does what waits as a run of its own when it goes on, from what both sides say then", async () => {
    await edits();
    stopped = await stopAt(source, point, LEASE_MS);
    expect(await source.run()).toMatchObject({ outcome: "succeeded" });
    await furtherEdits();
    await source.request("manual");
    await stopped.goOn();
    await expectAll();
  });
});

describe("a run that computes or waits for its disk", () => {
  it("for longer than the lease keeps the source, because its process is alive", async () => {
    const ms = 500;
    await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '1'");
    const { request, letGo: goOn } = await startSlowRun({ ms });
    const silentFor = (times: number) =>
      source.sql(
        `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'
            AND xact_start < clock_timestamp() - $1 * interval '1 millisecond'`,
        [times * ms],
      );
    await waitFor(async () => (await silentFor(4)).length === 1, { what: "a run that takes four leases" });
    await goOn();
    expect(await source.answerTo(request)).toMatchObject({ run: { outcome: "succeeded" } });
    expect(await source.read()).toContain("description: v1");
    await source.expectInStep();
  });

  it("and never comes to an end loses the source", async () => {
    await edits();
    const { letGo: goOn, runner } = await startSlowRun({ ms: 300, standstillMs: 600 });
    expect(await source.run()).toMatchObject({ outcome: "succeeded", counts: { conflicts: 0 } });
    await furtherEdits();
    expect(await source.run()).toMatchObject({ outcome: "succeeded" });
    const before = await everything();
    // The probe of the process is told, because only a restart can end it.
    await waitFor(() => runner.isStuck, { what: "a run that counts as stuck" });
    await goOn();
    expect(runner.isStuck).toBe(false);
    expect(await everything()).toEqual(before);
    await expectAll();
  });
});

it("every connection of the pool ends by itself when the other end is silent in a transaction, or gone", async () => {
  const { rows } = await source.pool.query<Record<string, string>>(
    `SELECT current_setting('idle_in_transaction_session_timeout') AS idle,
            current_setting('tcp_user_timeout') AS unacknowledged, current_setting('tcp_keepalives_idle') AS kept`,
  );
  expect(rows).toEqual([{ idle: "30s", unacknowledged: "30000", kept: "10" }]);
});
