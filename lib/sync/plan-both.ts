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
 * How both sides come to say `wanted`, as far as the direction lets them. Afterwards every
 * top-level field is in one of three states, and `agreedContent` and `lagAfter` must keep it so:
 *  - agreed: both sides say the ancestor's value;
 *  - lagging: the ancestor has the database's value, the file says otherwise on purpose (`fieldsLeftBehind`);
 *  - awaiting: the direction held an edit back, and the ancestor says what the *other* side says,
 *    so the edit is still seen as one by the next run.
 */
export function planForBothSides(
  sides: TwoSides,
  wanted: JsonMap,
  origin: ContributingSides,
  options: ReconcileOptions,
): TaskDecision {
  const { direction } = options;
  const next = settleNextRun(sides, wanted, origin, options);
  const fileWanted = withKey(wanted, "next_run_at", next.file);
  const databaseWanted =
    direction === "database_to_file" ? withKey(sides.databaseSays, "next_run_at", next.database) : fileWanted;

  const fields = unionKeys(sides.fileText, sides.fileSays, fileWanted, databaseWanted);
  const lazy = new Set(fields.filter((field) => mayStayBehind(sides, field, fileWanted, next, options)));
  const differs = (field: string, a: JsonMap, b: JsonMap) => !equalJson(getKey(a, field), getKey(b, field));

  // Only what is not lazy makes the file be written; once it is, lagging keys that stand come along.
  const travelling = new Set(
    fields.filter((field) => !lazy.has(field) && differs(field, sides.fileSays, fileWanted)),
  );
  const writesFile = travelling.size > 0 && direction !== "file_to_database";
  const edited = new Set(
    fields.filter(
      (field) =>
        writesFile &&
        differs(field, sides.fileText, fileWanted) &&
        (travelling.has(field) || standsInFile(sides.file, field)),
    ),
  );
  const writesDatabase = !equalJson(databaseWanted, sides.databaseSays);

  const agreed: JsonMap = {};
  const fieldsLeftBehind: JsonMap = {};
  for (const field of fields) {
    const value = getKey(agreedSource(field), field);
    if (value !== undefined) setKey(agreed, field, value);
    const text = getKey(edited.has(field) ? fileWanted : sides.fileText, field);
    const says = getKey(edited.has(field) ? fileWanted : sides.fileSays, field);
    // Lagging: the file did not move from what was agreed, or nobody wants it to follow.
    // Otherwise its difference is an edit awaiting the database and must go on looking like one.
    if (!equalJson(text, value) && (equalJson(says, value) || lazy.has(field)))
      setKey(fieldsLeftBehind, field, text ?? null);
  }

  /** Whether a side has edits of its own, not counting where the other side has the last word. */
  function hasSay(says: JsonMap, overruledBy: Side): boolean {
    const { base } = sides;
    return (
      base !== null &&
      unionKeys(base, says).some(
        (field) => options.ownership[field] !== overruledBy && differs(field, says, base),
      )
    );
  }

  function agreedSource(field: string): JsonMap {
    // The database's edit awaits the file: the ancestor stays at what the file says.
    if (direction === "file_to_database") return travelling.has(field) ? sides.fileSays : fileWanted;
    if (direction === "database_to_file" && differs(field, fileWanted, databaseWanted)) {
      // The file's edit awaits the database. What the file merely owns is not an edit of it: the
      // ancestor stays, so that it is the database that differs.
      return options.ownership[field] === "file" && sides.base !== null ? sides.base : databaseWanted;
    }
    return fileWanted;
  }

  const held =
    direction === "file_to_database" ? travelling.size > 0 : !equalJson(fileWanted, databaseWanted);
  const ancestor: Ancestor = { content: contentFromMap(agreed), fieldsLeftBehind };
  const unchanged =
    sides.ancestor !== undefined &&
    equalJson(sides.base ?? {}, agreed) &&
    equalJson(sides.ancestor.fieldsLeftBehind, fieldsLeftBehind);
  const said = effectiveSides(sides, options.ownership);
  const item: PlanItem = {
    key: sides.key,
    action: sides.base === null && equalJson(said.file, said.database) ? "adopt" : "update",
    merged: hasSay(sides.fileSays, "database") && hasSay(sides.databaseSays, "file"),
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
