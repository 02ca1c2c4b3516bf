import type { FieldError } from "../errors.ts";
import type { Json, JsonMap } from "../json.ts";
import { contentMap, contentOf } from "../task/content.ts";
import { fieldsWhere, isContentKey, isRuntimeField } from "../task/fields.ts";
import { parseTask } from "../task/schema.ts";
import type { TaskContent } from "../task/task.ts";
import { mergeMaps } from "./merge.ts";
import { fieldPath, getPath, withKey, withPath } from "./path.ts";
import type { Choice, Conflict, Resolution, Side } from "./types.ts";

/** The contents of the three parties. A party without the task is null. */
export interface ThreeContents {
  base: JsonMap | null;
  file: JsonMap | null;
  database: JsonMap | null;
}

/** What a person is asked to decide: the three parties, and the names of the fields in conflict. */
export interface Disputed extends ThreeContents {
  fields: readonly string[];
}

/** The whole task for both sides; a null content deletes it on both. */
export type Resolved = { ok: true; content: JsonMap | null } | { ok: false; errors: FieldError[] };

/** The sides whose edits a choice keeps: the whole task of one side, or both sides merged. */
export const SIDES_OF_CHOICE: Record<Choice, readonly [Side, Side?]> = {
  keep_file: ["file"],
  keep_database: ["database"],
  merge: ["file", "database"],
};

/**
 * Applies a person's choice: the whole task of one side, or both sides merged, refined per field. A merge takes the
 * database's runtime fields and, of the fields in conflict, the file's definition. A result that is no valid task is
 * refused.
 */
export function resolve(said: Disputed, resolution: Resolution): Resolved {
  const fields = Object.entries(resolution.fields ?? {});
  if (resolution.choice === "separate") {
    const message = "only a possible rename can be answered with “two different tasks”";
    return { ok: false, errors: [{ field: "choice", message }] };
  }
  const [side, otherSide] = SIDES_OF_CHOICE[resolution.choice];
  let content = otherSide ? joined(said) : said[side];
  if (content === null) {
    if (fields.length === 0) return { ok: true, content };
    return {
      ok: false,
      errors: [{ field: fields[0]?.[0] ?? "", message: "the choice deletes the task, so it has no fields" }],
    };
  }
  const errors: FieldError[] = [];
  for (const [field, choice] of fields) {
    const path = fieldPath(field);
    const top = path[0] ?? "";
    const side: Side | null = typeof choice === "string" ? choice : null;
    const from = side && said[side];
    let next: JsonMap | null = null;
    if (!isContentKey(top) || top === "") {
      errors.push({ field, message: "is not a field that can be chosen" });
      continue;
    } else if (side && !from) {
      errors.push({ field, message: `the ${side} no longer has the task` });
      continue;
    } else {
      const value: Json | undefined = typeof choice === "object" ? choice.value : getPath(from ?? {}, path);
      next = withPath(content, path, value);
    }
    if (next) content = next;
    else errors.push({ field, message: "is inside something that is not a map" });
  }
  return errors.length > 0 ? { ok: false, errors } : validated(content);
}

/** Does the same for a stored conflict, to check or preview a choice. */
export function resolveConflict(
  conflict: Conflict,
  resolution: Resolution,
): { ok: true; content: TaskContent | null } | { ok: false; errors: FieldError[] } {
  const resolved = resolve(
    {
      base: conflict.ancestor && contentMap(conflict.ancestor),
      file: conflict.file && contentMap(conflict.file),
      database: conflict.database && contentMap(conflict.database),
      fields: conflict.fields,
    },
    resolution,
  );
  if (!resolved.ok) return resolved;
  if (resolved.content === null) return { ok: true, content: null };
  const parsed = parseTask({ ...resolved.content, id: conflict.key });
  return parsed.ok ? { ok: true, content: contentOf(parsed.task) } : { ok: false, errors: [] };
}

function validated(content: JsonMap): Resolved {
  const parsed = parseTask({ ...content, id: 0 });
  if (parsed.ok) return { ok: true, content: contentMap(parsed.task) };
  const errors = parsed.problems.map(({ path, message }) => ({ field: path.join("."), message }));
  return { ok: false, errors };
}

/**
 * Merges both tasks. The runtime fields are the database's, and the fields in conflict are the file's, whichever side
 * changed them. Every other edit of either side is kept.
 */
function joined({ base, file, database, fields }: Disputed): JsonMap | null {
  // One side deleted the task, so there is nothing to merge, and the edited task is kept.
  if (file === null || database === null) return file ?? database;
  const definition = fields.map(fieldPath).filter(([top]) => !isRuntimeField(top));
  const defined = definition.reduce<JsonMap>(
    (content, path) => withPath(content, path, definedValue(path, { base, file, database })) ?? content,
    base === null ? file : editsOfBoth(base, file, database),
  );
  return RUNTIME_FIELDS.reduce<JsonMap>((content, field) => {
    const reported = getPath(database, [field]);
    // A row without a next run leaves it to the file.
    return isNothing(reported) ? content : withKey(content, field, reported);
  }, defined);
}

const RUNTIME_FIELDS = fieldsWhere((spec) => spec.runtime === true);

function editsOfBoth(base: JsonMap, file: JsonMap, database: JsonMap): JsonMap {
  const { value, conflicts } = mergeMaps(base, file, database);
  return conflicts.reduce((content, { path, file: yaml }) => withPath(content, path, yaml) ?? content, value);
}

/** The file's value of a field in conflict. A key that the database alone has ever had is its edit, and is kept. */
function definedValue(path: readonly string[], { base, file, database }: ThreeContents) {
  const yaml = getPath(file ?? undefined, path);
  const isNew = isNothing(yaml) && isNothing(getPath(base ?? undefined, path));
  return isNew ? getPath(database ?? undefined, path) : yaml;
}

function isNothing(value: Json | undefined): value is null | undefined {
  return value === undefined || value === null;
}
