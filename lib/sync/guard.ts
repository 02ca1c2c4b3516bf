import type { TaskKey } from "../task/task.ts";
import type { Plan, PlanItem, Side } from "./types.ts";

export interface Deletions {
  /** The tasks that a run would delete, per side. */
  deletions: Record<Side, readonly TaskKey[]>;
  /** The number of tasks on each side before the run. */
  sizes: Record<Side, number>;
}

/** The tasks that a plan would delete, per side. One that goes on under another id is not deleted. */
export function deletionsOf({ items }: Pick<Plan, "items">): Record<Side, TaskKey[]> {
  const isGone = (item: PlanItem, side: Side) => item[side] === null && item.renamedTo === undefined;
  const gone = (side: Side) => items.filter((item) => isGone(item, side)).map((item) => item.key);
  return { file: gone("file"), database: gone("database") };
}

/** Whether so many deletions are more than half of a side, which is more likely an accident than intended. */
export function isMostOf(deletions: number, size: number): boolean {
  return deletions * 2 > size;
}

/**
 * Why a run must stop until a person confirms it; null when it may go on. Deleting two or more tasks and more than
 * half of a side is more likely an accident (a truncated file, a lost table) than intended.
 * @param called what the file's side is called within a sentence.
 */
export function haltReason({ deletions, sizes }: Deletions, called = "the file"): string | null {
  const total = new Set([...deletions.file, ...deletions.database]).size;
  if (total < 2) return null;
  const emptied = (["file", "database"] as const).filter((side) =>
    isMostOf(deletions[side].length, sizes[side]),
  );
  if (emptied.length === 0) return null;
  const where = { file: called, database: "the database" };
  const parts = emptied.map((side) => `${deletions[side].length} of ${sizes[side]} tasks in ${where[side]}`);
  return `This run would delete ${parts.join(" and ")}; an admin has to confirm it`;
}
