import type { TaskKey } from "../../lib/task/task.ts";
import { changedKeys } from "../../lib/yaml/changed-keys.ts";
import type { ScheduleDocument } from "../../lib/yaml/document.ts";
import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";
import { loadFingerprints } from "../store/ancestors.ts";
import type { Queryable } from "../store/pool.ts";
import type { RunWork } from "../store/run-work.ts";
import { differingTasks } from "../store/task-rows.ts";

export interface CandidateKeys {
  keys: Set<TaskKey>;
  /** The tasks of which the file's text changed since the last run. */
  fileKeys: Set<TaskKey>;
  /** Both sides were compared in full. */
  full: boolean;
}

/**
 * The tasks that may differ from their ancestor. Every other task equals it on both sides:
 * in the file, because its text is that of the revision of the last committed run; in the
 * database, because nothing but the outbox's tasks was touched; and whatever a run left
 * differing is in the pending set.
 */
export async function findCandidates(
  tx: Queryable,
  work: RunWork,
  now: FileSnapshot,
  cached: FileSnapshot | undefined,
  wantsFull: boolean,
): Promise<CandidateKeys> {
  // After TRUNCATE the outbox is not the whole truth.
  const full = wantsFull || work.edits.some((edit) => edit.task_id === null);
  const fileKeys = await changedInFile(tx, work, now, cached, full);
  const keys = new Set([...fileKeys, ...work.pending.keys()]);
  for (const edit of work.edits) if (edit.task_id !== null) keys.add(edit.task_id);
  if (full) for (const key of await differingTasks(tx, work.source.id)) keys.add(key);
  return { keys, fileKeys, full };
}

async function changedInFile(
  tx: Queryable,
  work: RunWork,
  now: FileSnapshot,
  cached: FileSnapshot | undefined,
  full: boolean,
): Promise<Set<TaskKey>> {
  const reconciled = work.source.file_revision;
  if (!full && reconciled === now.revision) return new Set();
  if (!full && reconciled !== null && cached?.revision === reconciled)
    return changedKeys(cached.document, now.document);
  // Another process ran last, or this one has just started: compare with what the ancestors say.
  return changedSince(await loadFingerprints(tx, work.source.id), now.document);
}

function changedSince(then: ReadonlyMap<TaskKey, string | null>, now: ScheduleDocument): Set<TaskKey> {
  const changed = new Set<TaskKey>();
  for (const key of now.keys()) if (then.get(key) !== now.fingerprintOf(key)) changed.add(key);
  for (const key of then.keys()) if (!now.has(key)) changed.add(key);
  return changed;
}
