import { equalJson } from "../json.ts";
import { conflictOf } from "./conflict.ts";
import { diffMaps } from "./diff.ts";
import { planBoth } from "./plan-both.ts";
import { settle } from "./settle.ts";
import { BOTH, carryOut, parties } from "./three-way.ts";
import { type Turn, winner, writes } from "./turn.ts";
import { type TwoSides, voices } from "./two-sides.ts";
import type { ReconcileOptions } from "./types.ts";

const NEWER = "Database was updated more recently than YAML";

/** The classic rule for a task on both sides: whole tasks, by `updated_at` only. */
export function byTimestamp(sides: TwoSides, options: ReconcileOptions): Turn {
  const said = voices(sides, options.ownership);
  const paths = diffMaps(said.file, said.database).map(({ path }) => path);
  // They agree, whatever their stamps say.
  if (paths.length === 0) return planBoth(sides, said.file, BOTH, options);

  const fileWins = () => planBoth(sides, said.file, { file: true, database: false }, options);
  const databaseWins = () => planBoth(sides, said.database, { file: false, database: true }, options);
  const conflict = (reason?: string): Turn => {
    const forced = options.resolutions?.has(sides.key) ? null : winner(options);
    if (forced) return forced === "file" ? fileWins() : databaseWins();
    const found = conflictOf(parties(sides), paths, reason);
    return settle(found, { base: sides.base, ...said }, options, (content) =>
      carryOut(sides, content, options),
    );
  };

  if (options.apiWrites?.has(sides.key)) {
    // The file still says what was agreed, so the API's edit overwrites nobody's.
    if (sides.base !== null && equalJson(said.file, sides.base)) return databaseWins();
    return conflict();
  }
  const order = compareStamps(
    sides.file.task.updated_at ?? sides.file.changedAt ?? null,
    sides.database.task.updated_at,
  );
  if (order > 0) return writes(options.direction, "database") ? fileWins() : { pending: "direction" };
  if (order < 0) return conflict(NEWER);
  // Equal stamps: the rule says to do nothing, which leaves them different.
  return { pending: "equal_stamps" };
}

/** Positive when the file is newer. A side without any stamp is the older one. */
function compareStamps(file: string | null, database: string | null): number {
  const time = (stamp: string | null) => (stamp === null ? Number.NEGATIVE_INFINITY : Date.parse(stamp));
  const [f, d] = [time(file), time(database)];
  return f === d ? 0 : f > d ? 1 : -1;
}
