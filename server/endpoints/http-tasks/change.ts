import { equalJson, isMap, type JsonMap } from "../../../lib/json.ts";
import type { Problem } from "../../../lib/problem.ts";
import {
  type HttpTasksConfig,
  mappedPaths,
  type WriteConfig,
} from "../../../lib/source/http-tasks/config.ts";
import { isWithin, sentBy } from "../../../lib/source/http-tasks/owners.ts";
import { diffMaps } from "../../../lib/sync/diff.ts";
import { contentMap } from "../../../lib/task/content.ts";
import { FIELD_DEFAULTS } from "../../../lib/task/fields.ts";
import { parseTask } from "../../../lib/task/schema.ts";
import type { TaskKey } from "../../../lib/task/task.ts";

/** One request to come: the task as it stood there, and as it is to be. */
export interface TaskChange {
  kind: "create" | "update" | "delete";
  key: TaskKey;
  /** As a file would have it; null: there is none. */
  before: JsonMap | null;
  after: JsonMap | null;
}

export function kindOf(before: JsonMap | null, after: JsonMap | null): TaskChange["kind"] {
  if (after === null) return "delete";
  return before === null ? "create" : "update";
}

/** Why the API cannot take the change, as far as its configuration tells; null: it may. */
export function whyNotSent(change: TaskChange, config: HttpTasksConfig): Problem | null {
  const write = config.writes[change.kind];
  if (!write)
    return refused(change, `sources.yml says no way to ${change.kind} tasks there (writes.${change.kind})`);
  const lost = lostPaths(change, write, config);
  if (lost.length === 0) return null;
  return refused(
    change,
    `the API does not take ${lost.join(" and ")} from here; see map and writes in sources.yml`,
  );
}

export function refused({ key }: Pick<TaskChange, "key">, why: string): Problem {
  return { code: "write_refused", message: `Task ${key} was not written: ${why}`, task_id: key };
}

/** The values that differ, down to where a side has no map, in the words of paths of ours. */
export function changedPaths({ before, after }: TaskChange): string[][] {
  const was = before === null ? { ...FIELD_DEFAULTS } : contentOf(before);
  return diffMaps(was, contentOf(after ?? {})).map(({ path }) => path);
}

/** What the request would not carry, so that it would be lost. */
function lostPaths(change: TaskChange, write: WriteConfig, config: HttpTasksConfig): string[] {
  if (change.after === null) return [];
  const { after } = change;
  const sent = sentBy(write, config);
  const constants = mappedPaths(config.map).flatMap(({ path, from }) =>
    typeof from === "object" && "value" in from ? [{ path, value: from.value }] : [],
  );
  return changedPaths(change)
    .filter((path) => !sent.some((each) => isWithin(path, each.path)))
    .filter((path) => {
      const constant = constants.find((each) => isWithin(path, each.path));
      return !constant || !equalJson(constant.value, valueAt(after, constant.path));
    })
    .map((path) => path.join("."));
}

/** The value at a path of ours; null where there is none. */
export function valueAt(task: JsonMap, path: readonly string[]) {
  let at: JsonMap[string] = contentOf(task);
  for (const name of path) at = isMap(at) && Object.hasOwn(at, name) ? (at[name] ?? null) : null;
  return at;
}

/** What the task says with all defaults. One that is not valid says what it says. */
function contentOf(task: JsonMap): JsonMap {
  const parsed = parseTask(task);
  return parsed.ok ? contentMap(parsed.task) : task;
}
