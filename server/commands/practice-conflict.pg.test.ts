import { afterEach, beforeEach, expect, it } from "vitest";
import { ADA, letGo, pointAt, startTestWorker } from "../testing/commands.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import type { RunningWorker } from "../worker/start-worker.ts";
import { makePracticeConflict, removePracticeConflict } from "./practice-conflict.ts";
import { resolveConflict } from "./resolve-conflict.ts";

let source: TestSource;
let worker: RunningWorker;
const asked = { actor: ADA, source: undefined };

beforeEach(async () => {
  source = await startTestSource();
  pointAt(source);
  worker = await startTestWorker(source, { AUTO_SYNC_ENABLED: "false" });
});
afterEach(async () => {
  await worker.stop();
  await letGo();
  await source.stop();
});

it("a practice conflict is an ordinary conflict, and goes from both sides undecided", async () => {
  const { conflict_id } = await makePracticeConflict(asked);
  expect(await source.conflicts()).toMatchObject([
    {
      id: conflict_id,
      task_id: "practice-conflict",
      fields: ["description"],
      ancestor: { description: "What both said before" },
      yaml_data: { description: "What the file says" },
      db_data: { description: "What the database says" },
    },
  ]);
  await expect(makePracticeConflict(asked)).rejects.toMatchObject({ code: "task_exists" });
  expect(await removePracticeConflict(asked)).toEqual({ removed: true });
  expect(await source.read()).toBe(SAMPLE);
  expect(await source.row("practice-conflict")).toBeUndefined();
  expect(await removePracticeConflict(asked)).toEqual({ removed: false });
  await source.expectInStep();
});

it("it is decided like any other, and goes afterwards", async () => {
  const { conflict_id } = await makePracticeConflict(asked);
  const [stored] = await source.sql<{ revision: string }>("SELECT revision FROM conflicts");
  await resolveConflict(
    conflict_id,
    { choice: "keep_file", revision: stored?.revision ?? "" },
    { actor: ADA },
  );
  expect((await source.row("practice-conflict"))?.["description"]).toBe("What the file says");
  await source.expectInStep();
  await removePracticeConflict(asked);
  expect(await source.read()).toBe(SAMPLE);
});
