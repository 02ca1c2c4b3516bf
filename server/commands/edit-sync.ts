import type { Problem } from "../../lib/problem.ts";
import type { EditSync } from "../../lib/protocol/task.ts";
import { sideNames, type SideNames } from "../../lib/source/side-names.ts";
import type { PendingReason } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { pool } from "../store/pool.ts";
import { loadEditProgress } from "../store/edit-progress.ts";
import { noWorker, workerOf } from "../store/workers.ts";

const reasonsOf = ({ side, Side }: SideNames): Record<PendingReason, string> => ({
  direction: "The last run only carried changes the other way; a run in both directions carries this edit",
  held: "The task cannot be read on one side; see the problems",
  conflict: "Both sides changed the same fields; an admin has to choose",
  halted: "The run was stopped by a safety guard until an admin confirms it",
  unwritable: `${Side} cannot be written now; Lockstep tries again until it succeeds`,
  unbelieved:
    `The task is missing from ${side}, but an entry with a problem there may be it. Fix that entry first; until ` +
    "then the task does not count as deleted",
  problem: "The change could not be written to the other side; see the problems",
  untried: "The database refused many other tasks; a later run tries this one, see the problems",
  busy: "This row is being edited in the database, in a transaction that is still open",
  renamed: "This task may be another one under a new id; an admin has to say whether it is",
  equal_stamps: "Both sides have the same updated_at, so neither side is newer",
});

/** The run that was asked to carry an edit. */
export interface EditRun {
  /** True when the run that was asked for it has answered. */
  answered: boolean;
  /** True when that run carried it, so that a task that still waits was edited again later. */
  carried: boolean;
  /** True when the client waited for it. */
  waited: boolean;
}

/** The state of an edit of this task, with the reason for the person who made it. */
export async function editSync(
  source: string,
  key: TaskKey,
  { answered, carried, waited }: EditRun,
): Promise<EditSync> {
  const db = pool();
  const facts = await loadEditProgress(db, source, key);
  const reasons = reasonsOf(sideNames(source, facts.kind));
  if (facts.pending === "conflict") return { state: "conflict", reason: facts.conflict ?? reasons.conflict };
  if (facts.pending !== null) {
    const problem = facts.problems.find((each) => each.task_id === key || each.code === "file_unwritable");
    return { state: "pending", reason: problem?.message ?? reasons[facts.pending] };
  }
  if (carried || !facts.waiting) return { state: "synced" };
  const worker = answered ? null : await workerOf(db, source);
  if (worker?.removed)
    return {
      state: "pending",
      reason: "Its source is no longer in sources.yml; the edit waits until it is there again",
    };
  if (worker?.running === false) return { state: "pending", reason: noWorker(worker.label) };
  if (facts.halted) return { state: "pending", reason: facts.halted };
  if (answered && facts.problems[0]) return { state: "pending", reason: inWords(facts.problems[0]) };
  return {
    state: "pending",
    reason: waited ? "the run that carries it has not finished yet" : "a run will carry it",
  };
}

function inWords({ code, message, line, column }: Problem): string {
  const place = line === undefined ? "" : ` (line ${line}, column ${column ?? 1})`;
  return code === "yaml_syntax" ? `The file cannot be read: ${message}${place}` : `${message}${place}`;
}
