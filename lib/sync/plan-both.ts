import { equalJson, type JsonMap, setKey } from "../json.ts";
import { contentFromMap } from "../task/content.ts";
import { changesFor } from "./diff.ts";
import { type NextRun, type ContributingSides, settleNextRun } from "./next-run.ts";
import { getKey, unionKeys, withKey } from "./path.ts";
import { standsInFile, type TwoSides, effectiveSides } from "./two-sides.ts";
import type { Ancestor, PlanItem, ReconcileOptions, Side, SideTask } from "./types.ts";
import { runWrites, type TaskDecision } from "./task-decision.ts";

/**
 * Plans how both sides come to say `wanted`, as far as the direction allows. Afterwards every top-level field is in
 * one of three states, which `agreementOf` must produce:
 *  - agreed: both sides say the ancestor's value;
 *  - left behind: the ancestor has the database's value, and the file says something else on purpose;
 *  - awaiting: the direction held an edit back, and the ancestor has the *other* side's value, so the next run
 *    still sees the edit.
 */
export function planForBothSides(
  sides: TwoSides,
  wanted: JsonMap,
  origin: ContributingSides,
  options: ReconcileOptions,
): TaskDecision {
  const moves = movesTo(sides, wanted, origin, options);
  const { next, fileWanted, databaseWanted, travelling, edited, writesFile } = moves;
  const later = origin.laterStamp === true ? laterStamp(sides) : null;
  const stamp = later ?? sides.database.task.updated_at;
  const writesDatabase =
    !equalJson(databaseWanted, sides.databaseSays) || stamp !== sides.database.task.updated_at;
  const held =
    options.direction === "file_to_database" ? travelling.size > 0 : !equalJson(fileWanted, databaseWanted);
  const { agreed, fieldsLeftBehind } = agreementOf(sides, moves, options);
  const ancestor: Ancestor = { content: contentFromMap(agreed), fieldsLeftBehind };
  const unchanged =
    sides.ancestor !== undefined &&
    equalJson(sides.base ?? {}, agreed) &&
    equalJson(sides.ancestor.fieldsLeftBehind, fieldsLeftBehind);
  const said = effectiveSides(sides, options.ownership);
  const item: PlanItem = {
    key: sides.key,
    action: sides.base === null && equalJson(said.file, said.database) ? "adopt" : "update",
    merged:
      hasSay(sides, sides.fileSays, "database", options) &&
      hasSay(sides, sides.databaseSays, "file", options),
    before: contentFromMap(sides.base ?? sides.databaseSays),
    after: ancestor.content,
    ancestor,
  };
  if (next.computed) item.computedNextRun = true;
  if (writesFile) {
    const stands = (field: string) => standsInFile(sides.file, field);
    item.file = {
      edits: changesFor(sides.fileText, fileWanted, edited, stands),
      stamp,
    };
  }
  if (writesDatabase) {
    item.database = {
      // The row's id has the file's type.
      id: sides.file.task.id,
      ...contentFromMap(databaseWanted),
      updated_at: later ?? importedStamp(sides, writesFile, options) ?? stamp,
    };
  }
  return {
    item: writesFile || writesDatabase || !unchanged ? item : undefined,
    pending: held ? "direction" : undefined,
  };
}

/** What each side should say, and which fields must be written for that. */
interface Moves {
  next: NextRun;
  fileWanted: JsonMap;
  databaseWanted: JsonMap;
  fields: string[];
  /** Fields in which the file may be left behind. */
  lazy: Set<string>;
  /** Fields whose change requires a write of the file. */
  travelling: Set<string>;
  /** Fields that the write changes. Lazy fields are included when the file has their key. */
  edited: Set<string>;
  writesFile: boolean;
}

function movesTo(
  sides: TwoSides,
  wanted: JsonMap,
  origin: ContributingSides,
  options: ReconcileOptions,
): Moves {
  const { direction } = options;
  const { file, fileText, fileSays, databaseSays } = sides;
  const next = settleNextRun(sides, wanted, origin, options);
  const fileWanted = withKey(wanted, "next_run_at", next.file);
  const databaseWanted =
    direction === "database_to_file" ? withKey(databaseSays, "next_run_at", next.database) : fileWanted;
  const fields = unionKeys(fileText, fileSays, fileWanted, databaseWanted);
  const parts = { next, origin, options };
  const lazy = new Set(fields.filter((field) => mayStayBehind(sides, field, fileWanted, parts)));
  const travelling = new Set(
    fields.filter((field) => !lazy.has(field) && differs(field, fileSays, fileWanted)),
  );
  const writesFile = travelling.size > 0 && direction !== "file_to_database";
  const comesAlong = (field: string) => travelling.has(field) || standsInFile(file, field);
  const edited = new Set(
    fields.filter((field) => writesFile && differs(field, fileText, fileWanted) && comesAlong(field)),
  );
  return { next, fileWanted, databaseWanted, fields, lazy, travelling, edited, writesFile };
}

/** What both sides agree on from now on, and in which fields the file is left behind. */
function agreementOf(
  sides: TwoSides,
  moves: Moves,
  options: ReconcileOptions,
): { agreed: JsonMap; fieldsLeftBehind: JsonMap } {
  const { fields, fileWanted, lazy, edited } = moves;
  const agreed: JsonMap = {};
  const fieldsLeftBehind: JsonMap = {};
  for (const field of fields) {
    const value = getKey(agreedSource(field, sides, moves, options), field);
    if (value !== undefined) setKey(agreed, field, value);
    const text = getKey(edited.has(field) ? fileWanted : sides.fileText, field);
    const says = getKey(edited.has(field) ? fileWanted : sides.fileSays, field);
    // The file is left behind when it did not change from what was agreed, or when it need not follow. Otherwise
    // its difference is an edit that awaits the database, and the next run must still see it as an edit.
    if (!equalJson(text, value) && (equalJson(says, value) || lazy.has(field)))
      setKey(fieldsLeftBehind, field, text ?? null);
  }
  return { agreed, fieldsLeftBehind };
}

/** The content from which the agreed value of the field is taken. */
function agreedSource(field: string, sides: TwoSides, moves: Moves, options: ReconcileOptions): JsonMap {
  const { travelling, fileWanted, databaseWanted } = moves;
  // The database's edit awaits the file, so the ancestor keeps what the file says.
  if (options.direction === "file_to_database") return travelling.has(field) ? sides.fileSays : fileWanted;
  if (options.direction === "database_to_file" && differs(field, fileWanted, databaseWanted)) {
    // The file's edit awaits the database. A field that the file owns is no edit of the file, so its ancestor stays
    // and the database is the side that differs.
    return options.ownership[field] === "file" && sides.base !== null ? sides.base : databaseWanted;
  }
  return fileWanted;
}

/** Whether a side has edits of its own, without fields in which the other side has the last word. */
function hasSay(
  { base }: TwoSides,
  says: JsonMap,
  overruledBy: Side,
  { ownership }: ReconcileOptions,
): boolean {
  if (base === null) return false;
  return unionKeys(base, says).some(
    (field) => ownership[field] !== overruledBy && differs(field, says, base),
  );
}

function differs(field: string, a: JsonMap, b: JsonMap): boolean {
  return !equalJson(getKey(a, field), getKey(b, field));
}

/** Whether the file may be left behind in the field, because no edit requires the field to be written there. */
function mayStayBehind(
  { base, file, fileSays, databaseSays }: TwoSides,
  field: string,
  wanted: JsonMap,
  { next, origin, options }: { next: NextRun; origin: ContributingSides; options: ReconcileOptions },
): boolean {
  if (options.ownership[field] === "database") return true;
  if (field !== "next_run_at") return false;
  const agreed = base === null ? null : getKey(base, field);
  // The file has no time, because it never had one or because it was removed. The time then belongs to the database.
  if (fileSays[field] === null && agreed !== fileSays[field] && wanted[field] !== null) return true;
  if (base === null && fileSays[field] === null) return true;
  if (!next.computed) return false;
  // When the database removed the time, the removal is an edit, and a key in the file has to follow it. Where the
  // file's whole task won, the removal has no say.
  const removed = origin.database && databaseSays[field] === null && agreed !== null;
  return !(removed && standsInFile(file, field));
}

/** The later of the stamps of both sides; null when neither has one. */
function laterStamp({ file, database }: TwoSides): string | null {
  const [f, d] = [fileStamp(file), database.task.updated_at];
  return f !== null && (d === null || f > d) ? f : d;
}

/** The stamp that a row takes over when only the file changed, and the change comes to the row. */
function importedStamp(
  { base, file, fileSays }: TwoSides,
  writesFile: boolean,
  { direction }: ReconcileOptions,
): string | null {
  const comes = !writesFile && runWrites(direction, "database") && !equalJson(fileSays, base ?? undefined);
  return comes ? fileStamp(file) : null;
}

function fileStamp({ task, changedAt }: SideTask): string | null {
  return task.updated_at ?? changedAt ?? null;
}
