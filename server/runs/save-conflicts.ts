import {
  type ClosedConflict,
  closedConflicts,
  conflictsOver,
  type SavedConflicts,
} from "../../lib/run/conflicts.ts";
import type { OpenConflict } from "../../lib/sync/decide.ts";
import type { ConflictPolicy } from "../../lib/source/settings.ts";
import { winningSide } from "../../lib/sync/task-decision.ts";
import type { Choice, Conflict } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { closeConflicts, saveConflicts } from "../store/conflicts.ts";
import { setAddress } from "../store/transaction.ts";
import type { CurrentRun } from "./current-run.ts";
import type { ExecutedPlan } from "./execute.ts";
import type { Findings } from "./findings.ts";

const KEEPS = { file: "keep_file", database: "keep_database" } as const;

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
  const decided = await saveDecidedAtOnce(run, findings, executed);
  const over = isOver(findings, executed);
  const refused = new Set(decision.refused.map(({ conflict_id }) => conflict_id));
  const applied = instructions.resolutions.filter(({ conflict_id }) => !refused.has(conflict_id));
  const chosen = [...applied, ...decided.openBefore];
  const byPerson = closedConflicts(open.values(), over, chosen, requests.requestedBy);
  const closed = [...byPerson, ...decided.closed];
  const found = decision.plan.conflicts.map((conflict) => withAuthors(conflict, findings));
  const saved = await saveConflicts(tx, context.source, found, open);
  if (closed.length > 0) await setAddress(tx, requests.requestedFrom);
  await closeConflicts(tx, runId, closed);
  const taskOf = new Map([...open.values(), ...decided.conflicts].map(({ id, task_id }) => [id, task_id]));
  return { ...saved, closed, taskOf };
}

interface DecidedAtOnce {
  conflicts: OpenConflict[];
  closed: ClosedConflict[];
  /** Conflicts that were open before, with the choice that ends them now. */
  openBefore: { conflict_id: string; choice: Choice }[];
}

/**
 * Conflicts that the policy or force decided in this run stand in the history like those that a person resolved.
 */
async function saveDecidedAtOnce(
  { context, tx, settings, instructions, requests }: CurrentRun,
  findings: Findings,
  { left }: ExecutedPlan,
): Promise<DecidedAtOnce> {
  const { plan, decidedByPolicy } = findings.decision;
  const winner = winningSide(instructions);
  const decisions = [
    ...decisionsBy(POLICY, settings.policy, decidedByPolicy),
    ...decisionsBy(requests.requestedBy, winner ? KEEPS[winner] : "ask", plan.overruled),
  ].filter(({ conflict }) => !left.has(conflict.key));
  if (decisions.length === 0) return { conflicts: [], closed: [], openBefore: [] };
  const rows = decisions.map(({ conflict }) => withAuthors(conflict, findings));
  const { detected } = await saveConflicts(tx, context.source, rows, findings.open);
  const byKey = new Map(decisions.map((decision) => [decision.conflict.key, decision]));
  const ended = (conflicts: Iterable<OpenConflict>) =>
    [...conflicts].flatMap(({ id, task_id }) => {
      const decision = byKey.get(task_id);
      return decision ? [{ id, choice: decision.choice, by: decision.by }] : [];
    });
  return {
    conflicts: detected,
    closed: ended(detected),
    openBefore: ended(findings.open.values()).map(({ id, choice }) => ({ conflict_id: id, choice })),
  };
}

function decisionsBy(by: string, choice: ConflictPolicy, conflicts: readonly Conflict[]) {
  return choice === "ask" ? [] : conflicts.map((conflict) => ({ by, choice, conflict }));
}

/** Only a task that was looked at can have left its conflict. */
function isOver({ candidates, decision }: Findings, { left }: ExecutedPlan): (key: TaskKey) => boolean {
  const over = conflictsOver(decision.plan, left);
  return (key) => candidates.keys.has(key) && over(key);
}

function withAuthors(conflict: Conflict, { file, known }: Findings) {
  const databaseUpdatedBy = known.byKey.get(conflict.key)?.row?.updatedBy ?? null;
  return { ...conflict, fileModifiedAt: file.modifiedAt, databaseUpdatedBy };
}
