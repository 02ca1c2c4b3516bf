import type { Json } from "../json.ts";
import { fingerprintedContent, fingerprintOf } from "../task/content.ts";
import { fieldRank, fieldsWhere } from "../task/fields.ts";
import type { Task, TaskContent } from "../task/task.ts";
import { fieldName } from "./path.ts";
import type { Ancestor, Conflict, ConflictKind } from "./types.ts";

export interface ThreeTasks {
  key: string;
  ancestor: Ancestor | undefined;
  file: Task | null;
  database: Task | null;
}

/** How a conflict tells its reason. */
export interface ConflictWords {
  /** What the file's side is called. */
  called?: string | undefined;
  /** Replaces the usual words. */
  reason?: string | undefined;
}

/** What the file's side is called where it has no name of its own. */
export const CALLED = "YAML";

/** The conflict of a task whose sides disagree at `paths`. */
export function conflictOf(
  { key, ancestor, file, database }: ThreeTasks,
  paths: readonly string[][],
  { called, reason }: ConflictWords = {},
): Conflict {
  const kind = kindOf(ancestor, file, database);
  const fields = [...paths].sort(byField).map(fieldName);
  const agreed = ancestor?.content ?? null;
  return {
    key,
    kind,
    fields,
    reason: reason ?? reasonFor(kind, fields, called),
    revision: conflictRevision(kind, agreed, file, database),
    ancestor: agreed,
    file,
    database,
  };
}

/**
 * The conflict of a task where the file takes back edits of the database that it does not know, because an earlier
 * version of it came back.
 */
export function olderFileConflict(
  tasks: ThreeTasks,
  paths: readonly string[][],
  { called }: Pick<ConflictWords, "called"> = {},
): Conflict {
  const once = new Map(paths.map((path) => [fieldName(path), path]));
  const conflict = conflictOf(tasks, [...once.values()], { called });
  const kind = kindOf(tasks.ancestor, tasks.file, tasks.database);
  return { ...conflict, reason: olderFileReason(kind, conflict.fields, called), olderFile: true };
}

/** How two sides can disagree about one task. */
type KindOfTask = Exclude<ConflictKind, "renamed">;

function olderFileReason(kind: KindOfTask, fields: readonly string[], called = CALLED): string {
  switch (kind) {
    case "modify_modify":
    case "create_create":
      return `An older version of ${called} came back, without what the database has changed since in ${listed(fields)}`;
    case "delete_modify":
      return `An older version of ${called} came back without this task, which the database has created or changed since`;
    case "modify_delete":
      return `An older version of ${called} came back with this task, which the database has deleted since`;
  }
}

/** Known fields come first, in their usual order, and then the others by name. The keys' own order does not matter. */
function byField(a: readonly string[], b: readonly string[]): number {
  const [x = "", y = ""] = [a[0], b[0]];
  return fieldRank(x) - fieldRank(y) || (fieldName(a) < fieldName(b) ? -1 : 1);
}

function kindOf(ancestor: Ancestor | undefined, file: Task | null, database: Task | null): KindOfTask {
  if (file === null) return "delete_modify";
  if (database === null) return "modify_delete";
  return ancestor ? "modify_modify" : "create_create";
}

/**
 * Identifies what a person is shown, in 32 hex digits. Runtime fields are left out, because a task may go on
 * ticking while a person decides about its conflict.
 */
export function conflictRevision(
  kind: ConflictKind,
  ancestor: TaskContent | null,
  file: Task | null,
  database: Task | null,
): string {
  return fingerprintOf([kind, shown(ancestor), shown(file), shown(database)]);
}

const RUNTIME_FIELDS = fieldsWhere((spec) => spec.runtime === true);

function shown(content: TaskContent | null): Json {
  if (content === null) return null;
  const map = fingerprintedContent(content);
  for (const field of RUNTIME_FIELDS) delete map[field];
  return map;
}

/** The reason for the conflict, in words for people. */
export function reasonFor(kind: KindOfTask, fields: readonly string[], called = CALLED): string {
  const names = listed(fields);
  switch (kind) {
    case "modify_modify":
      return `${called} and the database both changed ${names} since the last sync`;
    case "delete_modify":
      return `Deleted in ${called}, while the database changed ${names} since the last sync`;
    case "modify_delete":
      return `Deleted in the database, while ${called} changed ${names} since the last sync`;
    case "create_create":
      return `Created in ${called} and in the database with a different ${names}`;
  }
}

/** The reason why a deletion in the file waits although the database has changed nothing since the last run. */
export function neverShown(paths: readonly string[][], called = CALLED): string {
  return `Deleted in ${called}, which has never shown what the database says in ${listed(paths.map(fieldName))}`;
}

function listed(names: readonly string[]): string {
  if (names.length > 4) return `${names.slice(0, 3).join(", ")} and ${names.length - 3} more fields`;
  return names.length < 2
    ? names.join("")
    : `${names.slice(0, -1).join(", ")} and ${names[names.length - 1]}`;
}
