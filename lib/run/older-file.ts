import type { OlderFileJson } from "../protocol/older-file.ts";
import type { PendingReason, Unseen } from "../sync/types.ts";
import type { FileAge } from "../sync/unseen.ts";
import type { TaskKey } from "../task/task.ts";

/** The notice about an earlier version of the file that came back. */
export type OlderFile = OlderFileJson;

/**
 * The tasks that stay pending while the file's text of them is of an earlier revision, with its position. Of a task
 * whose row is locked it is not known what the file takes back, so that one is looked at in the same way again.
 */
export function behindAfter(
  pending: ReadonlyMap<TaskKey, PendingReason>,
  candidates: ReadonlyMap<TaskKey, { unseen?: Unseen }>,
  { positionOf }: Pick<FileAge, "positionOf">,
): Map<TaskKey, number> {
  const behind = new Map<TaskKey, number>();
  for (const key of pending.keys()) {
    const position = positionOf(key);
    const candidate = candidates.get(key);
    if (position !== null && (!candidate || candidate.unseen)) behind.set(key, position);
  }
  return behind;
}

/** The notice after a run; null when no task waits because of an older file. */
export function olderFileAfter(
  before: OlderFile | null,
  returned: Omit<OlderFile, "tasks"> | null,
  behind: ReadonlyMap<TaskKey, number>,
): OlderFile | null {
  const notice = returned ?? before;
  return notice && behind.size > 0 ? { ...notice, tasks: behind.size } : null;
}
