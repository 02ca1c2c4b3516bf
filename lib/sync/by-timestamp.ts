import { equalJson } from "../json.ts";
import { CALLED, conflictOf, olderFileConflict } from "./conflict.ts";
import { diffMaps } from "./diff.ts";
import { planForBothSides } from "./plan-both.ts";
import { settleConflict } from "./settle-conflict.ts";
import { FROM_BOTH_SIDES, applyResolved, threeTasks } from "./three-way.ts";
import { type TaskDecision, winningSide, runWrites } from "./task-decision.ts";
import { type EffectiveSides, type TwoSides, effectiveSides } from "./two-sides.ts";
import type { PendingReason, ReconcileOptions } from "./types.ts";
import { takesBack } from "./unseen.ts";

const NEXT_RUN = "next_run_at";

/** The classic rule for a task on both sides: whole tasks, by `updated_at` only. */
export function decideByTimestamp(sides: TwoSides, options: ReconcileOptions): TaskDecision {
  const said = effectiveSides(sides, options.ownership);
  const disputed = diffMaps(said.file, said.database).map(({ path }) => path);
  const agreed = () => planForBothSides(sides, said.file, FROM_BOTH_SIDES, options);
  const timesDiffer = disputed.length === 0 && rowComputesItsOwnTime(sides, said, options);
  // The sides agree, so their stamps do not matter.
  if (disputed.length === 0 && !timesDiffer) return agreed();

  const paths = timesDiffer ? [[NEXT_RUN]] : disputed;
  const wait = (pending: PendingReason) => (timesDiffer ? agreed() : { pending });

  const fileWins = () => planForBothSides(sides, said.file, { file: true, database: false }, options);
  const databaseWins = () => planForBothSides(sides, said.database, { file: false, database: true }, options);
  const forced = options.resolutions?.has(sides.key) ? null : winningSide(options);
  const takesBackEdits = paths.some((path) => takesBack(sides.unseen, path));
  const tasks = threeTasks(sides);
  const called = options.names?.short ?? CALLED;
  const originWins = (): TaskDecision => ({
    ...(forced === "file" ? fileWins() : databaseWins()),
    overruled: conflictOf(tasks, paths, { called }),
  });
  const conflict = (reason?: string): TaskDecision => {
    if (forced) return originWins();
    const found = takesBackEdits
      ? olderFileConflict(tasks, paths, { called })
      : conflictOf(tasks, paths, { called, reason });
    return settleConflict(found, { base: sides.base, ...said }, options, (content) =>
      applyResolved(sides, content, options),
    );
  };

  if (options.apiWrites?.has(sides.key)) {
    // The file still says what was agreed, so the API's edit overwrites no other edit.
    if (sides.base !== null && equalJson(said.file, sides.base)) return databaseWins();
    return conflict();
  }
  // A file that was put back is new by its time, and its text is not.
  if (takesBackEdits) return conflict();
  const order = compareStamps(
    sides.file.task.updated_at ?? sides.file.changedAt ?? null,
    sides.database.task.updated_at,
  );
  if (order > 0) return runWrites(options.direction, "database") ? fileWins() : wait("direction");
  if (order < 0) return conflict(`Database was updated more recently than ${called}`);
  // The rule does nothing for equal stamps, so the sides stay different unless an origin is to win.
  return forced ? originWins() : wait("equal_stamps");
}

/**
 * Whether the row lost its next run while the file set one that this run cannot bring to the row. The row then gets a
 * time of its own, and the next run sees two times. So the stamps have to decide about them now: otherwise a second run
 * would find something to do.
 */
function rowComputesItsOwnTime(
  sides: TwoSides,
  said: EffectiveSides,
  { direction, ownership }: ReconcileOptions,
): boolean {
  if (runWrites(direction, "database") || ownership[NEXT_RUN] !== undefined || sides.base === null)
    return false;
  return sides.databaseSays[NEXT_RUN] === null && said.database[NEXT_RUN] !== null;
}

/** Positive when the file is newer. A side without any stamp is the older one. */
function compareStamps(file: string | null, database: string | null): number {
  const time = (stamp: string | null) => (stamp === null ? Number.NEGATIVE_INFINITY : Date.parse(stamp));
  const [f, d] = [time(file), time(database)];
  return f === d ? 0 : f > d ? 1 : -1;
}
