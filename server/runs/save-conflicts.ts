import { type ClosedConflict, closedConflicts, type SavedConflicts } from "../../lib/run/conflicts.ts";
import type { OpenConflict } from "../../lib/sync/decide.ts";
import type { Conflict } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { closeConflicts, saveConflicts } from "../store/conflicts.ts";
import { setAddress } from "../store/transaction.ts";
import type { CurrentRun } from "./current-run.ts";
import type { ExecutedPlan } from "./execute.ts";
import type { Findings } from "./findings.ts";

/** The name that history has for what a source's policy decided. */
const POLICY = "policy";

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
  const decided = await saveDecidedByPolicy(run, findings, executed);
  const over = isOver(findings, executed);
  const byPerson = closedConflicts(open.values(), over, instructions.resolutions, requests.requestedBy);
  const closed = [...byPerson, ...decided.closed];
  const found = decision.plan.conflicts.map((conflict) => withAuthors(conflict, findings));
  const saved = await saveConflicts(tx, context.source, found, open);
  if (closed.length > 0) await setAddress(tx, requests.requestedFrom);
  await closeConflicts(tx, runId, closed);
  const taskOf = new Map([...open.values(), ...decided.conflicts].map(({ id, task_id }) => [id, task_id]));
  return { ...saved, closed, taskOf };
}

/** Conflicts that the policy decided in this run stand in the history like those that a person resolved. */
async function saveDecidedByPolicy(
  { context, tx, settings }: CurrentRun,
  findings: Findings,
  { left }: ExecutedPlan,
): Promise<{ conflicts: OpenConflict[]; closed: ClosedConflict[] }> {
  const { policy } = settings;
  const done = findings.decision.decidedByPolicy.filter(({ key }) => !left.has(key));
  if (policy === "ask" || done.length === 0) return { conflicts: [], closed: [] };
  const rows = done.map((conflict) => withAuthors(conflict, findings));
  const { detected } = await saveConflicts(tx, context.source, rows, new Map());
  return { conflicts: detected, closed: detected.map(({ id }) => ({ id, choice: policy, by: POLICY })) };
}

/**
 * Only a task that was looked at and is readable again can have left its conflict; a held task's conflict
 * stays, and so does one whose resolution the file could not take.
 */
function isOver({ candidates, decision }: Findings, { left }: ExecutedPlan): (key: TaskKey) => boolean {
  const { conflicts, pending } = decision.plan;
  const still = new Set(conflicts.map(({ key }) => key));
  return (key) => candidates.keys.has(key) && !still.has(key) && !pending.has(key) && !left.has(key);
}

function withAuthors(conflict: Conflict, { file, known }: Findings) {
  const databaseUpdatedBy = known.byKey.get(conflict.key)?.row?.updatedBy ?? null;
  return { ...conflict, fileModifiedAt: file.modifiedAt, databaseUpdatedBy };
}
