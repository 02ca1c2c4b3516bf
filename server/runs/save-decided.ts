import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";
import { type ClosedConflict, type OpenConflict, saveConflicts } from "../store/conflicts.ts";
import type { RunDecision } from "./decide.ts";
import type { ExecutedPlan } from "./execute-plan.ts";
import type { CurrentRun } from "./current-run.ts";

/** Whom history names for what a policy decided. */
const BY = "policy";

export interface SavedDecisions {
  conflicts: OpenConflict[];
  closed: ClosedConflict[];
}

/** Conflicts that the policy decided in this run stand in the history like those that a person resolved. */
export async function saveDecided(
  { context, tx, settings }: CurrentRun,
  { decided, candidates }: RunDecision,
  { left }: ExecutedPlan,
  file: FileSnapshot,
): Promise<SavedDecisions> {
  const { policy } = settings;
  const carried = decided.filter(({ key }) => !left.has(key));
  if (policy === "ask" || carried.length === 0) return { conflicts: [], closed: [] };
  const rows = carried.map((conflict) => ({
    ...conflict,
    fileModifiedAt: file.modifiedAt,
    databaseUpdatedBy: candidates.get(conflict.key)?.row?.updatedBy ?? null,
  }));
  const { detected } = await saveConflicts(tx, context.source, rows, new Map());
  return { conflicts: detected, closed: detected.map(({ id }) => ({ id, choice: policy, by: BY })) };
}
