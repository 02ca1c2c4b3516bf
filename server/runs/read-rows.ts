import type { TaskKey } from "../../lib/task/task.ts";
import { existingTasks, lockTaskRows, type StoredTask } from "../store/task-rows.ts";
import type { CurrentRun } from "./current-run.ts";

export interface LockedRows {
  rows: ReadonlyMap<TaskKey, StoredTask>;
  /** Tasks whose row another open transaction is editing. */
  busy: ReadonlySet<TaskKey>;
}

/**
 * The candidates' rows, locked until the run ends.
 * @throws PostgreSQL 55P03 when another transaction keeps one of them too long and no attempt has learned to skip it.
 */
export async function readRows(
  { tx, context, memory }: CurrentRun,
  keys: readonly TaskKey[],
): Promise<LockedRows> {
  if (keys.length === 0) return { rows: new Map(), busy: new Set() };
  const skipBusy = memory.hint?.skipBusy ?? false;
  const locked = await lockTaskRows(tx, context.source, keys, skipBusy);
  const rows = new Map(locked.map((row) => [row.id, row]));
  if (!skipBusy) return { rows, busy: new Set() };
  // A row that is there and could not be locked is busy; one that is not there is absent.
  const unlocked = keys.filter((key) => !rows.has(key));
  return { rows, busy: await existingTasks(tx, context.source, unlocked) };
}
