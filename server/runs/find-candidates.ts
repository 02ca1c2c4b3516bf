import type { UndoneRun } from "../../lib/sync/decide.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { SideTasks, Snapshot } from "../endpoints/endpoint.ts";
import { loadFingerprints } from "../store/ancestors.ts";
import { differingTasks } from "../store/task-rows.ts";
import type { CurrentRun } from "./current-run.ts";

export interface CandidateKeys {
  keys: Set<TaskKey>;
  /** The tasks whose text in the file changed since the last run. */
  fileKeys: Set<TaskKey>;
  /** Both sides were compared in full. */
  full: boolean;
}

const FULL_COMPARE_EVERY_MS = 3_600_000;

/**
 * The tasks that may differ from their ancestor. Every other task equals it on both sides: in the file,
 * because its text is that of the revision of the last committed run; in the database, because only the
 * outbox's tasks were touched; and what a run left differing is in the pending set.
 */
export async function findCandidates(
  run: CurrentRun,
  file: Snapshot,
  undo: UndoneRun | null,
): Promise<CandidateKeys> {
  const { tx, work, edits, instructions } = run;
  // After a TRUNCATE the outbox is not the whole truth.
  const full = wantsFullCompare(run) || edits.some((edit) => edit.task_id === null);
  const fileKeys = await changedInFile(run, file, full);
  const keys = new Set([...fileKeys, ...work.pending.keys()]);
  for (const edit of edits) if (edit.task_id !== null) keys.add(edit.task_id);
  if (full) for (const key of await differingTasks(tx, work.source.id)) keys.add(key);
  for (const { task_id } of instructions.resolutions) keys.add(task_id);
  for (const { task_id } of undo?.changes ?? []) keys.add(task_id);
  for (const { renamed_to } of undo?.resolved.values() ?? []) if (renamed_to) keys.add(renamed_to);
  return { keys, fileKeys, full };
}

function wantsFullCompare({ context, work, requests, instructions }: CurrentRun): boolean {
  const { compared_at } = work.source;
  if (instructions.force || requests.trigger === "startup" || compared_at === null) return true;
  return context.clock.now().getTime() - Date.parse(compared_at) > FULL_COMPARE_EVERY_MS;
}

async function changedInFile(
  { tx, work, memory }: CurrentRun,
  file: Snapshot,
  full: boolean,
): Promise<Set<TaskKey>> {
  const reconciled = work.source.file_revision;
  if (!full && reconciled === file.revision) return new Set();
  if (!full && reconciled !== null && memory.snapshot?.revision === reconciled) {
    return file.changedSince(memory.snapshot);
  }
  // Another process ran last, or this one has just started: compare with what the ancestors say.
  return changedSince(await loadFingerprints(tx, work.source.id), file.tasks);
}

function changedSince(then: ReadonlyMap<TaskKey, string | null>, now: SideTasks): Set<TaskKey> {
  const changed = new Set<TaskKey>();
  for (const key of now.keys()) if (then.get(key) !== now.fingerprintOf(key)) changed.add(key);
  for (const key of then.keys()) if (!now.has(key)) changed.add(key);
  return changed;
}
