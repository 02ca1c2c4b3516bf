import { describe, expect, it } from "vitest";
import { OFFSET, PHASES, PROJECTS, usePulls } from "./testing/use-pulls.ts";

const use = usePulls();

describe("known failures of others", () => {
  it("rows that slip through when items move between pages are found (airbyte 21500)", async () => {
    for (const resource of [OFFSET, PROJECTS]) {
      await use.upstream.control({ reset: {} });
      await use.sources.use(resource);
      await use.sources.pull("projects", { force: true });
      // Gone while the first page is read: the sixth item moves to the first page, which was read already.
      const first = resource === OFFSET ? "offset=0" : "page=1";
      await use.upstream.control({
        changes: [{ on: first, remove: { projects: ["d1-p1"] }, put: { projects: [{ id: "new" }] } }],
      });
      const run = await use.sources.pull("projects");
      expect(run).toMatchObject({ outcome: "succeeded", counts: { created: 1 } });
      // What went away in the middle was seen at first; the next pull finds it gone.
      await use.sources.pull("projects");
      expect(await use.sources.keys("projects")).toEqual(await use.idsOf("projects"));
    }
  });

  it("children of parents on later pages are read, on all of their pages (dlt 3772)", async () => {
    await use.upstream.control({ reset: { directories: 2, projects: 4, phases: 3 } });
    await use.sources.use(`${PROJECTS}\n${PHASES}`);
    await use.sources.pull("projects");
    expect(await use.sources.pull("phases")).toMatchObject({ outcome: "succeeded", counts: { created: 24 } });
    expect(await use.sources.keys("phases")).toEqual(await use.idsOf("phases"));
    expect(await use.sources.record("phases")).toMatchObject({ lists: 8, lists_read: 8, pages: 24 });
  });

  it("a paginator of the client is that of each resource, and none is no single page (dlt 2586)", async () => {
    const bare = "- {id: projects, path: /link/projects}";
    await use.sources.use(bare, ", paginator: {type: header_link, size_param: per_page, size: 5}");
    expect(await use.sources.pull("projects")).toMatchObject({ counts: { created: 12 } });
    await expect(use.sources.use(bare)).rejects.toThrow("projects needs a paginator");
  });

  const INCREMENTAL = PHASES.replace(
    "paginator",
    "incremental: {cursor_path: updated_at, start_param: updated_since, overlap: 1}, paginator",
  );

  it("each parent has a cursor of its own (dlt 2429), and ties at its boundary are not lost (airbyte 14732)", async () => {
    await use.sources.use(`${PROJECTS}\n${INCREMENTAL}`);
    await use.sources.pull("projects");
    await use.sources.pull("phases");
    // Of another parent, and older than the newest of all: one cursor for all would leave it out.
    const tied =
      (await use.upstream.control()).world["phases"]?.find(({ id }) => id === "d1-p1-f2")?.updated_at ?? "";
    await use.upstream.control({ put: { phases: [{ id: "late", project_id: "d1-p1", updated_at: tied }] } });
    const run = await use.sources.pull("phases");
    expect(run).toMatchObject({ outcome: "succeeded", counts: { created: 1, deleted: 0 } });
    expect(await use.sources.record("phases")).toMatchObject({ kind: "incremental" });
    // An incremental pull says nothing about what is missing; the full one that is due does.
    await use.upstream.control({ remove: { phases: ["late"] } });
    expect(await use.sources.pull("phases")).toMatchObject({ counts: { deleted: 0 } });
    use.sources.clock.aheadMs = 25 * 3_600_000;
    expect(await use.sources.pull("phases")).toMatchObject({ counts: { deleted: 1 } });
  });

  it("an incremental pull of which items move is read again from the same cursor", async () => {
    const incremental =
      "incremental: {cursor_path: updated_at, start_param: updated_since, overlap: 0}, paginator";
    await use.sources.use(PROJECTS.replace("paginator", incremental));
    await use.sources.pull("projects");
    const changed = (await use.idsOf("projects")).slice(0, 8);
    await use.upstream.control({
      put: { projects: changed.map((id, at) => ({ id, name: "New", updated_at: `2026-06-0${at + 1}` })) },
      // The sixth of them moves to the first page, which was read already.
      changes: [{ on: "page=1", remove: { projects: changed.slice(0, 1) } }],
    });
    expect(await use.sources.pull("projects")).toMatchObject({ outcome: "succeeded" });
    expect(await use.sources.record("projects")).toMatchObject({ kind: "incremental", pass: 2 });
    const named = await use.sources.sql("SELECT 1 FROM objects WHERE data ->> 'name' = 'New'");
    expect(named).toHaveLength(8);
  });

  it("a field that changes its type is an event and no loss (airbyte 77627)", async () => {
    await use.sources.use(PROJECTS);
    await use.sources.pull("projects");
    await use.upstream.control({ put: { projects: [{ id: "d1-p1", budget: { amount: 1 } }] } });
    const events: unknown[] = [];
    const client = await use.sources.pool.connect();
    client.on("notification", ({ payload }) => events.push(JSON.parse(payload ?? "")));
    await client.query("LISTEN lockstep_events");
    expect(await use.sources.pull("projects")).toMatchObject({
      outcome: "succeeded",
      counts: { updated: 1 },
    });
    await client.query("SELECT 1");
    client.release(true);
    expect(events).toContainEqual({
      event: "object_field_changed",
      source: "projects",
      type: "projects",
      field: "budget",
      before: ["number"],
      after: "object",
    });
    expect(events).toContainEqual({
      event: "objects_changed",
      source: "projects",
      type: "projects",
      ids: ["d1-p1"],
    });
    expect(
      await use.sources.sql("SELECT data -> 'budget' AS budget FROM objects WHERE external_id = 'd1-p1'"),
    ).toEqual([{ budget: { amount: 1 } }]);
  });
});
