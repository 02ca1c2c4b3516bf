import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Answer } from "../../lib/sync/types.ts";
import { killAt } from "../testing/kill-at.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { onlyConflict } from "./testing/resolve.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

/** Task 2 becomes 8 in the file, and its row is edited; the file is written by either answer. */
async function ask(choice: Answer) {
  await source.edit("- id: 2", "- id: 8");
  await source.sql("UPDATE tasks SET description = 'Edited' WHERE id = '2'");
  await source.run("watch");
  const { id, task_id, revision } = await onlyConflict(source);
  return { kind: "resolution" as const, resolutions: [{ conflict_id: id, task_id, revision, choice }] };
}

describe("the answer to a rename", () => {
  it.each<[Answer, string]>([
    ["keep_file", "keep_yaml"],
    ["keep_database", "keep_db"],
    ["merge", "merge"],
  ])("%s, killed after the file, is told with its author, and its undo asks again", async (choice, told) => {
    const answer = await ask(choice);
    const asked = await source.everything();
    await killAt(source, "after the file, before the commit", answer);
    await source.run("startup");
    const [decided, ...others] = await source.conflicts("resolved");
    expect(others).toEqual([]);
    expect(decided).toMatchObject({
      id: answer.resolutions[0]?.conflict_id,
      kind: "renamed",
      choice: told,
      closed_by: "tester",
      yaml_data: { id: 8 },
      db_data: { id: 2, description: "Edited" },
    });
    await source.expectInStep();
    await source.ask("rollback", { kind: "rollback", reverts: decided?.run_id ?? "" });
    expect(await onlyConflict(source)).toMatchObject({ task_id: "2", kind: "renamed", yaml_data: { id: 8 } });
    expect(await source.read()).toBe(asked.file);
  });

  it.each<Answer>(["keep_file", "keep_database", "merge"])(
    "%s, killed before the file, loses nothing and is carried out",
    async (choice) => {
      await killAt(source, "after the intent, before the file", await ask(choice));
      await source.run("startup");
      const id = choice === "keep_database" ? 2 : 8;
      expect(await source.row(id)).toMatchObject({ description: "Edited" });
      expect(await source.read()).toBe(
        SAMPLE.replace("- id: 2", `- id: ${id}`).replace("description: Check", "description: Edited"),
      );
      await source.expectInStep();
    },
  );

  it("where the file's task was edited after the kill, is asked again", async () => {
    await killAt(source, "after the file, before the commit", await ask("keep_file"));
    await source.edit("timeout: 10", "timeout: 20");
    await source.run("startup");
    expect(await source.row(2)).toMatchObject({ description: "Edited" });
    expect(await onlyConflict(source)).toMatchObject({ task_id: "2", kind: "renamed", yaml_data: { id: 8 } });
  });
});
