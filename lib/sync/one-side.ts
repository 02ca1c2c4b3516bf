import { equalJson, type JsonMap, setKey } from "../json.ts";
import { contentFromMap, contentMap } from "../task/content.ts";
import { FIELD_DEFAULTS, FIELD_NAMES, isRequiredField, isRuntimeField } from "../task/fields.ts";
import type { Task } from "../task/task.ts";
import { conflictOf, neverShown, olderFileConflict } from "./conflict.ts";
import { changesFor, diffMaps } from "./diff.ts";
import { getKey, unionKeys, withKey } from "./path.ts";
import { settleConflict } from "./settle-conflict.ts";
import { type TaskDecision, winningSide, runWrites } from "./task-decision.ts";
import { standsInFile, withoutFieldsLeftBehind } from "./two-sides.ts";
import type { Ancestor, PlanItem, ReconcileOptions, Side, SideTask, Unseen } from "./types.ts";
import { fieldsTakenBack } from "./unseen.ts";

/** The task is gone from both sides, so no conflict is possible. */
export function decideGoneFromBoth(key: string, ancestor: Ancestor): TaskDecision {
  return {
    item: { key, action: "delete", merged: false, before: ancestor.content, after: null, ancestor: null },
  };
}

/** Only one side has the task and there is no ancestor, so it was created on that side. */
export function decideCreatedOn(
  side: Side,
  key: string,
  created: SideTask,
  options: ReconcileOptions,
): TaskDecision {
  if (!runWrites(options.direction, side === "file" ? "database" : "file")) return { pending: "direction" };
  const content = contentMap(created.task);
  const item =
    side === "file"
      ? createInDatabase(key, created, content, null, options)
      : createInFile(key, created.task, content, null, options);
  return { item };
}

export interface DeletedTask {
  key: string;
  ancestor: Ancestor;
  /** The task on the side that still has it. */
  left: SideTask;
  unseen?: Unseen | undefined;
}

/** Both sides agreed on the task, and the side `gone` no longer has it. */
export function decideDeletedOn(
  gone: Side,
  { key, ancestor, left, unseen = [] }: DeletedTask,
  options: ReconcileOptions,
): TaskDecision {
  const side: Side = gone === "file" ? "database" : "file";
  const text = contentMap(left.task);
  const says = side === "file" ? withoutFieldsLeftBehind(text, ancestor) : text;
  const edited = diffMaps(contentMap(ancestor.content), says)
    .map(({ path }) => path)
    // A task that merely went on ticking was not edited, nor was what the other side had no say in.
    .filter(([field = ""]) => !isRuntimeField(field) && options.ownership[field] !== gone);
  const unshown = gone === "file" ? fieldsNeverShown(ancestor, edited) : [];
  const takenBack = fieldsTakenBack(unseen, gone, says, options.ownership);

  const remove = (): TaskDecision => ({ item: removal(key, side, says) });
  const forced = options.resolutions?.has(key) ? null : winningSide(options);
  const lost = [...edited, ...unshown, ...takenBack];
  if (lost.length === 0 && forced !== side) {
    // The task was not edited since, so the deletion counts.
    return runWrites(options.direction, side) ? remove() : { pending: "direction" };
  }
  const restore = (content: JsonMap): TaskDecision => {
    const item =
      side === "file"
        ? createInDatabase(key, left, content, ancestor, options)
        : createInFile(key, left.task, content, ancestor, options);
    return { item };
  };
  // The origin of a forced run wins the whole task, whether it deleted the task or still has it, edited or not.
  // That is how an accidental deletion of many tasks is undone.
  const [file, database] = side === "file" ? [left.task, null] : [null, left.task];
  const tasks = { key, ancestor, file, database };
  const called = options.names?.short;
  const conflict =
    takenBack.length > 0
      ? olderFileConflict(tasks, lost, { called })
      : conflictOf(tasks, [...edited, ...unshown], {
          called,
          reason: edited.length > 0 ? undefined : neverShown(unshown, called),
        });
  if (forced) {
    const decision = forced === gone ? remove() : restore(says);
    return lost.length > 0 ? { ...decision, overruled: conflict } : decision;
  }

  const said = {
    base: contentMap(ancestor.content),
    file: side === "file" ? says : null,
    database: side === "database" ? says : null,
  };
  return settleConflict(conflict, said, options, (content) =>
    content === null ? remove() : restore(content),
  );
}

/**
 * What the database says in fields that it owns and in which the file was left behind. Who deletes the task from the file
 * has never seen it there. A next run is computed and not written by a person, so it is not among them.
 */
function fieldsNeverShown({ content, fieldsLeftBehind }: Ancestor, besides: readonly string[][]): string[][] {
  const agreed = contentMap(content);
  return Object.entries(fieldsLeftBehind)
    .filter(([field, shown]) => !isRuntimeField(field) && !equalJson(getKey(agreed, field) ?? null, shown))
    .filter(([field]) => !besides.some(([top]) => top === field))
    .map(([field]) => [field]);
}

function removal(key: string, side: Side, content: JsonMap): PlanItem {
  const item: PlanItem = {
    key,
    action: "delete",
    merged: false,
    before: contentFromMap(content),
    after: null,
    ancestor: null,
  };
  if (side === "file") item.file = null;
  else item.database = null;
  return item;
}

/** Creates the file's task in the database. The file stays as it is; `content` may refine what the file says. */
function createInDatabase(
  key: string,
  file: SideTask,
  content: JsonMap,
  ancestor: Ancestor | null,
  options: ReconcileOptions,
): PlanItem {
  const next = nextRunOf(content, ancestor, options);
  const after = contentFromMap({ ...content, next_run_at: next.value });
  const stamp = file.task.updated_at ?? file.changedAt ?? null;
  const item: PlanItem = {
    key,
    action: "create",
    merged: false,
    before: null,
    after,
    database: { id: file.task.id, ...after, updated_at: stamp },
    ancestor: {
      content: after,
      fieldsLeftBehind: next.value === file.task.next_run_at ? {} : { next_run_at: file.task.next_run_at },
    },
  };
  if (next.computed) item.computedNextRun = true;
  if (ancestor === null) return item;
  // A conflict kept this task. Its file may be left behind, and a value that a person chose is not in the file yet.
  const text = contentMap(file.task);
  const says = withoutFieldsLeftBehind(text, ancestor);
  const given = unionKeys(says, content).filter(
    (field) => !equalJson(getKey(says, field), getKey(content, field)),
  );
  const textAfter = given.reduce((map, field) => withKey(map, field, getKey(content, field)), text);
  item.ancestor = { content: after, fieldsLeftBehind: fieldsBehind(textAfter, contentMap(after)) };
  if (given.length > 0) {
    item.file = { edits: changesFor(text, content, given, (field) => standsInFile(file, field)), stamp };
  }
  return item;
}

/** Creates the database's task in the file, with the keys that were given and without defaults and computed times. */
function createInFile(
  key: string,
  row: Task,
  content: JsonMap,
  ancestor: Ancestor | null,
  options: ReconcileOptions,
): PlanItem {
  const next = nextRunOf(content, ancestor, options);
  const map: JsonMap = { ...content, next_run_at: next.value };
  const neverNamed =
    ancestor !== null &&
    ancestor.fieldsLeftBehind["next_run_at"] === null &&
    next.value === ancestor.content.next_run_at;
  const create: JsonMap = { id: row.id };
  for (const field of [...FIELD_NAMES, ...Object.keys(content)]) {
    const value = getKey(map, field);
    if (value === undefined || Object.hasOwn(create, field)) continue;
    if (equalJson(value, getKey(FIELD_DEFAULTS, field))) continue;
    if (field === "next_run_at" && (next.computed || neverNamed)) continue;
    if (options.ownership[field] === "database" && !isRequiredField(field)) continue;
    setKey(create, field, value);
  }
  const after = contentFromMap(map);
  const text: JsonMap = { ...FIELD_DEFAULTS, ...create };
  delete text["id"];
  const item: PlanItem = {
    key,
    action: "create",
    merged: false,
    before: null,
    after,
    file: { create, stamp: row.updated_at },
    ancestor: { content: after, fieldsLeftBehind: fieldsBehind(text, map) },
  };
  if (next.computed) item.computedNextRun = true;
  if (!equalJson(map, contentMap(row))) item.database = { id: row.id, ...after, updated_at: row.updated_at };
  return item;
}

/** Computes the time when it is missing, or when it was agreed together with another schedule. */
function nextRunOf(
  content: JsonMap,
  ancestor: Ancestor | null,
  options: ReconcileOptions,
): { value: string | null; computed: boolean } {
  const value = content["next_run_at"];
  const agreed = ancestor?.content;
  const stale =
    agreed !== undefined &&
    value === agreed.next_run_at &&
    (content["schedule_cron"] !== agreed.schedule_cron || content["timezone"] !== agreed.timezone);
  if (typeof value === "string" && !stale) return { value, computed: false };
  return { value: options.nextRun(contentFromMap(content)), computed: true };
}

/** The fields in which the file's text differs from the agreed content, with what the text says. */
function fieldsBehind(text: JsonMap, agreed: JsonMap): JsonMap {
  const lag: JsonMap = {};
  for (const field of new Set([...Object.keys(text), ...Object.keys(agreed)])) {
    const value = getKey(text, field);
    if (!equalJson(value, getKey(agreed, field))) setKey(lag, field, value ?? null);
  }
  return lag;
}
