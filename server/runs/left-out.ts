import type { Problem } from "../../lib/problem.ts";
import { otherIdOf } from "../../lib/sync/rename-halves.ts";
import type { PendingReason, PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { RowFailure } from "./write-rows.ts";

/** Refusals of single tasks beyond this many are summed up in one. */
const MOST_LISTED = 100;

/** What a run leaves to later runs. */
export interface LeftOut {
  left: Map<TaskKey, PendingReason>;
  problems: Problem[];
  /** Tasks of which the database has refused the row. */
  refused: Set<TaskKey>;
}

/** Adds rows that could not be written. */
export function leaveOut(
  failures: ReadonlyMap<TaskKey, RowFailure>,
  { left, problems, refused }: LeftOut,
): void {
  let more = 0;
  for (const [key, { reason, problem }] of failures) {
    left.set(key, reason);
    if (problem?.code === "row_refused") refused.add(key);
    if (problem && (problem.code !== "row_refused" || problems.length < MOST_LISTED)) problems.push(problem);
    else more++;
  }
  if (more > 0) problems.push({ code: "row_refused", message: inSum(more) });
}

/** A rename of which a side does not take one half is left out as a whole. */
export function leaveOtherHalves(items: readonly PlanItem[], { left, problems, refused }: LeftOut): void {
  for (const item of items) {
    const other = otherIdOf(item);
    const reason = other === undefined ? undefined : left.get(other);
    if (other === undefined || reason === undefined || left.has(item.key)) continue;
    left.set(item.key, reason);
    if (refused.has(other)) refused.add(item.key);
    const why = problems.find(({ task_id }) => task_id === other);
    if (why) problems.push({ ...why, task_id: item.key });
  }
}

function inSum(tasks: number): string {
  return `The database refused so many tasks that ${tasks} more wait for a later run; see the problems of the others`;
}
