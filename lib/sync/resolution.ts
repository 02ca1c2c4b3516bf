import type { FieldError } from "../errors.ts";
import type { Json, JsonMap } from "../json.ts";
import { contentMap, contentOf } from "../task/content.ts";
import { isContentKey, isRuntimeField } from "../task/fields.ts";
import { parseTask } from "../task/schema.ts";
import type { TaskContent } from "../task/task.ts";
import { diffMaps } from "./diff.ts";
import { mergeMaps } from "./merge.ts";
import { fieldPath, getPath, withPath } from "./path.ts";
import type { Choice, Conflict, Resolution, Side } from "./types.ts";

/** What the three parties say; null: absent (for the ancestor: they never agreed). */
export interface ThreeContents {
  base: JsonMap | null;
  file: JsonMap | null;
  database: JsonMap | null;
}

/** The whole task as it is to be on both sides; null: deleted on both. */
export type Resolved = { ok: true; content: JsonMap | null } | { ok: false; errors: FieldError[] };

/** The sides whose edits a choice keeps: one side's whole task, or both sides' merged. */
export const SIDES_OF_CHOICE: Record<Choice, readonly [Side, Side?]> = {
  keep_file: ["file"],
  keep_database: ["database"],
  merge: ["file", "database"],
};

/**
 * Applies a person's choice: one side's whole task, or both merged (the database's runtime fields
 * and YAML's definition where they conflict), refined per field. The result is a valid task or refused.
 */
export function resolve(said: ThreeContents, resolution: Resolution): Resolved {
  const fields = Object.entries(resolution.fields ?? {});
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

/** The same for a conflict as it is stored and shown: checks a choice, or previews it. */
export function resolveConflict(
  conflict: Conflict,
  resolution: Resolution,
): { ok: true; content: TaskContent | null } | { ok: false; errors: FieldError[] } {
  const resolved = resolve(
    {
      base: conflict.ancestor && contentMap(conflict.ancestor),
      file: conflict.file && contentMap(conflict.file),
      database: conflict.database && contentMap(conflict.database),
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

/** Both tasks in one: what only one side changed as it is there, the rest by kind of field. */
function joined({ base, file, database }: ThreeContents): JsonMap | null {
  // Next to a deletion there is nothing to merge with: the edited task is kept.
  if (file === null || database === null) return file ?? database;
  const runtime = (path: readonly string[]) => path.length === 1 && isRuntimeField(path[0]);
  if (base !== null) {
    const merged = mergeMaps(base, file, database);
    return merged.conflicts.reduce<JsonMap>(
      (content, { path, file: yaml, database: db }) =>
        withPath(content, path, runtime(path) ? db : yaml) ?? content,
      merged.value,
    );
  }
  // Never agreed on anything: what stands on one side only is that side's edit, and is kept.
  return diffMaps(file, database).reduce<JsonMap>(
    (content, { path, before, after }) =>
      runtime(path) || before === undefined || before === null
        ? (withPath(content, path, after) ?? content)
        : content,
    file,
  );
}
