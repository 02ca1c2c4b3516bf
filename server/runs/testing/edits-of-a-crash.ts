import { expect } from "vitest";
import type { TestSource } from "../../testing/test-source.ts";

/** What a run had to carry: an edit, a merge, a creation and a deletion, from the database, and an edit of the file. */
export async function makeEdits(source: TestSource): Promise<void> {
  await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '1'");
  await source.edit("timeout: 10", "timeout: 20");
  await source.sql("UPDATE tasks SET description = 'v1' WHERE id = '2'");
  await source.sql("DELETE FROM tasks WHERE id = '3'");
  await source.sql(
    "INSERT INTO tasks (id, skill_name, schedule_cron, next_run_at) VALUES ('4', 'new', '1 1 * * *', '2026-05-05T00:00:00Z')",
  );
}

/** The next run after a crash leaves both sides the same, with no conflict, open or closed. */
export async function restartInStep(source: TestSource): Promise<void> {
  expect(await source.run("startup")).toMatchObject({ outcome: "succeeded", counts: { conflicts: 0 } });
  expect(await source.conflicts()).toEqual([]);
  expect(await source.conflicts("closed")).toEqual([]);
  await source.expectInStep();
}
