import { equalJson, isMap, type Json, type JsonMap } from "../../lib/json.ts";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { fieldName, getPath, unionKeys } from "../../lib/sync/path.ts";
import { fieldRank, isContentKey, isKnownKey, isRuntimeField } from "../../lib/task/fields.ts";

/** Whether a field is in conflict, changed by one side only, changed by both sides alike, or equal. */
export type FieldState = "conflict" | "file" | "database" | "both" | "equal";

/** The value of one field in the file, at the last sync and in the database. An undefined value is absent. */
export interface FieldRow {
  name: string;
  path: string[];
  file: Json | undefined;
  base: Json | undefined;
  database: Json | undefined;
  state: FieldState;
  /** Whether the executor of the task reports this field. */
  runtime: boolean;
}

export interface Sides {
  file: JsonMap | null;
  base: JsonMap | null;
  database: JsonMap | null;
}

/** The task's fields in the file, at the last sync and in the database. */
export function sidesOf({ ancestor, file_data, database_data, fields }: ShownConflict): Sides {
  const [file = null, base = null, database = null] = [file_data, ancestor, database_data].map(
    (side) => side && withoutIdentity(side),
  );
  // A file without a next run leaves it to the database; that is not an edit.
  const leftOut =
    file !== null && base !== null && file["next_run_at"] === null && !fields.includes("next_run_at");
  return { file: leftOut ? { ...file, next_run_at: base["next_run_at"] ?? null } : file, base, database };
}

/**
 * Every field of the task. A map is split into its keys when every side that has it has a map. Conflicts come first,
 * then fields that one side changed.
 */
export function fieldRows(conflict: ShownConflict): FieldRow[] {
  const { file, base, database } = sidesOf(conflict);
  const inConflict = new Set(conflict.fields);
  const paths = leaves(
    [file, base, database].filter((side) => side !== null),
    [],
    inConflict,
  );
  const rows = paths.map((path): FieldRow => {
    const name = fieldName(path);
    const [mine, agreed, theirs] = [file, base, database].map((side) => getPath(side ?? undefined, path));
    const conflicting = inConflict.has(name);
    const state = conflicting ? "conflict" : stateOf(mine, agreed, theirs, { file, base, database });
    return { name, path, file: mine, base: agreed, database: theirs, state, runtime: isRuntime(path) };
  });
  return rows.sort((a, b) => rank(a) - rank(b));
}

/** Known fields whose value can be made of both sides' values. A schedule, a name or a status is one or the other. */
const COMPOSED: readonly string[] = ["description", "params"];

/** Whether a value that keeps both edits makes sense for the field. */
export function mayHoldBoth({ state, path: [top = ""] }: FieldRow): boolean {
  return state === "conflict" && (COMPOSED.includes(top) || !isKnownKey(top));
}

const STATES: readonly FieldState[] = ["conflict", "file", "database", "both", "equal"];

function rank({ state, path: [top = ""] }: FieldRow): number {
  const group = state === "conflict" ? 0 : state === "equal" ? 2 : 1;
  return group * 10_000 + fieldRank(top) * 10 + STATES.indexOf(state);
}

function stateOf(
  file: Json | undefined,
  base: Json | undefined,
  database: Json | undefined,
  sides: Sides,
): FieldState {
  // A side without the task has no values to compare.
  if (sides.file === null) return equalJson(database, base) ? "equal" : "database";
  if (sides.database === null) return equalJson(file, base) ? "equal" : "file";
  if (equalJson(file, database)) return sides.base === null || equalJson(file, base) ? "equal" : "both";
  if (sides.base === null) return "conflict";
  return equalJson(file, base) ? "database" : "file";
}

function isRuntime(path: readonly string[]): boolean {
  return path.length === 1 && isRuntimeField(path[0]);
}

/** Paths of the values to compare: a path ends where a side has no map or where a conflict is named. */
function leaves(maps: readonly JsonMap[], path: string[], named: ReadonlySet<string>): string[][] {
  return unionKeys(...maps).flatMap((key) => {
    const here = [...path, key];
    const values = maps.filter((map) => Object.hasOwn(map, key)).map((map) => map[key]);
    const deeper = values.filter(isMap);
    const divisible = deeper.length === values.length && deeper.some((map) => Object.keys(map).length > 0);
    return divisible && !named.has(fieldName(here)) ? leaves(deeper, here, named) : [here];
  });
}

/** The task without its id and stamps, which are never part of a conflict. */
export function withoutIdentity(task: JsonMap): JsonMap {
  return Object.fromEntries(Object.entries(task).filter(([key]) => isContentKey(key)));
}
