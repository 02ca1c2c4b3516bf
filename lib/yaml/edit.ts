import { isMap, type Json, type JsonMap } from "../json.ts";
import type { Problem } from "../problem.ts";
import { isTimeKey } from "../task/fields.ts";
import { parseTask } from "../task/schema.ts";
import { type TaskKey, taskKey } from "../task/task.ts";
import { addItems } from "./add-items.ts";
import type { ScheduleDocument } from "./document.ts";
import { reprint, type WantedItems } from "./reprint.ts";
import { type MetadataValues, setMetadata, writtenMetadata } from "./metadata.ts";
import { likeNotation } from "./notation.ts";
import { own, withChange } from "./operations.ts";
import { putBackInSteps } from "./put-back.ts";
import { removeItems } from "./remove-items.ts";
import { runToEnd, type Progress, TASKS_PER_STEP } from "./progress.ts";
import { itemAt } from "./task-at.ts";
import type { EditRequest, EditResult, YamlEdit } from "./edit-request.ts";
import { withEndOfText } from "./end-of-text.ts";
import { updateItems } from "./update-items.ts";
import { misreadByEarlierYaml } from "./verify-versions.ts";

/**
 * Makes the edits in the file's text. Only the characters of what changed are replaced, and the new text is
 * parsed and compared with what was meant before it is returned. When that does not work, the YAML library
 * prints the whole file again. The edit is refused when that does not give what was meant either, or when a
 * task is held or unknown.
 */
export function editSchedule(document: ScheduleDocument, request: EditRequest): EditResult {
  return runToEnd(editScheduleInSteps(document, request));
}

/** Does the same in steps of some milliseconds; `done` and `total` count the tasks of the present stage. */
export function* editScheduleInSteps(
  document: ScheduleDocument,
  request: EditRequest,
): Generator<Progress, EditResult> {
  if (document.fatal)
    return { ok: false, problem: refusal(`the file cannot be read: ${document.fatal.message}`) };
  const start = yield* withEarlierLines(document, request);
  if ("problem" in start) return { ok: false, problem: start.problem };
  const wanted = yield* wantedItems(start.document, start.edits);
  if ("problem" in wanted) return { ok: false, problem: wanted.problem };
  const edited = yield* written(start.document, wanted);
  if ("problem" in edited) return { ok: false, problem: edited.problem };
  const metadata = metadataAfter(edited, request, start.edits.length === 0);
  const after = setMetadata(edited, metadata);
  return { ok: true, text: after.text, document: after };
}

/** Puts earlier lines back, and says which edits are still to be made after that. */
function* withEarlierLines(
  document: ScheduleDocument,
  { edits, putBack }: EditRequest,
): Generator<Progress, { document: ScheduleDocument; edits: YamlEdit[] } | { problem: Problem }> {
  if (!putBack) return { document, edits };
  const back = yield* putBackInSteps(document, putBack.earlier, putBack.keys);
  // A task that was added below one that is not undone is removed like any other.
  const removed = new Set(edits.flatMap((edit) => (edit.kind === "remove" ? [edit.key] : [])));
  const missing = [...putBack.keys].find((key) => !back.tasks.has(key) && !removed.has(key));
  if (missing !== undefined)
    return { problem: refusal(`task ${missing} could not be put back as it was`, missing) };
  const isDone = (edit: YamlEdit) =>
    edit.kind !== "add" && back.tasks.has(edit.key) && (edit.kind === "remove" || edit.changes.length === 0);
  return { document: back.document, edits: edits.filter((edit) => !isDone(edit)) };
}

/**
 * What the metadata section is to say. Where only earlier lines were put back, and the file was not written since,
 * the section becomes what it was too, so that the file is the same as before.
 */
function metadataAfter(
  document: ScheduleDocument,
  { metadata = {}, putBack }: EditRequest,
  onlyPutBack: boolean,
): MetadataValues {
  const earlier = putBack?.earlier.metadata ?? {};
  const written = onlyPutBack ? writtenMetadata(document, Object.keys(earlier)) : {};
  const asLeft = Object.entries(earlier).every(([key, { after }]) => written[key] === after);
  if (!onlyPutBack || !asLeft) return metadata;
  const before = Object.entries(earlier).map(([key, value]) => [key, { written: value.before }] as const);
  return { ...metadata, ...Object.fromEntries(before) };
}

/** The document with the wanted items, which every reader of YAML reads as meant. */
function* written(
  document: ScheduleDocument,
  wanted: WantedItems,
): Generator<Progress, ScheduleDocument | { problem: Problem }> {
  const splicedOnly = yield* spliced(document, wanted);
  const after = splicedOnly ?? reprint(document, wanted);
  if (!after) {
    const message = "the edit cannot be written without changing something else; edit the file by hand";
    return { problem: refusal(message, keyIn(document, wanted)) };
  }
  const misread = yield* misreadByEarlierYaml(
    document,
    after,
    splicedOnly ? wanted : everything(document, wanted),
  );
  if (!misread) return yield* withEndOfText(document, after);
  const message = `YAML 1.1 would read ${JSON.stringify(misread.source)} as another value; edit the file by hand`;
  return { problem: refusal(message, after.parts.entries[misread.number]?.key) };
}

/** What is printed again is written again, every item of it. */
function everything(document: ScheduleDocument, wanted: WantedItems): WantedItems {
  const all = document.parts.entries.map(
    (_, number) => [number, wanted.updated.get(number) ?? null] as const,
  );
  return { ...wanted, updated: new Map(all) };
}

function* spliced(
  document: ScheduleDocument,
  { updated, removed, added }: WantedItems,
): Generator<Progress, ScheduleDocument | undefined> {
  const changed = yield* updateItems(document, updated);
  const shrunk = changed && (yield* removeItems(changed, removed));
  return shrunk && (yield* addItems(shrunk, added, document.text));
}

/** What each item has to say after the edits, or why they cannot be made. */
function* wantedItems(
  document: ScheduleDocument,
  edits: readonly YamlEdit[],
): Generator<Progress, WantedItems | { problem: Problem }> {
  const numbers = document.parts.index.valid;
  const updated = new Map<number, Json>();
  const removed = new Set<number>();
  const added = new Map<TaskKey, JsonMap>();
  const leaving = new Set(edits.map((edit) => (edit.kind === "remove" ? edit.key : undefined)));
  for (const [done, edit] of edits.entries()) {
    if (done % TASKS_PER_STEP === TASKS_PER_STEP - 1) yield { done, total: edits.length };
    if (edit.kind === "add") {
      const parsed = parseTask(edit.task);
      if (!parsed.ok)
        return { problem: refusal(`the new task is not valid: ${parsed.problems[0]?.message ?? ""}`) };
      const key = taskKey(parsed.task.id);
      if (added.has(key) || document.held.has(key) || (numbers.has(key) && !leaving.has(key))) {
        return { problem: refusal(`the id ${key} is taken`, key) };
      }
      added.set(key, edit.task);
      continue;
    }
    const number = numbers.get(edit.key);
    if (number === undefined) {
      const why = document.held.has(edit.key) ? "has a problem of its own" : "is not in the file";
      return { problem: refusal(`task ${edit.key} ${why}`, edit.key) };
    }
    if (edit.kind === "remove") {
      removed.add(number);
      continue;
    }
    const before = itemAt(document, number).json;
    const json = edit.changes.reduce<Json>(
      (value, { path, value: change }) => withChange(value, path, inNotation(before, path, change)),
      updated.get(number) ?? before,
    );
    const parsed = parseTask(json);
    if (!parsed.ok)
      return {
        problem: refusal(
          `task ${edit.key} would not be valid: ${parsed.problems[0]?.message ?? ""}`,
          edit.key,
        ),
      };
    const { becomes = edit.key } = edit;
    if (taskKey(parsed.task.id) !== becomes)
      return { problem: refusal(`the id of task ${edit.key} cannot change`, edit.key) };
    if (becomes !== edit.key && (document.held.has(becomes) || numbers.has(becomes) || added.has(becomes)))
      return { problem: refusal(`the id ${becomes} is taken`, becomes) };
    updated.set(number, json);
  }
  for (const number of removed) updated.delete(number);
  return { updated, removed, added: [...added.values()] };
}

/** Writes a time in the notation of the time that it replaces. */
function inNotation(before: Json, path: readonly string[], change: Json | undefined): Json | undefined {
  const [key = "", ...deeper] = path;
  if (deeper.length > 0 || !isTimeKey(key) || typeof change !== "string") return change;
  const old = isMap(before) && Object.hasOwn(before, key) ? own(before, key) : null;
  return typeof old === "string" ? likeNotation(old, change) : change;
}

function keyIn(document: ScheduleDocument, { updated, removed }: WantedItems): TaskKey | undefined {
  const [number] = [...updated.keys(), ...removed];
  return number === undefined ? undefined : document.parts.entries[number]?.key;
}

function refusal(message: string, key?: TaskKey): Problem {
  return { code: "edit_refused", message, ...(key === undefined ? {} : { task_id: key }) };
}
