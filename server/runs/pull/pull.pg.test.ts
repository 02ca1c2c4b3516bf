import { describe, expect, it } from "vitest";
import type { Control } from "../../../examples/upstream/control.ts";
import { applyRetention } from "../../store/retention.ts";
import { withoutGuard } from "../../testing/history-guard.ts";
import { PROJECTS, usePulls } from "./testing/use-pulls.ts";

const use = usePulls();

describe("a full pull", () => {
  it("stores all objects, and a second one writes nothing", async () => {
    await use.sources.use(PROJECTS);
    expect(await use.sources.pull("projects")).toMatchObject({
      outcome: "succeeded",
      counts: { created: 12, updated: 0 },
    });
    expect(await use.sources.keys("projects")).toEqual(await use.idsOf("projects"));
    expect(await use.sources.record("projects")).toMatchObject({
      state: "complete",
      kind: "full",
      pages: 3,
      items: 12,
      unique_ids: 12,
      declared_total: 12,
      first_page: "unchanged",
      last_request: `GET ${use.upstream.url}/page/projects?page=3&per_page=5`,
    });
    expect(await use.sources.pull("projects")).toMatchObject({
      outcome: "succeeded",
      counts: { created: 0, updated: 0, deleted: 0 },
    });
    expect(await use.changes("projects")).toHaveLength(12);
  });

  it("tells what changed and what is gone, with before and after", async () => {
    await use.sources.use(PROJECTS);
    await use.sources.pull("projects");
    await use.upstream.control({
      put: { projects: [{ id: "d1-p1", name: "New" }] },
      remove: { projects: ["d3-p4"] },
    });
    const run = await use.sources.pull("projects");
    expect(run).toMatchObject({ outcome: "succeeded", counts: { updated: 1, deleted: 1 } });
    expect((await use.changes("projects")).slice(12)).toMatchObject([
      { external_id: "d1-p1", action: "update", before: { name: "Project 1" }, after: { name: "New" } },
      { external_id: "d3-p4", action: "delete", before: { name: "Project 4" }, after: null },
    ]);
    // It is seen in two passes that it is gone.
    expect(await use.sources.record("projects")).toMatchObject({ pass: 2, state: "complete" });
    await use.upstream.control({ put: { projects: [{ id: "d3-p4", name: "Back" }] } });
    expect(await use.sources.pull("projects")).toMatchObject({ counts: { created: 1 } });
  });

  it("halts where it would delete most, and deletes what was confirmed and nothing else", async () => {
    await use.sources.use(PROJECTS);
    await use.sources.pull("projects");
    const gone = (await use.idsOf("projects")).slice(0, 8);
    await use.upstream.control({ remove: { projects: gone } });
    const { halt, outcome } = await use.sources.pull("projects");
    expect({ outcome, reason: halt?.reason, deletions: halt?.deletions }).toEqual({
      outcome: "halted",
      reason: "This run would delete 8 of 12 objects; an admin has to confirm it",
      deletions: gone,
    });
    expect(await use.sources.keys("projects")).toHaveLength(12);
    const confirm = { allow_deletes: true, plan_hash: halt?.plan_hash ?? "" };
    await use.upstream.control({ remove: { projects: (await use.idsOf("projects")).slice(0, 1) } });
    expect(await use.sources.ask("projects", { kind: "sync", ...confirm })).toMatchObject({
      kind: "refused",
      error: { code: "stale_plan" },
    });
    expect(await use.sources.keys("projects")).toHaveLength(12);
    const again = await use.sources.pull("projects");
    const confirmed = { allow_deletes: true, plan_hash: again.halt?.plan_hash ?? "" };
    expect(await use.sources.pull("projects", confirmed)).toMatchObject({
      outcome: "succeeded",
      counts: { deleted: 9 },
    });
    expect(await use.sources.keys("projects")).toEqual(await use.idsOf("projects"));
  });
});

describe("what proves nothing deletes nothing", () => {
  it.each<[string, Control["faults"], string, string]>([
    [
      "page 3 of 3 failed",
      [{ on: "page=3", status: 500 }],
      "failed",
      "page=3&per_page=5: answered 500 each time",
    ],
    ["a page repeats", [{ on: "projects?page=", page: 1 }], "failed", "has the items of the page before"],
    ["a total does not match", [{ total: 14 }], "failed", "the answer promises 14 items, but 11 were found"],
    [
      "an empty 200",
      [{ body: "empty" }],
      "halted",
      "page=1&per_page=5 has no items, so this run would delete all 12",
    ],
    ["no JSON", [{ on: "page=2", body: "garbage" }], "failed", "the answer is no JSON"],
  ])("%s", async (_, faults, outcome, message) => {
    await use.sources.use(PROJECTS);
    await use.sources.pull("projects");
    await use.upstream.control({
      faults: faults ?? [],
      put: { projects: [{ id: "d1-p1", name: "New" }] },
      remove: { projects: ["d3-p4"] },
    });
    const run = await use.sources.pull("projects");
    expect(run.outcome).toBe(outcome);
    expect(run.halt?.reason ?? run.problems[0]?.message).toContain(message);
    expect(await use.sources.keys("projects")).toHaveLength(12);
    // What came is stored.
    if (!message.includes("empty") && outcome === "failed")
      expect(
        (await use.sources.sql("SELECT data ->> 'name' AS name FROM objects WHERE external_id = 'd1-p1'"))[0],
      ).toEqual({ name: "New" });
    // And when the fault has passed, the next pull is complete.
    await use.upstream.control({ faults: [] });
    expect(await use.sources.pull("projects")).toMatchObject({
      outcome: "succeeded",
      counts: { deleted: 1 },
    });
  });

  it("items without a key, or with one key for two", async () => {
    await use.sources.use(PROJECTS);
    await use.sources.pull("projects");
    await use.upstream.control({
      remove: { projects: ["d3-p4"] },
      put: { projects: [{ id: 7.5 as unknown as string }] },
    });
    await use.sources.use(PROJECTS.replace("item_path:", "primary_key: directory_id, item_path:"));
    const run = await use.sources.pull("projects");
    expect(run.outcome).toBe("failed");
    expect(run.problems.map(({ code }) => code)).toContain("duplicate_id");
    expect(run.counts.deleted).toBe(0);
  });
});

it("retention deletes the history with its runs, records of pulls, and objects that are long gone", async () => {
  const { sources, upstream } = use;
  await sources.use(PROJECTS);
  await sources.pull("projects");
  await upstream.control({ remove: { projects: ["d3-p4"] } });
  await sources.pull("projects");
  const long = "now() - interval '100 days'";
  await withoutGuard(
    sources.pool,
    `UPDATE runs SET started_at = ${long}`,
    `UPDATE object_changes SET at = ${long}`,
    `UPDATE pulls SET finished_at = ${long}`,
    `UPDATE stored_objects SET deleted_at = ${long} WHERE deleted_at IS NOT NULL`,
  );
  expect(await applyRetention(sources.pool, 90)).toMatchObject({
    runs: 1,
    object_changes: 12,
    pulls: 1,
    stored_objects: 1,
  });
  expect(await sources.keys("projects")).toHaveLength(11);
});

describe("single objects", () => {
  it("are pulled by their keys, and many requests for them share a run", async () => {
    await use.sources.use(PROJECTS);
    await use.sources.pull("projects");
    await use.upstream.control({
      put: { projects: [{ id: "d1-p1", name: "New" }] },
      remove: { projects: ["d1-p2"] },
    });
    const before = (await use.upstream.requests()).length;
    const answers = await Promise.all([
      use.sources.pull("projects", { ids: ["d1-p1"] }),
      use.sources.pull("projects", { ids: ["d1-p2"] }),
      use.sources.pull("projects", { ids: ["d1-p1", "d1-p3"] }),
    ]);
    expect(new Set(answers.map(({ id }) => id)).size).toBeLessThan(3);
    expect(answers[0]).toMatchObject({ outcome: "succeeded", counts: { updated: 1 } });
    expect(
      (await use.upstream.requests()).slice(before).every((line) => /\/projects\/d1-p\d$/.test(line)),
    ).toBe(true);
    expect(await use.sources.keys("projects")).not.toContain("d1-p2");
  });
});

describe("a pull that was killed", () => {
  it("goes on where it was", async () => {
    await use.sources.use(PROJECTS);
    const context = use.sources.contexts.get("projects");
    // As a killed process leaves it: two pages are stored, and the third request was never answered.
    await use.upstream.control({ faults: [{ on: "page=3", body: "hanging" }] });
    const aborting = new AbortController();
    if (context) Object.assign(context, { stopping: aborting.signal });
    const asked = use.sources.ask("projects");
    const stored = async () => (await use.sources.keys("projects")).length;
    while ((await stored()) < 10) await new Promise((resolve) => setImmediate(resolve));
    aborting.abort();
    await use.sources.runners.get("projects")?.idle();
    await use.upstream.control({ faults: [] });
    const before = (await use.upstream.requests()).length;
    Object.assign(context!, { stopping: new AbortController().signal });
    await use.sources.runners.get("projects")?.wake();
    expect(await asked).toMatchObject({ run: { outcome: "succeeded", counts: { created: 12 } } });
    expect((await use.upstream.requests()).slice(before)).toEqual([
      "GET /page/projects?page=3&per_page=5",
      "GET /page/projects?page=1&per_page=5",
    ]);
    expect(await use.sources.record("projects")).toMatchObject({
      resumed: 1,
      pages: 3,
      unique_ids: 12,
      state: "complete",
    });
  });
});
