import { LockstepError } from "../../lib/errors.ts";
import { taskEtag } from "../../lib/protocol/etag.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { tasksWithId } from "../store/read/tasks.ts";

/**
 * The task as clients see it.
 * @throws {LockstepError} not_found, or ambiguous_task when several sources have the id and none is named.
 */
export async function getTask(
  id: string,
  source: string | undefined,
): Promise<{ task: TaskJson; etag: string }> {
  // A text that cannot be an id is not found. It must not reach the database, which refuses NUL.
  const tasks = /^[\w.-]{1,128}$/.test(id) ? await tasksWithId(id, source) : [];
  const [task, ...others] = tasks;
  if (!task) throw new LockstepError("not_found", `there is no task ${JSON.stringify(id)}`);
  if (others.length > 0) {
    const sources = tasks.map((each) => each.source);
    throw new LockstepError("ambiguous_task", `task ${id} is in several sources; name one with ?source=`, {
      sources,
    });
  }
  return { task, etag: taskEtag(task) };
}
