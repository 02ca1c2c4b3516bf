import { boundedAround, changedTexts } from "../../lib/run/changed-texts.ts";
import type { PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { EarlierLines, TextAround } from "../../lib/yaml/earlier-text.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import type { CurrentRun } from "./current-run.ts";

interface KeptText {
  texts: Map<TaskKey, EarlierLines>;
  around: TextAround | null;
}

interface Readings {
  /** The file as the run found it. */
  found: Snapshot;
  /** The file as it is now. */
  now: Snapshot;
  /** Tasks whose conflict the policy decided. */
  decided: ReadonlySet<TaskKey>;
}

/** What history keeps of the file's text, before and after the run: for people to read, and for an undo. */
export function keptText(run: CurrentRun, items: readonly PlanItem[], readings: Readings): KeptText {
  const { found, now, decided } = readings;
  const lastRun = fileBefore(run, found);
  // An undo brings back the conflict that the policy decided, so it needs what the file said in the conflict.
  const before = (key: TaskKey) => (decided.has(key) ? found : lastRun);
  const texts = changedTexts(
    items,
    (key) => before(key)?.tasks.text(key),
    (key) => now.tasks.text(key),
  );
  return { texts, around: items.length > 0 ? boundedAround(aroundOf(items, lastRun, readings)) : null };
}

/**
 * Tasks came and went since the last run. What else was worded anew by this run counts from the file as it was found,
 * because an undo leaves alone what a person has worded anew.
 */
function aroundOf(
  items: readonly PlanItem[],
  lastRun: Snapshot | undefined,
  { found, now, decided }: Readings,
): TextAround {
  const own = now.textAround(found, new Set(items.map(({ key }) => key)));
  if (lastRun === found) return own;
  const others = items.filter(({ key }) => !decided.has(key)).map(({ key }) => key);
  const carried = lastRun ? now.textAround(lastRun, new Set(others)).seams : [];
  const byPolicy = decided.size > 0 ? now.textAround(found, decided).seams : [];
  return { ...own, seams: [...carried, ...byPolicy] };
}

/** The file as the last run left it: as this run found it, or as it was before the edit that this run carried. */
function fileBefore({ memory, work }: CurrentRun, file: Snapshot): Snapshot | undefined {
  return [memory.snapshot, file].find((snapshot) => snapshot?.revision === work.source.file_revision);
}
