import type { TaskKey } from "../task/task.ts";
import { equalContent } from "../task/content.ts";
import { TASKS_PER_STEP } from "../yaml/progress.ts";
import type { PlanParts } from "./plan.ts";
import { NO_EDITS } from "./diff.ts";
import { reconcile, reconcileInSteps } from "./reconcile.ts";
import type { LoadedCandidate, PlanItem, ReconcileOptions, SideTask } from "./types.ts";
import type { Rollback } from "./undo.ts";

type Recalled = ReadonlyMap<TaskKey, SideTask | undefined>;

/**
 * Decides what an undo does to its tasks. It is asked for by a person, so it goes to both sides also in fields that
 * the file owns. Where the file's own earlier lines say what the undo means, they are put back.
 */
export function* undoneParts(
  { candidates, wanted }: Rollback,
  recalled: Recalled,
  usual: Omit<ReconcileOptions, "resolutions">,
): Generator<undefined, PlanParts> {
  const ownership = Object.entries(usual.ownership).filter(([, owner]) => owner !== "file");
  const undone = candidates.filter(({ key }) => wanted.has(key));
  const options: ReconcileOptions = {
    ...usual,
    ownership: Object.fromEntries(ownership),
    apiWrites: new Set(wanted.keys()),
  };
  const parts = yield* reconcileInSteps(undone, options);
  const byKey = new Map(undone.map((candidate) => [candidate.key, candidate]));
  const items: PlanItem[] = [];
  for (const [number, item] of parts.items.entries()) {
    if (number % TASKS_PER_STEP === TASKS_PER_STEP - 1) yield;
    items.push(withLinesBack(item, byKey.get(item.key), recalled, options));
  }
  return { ...parts, items };
}

/** The same item with the file's earlier lines, where both sides then say the same as without them. */
function withLinesBack(
  item: PlanItem,
  candidate: LoadedCandidate | undefined,
  recalled: Recalled,
  options: ReconcileOptions,
): PlanItem {
  if (!candidate || item.file === undefined || !recalled.has(item.key)) return item;
  const file = recalled.get(item.key);
  if (file === undefined) return item.file === null ? { ...item, linesBack: true } : item;
  const { items, conflicts } = reconcile([withoutNamingTime({ ...candidate, file }, file)], options);
  const [again] = items;
  const says = again && conflicts.length === 0 ? again.after : null;
  if (!again || !says || !item.after || !equalContent(says, item.after)) return item;
  const { action, merged, before } = item;
  return { ...again, action, merged, before, file: again.file ?? NO_EDITS, linesBack: true };
}

/**
 * Earlier lines without a next run leave the earlier time to the database, as they did before: a line for it in the
 * file would be one that never stood there.
 */
function withoutNamingTime(candidate: LoadedCandidate, { task }: SideTask): LoadedCandidate {
  const { ancestor, database } = candidate;
  if (!ancestor || !database || database === "held" || task.next_run_at !== null) return candidate;
  if (database.task.next_run_at === ancestor.content.next_run_at) return candidate;
  const { next_run_at: _, ...fieldsLeftBehind } = ancestor.fieldsLeftBehind;
  return { ...candidate, ancestor: { ...ancestor, fieldsLeftBehind } };
}
