import { LockstepError } from "../../lib/errors.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import { openConflicts } from "../store/conflicts.ts";
import { pool } from "../store/pool.ts";
import { makeDisagree } from "../store/practice.ts";
import { existingTasks } from "../store/task-rows.ts";
import { awaitRun } from "./await-run.ts";
import { createTask, deleteTask } from "./edit-task.ts";
import { namesOfSource } from "./names-of-source.ts";
import { requestResolutions } from "./resolve-conflict.ts";
import { sourcesFor } from "./source-for.ts";
import { writeAsActor } from "./write-as-actor.ts";

const TASK = "practice-conflict";

/** It is disabled and due once a year, so that no executor runs it. */
const contentIn = (side: string) => ({
  id: TASK,
  skill_name: "practice-conflict",
  schedule_cron: "0 0 1 1 *",
  status: "disabled",
  description: `What ${side} says`,
});

interface Asked {
  actor: Actor;
  source: string | undefined;
}

/**
 * Makes a task of which file and database disagree, so that a person can practise deciding. It is an ordinary conflict.
 * @throws {LockstepError} not_found, task_exists (there is one already), unavailable (the file cannot be written now)
 */
export async function makePracticeConflict({
  actor,
  source: wanted,
}: Asked): Promise<{ conflict_id: string; task_id: string; source: string }> {
  const source = await practiceSource(wanted);
  const { side, Side } = await namesOfSource(source);
  const { sync } = await createTask(contentIn(side), { actor, source, wait: true });
  if (sync.state !== "synced") {
    const why = sync.reason ?? `${Side} was not written`;
    throw new LockstepError("unavailable", `the practice task does not reach ${side}: ${why}`);
  }
  await writeAsActor(actor, `task ${TASK}`, (tx) =>
    makeDisagree(tx, source, TASK, { agreed: "What both said before", database: "What the database says" }),
  );
  await awaitRun({
    source,
    trigger: "api",
    options: { kind: "sync" },
    requested_by: actor.name,
    requested_from: actor.from,
  });
  const conflict = (await openConflicts(pool(), source)).get(TASK);
  if (!conflict)
    throw new LockstepError("unavailable", "the practice task was decided by the source's policy");
  return { conflict_id: conflict.id, task_id: TASK, source };
}

/** Removes the practice task on both sides, decided or not. @throws {LockstepError} not_found (no such source) */
export async function removePracticeConflict({
  actor,
  source: wanted,
}: Asked): Promise<{ removed: boolean }> {
  const source = await practiceSource(wanted);
  const open = (await openConflicts(pool(), source)).get(TASK);
  if (open) {
    const { id: conflict_id, revision } = open;
    const resolutions = [{ conflict_id, task_id: TASK, revision, choice: "keep_database" as const }];
    await requestResolutions(source, { resolutions }, actor);
  }
  if (!(await existingTasks(pool(), source, [TASK])).has(TASK)) return { removed: false };
  await deleteTask(TASK, { actor, source, wait: true });
  return { removed: true };
}

/** The named source, or the first one. */
async function practiceSource(wanted: string | undefined): Promise<string> {
  const [first] = await sourcesFor(wanted);
  if (first === undefined)
    throw new LockstepError("no_worker", "no source is registered yet: start a worker");
  return first;
}
