import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const putBack = (plan_hash: string) => source.ask("manual", { kind: "put_back", plan_hash });
const ids = async () =>
  (await source.sql<{ id: string }>("SELECT id FROM tasks ORDER BY id")).map(({ id }) => id);

/** Two of three tasks are gone from the file, and a run halts. */
async function lostInFile(): Promise<string> {
  await source.edit(/\n {2}- id: 2[^]*$/, "\n");
  const run = await source.run("watch");
  expect(run).toMatchObject({
    outcome: "halted",
    halt: {
      lost: [
        { task_id: "2", name: "health-check", side: "yaml" },
        { task_id: "3", name: "weekly-report", side: "yaml" },
      ],
    },
  });
  return run.halt?.plan_hash ?? "";
}

describe("tasks for which a run halted", () => {
  it("go back into the file that lost them, from the rows; what else was edited there stays", async () => {
    const plan = await lostInFile();
    await source.edit("description: Back up", "description: Edited meanwhile");
    expect(await putBack(plan)).toMatchObject({ run: { outcome: "succeeded", counts: { deleted: 0 } } });
    const text = await source.read();
    expect(text).toContain("# at two");
    expect(text).toContain("description: Edited meanwhile");
    expect(text).toMatch(/id: 2\n {4}skill_name: health-check/);
    expect(await ids()).toEqual(["1", "2", "3"]);
    expect(await source.row(1)).toMatchObject({ description: "Edited meanwhile" });
    expect((await source.run("watch")).outcome).toBe("succeeded");
    await source.expectInStep();
  });

  it("go back into the database that lost them; the file is not touched", async () => {
    await source.sql("DELETE FROM tasks WHERE id <> '1'");
    const run = await source.run("database");
    expect(run.halt?.lost).toMatchObject([
      { name: "health-check", side: "db" },
      { name: "weekly-report", side: "db" },
    ]);
    await putBack(run.halt?.plan_hash ?? "");
    expect(await ids()).toEqual(["1", "2", "3"]);
    expect(await source.row(2)).toMatchObject({ params: { retries: 3, timeout: 10 } });
    expect(await source.read()).toBe(SAMPLE);
    await source.expectInStep();
  });

  it("that are there again by themselves are left alone, and the others are put back", async () => {
    const plan = await lostInFile();
    await source.write(
      `${await source.read()}\n  - id: 3\n    skill_name: weekly-report # again\n    schedule_cron: "0 8 * * 1"\n    description: Report\n`,
    );
    await putBack(plan);
    expect(await source.read()).toContain("weekly-report # again");
    expect(await source.read()).toMatch(/id: 2\n/);
    await source.expectInStep();
  });

  it("are not put back once the halt is over", async () => {
    const plan = await lostInFile();
    await source.write(SAMPLE);
    await source.run("watch");
    expect(await putBack(plan)).toMatchObject({ kind: "refused", error: { code: "stale_plan" } });
    expect(await source.read()).toBe(SAMPLE);
  });
});

it("an undo that halts has lost nothing: its deletions were asked for", async () => {
  const created = await source.sql<{ id: string }>(
    "INSERT INTO tasks (id, skill_name, schedule_cron) SELECT 'n' || n, 'new', '0 0 * * *' FROM generate_series(1, 9) n RETURNING id",
  );
  expect(created).toHaveLength(9);
  const run = await source.run("database");
  const undo = await source.run("rollback", { kind: "rollback", reverts: run.id });
  expect(undo).toMatchObject({ outcome: "halted" });
  expect(undo.halt?.lost).toBeUndefined();
});
