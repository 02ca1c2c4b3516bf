import { nextRun } from "../../lib/schedule/cron.ts";
import { sideNames } from "../../lib/source/side-names.ts";
import { positionsOfRun } from "../../lib/sync/carried.ts";
import { decideInSteps, type OpenConflict, type RunDecision, type UndoneRun } from "../../lib/sync/decide.ts";
import type { FileOrder } from "../../lib/sync/find-renames.ts";
import type { ReconcileOptions } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import { inSlices } from "../in-slices.ts";
import { loadAncestors } from "../store/ancestors.ts";
import type { CurrentRun } from "./current-run.ts";
import type { KnownTasks } from "./known-tasks.ts";
import { StartOver } from "./source-context.ts";

/** Two reads of the file this far apart must agree before an absence is a deletion. */
const SETTLE_MS = 200;

/**
 * What is to be done about the candidates; nothing is changed yet.
 * @throws {StartOver} when the file has to be read a second time before an absence in it is believed. While the file
 *   has an item that may be a missing task, no absence is.
 */
export async function decide(
  run: CurrentRun,
  file: Snapshot,
  known: KnownTasks,
  open: ReadonlyMap<TaskKey, OpenConflict>,
  undo: UndoneRun | null,
): Promise<RunDecision> {
  const { instructions, settings } = run;
  const { everyItemIdentified } = file.tasks;
  const decision = await inSlices(
    decideInSteps({
      candidates: known.candidates,
      busy: known.busy,
      busyGone: known.busyGone,
      order: orderOf(run, file),
      everyItemIdentified,
      open,
      undo,
      resolutions: instructions.resolutions,
      policy: settings.policy,
      position: positionsOfRun(run.work.source.file_position).written,
      options: reconcileOptions(run, file),
    }),
  );
  if (!decision.mustReadAgain || (await mayHideTasks(run, file))) return decision;
  const learned = { hint: { revision: file.revision }, snapshot: file };
  throw new StartOver("a task is gone from the file", SETTLE_MS, learned);
}

/** The file's order now and, where this process has seen it, after the last run. */
function orderOf({ memory: { snapshot }, work }: CurrentRun, file: Snapshot): FileOrder {
  const before = snapshot?.revision === work.source.file_revision ? snapshot : undefined;
  return { before: () => before?.tasks.keys(), now: () => file.tasks.keys() };
}

/** Whether an item that cannot be read has an id on which both sides never agreed: it may be a task that is missing. */
async function mayHideTasks({ tx, context }: CurrentRun, { tasks: { held } }: Snapshot): Promise<boolean> {
  const known = await loadAncestors(tx, context.source, [...held]);
  return known.size < held.size;
}

function reconcileOptions(run: CurrentRun, file: Snapshot): Omit<ReconcileOptions, "resolutions"> {
  const { context, memory, work, edits, instructions, settings } = run;
  const now = context.clock.now();
  const byApi = edits.filter((edit) => !edit.actor.startsWith("sql:")).flatMap((edit) => edit.task_id ?? []);
  const waiting = [...work.pending].filter(([, reason]) => reason === "unwritable").map(([key]) => key);
  return {
    strategy: settings.strategy,
    ownership: settings.ownership,
    direction: instructions.direction,
    force: instructions.force,
    nextRun: (content) => nextRun(content.schedule_cron, content.timezone, now),
    fileAbsenceBelieved: file.tasks.everyItemIdentified && memory.hint?.revision === file.revision,
    names: sideNames(context.source, context.endpoint.kind),
    apiWrites: new Set([...byApi, ...waiting]),
  };
}
