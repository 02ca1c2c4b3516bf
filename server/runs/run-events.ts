import type { LockstepEvent } from "../../lib/protocol/event.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import { choiceToWire } from "../../lib/protocol/wire.ts";
import type { ClosedConflict, OpenConflict, SavedConflicts } from "../store/conflicts.ts";
import type { RunDecision } from "./decide.ts";
import type { ExecutedPlan } from "./execute-plan.ts";
import type { CurrentRun } from "./current-run.ts";
import { inParts } from "./event-parts.ts";

/** What clients hear of a run, in the order in which it happened. */
export function eventsOf(
  { work, requests }: CurrentRun,
  run: RunSummary,
  decision: RunDecision,
  executed: ExecutedPlan,
  { detected, refreshed }: SavedConflicts,
  settled: readonly OpenConflict[],
  closed: readonly ClosedConflict[],
): LockstepEvent[] {
  const { source } = run;
  const edited = [...decision.found.fileKeys];
  const written = executed.items.filter((item) => item.file !== undefined).map((item) => item.key);
  const inRows = executed.items.filter((item) => item.database !== undefined).map((item) => item.key);
  const inEdits = work.edits.flatMap((edit) => edit.task_id ?? []);
  const taskOf = new Map(
    [...decision.open.values(), ...settled].map((conflict) => [conflict.id, conflict.task_id]),
  );
  const configUpdated = (by: string, ids: string[]) =>
    inParts(ids, ({ ids: task_ids, more }) => ({
      event: "schedule_config_updated",
      source,
      run_id: run.id,
      by,
      task_ids,
      ...(more ? { more } : {}),
    }));
  return [
    ...(edited.length > 0
      ? configUpdated(requests.options.kind === "restore" ? run.requested_by : "file", edited)
      : []),
    ...(executed.fileWritten ? configUpdated(run.requested_by, written) : []),
    ...inParts([...new Set([...inRows, ...inEdits])], (part) => ({
      event: "tasks_changed",
      source,
      ...part,
    })),
    ...detected.map((conflict) => detectedEvent(source, conflict)),
    ...refreshed.map((conflict) => detectedEvent(source, conflict, true)),
    ...closed.map(({ id, choice }): LockstepEvent => ({
      event: "sync_conflict_resolved",
      source,
      conflict_id: id,
      task_id: taskOf.get(id) ?? "",
      choice: choice && choiceToWire(choice),
    })),
    {
      event: "sync_run_finished",
      source,
      run_id: run.id,
      trigger: run.trigger,
      outcome: run.outcome,
      counts: run.counts,
    },
    { event: "sync_status_changed", source },
  ];
}

export function detectedEvent(
  source: string,
  { id, task_id }: OpenConflict,
  refreshed = false,
): LockstepEvent {
  return {
    event: "sync_conflict_detected",
    source,
    conflict_id: id,
    task_id,
    ...(refreshed ? { refreshed } : {}),
  };
}
