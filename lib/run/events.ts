import type { LockstepEvent } from "../protocol/event.ts";
import type { RunSummary } from "../protocol/run.ts";
import { choiceToWire } from "../protocol/wire.ts";
import type { OpenConflict } from "../sync/decide.ts";
import type { PlanItem } from "../sync/types.ts";
import type { TaskKey } from "../task/task.ts";
import type { OutboxEdit } from "./choose-requests.ts";
import type { ClosedConflict, SavedConflicts } from "./conflicts.ts";
import { inParts } from "./event-parts.ts";

export interface RunOutcome extends SavedConflicts {
  run: RunSummary;
  /** Who changed the file before the run: `file` for an edit by hand, or the person who restored a version. */
  fileChangedBy: string;
  /** Tasks whose text in the file had changed. */
  fileKeys: ReadonlySet<TaskKey>;
  items: readonly PlanItem[];
  edits: readonly OutboxEdit[];
  closed: readonly ClosedConflict[];
  /** The task of each conflict that was open or was decided in this run, by conflict id. */
  taskOf: ReadonlyMap<string, TaskKey>;
}

/** The events of a run, in the order in which things happened. */
export function runEvents(outcome: RunOutcome): LockstepEvent[] {
  const { run, items, detected, refreshed, closed, taskOf } = outcome;
  const { source } = run;
  const written = items.filter((item) => item.file !== undefined).map((item) => item.key);
  const inRows = items.filter((item) => item.database !== undefined).map((item) => item.key);
  const inEdits = outcome.edits.flatMap((edit) => edit.task_id ?? []);
  const changedRows = [...new Set([...inRows, ...inEdits])];
  return [
    ...fileUpdated(run, outcome.fileChangedBy, [...outcome.fileKeys]),
    ...fileUpdated(run, run.requested_by, written),
    ...inParts(changedRows, (part): LockstepEvent => ({ event: "tasks_changed", source, ...part })),
    ...detected.map((conflict) => conflictDetected(source, conflict)),
    ...refreshed.map((conflict) => conflictDetected(source, conflict, true)),
    ...closed.map(({ id, choice }): LockstepEvent => ({
      event: "sync_conflict_resolved",
      source,
      conflict_id: id,
      task_id: taskOf.get(id) ?? "",
      choice: choice && choiceToWire(choice),
    })),
    ...runFinished(run),
  ];
}

/** The event that says that a run ended, with any outcome. */
export function runFinished({ source, id, trigger, outcome, counts }: RunSummary): LockstepEvent[] {
  return [
    { event: "sync_run_finished", source, run_id: id, trigger, outcome, counts },
    { event: "sync_status_changed", source },
  ];
}

export function conflictDetected(
  source: string,
  { id, task_id }: OpenConflict,
  refreshed = false,
): LockstepEvent {
  const about = { source, conflict_id: id, task_id };
  return { event: "sync_conflict_detected", ...about, ...(refreshed ? { refreshed } : {}) };
}

function fileUpdated({ source, id }: RunSummary, by: string, keys: TaskKey[]): LockstepEvent[] {
  return inParts(keys, ({ ids: task_ids, more }) => ({
    event: "schedule_config_updated",
    source,
    run_id: id,
    by,
    task_ids,
    ...(more ? { more } : {}),
  }));
}
