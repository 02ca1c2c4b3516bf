import type { UndoneRun } from "../../lib/sync/decide.ts";
import { loadResolvedConflicts } from "../store/conflicts.ts";
import { loadChanges } from "../store/runs.ts";
import type { CurrentRun } from "./current-run.ts";

/** What the run that is to be undone did; null where none is. */
export async function loadUndo({ tx, context, instructions }: CurrentRun): Promise<UndoneRun | null> {
  const { undo } = instructions;
  if (!undo) return null;
  const only = undo.tasks && new Set(undo.tasks);
  const changes = await loadChanges(tx, undo.run);
  return {
    changes: changes.filter(({ task_id }) => only?.has(task_id) ?? true),
    resolved: await loadResolvedConflicts(tx, undo.run),
    at: context.clock.now().toISOString(),
  };
}
