import type { BulkActionJson, LeftOut } from "../../lib/protocol/bulk.ts";
import { type BulkKind, STATUS_OF_BULK } from "../../lib/task/bulk-kinds.ts";
import type { ListedTask } from "../live/task-rows.ts";
import { plural } from "../shell/run-words.ts";
import type { NamesOf } from "../shell/use-side-names.ts";

export const VERB: Record<BulkKind, { will: string; doing: string; did: string }> = {
  pause: { will: "Pause", doing: "Pausing", did: "Paused" },
  resume: { will: "Resume", doing: "Resuming", did: "Resumed" },
  delete: { will: "Delete", doing: "Deleting", did: "Deleted" },
};

/** `Delete 212 tasks in 3 files`. */
export function planInWords(action: BulkKind, { wanted, sources }: BulkPlan, namesOf: NamesOf): string {
  return `${VERB[action].will} ${plural(wanted.length, "task")}${inSeveral(sources, namesOf)}`;
}

/** ` in 3 files`; nothing where it is only one. */
function inSeveral(sources: readonly { source: string }[], namesOf: NamesOf): string {
  if (sources.length < 2) return "";
  return ` in ${sources.length} ${namesOf(sources.map(({ source }) => source)).many}`;
}

/** What an action would do to the selected tasks, as far as the page knows. */
export interface BulkPlan {
  wanted: ListedTask[];
  /** Tasks that already are as wanted. */
  unchanged: number;
  conflicts: ListedTask[];
  held: ListedTask[];
  /** The wanted tasks by source, the largest number first. */
  sources: { source: string; count: number; all: number }[];
}

export function bulkPlan(
  action: BulkKind,
  chosen: readonly ListedTask[],
  all: readonly ListedTask[],
): BulkPlan {
  const isConflict = ({ standing }: ListedTask) => standing.sync === "conflict";
  const isHeld = ({ standing }: ListedTask) => standing.sync === "pending" && standing.reason === "held";
  const free = chosen.filter((row) => !isConflict(row) && !isHeld(row));
  const wanted = free.filter(({ task }) => task.status !== STATUS_OF_BULK[action]);
  const counts = new Map<string, number>();
  for (const { task } of wanted) counts.set(task.source, (counts.get(task.source) ?? 0) + 1);
  const sources = [...counts]
    .map(([source, count]) => ({
      source,
      count,
      all: all.filter(({ task }) => task.source === source).length,
    }))
    .sort((a, b) => b.count - a.count);
  return {
    wanted,
    unchanged: free.length - wanted.length,
    conflicts: chosen.filter(isConflict),
    held: chosen.filter(isHeld),
    sources,
  };
}

/** `Paused 209 tasks in 3 files`, and how it ended where that is not the usual way. */
export function outcomeInWords(
  { action, state, changed, sources, total, unchanged }: BulkActionJson,
  namesOf: NamesOf,
): string {
  const where = inSeveral(
    sources.filter((each) => each.changed > 0),
    namesOf,
  );
  const did = `${VERB[action].did} ${plural(changed, "task")}${where}`;
  if (state === "stopped")
    return `${did}, then stopped; ${plural(total - changed, "task")} left as they were`;
  if (state === "interrupted") return `${did}; the server stopped before the rest`;
  if (changed === 0 && unchanged === total) return "Nothing to do: they are so already";
  return did;
}

/** Why tasks were left out, with their ids: `2 changed since you looked: 4, 9`. */
export function leftOutInWords(left: readonly LeftOut[]): { reason: string; ids: string }[] {
  const groups = new Map<string, string[]>();
  for (const { message, task_id } of left) groups.set(message, [...(groups.get(message) ?? []), task_id]);
  return [...groups].map(([reason, ids]) => ({ reason, ids: idsInWords(ids) }));
}

const MOST_NAMED = 12;

export function idsInWords(ids: readonly string[]): string {
  const named = ids.slice(0, MOST_NAMED).join(", ");
  return ids.length > MOST_NAMED ? `${named} and ${ids.length - MOST_NAMED} more` : named;
}

/** Why the changes are not on the other side yet, or were not made at all; empty when all is well. */
export function troubleOf({ sources, state }: BulkActionJson, namesOf: NamesOf): string[] {
  const many = sources.length > 1;
  return sources.flatMap(({ source, waits, failure }) => {
    const late = waits && `Not in ${namesOf(source).side} yet: ${waits}`;
    const why = failure !== null ? `Nothing was changed: ${failure}` : late;
    if (!why || (state === "running" && failure === null)) return [];
    return [many ? `${source}: ${why}` : why];
  });
}
