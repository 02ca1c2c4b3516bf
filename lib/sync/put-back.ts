import type { TaskKey } from "../task/task.ts";
import type { Plan, PlanItem, Side } from "./types.ts";

export interface Lost {
  key: TaskKey;
  /** The task's skill_name; null where it is not known. */
  name: string | null;
  /** The side that no longer has the task; the other one still has it. */
  side: Side;
}

/** The tasks that a plan deletes on one side because the other has lost them. One that goes on under another id is not lost. */
export function lostTasks({ items }: Pick<Plan, "items">): Lost[] {
  return items.flatMap((item): Lost[] => {
    const side = losingSide(item);
    return side === null ? [] : [{ key: item.key, name: item.before?.skill_name ?? null, side }];
  });
}

function losingSide({ file, database, renamedTo }: PlanItem): Side | null {
  if (renamedTo !== undefined || (file === null) === (database === null)) return null;
  return database === null ? "file" : "database";
}

/** Whether a task is there, by side. */
interface Presence {
  file: boolean;
  database: boolean;
}

/**
 * What both sides agreed on, without the lost tasks that one side still has. Without an agreement such a task is new, and
 * what is new goes to the other side: it is put back.
 */
export function withoutLost<Agreed>(
  ancestors: ReadonlyMap<TaskKey, Agreed>,
  lost: readonly TaskKey[],
  presenceOf: (key: TaskKey) => Presence,
): Map<TaskKey, Agreed> {
  const left = new Map(ancestors);
  for (const key of lost) {
    const { file, database } = presenceOf(key);
    if (file !== database) left.delete(key);
  }
  return left;
}
