import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { makeEdits, restartInStep } from "./testing/edits-of-a-crash.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

describe("PostgreSQL connections that break in mid-run", () => {
  it("leave the file as it was when it had not been written, and the run is done again", async () => {
    await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '1'");
    const holder = await source.pool.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM tasks WHERE id = '1' FOR UPDATE");
    const id = await source.request("database");
    const woken = source.runner.wake();
    let killed = 0;
    while (killed === 0) {
      killed = (
        await source.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR UPDATE%'",
        )
      ).length;
    }
    await holder.query("COMMIT");
    holder.release();
    await woken;
    expect(await source.answerTo(id)).toMatchObject({ run: { outcome: "failed" } });
    expect(await source.read()).toBe(SAMPLE);
    await source.run("schedule");
    expect(await source.read()).toContain("description: v1");
    await source.expectInStep();
  });

  it("after the file was written: completed by the next run, without a conflict", async () => {
    await source.sql(
      "CREATE FUNCTION hold() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_advisory_xact_lock(4711); RETURN NEW; END $$",
    );
    await source.sql("CREATE TRIGGER hold BEFORE INSERT ON run_changes FOR EACH ROW EXECUTE FUNCTION hold()");
    await makeEdits(source);
    const holder = await source.pool.connect();
    await holder.query("SELECT pg_advisory_lock(4711)");
    await source.request("manual");
    const woken = source.runner.wake();
    let killed = 0;
    while (killed === 0) {
      killed = (
        await source.sql(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'advisory'",
        )
      ).length;
    }
    await woken;
    holder.release(true);
    await source.sql("DROP TRIGGER hold ON run_changes");
    expect((await source.read()).match(/description: v1/g)).toHaveLength(2);
    await source.sql("UPDATE tasks SET description = 'v2' WHERE id = '2'");
    await restartInStep(source);
    expect(await source.row(2)).toMatchObject({ description: "v2", params: { timeout: 20 } });
  });
});
