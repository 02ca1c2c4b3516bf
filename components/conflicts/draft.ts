import { equalJson, type Json } from "../../lib/json.ts";
import type { ShownConflict, ResolveBody } from "../../lib/protocol/conflict.ts";
import { getPath } from "../../lib/sync/path.ts";
import { type Resolved, resolve } from "../../lib/sync/resolution.ts";
import type { Choice, FieldChoice } from "../../lib/sync/types.ts";
import { type FieldRow, sidesOf } from "./field-rows.ts";

/** What a person has chosen so far. Nothing is chosen at first. */
export interface Draft {
  choice: Choice | null;
  /** Choices for single fields, by field name; they take precedence over `choice`. */
  picks: Readonly<Record<string, FieldChoice>>;
}

export const EMPTY_DRAFT: Draft = { choice: null, picks: {} };

/** A choice for the whole task discards the choices for single fields. */
export function chooseAll(choice: Choice): Draft {
  return { choice, picks: {} };
}

/** Picks a side for one field. The other fields are merged unless a choice was made for the whole task. */
export function pick(draft: Draft, name: string, choice: FieldChoice): Draft {
  return { choice: draft.choice ?? "merge", picks: { ...draft.picks, [name]: choice } };
}

/** The request's body; null while nothing has been chosen. */
export function bodyOf({ choice, picks }: Draft, revision: string): ResolveBody | null {
  if (choice === null) return null;
  return { choice, revision, ...(Object.keys(picks).length > 0 ? { fields: { ...picks } } : {}) };
}

/** The task that the draft makes, as the server will make it; null while nothing has been chosen. */
export function outcomeOf(conflict: ShownConflict, { choice, picks }: Draft): Resolved | null {
  if (choice === null) return null;
  return resolve({ ...sidesOf(conflict), fields: conflict.fields }, { choice, fields: { ...picks } });
}

export type PickedFrom = "file" | "database" | "same" | "value";

/**
 * Where the outcome's value of a field comes from; undefined while there is no outcome, or it has no task.
 */
export function pickedFrom(
  row: FieldRow,
  outcome: Resolved | null,
  picks: Draft["picks"],
): PickedFrom | undefined {
  if (!outcome?.ok || outcome.content === null) return undefined;
  const picked = Object.hasOwn(picks, row.name) ? picks[row.name] : undefined;
  if (typeof picked === "object") return "value";
  if (picked !== undefined) return picked;
  const value: Json | undefined = getPath(outcome.content, row.path);
  const [file, database] = [equalJson(value, row.file), equalJson(value, row.database)];
  if (file && database) return "same";
  return file ? "file" : database ? "database" : "value";
}
