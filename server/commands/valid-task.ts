import { LockstepError } from "../../lib/errors.ts";
import type { JsonMap } from "../../lib/json.ts";
import { parseTask } from "../../lib/task/schema.ts";
import type { Task } from "../../lib/task/task.ts";

/**
 * Validates a task.
 * @throws {LockstepError} invalid_task with every wrong field.
 */
export function validTask(plain: JsonMap): Task {
  const parsed = parseTask(plain);
  if (parsed.ok) return parsed.task;
  const errors = parsed.problems.map(({ path, message }) => ({ field: path.join("."), message }));
  throw new LockstepError("invalid_task", parsed.problems.map((problem) => problem.message).join("; "), {
    errors,
  });
}
