import type { AuditEntry } from "../protocol/audit.ts";

/** The changes of tasks that one run carried for one actor. All of them have the time of the run's end. */
export interface RunGroup {
  run_id: string;
  actor: string;
}

export interface Folded {
  entry: AuditEntry;
  /** Set where the entry stands for all entries of this group. */
  group: RunGroup | null;
}

/** From so many entries on, those of a run are one group. */
export const SMALLEST_GROUP = 4;

export function groupOf({ run_id, actor, subject }: AuditEntry): RunGroup | null {
  return run_id !== null && subject === "task" ? { run_id, actor } : null;
}

function sameGroup(a: RunGroup | null, b: RunGroup | null): boolean {
  return a !== null && b !== null && a.run_id === b.run_id && a.actor === b.actor;
}

/**
 * Entries with those of one run folded into one.
 * @param open the group that goes on beyond these entries, which is folded however few of it are here.
 */
export function foldRuns(entries: readonly AuditEntry[], open: RunGroup | null): Folded[] {
  const counts = new Map<string, number>();
  const keyOf = ({ run_id, actor }: RunGroup) => `${run_id} ${actor}`;
  for (const entry of entries) {
    const group = groupOf(entry);
    if (group) counts.set(keyOf(group), (counts.get(keyOf(group)) ?? 0) + 1);
  }
  const seen = new Set<string>();
  return entries.flatMap((entry): Folded[] => {
    const group = groupOf(entry);
    const folds = group && ((counts.get(keyOf(group)) ?? 0) >= SMALLEST_GROUP || sameGroup(group, open));
    if (!group || !folds) return [{ entry, group: null }];
    if (seen.has(keyOf(group))) return [];
    seen.add(keyOf(group));
    return [{ entry, group }];
  });
}
