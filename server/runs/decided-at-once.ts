import type { ClosedConflict } from "../../lib/run/conflicts.ts";
import type { OpenConflict } from "../../lib/sync/decide.ts";
import type { ConflictPolicy } from "../../lib/source/settings.ts";
import type { DecidedConflict } from "../../lib/sync/recover.ts";
import { winningSide } from "../../lib/sync/task-decision.ts";
import type { Answer, Conflict } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { saveConflicts } from "../store/conflicts.ts";
import type { Queryable } from "../store/pool.ts";
import type { CurrentRun } from "./current-run.ts";
import type { Findings } from "./findings.ts";

const KEEPS = { file: "keep_file", database: "keep_database" } as const;

/** The name that history has for what a source's policy decided. */
const POLICY = "policy";

/** Conflicts that the policy or force decides in this run. */
export function decidedAtOnce(
  { settings, instructions, requests }: CurrentRun,
  findings: Findings,
): DecidedConflict[] {
  const { plan, decidedByPolicy } = findings.decision;
  const winner = winningSide(instructions);
  return [
    ...decisionsBy(POLICY, settings.policy, decidedByPolicy, findings),
    ...decisionsBy(requests.requestedBy, winner ? KEEPS[winner] : "ask", plan.overruled, findings),
  ];
}

/** Open conflicts that people have decided, as both sides stand in this run. */
export function decidedByPeople(
  { instructions, requests }: CurrentRun,
  findings: Findings,
): DecidedConflict[] {
  const { decision, open } = findings;
  const chosen = new Map(instructions.resolutions.map(({ conflict_id, choice }) => [conflict_id, choice]));
  return decision.plan.settled.flatMap((conflict) => {
    const choice = chosen.get(open.get(conflict.key)?.id ?? "");
    if (choice === undefined) return [];
    return { by: requests.requestedBy, choice, conflict: withAuthors(conflict, findings) };
  });
}

function decisionsBy(
  by: string,
  choice: ConflictPolicy,
  conflicts: readonly Conflict[],
  findings: Findings,
): DecidedConflict[] {
  if (choice === "ask") return [];
  return conflicts.map((conflict) => ({ by, choice, conflict: withAuthors(conflict, findings) }));
}

/** The conflict with when and by whom each side was changed. */
export function withAuthors(conflict: Conflict, { file, known }: Pick<Findings, "file" | "known">) {
  const databaseUpdatedBy = known.byKey.get(conflict.key)?.row?.updatedBy ?? null;
  return { ...conflict, fileModifiedAt: file.modifiedAt, databaseUpdatedBy };
}

interface SavedDecisions {
  conflicts: OpenConflict[];
  closed: ClosedConflict[];
  /** Conflicts that were open before, with the choice that ends them now. */
  openBefore: (ClosedConflict & { choice: Answer })[];
}

/** What was decided at once stands in the history like conflicts that a person resolved. */
export async function saveDecidedAtOnce(
  tx: Queryable,
  source: string,
  decisions: readonly DecidedConflict[],
  open: ReadonlyMap<TaskKey, OpenConflict>,
): Promise<SavedDecisions> {
  if (decisions.length === 0) return { conflicts: [], closed: [], openBefore: [] };
  const rows = decisions.map(({ conflict }) => conflict);
  const { detected } = await saveConflicts(tx, source, rows, open);
  const byKey = new Map(decisions.map((decision) => [decision.conflict.key, decision]));
  const ended = (conflicts: Iterable<OpenConflict>) =>
    [...conflicts].flatMap(({ id, task_id }) => {
      const decision = byKey.get(task_id);
      return decision ? [{ id, choice: decision.choice, by: decision.by }] : [];
    });
  return { conflicts: detected, closed: ended(detected), openBefore: ended(open.values()) };
}
