import { equalJson, type JsonMap } from "../json.ts";
import { contentFromMap } from "../task/content.ts";
import type { TwoSides } from "./two-sides.ts";
import type { Direction, ReconcileOptions } from "./types.ts";

export interface NextRun {
  /** The time the file is to agree with, and the one the database is to hold. */
  file: string | null;
  database: string | null;
  /** `file` was computed in this run, so nobody asked for it to be written in the file. */
  computed: boolean;
}

/** Whose edits went into the wanted content, and whether a person named the time outright. */
export interface ContributingSides {
  file: boolean;
  database: boolean;
  namedNextRun?: boolean;
}

/**
 * A missing `next_run_at` is computed; so is one whose cron or time zone changed, unless whoever
 * changed them set it too. A time written in the file is a person's and stays; a time the database
 * reports beside the file's new cron belonged to the old schedule and is computed anew.
 */
export function settleNextRun(
  sides: TwoSides,
  wanted: JsonMap,
  origin: ContributingSides,
  options: ReconcileOptions,
): NextRun {
  const { base, fileSays, databaseSays } = sides;
  const owner = options.ownership["next_run_at"];
  const set = (side: JsonMap) => base !== null && time(side) !== null && time(side) !== time(base);
  const fileSet = origin.file && owner !== "database" && set(fileSays);
  const databaseSet =
    origin.database && owner !== "file" && set(databaseSays) && rescheduled(base, databaseSays);
  const compute = (content: JsonMap) => options.nextRun(contentFromMap(content));

  if (options.direction === "database_to_file") {
    // The file's edits do not reach the database now, so only the database's own schedule counts.
    const due = cleared(base, databaseSays) || (rescheduled(base, databaseSays) && !databaseSet);
    const database = due ? compute(databaseSays) : time(databaseSays);
    // A time in the file is its edit, and so is taking it out, unless the database has none of its own either.
    const fileKeeps =
      base !== null &&
      owner !== "database" &&
      time(fileSays) !== time(base) &&
      !(due && time(wanted) === null);
    return fileKeeps
      ? { file: time(wanted), database, computed: false }
      : { file: database, database, computed: due };
  }
  // The database's own schedule does not reach the file now: it is computed when it does.
  const mover = options.direction === "file_to_database" && base !== null ? fileSays : wanted;
  const moved = rescheduled(base, wanted) && rescheduled(base, mover);
  const due = cleared(base, wanted) || (moved && !fileSet && !databaseSet && origin.namedNextRun !== true);
  const next = due ? compute(wanted) : time(wanted);
  return { file: next, database: next, computed: due };
}

/** The settings for a choice a person made for this very task: it goes both ways. */
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

/** Without a time, and not simply as agreed: a schedule that never fires again stays without one. */
function cleared(base: JsonMap | null, content: JsonMap): boolean {
  return time(content) === null && !(base !== null && equalJson(base, content));
}
