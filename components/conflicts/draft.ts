import { equalJson, type Json } from "../../lib/json.ts";
import type { ResolveBody, ShownConflict } from "../../lib/protocol/conflict.ts";
import { getPath } from "../../lib/sync/path.ts";
import { type Resolved, resolve } from "../../lib/sync/resolution.ts";
import type { Choice, FieldChoice, Side } from "../../lib/sync/types.ts";
import { type FieldRow, fieldRows, sidesOf } from "./field-rows.ts";

/** What a person has decided so far. Nothing is decided at first. */
export interface Draft {
  /** The choice for the task as a whole; null while its fields are decided one by one. */
  choice: Choice | null;
  /** Choices for single fields, by field name; they take precedence over `choice`. */
  picks: Readonly<Record<string, FieldChoice>>;
  /** Why the text typed for a field is no value yet, by field name. */
  unreadable: Readonly<Record<string, string>>;
  /** Whether a side that is kept as a whole leaves the other side's undisputed edits as they are. */
  keepsOthers: boolean;
}

export const EMPTY_DRAFT: Draft = { choice: null, picks: {}, unreadable: {}, keepsOthers: false };

/** A choice for the whole task discards the choices for single fields. */
export function chooseAll(choice: Choice): Draft {
  return { ...EMPTY_DRAFT, choice };
}

/** Decides one field. A choice for the whole task stays for the others. */
export function pick(draft: Draft, name: string, choice: FieldChoice): Draft {
  const { [name]: _, ...unreadable } = draft.unreadable;
  return { ...draft, picks: { ...draft.picks, [name]: choice }, unreadable };
}

/** The text typed for a field cannot be read, so the field counts as not decided. */
export function typedUnreadable(draft: Draft, name: string, why: string): Draft {
  const { [name]: _, ...picks } = draft.picks;
  return { ...draft, picks, unreadable: { ...draft.unreadable, [name]: why } };
}

/** The field is as it was before a person began to type; undefined means that it was not picked. */
export function restorePick(draft: Draft, name: string, before: FieldChoice | undefined): Draft {
  if (before !== undefined) return pick(draft, name, before);
  const { [name]: _, ...picks } = draft.picks;
  const { [name]: __, ...unreadable } = draft.unreadable;
  return { ...draft, picks, unreadable };
}

/** Whether one side no longer has the task, so that the one decision is to keep or to delete it. */
export function isAboutDeletion({ kind }: Pick<ShownConflict, "kind">): boolean {
  return kind === "delete_modify" || kind === "modify_delete";
}

export interface Progress {
  /** Number of decisions that the conflict needs. */
  of: number;
  /** Names of the fields that are not decided; empty for a deletion, which is decided as a whole. */
  open: string[];
  done: boolean;
}

/** How far the draft is: every field in conflict must be decided, and every typed text must be a value. */
export function progressOf(conflict: ShownConflict, { choice, picks, unreadable }: Draft): Progress {
  const typing = Object.keys(unreadable);
  if (isAboutDeletion(conflict)) {
    const decided = choice !== null || Object.keys(picks).length > 0;
    return { of: 1, open: typing, done: decided && typing.length === 0 };
  }
  const names = inConflict(conflict);
  const undecided = names.filter((name) => choice === null && !Object.hasOwn(picks, name));
  const open = [...new Set([...undecided, ...typing])];
  return { of: names.length, open, done: open.length === 0 };
}

/**
 * The request's body as far as the draft goes. What is not decided stays as the file has it, so that a person sees
 * what comes of the rest. It may only be sent for good when `progressOf` says that it is done. Null while a deletion
 * is not decided.
 */
export function bodyOf(conflict: ShownConflict, draft: Draft): ResolveBody | null {
  const { choice, picks } = draft;
  if (choice === null && isAboutDeletion(conflict) && Object.keys(picks).length === 0) return null;
  const fields = { ...fieldsOfTheFile(conflict, draft), ...keptFields(conflict, draft), ...picks };
  return {
    choice: choice ?? "merge",
    revision: conflict.revision,
    ...(Object.keys(fields).length > 0 ? { fields } : {}),
  };
}

/** The task that the draft makes, as the server will make it; null while a deletion is not decided. */
export function outcomeOf(conflict: ShownConflict, draft: Draft): Resolved | null {
  const body = bodyOf(conflict, draft);
  return body && resolve({ ...sidesOf(conflict), fields: conflict.fields }, body);
}

export type PickedFrom = "file" | "database" | "same" | "value";

/** Where the outcome's value of a field comes from; undefined while the field is not decided, or there is no task. */
export function pickedFrom(
  row: FieldRow,
  outcome: Resolved | null,
  { picks, choice }: Pick<Draft, "picks" | "choice">,
): PickedFrom | undefined {
  if (!outcome?.ok || outcome.content === null) return undefined;
  const picked = Object.hasOwn(picks, row.name) ? picks[row.name] : undefined;
  if (typeof picked === "object") return "value";
  if (picked !== undefined) return picked;
  if (row.state === "conflict" && choice === null) return undefined;
  const value: Json | undefined = getPath(outcome.content, row.path);
  const [file, database] = [equalJson(value, row.file), equalJson(value, row.database)];
  if (file && database) return "same";
  return file ? "file" : database ? "database" : "value";
}

/** Fields that only the other side changed, and that keeping this side as a whole would reset. */
export function resetFields(conflict: ShownConflict, choice: Choice): string[] {
  const other = otherSideOf(choice);
  if (other === null || isAboutDeletion(conflict)) return [];
  return fieldRows(conflict)
    .filter(({ state }) => state === other)
    .map(({ name }) => name);
}

function keptFields(conflict: ShownConflict, { choice, keepsOthers }: Draft): Record<string, FieldChoice> {
  const other = choice && otherSideOf(choice);
  if (!keepsOthers || !choice || !other) return {};
  return Object.fromEntries(resetFields(conflict, choice).map((name) => [name, other]));
}

/**
 * While fields are decided one by one, the open ones stay as the file has them, and so does a status that only the
 * file changed. A merge of the whole task would take the database's.
 */
function fieldsOfTheFile(conflict: ShownConflict, draft: Draft): Record<string, FieldChoice> {
  if (draft.choice !== null || isAboutDeletion(conflict)) return {};
  const undisputed = fieldRows(conflict).filter(({ state, runtime }) => runtime && state === "file");
  const names = [...progressOf(conflict, draft).open, ...undisputed.map(({ name }) => name)];
  return Object.fromEntries(names.map((name) => [name, "file" as const]));
}

function otherSideOf(choice: Choice): Side | null {
  if (choice === "merge") return null;
  return choice === "keep_file" ? "database" : "file";
}

/** The fields to decide, as the grid has them: a map in conflict is one field where a side has no map. */
function inConflict(conflict: ShownConflict): string[] {
  return fieldRows(conflict)
    .filter(({ state }) => state === "conflict")
    .map(({ name }) => name);
}
