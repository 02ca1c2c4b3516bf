import type { UndoneRun } from "../../lib/sync/decide.ts";
import type { ResolvedConflict } from "../../lib/sync/reopen.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { EarlierText } from "../../lib/yaml/earlier-text.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import { loadResolvedConflicts } from "../store/conflicts.ts";
import { loadRun } from "../store/runs.ts";
import type { CurrentRun } from "./current-run.ts";

export interface LoadedUndo extends UndoneRun {
  /** What the run did to the file's text. */
  text: EarlierText;
}

/** What the run that is to be undone did; null where none is. */
export async function loadUndo(
  { tx, context, instructions }: CurrentRun,
  file: Snapshot,
): Promise<LoadedUndo | null> {
  const { undo } = instructions;
  if (!undo) return null;
  const resolved = await loadResolvedConflicts(tx, undo.run);
  const only = undo.tasks && withNewIds(undo.tasks, resolved);
  const run = await loadRun(tx, undo.run);
  const changes = run.changes.filter(({ task_id }) => only?.has(task_id) ?? true);
  const tasks = new Map([...run.text.tasks].filter(([key]) => only?.has(key) ?? true));
  const text = { ...run.text, tasks };
  return {
    changes,
    text,
    recalled: await file.recall(text),
    resolved,
    at: context.clock.now().toISOString(),
  };
}

/** What was said about one id of a rename was said about both. */
function withNewIds(
  tasks: readonly TaskKey[],
  resolved: ReadonlyMap<TaskKey, ResolvedConflict>,
): ReadonlySet<TaskKey> {
  return new Set(tasks.flatMap((key) => [key, ...[resolved.get(key)?.renamed_to ?? []].flat()]));
}
