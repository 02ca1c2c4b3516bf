import type { Problem } from "../problem.ts";
import { equalJson } from "../json.ts";
import { contentMap } from "../task/content.ts";
import type { TaskKey } from "../task/task.ts";
import { runToEnd, TASKS_PER_STEP } from "../yaml/progress.ts";
import { decideByTimestamp } from "./by-timestamp.ts";
import { decideCreatedOn, decideDeletedOn, decideGoneFromBoth } from "./one-side.ts";
import { buildPlan, noParts, type PlanParts } from "./plan.ts";
import { decideThreeWay } from "./three-way.ts";
import type { TaskDecision } from "./task-decision.ts";
import { twoSides, withoutFieldsLeftBehind } from "./two-sides.ts";
import type { Candidate, Plan, ReconcileOptions } from "./types.ts";

/**
 * Decides what to do for each task, from its two sides and its ancestor, and does nothing itself. The order of the
 * candidates and the other tasks do not change the decision for a task. Tasks that are not candidates count as in
 * step.
 */
export function reconcile(candidates: Iterable<Candidate>, options: ReconcileOptions): Plan {
  return buildPlan(runToEnd(reconcileInSteps(candidates, options)));
}

/** Does the same, and pauses after every `size` tasks, so that the caller can let other work go on. */
export function* reconcileInSteps(
  candidates: Iterable<Candidate>,
  options: ReconcileOptions,
  size = TASKS_PER_STEP,
): Generator<undefined, PlanParts> {
  const plan = noParts();
  const unanswered = new Set(options.resolutions?.keys());
  const remembering = { ...options, nextRun: rememberNextRuns(options.nextRun) };
  let decided = 0;
  for (const candidate of candidates) {
    if (decided++ % size === size - 1) yield;
    const { key } = candidate;
    const turn = decideTask(candidate, remembering);
    if (turn.item) plan.items.push(turn.item);
    if (turn.conflict) plan.conflicts.push(turn.conflict);
    if (turn.overruled) plan.overruled.push(turn.overruled);
    if (turn.settled) plan.settled.push(turn.settled);
    if (turn.pending) plan.pending.set(key, turn.pending);
    if (!unanswered.delete(key)) continue;
    if (turn.resolution === undefined) {
      // The conflict of a held task cannot be seen now. Any other task without a conflict here has none any more.
      const unseen = turn.pending === "held" || turn.pending === "unbelieved";
      plan.refused.set(key, unseen ? "stale_conflict" : "conflict_closed");
    } else if (turn.resolution !== "applied") {
      plan.refused.set(key, turn.resolution.refused);
      plan.problems.push(...(turn.resolution.errors ?? []).map((error) => problemOf(key, error)));
    }
  }
  // The remaining tasks are in step, so they have no conflict.
  for (const key of unanswered) plan.refused.set(key, "conflict_closed");
  return plan;
}

/** Remembers next runs by schedule, because many tasks share a schedule and computing one is slow in an import. */
function rememberNextRuns(nextRun: ReconcileOptions["nextRun"]): ReconcileOptions["nextRun"] {
  const known = new Map<string, string | null>();
  return (content) => {
    const schedule = `${content.timezone}\n${content.schedule_cron}`;
    const before = known.get(schedule);
    if (before !== undefined) return before;
    const next = nextRun(content);
    known.set(schedule, next);
    return next;
  };
}

/** Decides one task: the decision table, row by row. */
function decideTask(candidate: Candidate, options: ReconcileOptions): TaskDecision {
  const { key, ancestor, file, database, unseen } = candidate;
  if (file === "held" || database === "held") {
    // A side that cannot be read counts neither as absent nor as changed, so nothing happens to the task.
    // What the file takes back without knowing it is looked at when its task can be read.
    return stillAgreed(candidate) && !unseen ? {} : { pending: "held" };
  }
  if (ancestor && !file && !options.fileAbsenceBelieved) {
    // The file may be half saved, so a task that is missing from it does not count as deleted yet.
    return { pending: "unbelieved" };
  }
  if (file && database) {
    const sides = twoSides(key, ancestor, file, database, unseen);
    return options.strategy === "timestamp"
      ? decideByTimestamp(sides, options)
      : decideThreeWay(sides, options);
  }
  if (!file && !database) return ancestor ? decideGoneFromBoth(key, ancestor) : {};
  // From here on exactly one side has the task.
  if (file)
    return ancestor
      ? decideDeletedOn("database", { key, ancestor, left: file, unseen }, options)
      : decideCreatedOn("file", key, file, options);
  if (database)
    return ancestor
      ? decideDeletedOn("file", { key, ancestor, left: database, unseen }, options)
      : decideCreatedOn("database", key, database, options);
  return {};
}

/** Whether the readable side says what was agreed, so that no edit waits for the held side. */
function stillAgreed({ ancestor, file, database }: Candidate): boolean {
  if (file === "held" && database === "held") return false;
  const readable = file === "held" ? database : file;
  if (readable === "held" || readable === undefined) return readable === undefined && ancestor === undefined;
  if (ancestor === undefined) return false;
  const text = contentMap(readable.task);
  return equalJson(
    file === "held" ? text : withoutFieldsLeftBehind(text, ancestor),
    contentMap(ancestor.content),
  );
}

function problemOf(key: TaskKey, { field, message }: { field: string; message: string }): Problem {
  return { code: "invalid_task", message: field ? `${field}: ${message}` : message, task_id: key };
}
