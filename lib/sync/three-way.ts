import type { JsonMap } from "../json.ts";
import { conflictOf } from "./conflict.ts";
import { diffMaps } from "./diff.ts";
import { type MergeConflict, mergeMaps } from "./merge.ts";
import { bothWays, type Origin } from "./next-run.ts";
import { withPath } from "./path.ts";
import { planBoth } from "./plan-both.ts";
import { settle } from "./settle.ts";
import { type Turn, winner } from "./turn.ts";
import { type TwoSides, type Voices, voices } from "./two-sides.ts";
import type { Choice, ReconcileOptions, Resolution, Side } from "./types.ts";

/** The task stands on both sides: merge them field by field against what was agreed. */
export function threeWay(sides: TwoSides, options: ReconcileOptions): Turn {
  const said = voices(sides, options.ownership);
  const { value, conflicts } = merged(sides.base, said);
  // Every change is of one side only, or the same on both.
  if (conflicts.length === 0) return planBoth(sides, value, BOTH, options);

  const forced = winner(options);
  const conflict = conflictOf(
    parties(sides),
    conflicts.map(({ path }) => path),
  );
  if (forced && !options.resolutions?.has(sides.key)) {
    // The origin wins on the fields in conflict; the other side's edits elsewhere stay edits.
    const wanted = conflicts.reduce<JsonMap>(
      (content, at) => withPath(content, at.path, at[forced]) ?? content,
      value,
    );
    return planBoth(sides, wanted, BOTH, options);
  }
  return settle(conflict, { base: sides.base, ...said }, options, (content) =>
    carryOut(sides, content, options),
  );
}

export const BOTH: Origin = { file: true, database: true };

export function parties({ key, ancestor, file, database }: TwoSides) {
  return { key, ancestor, file: file.task, database: database.task };
}

/** A resolved task goes to both sides, whatever the direction of the run: a person asked for this one. */
export function carryOut(sides: TwoSides, content: JsonMap | null, options: ReconcileOptions): Turn {
  const resolution = options.resolutions?.get(sides.key);
  if (content === null || !resolution) return {};
  return planBoth(sides, content, originOf(resolution), bothWays(options));
}

/** Only the edits that went into the task say whether its next run was set by hand. */
function originOf({ choice, fields }: Resolution): Origin {
  const sources: Record<Choice, readonly Side[]> = {
    keep_yaml: ["file"],
    keep_db: ["database"],
    merge: ["file", "database"],
  };
  const from = sources[choice];
  return {
    file: from.includes("file"),
    database: from.includes("database"),
    namedNextRun: fields !== undefined && Object.hasOwn(fields, "next_run_at"),
  };
}

function merged(
  base: JsonMap | null,
  { file, database }: Voices,
): { value: JsonMap; conflicts: MergeConflict[] } {
  if (base !== null) return mergeMaps(base, file, database);
  // Created on both sides: without an ancestor every difference is one, also a key on one side only.
  const conflicts = diffMaps(file, database).map(({ path, before, after }) => ({
    path,
    base: undefined,
    file: before,
    database: after,
  }));
  return { value: file, conflicts };
}
