import { equalJson, type JsonMap } from "../json.ts";
import { contentFromMap } from "../task/content.ts";
import type { TwoSides } from "./two-sides.ts";
import type { Direction, ReconcileOptions } from "./types.ts";

export interface NextRun {
  /** The time that the file agrees with, and the time that the database holds. */
  file: string | null;
  database: string | null;
  /** True when `file` was computed in this run, so that no edit requires it to be written to the file. */
  computed: boolean;
}

/** The sides whose edits are in the wanted content. */
export interface ContributingSides {
  file: boolean;
  database: boolean;
  /** A person named the time itself. */
  namedNextRun?: boolean;
  /** A choice joined both sides, so the later of their stamps stays. */
  laterStamp?: boolean;
}

/**
 * Computes `next_run_at` when it is missing, or when cron or time zone changed and the same edit did not set it.
 * A time written in the file stays, because a person wrote it. A time that the database reports while the file
 * brings a new cron belongs to the old schedule, so it is computed again.
 */
export function settleNextRun(
  sides: TwoSides,
  wanted: JsonMap,
  origin: ContributingSides,
  options: ReconcileOptions,
): NextRun {
  const { base, fileSays, databaseSays } = sides;
  const owner = options.ownership["next_run_at"];
  // A time that a choice left out belongs to a schedule that may not be the chosen one.
  const set = (side: JsonMap) =>
    base !== null && time(side) !== null && time(side) !== time(base) && time(side) === time(wanted);
  const fileSet = origin.file && owner !== "database" && set(fileSays);
  const databaseSet =
    origin.database && owner !== "file" && set(databaseSays) && rescheduled(base, databaseSays);
  const compute = (content: JsonMap) => options.nextRun(contentFromMap(content));

  if (options.direction === "database_to_file") {
    // The file's edits do not reach the database now, so only the database's own schedule counts.
    const due = cleared(base, databaseSays) || (rescheduled(base, databaseSays) && !databaseSet);
    const database = due ? compute(databaseSays) : time(databaseSays);
    // Setting or removing the time in the file is an edit, unless the database has no time either, or its whole task won.
    const fileKeeps =
      origin.file &&
      base !== null &&
      owner !== "database" &&
      time(fileSays) !== time(base) &&
      !(due && time(wanted) === null);
    return fileKeeps
      ? { file: time(wanted), database, computed: false }
      : { file: database, database, computed: due };
  }
  // The database's new schedule does not reach the file in this run. Its time is computed in the run that carries it.
  const mover = options.direction === "file_to_database" && base !== null ? fileSays : wanted;
  const moved = rescheduled(base, wanted) && rescheduled(base, mover);
  const due = cleared(base, wanted) || (moved && !fileSet && !databaseSet && origin.namedNextRun !== true);
  const next = due ? compute(wanted) : time(wanted);
  return { file: next, database: next, computed: due };
}

/** The settings for a person's choice about one task, which goes to both sides. */
export function inBothDirections(options: ReconcileOptions): ReconcileOptions {
  const direction: Direction = "bidirectional";
  return options.direction === direction ? options : { ...options, direction };
}

function time(content: JsonMap): string | null {
  const value = content["next_run_at"];
  return typeof value === "string" ? value : null;
}

function rescheduled(base: JsonMap | null, content: JsonMap): boolean {
  return (
    base !== null &&
    (content["schedule_cron"] !== base["schedule_cron"] || content["timezone"] !== base["timezone"])
  );
}

/** Whether the time was removed. A task without an agreed time, whose schedule never fires again, stays without. */
function cleared(base: JsonMap | null, content: JsonMap): boolean {
  return time(content) === null && !(base !== null && equalJson(base, content));
}
