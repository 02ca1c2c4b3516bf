import type { ErrorCode } from "../errors.ts";
import type { Problem } from "../problem.ts";
import type { PendingReason } from "../sync/types.ts";
import type { TaskKey } from "../task/task.ts";
import type { RefusedResolution, RequestedResolution } from "./request.ts";

/** The resolutions that a side did not take; their conflicts stay open. */
export function resolutionsLeft(
  resolutions: readonly RequestedResolution[],
  left: ReadonlyMap<TaskKey, PendingReason>,
  problems: readonly Problem[],
): RefusedResolution[] {
  return resolutions.flatMap(({ conflict_id, task_id }): RefusedResolution[] => {
    const reason = left.get(task_id);
    if (reason === undefined) return [];
    const problem = problems.find((each) => each.task_id === task_id || isOfAll(each, reason));
    const message =
      problem?.message ?? "The database refused many other tasks, so this one was not tried; try again";
    return [{ conflict_id, code: codeOf(reason, problem), message }];
  });
}

function isOfAll({ code }: Problem, reason: PendingReason): boolean {
  return reason === "unwritable" && code === "file_unwritable";
}

function codeOf(reason: PendingReason, problem: Problem | undefined): ErrorCode {
  if (reason === "busy") return "unavailable";
  return reason === "unwritable" || problem?.code === "edit_refused" ? "file_unwritable" : "row_refused";
}
