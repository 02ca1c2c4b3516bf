import { afterEach, describe, expect, it } from "vitest";
import type { Actor } from "../../lib/protocol/actor.ts";
import { forceSync } from "../commands/force-sync.ts";
import { patchTask } from "../commands/edit-task.ts";
import { getTask } from "../queries/get-task.ts";
import { listSources } from "../queries/sources.ts";
import { getStatus } from "../queries/status.ts";
import { SOURCES_CHANNEL } from "../store/source-settings.ts";
import { ADA } from "../testing/commands.ts";
import { type ManySources, one, startManySources } from "../testing/many-sources.ts";
import { waitFor } from "../testing/wait-for.ts";

let many: ManySources;
afterEach(() => many.stop());
const asked = { actor: ADA as Actor };

const TWO = "sources:\n  - {id: a, file: a.yml}\n  - {id: b, file: b.yml}\n";

describe("several files", () => {
  it("are synced separately, also when two of them have a task with the same id", async () => {
    many = await startManySources(TWO, { "a.yml": one("of a"), "b.yml": one("of b") });
    await many.start();
    await many.until("a", "of a");
    await many.until("b", "of b");
    await expect(getTask("1", undefined)).rejects.toMatchObject({ code: "ambiguous_task" });
    await many.sql("UPDATE tasks SET description = 'by SQL' WHERE source = 'b'");
    await many.inFile("b.yml", "by SQL");
    await many.write("a.yml", one("by hand"));
    await many.until("a", "by hand");
    expect(
      await patchTask("1", { description: "by API" }, { ...asked, source: "a", wait: true }),
    ).toMatchObject({ sync: { state: "synced" } });
    expect(await many.read("a.yml")).toContain("by API");
    expect(await many.read("b.yml")).toContain("by SQL");
    await many.settled();
    await many.expectInStep("a", "a.yml");
    await many.expectInStep("b", "b.yml");
  });

  it("come by a pattern, also while the worker runs", async () => {
    many = await startManySources("sources: [{glob: 'teams/*.yml', id: 'team-{name}'}]", {
      "teams/red.yml": one("red"),
    });
    await many.start();
    await many.until("team-red", "red");
    await many.write("teams/blue.yml", one("blue"));
    await many.sql(`SELECT pg_notify('${SOURCES_CHANNEL}', '')`);
    await many.until("team-blue", "blue");
    await many.write("teams/blue.yml", one("navy"));
    await many.until("team-blue", "navy");
  });
});

describe("a source that is removed and comes back", () => {
  it("keeps its tasks, its file and what both sides agreed on", async () => {
    many = await startManySources(TWO, { "a.yml": one("of a"), "b.yml": one("of b") });
    await many.start();
    await many.until("b", "of b");
    await many.settled();
    const ancestors = await many.sql("SELECT * FROM ancestors WHERE source = 'b'");
    await many.list("sources:\n  - {id: a, file: a.yml}\n");
    const removed = await waitFor(async () =>
      (await listSources()).sources.find(({ id, removed_at }) => id === "b" && removed_at !== null),
    );
    expect(removed).toMatchObject({ tasks: 1, next_run_at: null, stale: false });
    expect(await many.description("b")).toBe("of b");
    expect(await many.read("b.yml")).toBe(one("of b"));
    expect(await many.sql("SELECT * FROM ancestors WHERE source = 'b'")).toEqual(ancestors);
    // With one source left, requests without a name mean that source.
    expect((await getStatus(undefined)).source).toBe("a");

    // Both sides are edited. No run carries the edits, and no request waits for one.
    await many.write("b.yml", `${one("of b")}    timezone: Europe/Berlin\n`);
    expect(
      await patchTask("1", { description: "while away" }, { ...asked, source: "b", wait: true }),
    ).toMatchObject({
      sync: { state: "pending", reason: expect.stringContaining("no longer in sources.yml") as string },
    });
    await expect(
      forceSync({ source: "b" }, { ...asked, trigger: "manual", wait: true }),
    ).rejects.toMatchObject({ code: "source_removed" });
    await many.tick();
    await many.settled();
    expect(await many.read("b.yml")).not.toContain("while away");

    await many.list(TWO);
    await many.inFile("b.yml", "while away");
    await waitFor(
      async () =>
        (await many.sql("SELECT 1 FROM tasks WHERE source = 'b' AND timezone = 'Europe/Berlin'")).length ===
        1,
    );
    await many.settled();
    await many.expectInStep("b", "b.yml");
    expect(await many.sql("SELECT * FROM conflicts")).toEqual([]);
  });

  it("stays when the list cannot be read", async () => {
    many = await startManySources(TWO, { "a.yml": one("of a"), "b.yml": one("of b") });
    await many.start();
    await many.until("b", "of b");
    const complaint = async () =>
      (await getStatus(undefined)).problems.find(({ code }) => code === "sources_file");
    await many.list("sources:\n  - {id: a, file: a.yml, priority: high}\n");
    expect(await waitFor(complaint)).toMatchObject({
      line: 2,
      column: 36,
      message: expect.stringContaining("priority must be a whole number") as string,
    });
    // The sources of the last readable list are still synced.
    await many.write("b.yml", one("still synced"));
    await many.until("b", "still synced");
    expect((await listSources()).sources.map(({ id, removed_at }) => [id, removed_at])).toEqual([
      ["a", null],
      ["b", null],
    ]);
    await many.list(TWO);
    await waitFor(async () => (await complaint()) === undefined);
  });

  it("a file with an odd name is left out with a problem, at the start and later, and the others run", async () => {
    const list = "sources: [{glob: '*-jobs.yml', id: '{name}'}]\n";
    many = await startManySources(list, {
      "a-jobs.yml": one("of a"),
      "my old-jobs.yml": one("odd"),
    });
    await many.start();
    await many.until("a-jobs", "of a");
    expect((await getStatus(undefined)).problems).toMatchObject([
      { code: "sources_file", message: expect.stringContaining("this file is left out") as string },
    ]);
    expect((await listSources()).files).toMatchObject([{ problems: [{ left_out: true, line: 1 }] }]);
    await many.write("b-jobs.yml", one("of b"));
    await many.list(`# saved again\n${list}`);
    await many.until("b-jobs", "of b");
    expect(await many.sql("SELECT id FROM sources WHERE removed_at IS NULL ORDER BY id")).toEqual([
      { id: "a-jobs" },
      { id: "b-jobs" },
    ]);
  });

  it("a wrong list at the start is reported, and nothing is changed", async () => {
    many = await startManySources(
      "sources:\n  - {id: a, file: a.yml, depends_on: [b]}\n  - {id: b, file: ../b.yml, depends_on: [a]}\n",
      { "a.yml": one("of a") },
    );
    const failure = await many.start().catch((error: Error) => error);
    expect(failure).toMatchObject({ name: "BadSources" });
    expect((failure as Error).message.split("\n")).toEqual([
      expect.stringMatching(/sources\.yml:3:10 .*outside the folder/) as string,
      expect.stringMatching(/sources\.yml:2:38 depends_on goes round in a circle: a -> b -> a/) as string,
    ]);
    expect(await many.sql("SELECT * FROM sources")).toEqual([]);
  });
});
