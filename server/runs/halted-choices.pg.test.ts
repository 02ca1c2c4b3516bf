import { afterEach, beforeEach, expect, it } from "vitest";
import { startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

/** Two of three tasks are deleted in the file and edited in the database; the deletions are chosen, and halted. */
async function halted(): Promise<string> {
  await source.edit(/\n {2}- id: 2[^]*$/, "\n");
  await source.sql("UPDATE tasks SET description = 'Still wanted' WHERE id IN ('2', '3')");
  await source.run("watch");
  const open = await source.conflicts();
  const run = await source.run("resolution", {
    kind: "resolution",
    resolutions: open.map(({ id, task_id }) => ({ conflict_id: id, task_id, choice: "keep_file" as const })),
  });
  expect(run).toMatchObject({ outcome: "halted", halt: { deletions: ["2", "3"] } });
  return run.halt?.plan_hash ?? "";
}
const confirm = (plan_hash: string) => source.ask("manual", { kind: "sync", allow_deletes: true, plan_hash });
const ids = async () =>
  (await source.sql<{ id: string }>("SELECT id FROM tasks ORDER BY id")).map(({ id }) => id);

it("choices that a guard has halted are carried out when a sync confirms their plan", async () => {
  const answer = await confirm(await halted());
  expect(answer).toMatchObject({ run: { outcome: "succeeded", counts: { deleted: 2 } } });
  expect(await ids()).toEqual(["1"]);
  expect(await source.conflicts("resolved")).toMatchObject([
    { choice: "keep_yaml", closed_by: "tester" },
    { choice: "keep_yaml", closed_by: "tester" },
  ]);
  await source.expectInStep();
});

it("another plan confirms nothing, nor does the plan once the halt is over", async () => {
  const plan = await halted();
  expect(await confirm("0".repeat(64))).toMatchObject({ kind: "refused", error: { code: "stale_plan" } });
  await source.run("manual");
  expect(await confirm(plan)).toMatchObject({ kind: "refused", error: { code: "stale_plan" } });
  expect(await ids()).toEqual(["1", "2", "3"]);
  expect(await source.conflicts()).toHaveLength(2);
});
