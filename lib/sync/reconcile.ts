import type { Problem } from "../problem.ts";
import { equalJson } from "../json.ts";
import { contentMap } from "../task/content.ts";
import type { TaskKey } from "../task/task.ts";
import { byTimestamp } from "./by-timestamp.ts";
import { createdOn, goneFrom, goneFromBoth } from "./one-side.ts";
import { planHash } from "./plan-hash.ts";
import { threeWay } from "./three-way.ts";
import type { Turn } from "./turn.ts";
import { twoSides, withoutLag } from "./two-sides.ts";
import type { Candidate, Plan, ReconcileOptions } from "./types.ts";

/**
 * The decision: what each task's two sides and ancestor ask for, not yet done. Pure, and each task
 * for itself: neither the order of the candidates nor another task's fate changes a task's turn.
 * Tasks that are not candidates are taken to be in step.
 */
export function reconcile(candidates: Iterable<Candidate>, options: ReconcileOptions): Plan {
  const plan: Plan = { items: [], conflicts: [], pending: new Map(), problems: [], refused: new Map(), hash: "" };
  const unanswered = new Set(options.resolutions?.keys());
  for (const candidate of candidates) {
    const { key } = candidate;
    const turn = decide(candidate, options);
    if (turn.item) plan.items.push(turn.item);
    if (turn.conflict) plan.conflicts.push(turn.conflict);
    if (turn.pending) plan.pending.set(key, turn.pending);
    if (!unanswered.delete(key)) continue;
    if (turn.resolution === undefined) {
      // A held task's conflict cannot be seen now; any other without one has none any more.
      const unseen = turn.pending === "held" || turn.pending === "unbelieved";
      plan.refused.set(key, unseen ? "stale_conflict" : "conflict_closed");
    } else if (turn.resolution !== "applied") {
      plan.refused.set(key, turn.resolution.refused);
      plan.problems.push(...(turn.resolution.errors ?? []).map((error) => problemOf(key, error)));
    }
  }
  // What is in step has no conflict either.
  for (const key of unanswered) plan.refused.set(key, "conflict_closed");
  plan.hash = planHash(plan.items, plan.conflicts);
  return plan;
}

/** One task's turn: the decision table, row by row. */
function decide(candidate: Candidate, options: ReconcileOptions): Turn {
  const { key, ancestor, file, database } = candidate;
  if (file === "held" || database === "held") {
    // A side that cannot be read is never taken for absent or changed: nothing happens to the task.
    return stillAgreed(candidate) ? {} : { pending: "held" };
  }
  if (ancestor && !file && !options.fileAbsenceBelieved) {
    // The file may be in mid-save: a task missing from it is not yet a deleted one.
    return { pending: "unbelieved" };
  }
  if (file && database) {
    const sides = twoSides(key, ancestor, file, database);
    return options.strategy === "timestamp" ? byTimestamp(sides, options) : threeWay(sides, options);
  }
  if (!file && !database) return ancestor ? goneFromBoth(key, ancestor) : {};
  // From here exactly one side has the task.
  if (file) return ancestor ? goneFrom("database", key, ancestor, file, options) : createdOn("file", key, file, options);
  if (database) return ancestor ? goneFrom("file", key, ancestor, database, options) : createdOn("database", key, database, options);
  return {};
}

/** Whether the side that can be read says what was agreed, so that nothing waits for the held one. */
function stillAgreed({ ancestor, file, database }: Candidate): boolean {
  if (file === "held" && database === "held") return false;
  const readable = file === "held" ? database : file;
  if (readable === "held" || readable === undefined) return readable === undefined && ancestor === undefined;
  if (ancestor === undefined) return false;
  const text = contentMap(readable.task);
  return equalJson(file === "held" ? text : withoutLag(text, ancestor), contentMap(ancestor.content));
}

function problemOf(key: TaskKey, { field, message }: { field: string; message: string }): Problem {
  return { code: "invalid_task", message: field ? `${field}: ${message}` : message, task_id: key };
}
