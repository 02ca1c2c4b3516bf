import {
  type ClosedConflict,
  closedConflicts,
  conflictsOver,
  type SavedConflicts,
} from "../../lib/run/conflicts.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { closeConflicts, saveConflicts } from "../store/conflicts.ts";
import { setAddress } from "../store/transaction.ts";
import type { CurrentRun } from "./current-run.ts";
import { saveDecidedAtOnce, withAuthors } from "./decided-at-once.ts";
import type { ExecutedPlan } from "./execute.ts";
import type { Findings } from "./findings.ts";

export interface ConflictsAfterRun extends SavedConflicts {
  closed: ClosedConflict[];
  /** The task of each conflict that was open or was decided in this run, by conflict id. */
  taskOf: Map<string, TaskKey>;
}

/** Stores the conflicts found, closes those that are over, and records those that the policy decided. */
export async function saveRunConflicts(
  run: CurrentRun,
  findings: Findings,
  executed: ExecutedPlan,
  runId: string,
): Promise<ConflictsAfterRun> {
  const { context, tx, requests, instructions } = run;
  const { decision, open } = findings;
  const decisions = executed.decided.filter(({ conflict }) => !executed.left.has(conflict.key));
  const decided = await saveDecidedAtOnce(tx, context.source, decisions, open);
  const over = isOver(findings, executed);
  const refused = new Set(decision.refused.map(({ conflict_id }) => conflict_id));
  const applied = instructions.resolutions.filter(({ conflict_id }) => !refused.has(conflict_id));
  const chosen = [...applied, ...decided.openBefore.map(({ id, choice }) => ({ conflict_id: id, choice }))];
  const byPerson = closedConflicts(open.values(), over, chosen, requests.requestedBy);
  const closed = [...byPerson, ...decided.closed];
  const found = decision.plan.conflicts.map((conflict) => withAuthors(conflict, findings));
  const saved = await saveConflicts(tx, context.source, found, open);
  // A task ticks while a person decides, so what the losing side said last may not be in the record yet.
  const settled = decision.plan.settled.filter(({ key }) => open.has(key) && over(key));
  const asTheyStood = settled.map((conflict) => withAuthors(conflict, findings));
  await saveConflicts(tx, context.source, asTheyStood, open);
  if (closed.length > 0) await setAddress(tx, requests.requestedFrom);
  await closeConflicts(tx, runId, closed);
  const taskOf = new Map([...open.values(), ...decided.conflicts].map(({ id, task_id }) => [id, task_id]));
  return { ...saved, closed, taskOf };
}

/** Only a task that was looked at can have left its conflict. */
function isOver({ candidates, decision }: Findings, { left }: ExecutedPlan): (key: TaskKey) => boolean {
  const over = conflictsOver(decision.plan, left);
  return (key) => candidates.keys.has(key) && over(key);
}
