import { equalJson, isMap, type Json, type JsonMap } from "../../lib/json.ts";
import type { ConflictJson } from "../../lib/protocol/conflict.ts";
import { fieldName, getPath, unionKeys } from "../../lib/sync/path.ts";
import { CONTENT_FIELDS, RUNTIME_FIELDS } from "../../lib/task/task.ts";

/** Where a field differs: in conflict, changed by one side only, by both alike, or nowhere. */
export type FieldState = "conflict" | "yaml" | "db" | "both" | "equal";

/** One field as the three parties say it; undefined: absent there. */
export interface FieldRow {
  name: string;
  path: string[];
  yaml: Json | undefined;
  base: Json | undefined;
  db: Json | undefined;
  state: FieldState;
  /** Reported by whoever executes the task. */
  runtime: boolean;
}

export interface Sides {
  yaml: JsonMap | null;
  base: JsonMap | null;
  db: JsonMap | null;
}

/** What the three parties say of the task's fields. */
export function sidesOf({ ancestor, yaml_data, db_data, fields }: ConflictJson): Sides {
  const [yaml = null, base = null, db = null] = [yaml_data, ancestor, db_data].map(
    (side) => side && withoutIdentity(side),
  );
  // A file that names no next run leaves it to the database, which is no edit.
  const leftOut =
    yaml !== null && base !== null && yaml["next_run_at"] === null && !fields.includes("next_run_at");
  return { yaml: leftOut ? { ...yaml, next_run_at: base["next_run_at"] ?? null } : yaml, base, db };
}

/** Every field of the task, as deep as there are maps on every side that has it: conflicts first, then what one side changed. */
export function fieldRows(conflict: ConflictJson): FieldRow[] {
  const { yaml, base, db } = sidesOf(conflict);
  const inConflict = new Set(conflict.fields);
  const paths = leaves(
    [yaml, base, db].filter((side) => side !== null),
    [],
    inConflict,
  );
  const rows = paths.map((path): FieldRow => {
    const name = fieldName(path);
    const [mine, agreed, theirs] = [yaml, base, db].map((side) => getPath(side ?? undefined, path));
    const conflicting = inConflict.has(name);
    const state = conflicting ? "conflict" : stateOf(mine, agreed, theirs, { yaml, base, db });
    return { name, path, yaml: mine, base: agreed, db: theirs, state, runtime: isRuntime(path) };
  });
  return rows.sort((a, b) => rank(a) - rank(b));
}

const STATES: readonly FieldState[] = ["conflict", "yaml", "db", "both", "equal"];

function rank({ state, path: [top = ""] }: FieldRow): number {
  const field = CONTENT_FIELDS.findIndex((name) => name === top);
  const group = state === "conflict" ? 0 : state === "equal" ? 2 : 1;
  return group * 10_000 + (field === -1 ? 100 : field) * 10 + STATES.indexOf(state);
}

function stateOf(
  yaml: Json | undefined,
  base: Json | undefined,
  db: Json | undefined,
  sides: Sides,
): FieldState {
  // A side without the task says nothing of its fields.
  if (sides.yaml === null) return equalJson(db, base) ? "equal" : "db";
  if (sides.db === null) return equalJson(yaml, base) ? "equal" : "yaml";
  if (equalJson(yaml, db)) return sides.base === null || equalJson(yaml, base) ? "equal" : "both";
  if (sides.base === null) return "conflict";
  return equalJson(yaml, base) ? "db" : "yaml";
}

function isRuntime(path: readonly string[]): boolean {
  return path.length === 1 && RUNTIME_FIELDS.some((field) => field === path[0]);
}

/** Paths down to where some side holds no map, or a conflict is named. */
function leaves(maps: readonly JsonMap[], path: string[], named: ReadonlySet<string>): string[][] {
  return unionKeys(...maps).flatMap((key) => {
    const here = [...path, key];
    const values = maps.flatMap((map) => (Object.hasOwn(map, key) ? [map[key] as Json] : []));
    const deeper = values.filter(isMap);
    const divisible = deeper.length === values.length && deeper.some((map) => Object.keys(map).length > 0);
    return divisible && !named.has(fieldName(here)) ? leaves(deeper, here, named) : [here];
  });
}

/** The id is not a field one may choose, and stamps are never a change. */
export function withoutIdentity(task: JsonMap): JsonMap {
  return Object.fromEntries(
    Object.entries(task).filter(([key]) => key !== "id" && key !== "updated_at" && key !== "source"),
  );
}
