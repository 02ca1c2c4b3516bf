import { equalJson, type JsonMap } from "../json.ts";
import { conflictOf, olderFileConflict } from "./conflict.ts";
import { diffMaps } from "./diff.ts";
import { type MergeConflict, mergeMaps } from "./merge.ts";
import { inBothDirections, type ContributingSides } from "./next-run.ts";
import { getPath, withPath } from "./path.ts";
import { planForBothSides } from "./plan-both.ts";
import { SIDES_OF_CHOICE } from "./resolution.ts";
import { settleConflict } from "./settle-conflict.ts";
import { type TaskDecision, winningSide } from "./task-decision.ts";
import { type TwoSides, type EffectiveSides, effectiveSides } from "./two-sides.ts";
import type { ReconcileOptions, Choice, Resolution } from "./types.ts";
import { takesBack } from "./unseen.ts";

/** Decides a task that both sides have, by merging them field by field against the ancestor. */
export function decideThreeWay(sides: TwoSides, options: ReconcileOptions): TaskDecision {
  const said = effectiveSides(sides, options.ownership);
  const { value, conflicts, takenBack } = merged(sides, said);
  // Every change was made by one side only, or is the same on both sides.
  if (conflicts.length === 0) return planForBothSides(sides, value, FROM_BOTH_SIDES, options);

  const forced = winningSide(options);
  const paths = conflicts.map(({ path }) => path);
  const words = { called: options.names?.short };
  const conflict = takenBack
    ? olderFileConflict(threeTasks(sides), paths, words)
    : conflictOf(threeTasks(sides), paths, words);
  if (forced && !options.resolutions?.has(sides.key)) {
    // The origin wins the fields in conflict. The other side's edits of other fields stay edits.
    const wanted = conflicts.reduce<JsonMap>(
      (content, at) => withPath(content, at.path, at[forced]) ?? content,
      value,
    );
    return { ...planForBothSides(sides, wanted, FROM_BOTH_SIDES, options), overruled: conflict };
  }
  return settleConflict(conflict, { base: sides.base, ...said }, options, (content) =>
    applyResolved(sides, content, options),
  );
}

export const FROM_BOTH_SIDES: ContributingSides = { file: true, database: true };

export function threeTasks({ key, ancestor, file, database }: TwoSides) {
  return { key, ancestor, file: file.task, database: database.task };
}

/** Carries a resolved task to both sides, also in a one-way run, because a person asked for this task. */
export function applyResolved(
  sides: TwoSides,
  content: JsonMap | null,
  options: ReconcileOptions,
): TaskDecision {
  const resolution = options.resolutions?.get(sides.key);
  if (content === null || !resolution || resolution.choice === "separate") return {};
  return planForBothSides(
    sides,
    content,
    chosenSides(resolution.choice, resolution.fields),
    inBothDirections(options),
  );
}

/** The sides whose edits the choice kept. Only those edits say whether the next run was set by hand. */
function chosenSides(choice: Choice, fields: Resolution["fields"]): ContributingSides {
  const from = SIDES_OF_CHOICE[choice];
  return {
    file: from.includes("file"),
    database: from.includes("database"),
    namedNextRun: fields !== undefined && Object.hasOwn(fields, "next_run_at"),
    laterStamp: from.length > 1,
  };
}

function merged(
  { base, unseen }: TwoSides,
  { file, database }: EffectiveSides,
): { value: JsonMap; conflicts: MergeConflict[]; takenBack: boolean } {
  if (base !== null) {
    const { value, conflicts, fileChanged } = mergeMaps(base, file, database);
    // The file alone has changed these, and its author has not seen the database's edit that it takes back.
    const takenBack = fileChanged
      .filter((path) => takesBack(unseen, path))
      .map((path) => ({
        path,
        base: getPath(base, path),
        file: getPath(file, path),
        database: getPath(database, path),
      }))
      .filter((at) => equalJson(at.base, at.database));
    return { value, conflicts: [...conflicts, ...takenBack], takenBack: takenBack.length > 0 };
  }
  // The task was created on both sides. Without an ancestor every difference is a conflict, also a key that only
  // one side has.
  const conflicts = diffMaps(file, database).map(({ path, before, after }) => ({
    path,
    base: undefined,
    file: before,
    database: after,
  }));
  return { value: file, conflicts, takenBack: false };
}
