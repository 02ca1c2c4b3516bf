import { equalJson, type JsonMap, setKey } from "../json.ts";
import { contentFromMap } from "../task/content.ts";
import type { Task } from "../task/task.ts";
import { changesFor } from "./diff.ts";
import { type NextRun, type ContributingSides, settleNextRun } from "./next-run.ts";
import { getKey, unionKeys, withKey } from "./path.ts";
import { standsInFile, type TwoSides, effectiveSides } from "./two-sides.ts";
import type { Ancestor, PlanItem, ReconcileOptions, Side } from "./types.ts";
import type { TaskDecision } from "./task-decision.ts";

/**
 * How both sides come to say `wanted`, as far as the direction lets them. Afterwards every top-level
 * field is in one of three states, and `agreementOf` must keep it so:
 *  - agreed: both sides say the ancestor's value;
 *  - left behind: the ancestor has the database's value, and the file says otherwise on purpose;
 *  - awaiting: the direction held an edit back, and the ancestor says what the *other* side says,
 *    so the next run still sees the edit.
 */
export function planForBothSides(
  sides: TwoSides,
  wanted: JsonMap,
  origin: ContributingSides,
  options: ReconcileOptions,
): TaskDecision {
  const moves = movesTo(sides, wanted, origin, options);
  const { next, fileWanted, databaseWanted, travelling, edited, writesFile } = moves;
  const writesDatabase = !equalJson(databaseWanted, sides.databaseSays);
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
      stamp: sides.database.task.updated_at,
    };
  }
  if (writesDatabase) item.database = databaseTask(sides, databaseWanted, writesFile);
  return {
    item: writesFile || writesDatabase || !unchanged ? item : undefined,
    pending: held ? "direction" : undefined,
  };
}

/** What each side is to say, and which fields have to move for it. */
interface Moves {
  next: NextRun;
  fileWanted: JsonMap;
  databaseWanted: JsonMap;
  fields: string[];
  /** Fields that may stay behind in the file. */
  lazy: Set<string>;
  /** Fields whose change makes the file be written. */
  travelling: Set<string>;
  /** Fields that the write changes: lazy ones come along where their key stands. */
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
  const lazy = new Set(fields.filter((field) => mayStayBehind(sides, field, fileWanted, next, options)));
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

/** What both sides agree on from now on, and where the file stays behind it. */
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
    // Left behind: the file did not move from what was agreed, or it need not follow.
    // Otherwise its difference is an edit awaiting the database and must go on looking like one.
    if (!equalJson(text, value) && (equalJson(says, value) || lazy.has(field)))
      setKey(fieldsLeftBehind, field, text ?? null);
  }
  return { agreed, fieldsLeftBehind };
}

/** The content that gives the agreed value of the field. */
function agreedSource(field: string, sides: TwoSides, moves: Moves, options: ReconcileOptions): JsonMap {
  const { travelling, fileWanted, databaseWanted } = moves;
  // The database's edit awaits the file: the ancestor stays at what the file says.
  if (options.direction === "file_to_database") return travelling.has(field) ? sides.fileSays : fileWanted;
  if (options.direction === "database_to_file" && differs(field, fileWanted, databaseWanted)) {
    // The file's edit awaits the database. What the file merely owns is not an edit of it: the
    // ancestor stays, so that it is the database that differs.
    return options.ownership[field] === "file" && sides.base !== null ? sides.base : databaseWanted;
  }
  return fileWanted;
}

/** Whether a side has edits of its own, not counting where the other side has the last word. */
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

/** Fields that nobody asked to have written in the file: they may stay behind there. */
function mayStayBehind(
  { base, file, fileSays, databaseSays }: TwoSides,
  field: string,
  wanted: JsonMap,
  next: NextRun,
  options: ReconcileOptions,
): boolean {
  if (options.ownership[field] === "database") return true;
  if (field !== "next_run_at") return false;
  const agreed = base === null ? null : getKey(base, field);
  // The file names no time and did not before, or took it out: the time is the database's to keep.
  if (fileSays[field] === null && agreed !== fileSays[field] && wanted[field] !== null) return true;
  if (base === null && fileSays[field] === null) return true;
  if (!next.computed) return false;
  // Computed because the database took it out, which is an edit the file's own key has to follow.
  return !(databaseSays[field] === null && agreed !== null && standsInFile(file, field));
}

/** The row: in the file's type of id; stamped by the file when it is the file that moved. */
function databaseTask(
  { base, file, database, fileSays }: TwoSides,
  content: JsonMap,
  writesFile: boolean,
): Task {
  const imported = !writesFile && !equalJson(fileSays, base ?? undefined);
  const stamp = imported ? (file.task.updated_at ?? file.changedAt ?? null) : null;
  return { id: file.task.id, ...contentFromMap(content), updated_at: stamp ?? database.task.updated_at };
}
