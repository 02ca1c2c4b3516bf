import { utimes } from "node:fs/promises";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inAnHour } from "../testing/in-an-hour.ts";
import { beginSlowSave } from "../testing/slow-save.ts";
import { DEBOUNCE_MS, SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";

/** Longer than the debounce, shorter than what a file has to be quiet that looks cut off. */
const STALL_MS = 4 * DEBOUNCE_MS;
const lineOf = (text: string) => SAMPLE.split("\n").findIndex((line) => line.includes(text));
const NEW = SAMPLE.replace("Back up", "Back up all of it");

let source: TestSource;
const start = async () => {
  source = await startTestSource({ fileNow: Date.now });
};
afterEach(() => source.stop());

describe("a save in place that stalls", () => {
  beforeEach(() => start());

  it.each([
    ["before a task", lineOf("- id: 3")],
    ["inside a task, which is held then", lineOf('schedule_cron: "0 8 * * 1"')],
    ["inside a task, which is still valid then", lineOf("description: Report")],
    ["after the first line", 1],
  ])("%s, while a row is edited, loses nothing", async (_where, lines) => {
    const save = await beginSlowSave(source.path, NEW, lines);
    await source.sql("UPDATE tasks SET skill_name = 'renamed' WHERE id = '2'");
    const id = await source.request("api");
    const woken = source.runner.wake();
    await delay(STALL_MS);
    await save.finish();
    await woken;
    const answer = await waitFor(() => source.answerTo(id), { what: "an answer" });
    await source.run("watch");
    expect(answer).toBeDefined();
    const text = await source.read();
    for (const part of ["Back up all of it", "skill_name: renamed", "weekly-report", "description: Report"])
      expect(text).toContain(part);
    expect(await source.row(3)).toMatchObject({ description: "Report" });
    expect(await source.conflicts()).toEqual([]);
    await source.expectInStep();
  });
});

it("what a cut file says by default does not count: a field of the database stays as it is", async () => {
  const yaml = `${SAMPLE}
  - id: 4
    skill_name: last
    schedule_cron: "0 4 * * *"
    status: active
`;
  source = await startTestSource({ yaml, fileNow: Date.now, settings: { fields: { status: "db" } } });
  await source.sql("UPDATE tasks SET status = 'running' WHERE id = '4'");
  await source.run("database");
  const cut = yaml.split("\n").findLastIndex((line) => line.includes("- id: 4"));
  const save = await beginSlowSave(source.path, yaml, cut);
  const run = source.run("watch");
  await delay(STALL_MS);
  expect((await source.row(4))?.["status"]).toBe("running");
  await save.finish();
  await run;
  expect((await source.row(4))?.["status"]).toBe("running");
  await source.expectInStep(["4"]);
});

it("what a save says that never becomes quiet does not count, and the edit is told to wait, and goes on later", async () => {
  let now = inAnHour();
  source = await startTestSource({ fileNow: () => now });
  now = 0;
  await source.edit("Back up", "In the middle");
  await source.sql("UPDATE tasks SET description = 'Waits' WHERE id = '2'");
  const stopped = await source.run("api");
  expect(stopped).toMatchObject({ outcome: "failed", problems: [{ code: "file_unsettled" }] });
  expect(await source.read()).not.toContain("Waits");
  expect((await source.row(1))?.["description"]).toBe("Back up");
  // What the PATCH answers follows from these two: the edit still waits, and the source's problem says why.
  expect(await source.sql("SELECT task_id FROM task_edits")).toEqual([{ task_id: "2" }]);
  expect(await source.problems()).toMatchObject([{ code: "file_unsettled" }]);
  expect(await source.sql("SELECT key FROM graphile_worker.jobs WHERE key = 'retry:default'")).toHaveLength(
    1,
  );
  now = inAnHour();
  expect((await source.run("schedule")).outcome).toBe("succeeded");
  await source.expectInStep();
}, 60_000);

describe("an edit of a row", () => {
  it("is carried at once after a write of ours, however young the file is then", async () => {
    let now = inAnHour();
    source = await startTestSource({ fileNow: () => now });
    // From here on every save of another program would look as if it were being made.
    now = 0;
    for (let n = 0; n < 3; n++) {
      await source.sql("UPDATE tasks SET description = $1 WHERE id = '2'", [`edit ${n}`]);
      expect((await source.run("api")).outcome).toBe("succeeded");
      expect(await source.read()).toContain(`edit ${n}`);
    }
  });

  it("waits no longer than the debounce when the file is touched all the time", async () => {
    await start();
    await source.edit("Back up", "Touched");
    let touching = true;
    const toucher = (async () => {
      for (; touching; await delay(5)) await utimes(source.path, new Date(), new Date());
    })();
    await source.sql("UPDATE tasks SET description = 'Through' WHERE id = '2'");
    expect((await source.run("api")).outcome).toBe("succeeded");
    touching = false;
    await toucher;
    expect(await source.read()).toMatch(/Touched[^]*Through/);
  });
});
