import type { JsonMap } from "../../lib/json.ts";

/**
 * The values of a task that the model follows one by one. `next_run_at` is missing: Lockstep computes it,
 * so its values are not edits by people.
 */
export const LEAVES = [
  "skill_name",
  "schedule_cron",
  "description",
  "status",
  "owner",
  "params.a",
  "params.b",
  "params.deep.c",
] as const;
export type Leaf = (typeof LEAVES)[number];

/** A value as JSON text, `absent` where the task does not have it, `gone` where there is no task. */
export type Value = string;
export const ABSENT: Value = "absent";
export const GONE: Value = "gone";

/** What one side shows: by task, the value of each leaf. A task that is missing is gone. */
export type Display = ReadonlyMap<string, ReadonlyMap<Leaf, Value>>;

/** Leaves whose absence means the same as a value. */
const DEFAULTS: Partial<Record<Leaf, Value>> = { status: '"pending"' };

/** The leaves of a task as the file or the API spells it. */
export function leavesOf(plain: JsonMap): Map<Leaf, Value> {
  return new Map(LEAVES.map((leaf) => [leaf, valueAt(plain, leaf)]));
}

export function valueIn(display: Display, task: string, leaf: Leaf): Value {
  return display.get(task)?.get(leaf) ?? GONE;
}

function valueAt(plain: JsonMap, leaf: Leaf): Value {
  let here: unknown = plain;
  for (const key of leaf.split(".")) {
    if (typeof here !== "object" || here === null) return DEFAULTS[leaf] ?? ABSENT;
    here = (here as Record<string, unknown>)[key];
  }
  if (here === undefined || here === null) return DEFAULTS[leaf] ?? ABSENT;
  return JSON.stringify(here);
}
