import { systemClock } from "../clock.ts";
import { rm } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import type { Actor } from "../../lib/protocol/actor.ts";
import { changeSource } from "../commands/change-source.ts";
import { forceSync } from "../commands/force-sync.ts";
import { periodicSync } from "../commands/periodic-sync.ts";
import { getRound } from "../queries/rounds.ts";
import { getSource } from "../queries/sources.ts";
import { advanceRound } from "../rounds/advance-round.ts";
import { openRounds } from "../store/rounds.ts";
import { ADA } from "../testing/commands.ts";
import { type ManySources, one } from "../testing/many-sources.ts";
import { waitFor } from "../testing/wait-for.ts";
import { tick } from "./tick.ts";
import { FAMILY, startFamily } from "../testing/family.ts";
import { listenToEvents } from "../testing/listen-to-events.ts";

let many: ManySources;
afterEach(() => many.stop());
const asked = { actor: ADA as Actor };
const force = (body: Parameters<typeof forceSync>[0], wait = true) =>
  forceSync(body, { ...asked, trigger: "manual", wait });

const family = async (...options: Parameters<typeof startFamily>) => {
  many = await startFamily(...options);
};
/** An edit without a notification, which only a run by itself finds. */
const untold = (source: string, description: string) =>
  many.sql(
    `BEGIN; SET LOCAL lockstep.carried = 'yes'; UPDATE tasks SET description = '${description}' WHERE ` +
      `source = '${source}'; COMMIT`,
  );
const states = (round: { sources: { source: string; state: string; reason?: string }[] } | undefined) =>
  round?.sources.map(({ source, state, reason }) => [source, state, ...(reason ? [reason] : [])]);
const lastRound = async (trigger = "schedule") =>
  getRound(
    (
      await many.sql<{ id: string }>(
        "SELECT id::text FROM rounds WHERE trigger = $1 ORDER BY started_at DESC LIMIT 1",
        [trigger],
      )
    )[0]?.id,
  );

describe("the tick", () => {
  it("runs due sources, parents first", async () => {
    await family();
    for (const source of ["child", "parent", "grandchild", "other"]) await untold(source, `untold ${source}`);
    expect(await many.tick()).toEqual({ due: 4, skipped: 0 });
    await many.inFile("g.yml", "untold grandchild");
    await many.settled();
    expect(states(await lastRound())).toEqual([
      ["other", "succeeded"],
      ["parent", "succeeded"],
      ["child", "succeeded"],
      ["grandchild", "succeeded"],
    ]);
    const order = (
      await many.sql<{ source: string }>("SELECT source FROM runs WHERE trigger = 'schedule' ORDER BY seq")
    ).map(({ source }) => source);
    expect(order.filter((source) => source !== "other")).toEqual(["parent", "child", "grandchild"]);
  });

  it("skips sources that depend on a failed one, and says so", async () => {
    await family();
    await rm(many.at("p.yml"));
    await untold("child", "not carried");
    await untold("other", "carried");
    await many.tick();
    await many.inFile("o.yml", "carried");
    await many.settled();
    expect(states(await lastRound())).toEqual([
      ["other", "succeeded"],
      ["parent", "failed", expect.stringContaining("does not exist")],
      ["child", "skipped", "its parent parent failed"],
      ["grandchild", "skipped", "its parent child was skipped"],
    ]);
    expect(await many.read("c.yml")).toBe(one("c"));
  });

  it("does not start a source again while its last run is still going on", async () => {
    await family();
    // No worker has this label.
    await changeSource("other", { worker: "elsewhere" }, asked);
    await many.tick();
    await waitFor(
      async () =>
        (await many.sql("SELECT 1 FROM round_sources WHERE state = 'running' AND source = 'other'"))
          .length === 1,
    );
    expect(await many.tick()).toMatchObject({ due: 4 });
    expect((await getSource("other")).last_skip).toMatchObject({
      trigger: "schedule",
      reason: expect.stringContaining("has not ended yet") as string,
    });
    expect(
      await many.sql("SELECT source FROM round_sources WHERE source = 'other' AND state = 'running'"),
    ).toHaveLength(1);
  });

  it.each([
    ["AUTO_SYNC_ENABLED", "AUTO_SYNC_ENABLED is false"],
    ["is_sync_enabled", "is_sync_enabled is false"],
  ])("skips sources for which %s is false, and says why, but answers requests", async (switched, reason) => {
    await family(switched === "AUTO_SYNC_ENABLED" ? { AUTO_SYNC_ENABLED: "false" } : {});
    if (switched === "is_sync_enabled") await changeSource("other", { is_sync_enabled: false }, asked);
    await untold("other", "asked for");
    expect(await many.tick({ autoSync: switched !== "AUTO_SYNC_ENABLED" })).toMatchObject({
      skipped: switched === "AUTO_SYNC_ENABLED" ? 4 : 1,
    });
    expect((await getSource("other")).last_skip).toMatchObject({ trigger: "schedule", reason });
    expect((await getSource("other")).next_run_at).toBeNull();
    expect(await periodicSync("other", asked)).toEqual({ skipped: true, reason });
    expect((await getSource("other")).last_skip).toMatchObject({ trigger: "cron" });
    await many.sql("UPDATE tasks SET description = 'asked for again' WHERE source = 'other'");
    await waitFor(async () => (await getSource("other")).last_skip?.trigger === "database");
    expect(await many.read("o.yml")).toBe(one("o"));
    expect(await force({ source: "other" })).toMatchObject({
      run: { outcome: "succeeded", counts: { updated: 1 } },
    });
    expect(await many.read("o.yml")).toContain("asked for again");
  });
});

describe("cascade_sync", () => {
  it("runs dependents only after a change, in a run of any kind", async () => {
    await family(
      {},
      FAMILY.replace("{id: parent,", "{id: parent, cascade_sync: true,").replace(
        "{id: child,",
        "{id: child, cascade_sync: true,",
      ),
    );
    await untold("child", "waits in child");
    await untold("grandchild", "waits in grandchild");
    await many.write("p.yml", one("changed"));
    await many.inFile("c.yml", "waits in child");
    await many.inFile("g.yml", "waits in grandchild");
    await many.settled();
    const [{ count } = { count: 0 }] = await many.sql<{ count: number }>(
      "SELECT count(*)::int AS count FROM runs WHERE source = 'other'",
    );
    expect(count).toBe(1);
    // Without a change it stops there: the parent is due, its dependents are not.
    await many.sql(
      "UPDATE sources SET next_sync_at = now() + CASE id WHEN 'parent' THEN interval '0' ELSE interval " +
        "'4 minutes' END",
    );
    expect(await tick({ pool: many.pool, clock: systemClock, log: many.log, autoSync: true })).toMatchObject({
      due: 1,
    });
    await many.settled();
    expect(states(await lastRound())).toEqual([
      ["parent", "succeeded"],
      ["child", "skipped", "nothing changed in parent"],
      ["grandchild", "skipped", "nothing changed in child"],
    ]);
  });
});

describe("a forced sync", () => {
  it("runs dependents too, and answers when all are done", async () => {
    await family();
    await untold("grandchild", "taken along");
    const { run, round } = await force({ source: "parent", cascade: true });
    expect(run).toMatchObject({ source: "parent", outcome: "succeeded" });
    expect(round).toMatchObject({ trigger: "manual", requested_by: "ada", done: 3, total: 3 });
    expect(round?.finished_at).not.toBeNull();
    expect(states(round)).toEqual([
      ["parent", "succeeded"],
      ["child", "succeeded"],
      ["grandchild", "succeeded"],
    ]);
    expect(round?.sources[2]?.run).toMatchObject({ source: "grandchild", counts: { updated: 1 } });
    expect(await many.read("g.yml")).toContain("taken along");
    expect((await force({ source: "parent" })).round).toBeUndefined();
  });

  it("without a name runs all sources that are switched on; options need a name", async () => {
    await family();
    await changeSource("child", { is_sync_enabled: false }, asked);
    const { run, round } = await force({});
    expect(
      states(round)
        ?.map(([source]) => source)
        .sort(),
    ).toEqual(["grandchild", "other", "parent"]);
    expect(run).toMatchObject({ outcome: "succeeded" });
    await expect(force({ force: true })).rejects.toMatchObject({ code: "ambiguous_task" });
    await expect(force({ source: "absent" })).rejects.toMatchObject({ code: "not_found" });
  });

  it("can be followed instead of waited for, and names the missing workers", async () => {
    await family();
    const heard = await listenToEvents(many.url);
    const { round, run } = await force({ source: "parent", cascade: true }, false);
    expect(run).toBeUndefined();
    const id = round?.id ?? "";
    const done = await waitFor(async () => {
      const now = await getRound(id);
      return now.finished_at === null ? null : now;
    });
    expect(states(done)).toEqual([
      ["parent", "succeeded"],
      ["child", "succeeded"],
      ["grandchild", "succeeded"],
    ]);
    await waitFor(() =>
      heard.events.some(
        (event) => event.event === "sync_round_changed" && event.round_id === id && event.finished,
      ),
    );
    await heard.close();
    await changeSource("child", { worker: "eu" }, asked);
    await expect(force({ source: "parent", cascade: true })).rejects.toMatchObject({
      code: "no_worker",
      message: expect.stringContaining("no worker with the label eu is running, which child needs") as string,
    });
    await many.start({ WORKER_LABELS: "eu" });
    await many.settled();
    expect(states(await lastRound("manual"))).toEqual([
      ["parent", "succeeded"],
      ["child", "succeeded"],
      ["grandchild", "succeeded"],
    ]);
  });

  it("goes on when the worker that should have advanced it is gone", async () => {
    await family();
    // As if the worker had died between the run's commit and the next step.
    await many.sql(
      "INSERT INTO rounds (id, trigger, requested_by) VALUES ('00000000-0000-4000-8000-000000000001', " +
        "'manual', 'ada')",
    );
    await many.sql(
      "INSERT INTO round_sources (round_id, source, position, parents, state, request_id) SELECT " +
        "'00000000-0000-4000-8000-000000000001', 'parent', 0, '{}', 'running', max(id) FROM " +
        "sync_requests WHERE source = 'parent' AND answered_at IS NOT NULL",
    );
    await many.sql(
      "INSERT INTO round_sources (round_id, source, position, parents) VALUES " +
        "('00000000-0000-4000-8000-000000000001', 'child', 1, '{parent}')",
    );
    const [id = ""] = await openRounds(many.pool);
    // Several processes do it at once.
    await Promise.all([1, 2, 3, 4].map(() => advanceRound(many.pool, id)));
    await many.settled();
    expect(states(await getRound(id))).toEqual([
      ["parent", "succeeded"],
      ["child", "succeeded"],
    ]);
    expect(await many.sql("SELECT 1 FROM sync_requests WHERE round_id = $1", [id])).toHaveLength(1);
  });
});
