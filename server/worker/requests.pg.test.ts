import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RunRequest } from "../../lib/run/request.ts";
import { createPool } from "../store/pool.ts";
import { SOURCE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";
import { ProgressReporter } from "./report-progress.ts";
import { SourceRunner } from "./source-runner.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const newRuns = async () => (await source.runs()).slice(1);

describe("group commit", () => {
  it("many requests without options share one run with the most telling trigger", async () => {
    for (let n = 0; n < 5; n++)
      await source.sql("UPDATE tasks SET description = $1 WHERE id = '2'", [`edit ${n}`]);
    const ids = await Promise.all(
      [...Array(10).keys()].map((n) => source.request(n === 7 ? "manual" : "api")),
    );
    await source.request("database");
    await source.runner.wake();
    expect((await newRuns()).map((run) => run.trigger)).toEqual(["manual"]);
    for (const id of ids)
      expect(await source.answerTo(id)).toMatchObject({
        run: { outcome: "succeeded", counts: { updated: 1 } },
      });
    await source.expectInStep();
  });

  it("a request with options has a run of its own, in its turn", async () => {
    const special: RunRequest = { kind: "sync", direction: "file_to_database" };
    await source.request("api");
    await source.request("manual", special);
    await source.request("manual", { kind: "sync", force: true });
    await source.request("api");
    await source.runner.wake();
    const runs = await source.sql<{ trigger: string; direction: string }>(
      "SELECT trigger, direction FROM runs ORDER BY seq OFFSET 1",
    );
    expect(runs).toEqual([
      { trigger: "api", direction: "bidirectional" },
      { trigger: "manual", direction: "yaml_to_db" },
      { trigger: "manual", direction: "bidirectional" },
    ]);
  });

  it("the same look request is kept once, however often it comes", async () => {
    expect(await source.request("watch")).not.toBeNull();
    expect(await source.request("watch")).toBeNull();
    expect(await source.request("database")).not.toBeNull();
    await source.runner.wake();
    expect(await source.request("watch")).not.toBeNull();
    await source.runner.wake();
    await source.expectInStep();
    // Nothing had changed, so no run is stored.
    expect(await newRuns()).toEqual([]);
  });
});

describe("three runners at once, each with its own pool", () => {
  it("never do the same work twice, and leave nothing undone", async () => {
    const pools = [1, 2, 3].map(() => createPool(source.url, 4));
    const runners = pools.map((pool) => source.createRunner(pool).runner);
    for (let round = 0; round < 10; round++) {
      await source.sql("UPDATE tasks SET params = params || $1 WHERE id = '1'", [{ sql: round }]);
      await source.edit(/description: Report.*/, `description: Report ${round}`);
      const ids = await Promise.all([
        source.request("api"),
        source.request("watch"),
        source.request("manual", { kind: "sync", force: true }),
      ]);
      await Promise.all(runners.map((runner) => runner.wake()));
      for (const id of ids)
        expect(await source.answerTo(id)).toMatchObject({ run: { outcome: "succeeded" } });
    }
    await source.expectInStep();
    // Each edit was carried by exactly one run.
    expect(
      await source.sql(
        "SELECT task_id, count(*)::int FROM run_changes c JOIN runs r ON r.id = c.run_id WHERE " +
          "r.trigger <> 'startup' GROUP BY task_id ORDER BY task_id",
      ),
    ).toEqual([
      { task_id: "1", count: 10 },
      { task_id: "3", count: 10 },
    ]);
    await Promise.all(pools.map((pool) => pool.end()));
  });
});

describe("every wake-up counts", () => {
  /** Locks the row that the next run needs. The run then waits after it has read its requests. */
  const holdRow = async (id: string) => {
    const holder = await source.pool.connect();
    await holder.query("BEGIN");
    await holder.query("SELECT 1 FROM tasks WHERE id = $1 FOR UPDATE", [id]);
    return {
      waiting: () =>
        waitFor(
          async () =>
            (
              await source.sql(
                "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type " +
                  "= 'Lock' AND query LIKE '%FOR UPDATE%'",
              )
            ).length > 0,
          { what: "a run that waits for the row" },
        ),
      letGo: async () => {
        await holder.query("COMMIT");
        holder.release();
      },
    };
  };

  it.each(["database", "watch"] as const)(
    "of a %s edit while a run for the same reason is running",
    async (trigger) => {
      if (trigger === "database") await source.sql("UPDATE tasks SET description = 'first' WHERE id = '1'");
      else await source.edit("description: Back up", "description: first");
      await source.request(trigger);
      const held = await holdRow("1");
      const running = source.runner.wake();
      await held.waiting();
      // This edit is too late for the run's reads, so that it needs its own run.
      if (trigger === "database") await source.sql("UPDATE tasks SET description = 'second' WHERE id = '2'");
      else await source.edit("description: Check", "description: second");
      const requested = source.request(trigger).then(() => source.runner.wake());
      await held.letGo();
      await running;
      await requested;
      expect(await source.read()).toContain("description: second");
      expect((await source.row(2))?.["description"]).toBe("second");
      await source.expectInStep();
    },
  );

  it("during the last pass makes one more pass", async () => {
    await source.sql("UPDATE tasks SET description = 'first' WHERE id = '1'");
    const held = await (async () => {
      await source.request("api");
      return holdRow("1");
    })();
    const running = source.runner.wake();
    await held.waiting();
    const late = await source.request("api");
    const second = source.runner.wake();
    await held.letGo();
    await Promise.all([running, second]);
    expect(await source.answerTo(late)).toBeDefined();
  });

  it("in the very moment in which the runner stops", async () => {
    // This many microtasks after the last look at the requests; one of them is between the runner's decision
    // and its end.
    for (let ticks = 0; ticks < 12; ticks++) {
      let looks = 0;
      let late: string | null = null;
      let woken: Promise<void> | undefined;
      class Reporter extends ProgressReporter {
        override async finish(): Promise<void> {
          looks += 1;
          if (looks !== 2) return;
          late = await source.request("api");
          let moment = Promise.resolve();
          for (let n = 0; n < ticks; n++) moment = moment.then(() => undefined);
          void moment.then(() => {
            woken = runner.wake();
          });
        }
      }
      const runner: SourceRunner = new SourceRunner(
        source.context,
        source.kept,
        new Reporter(source.pool, SOURCE),
      );
      await source.request("api");
      await runner.wake();
      await waitFor(() => woken !== undefined);
      await woken;
      expect(await source.answerTo(late), `${ticks} microtasks later`).toBeDefined();
    }
  });
});
