import type { ShownConflict } from "../../lib/protocol/conflict.ts";

export type KindFilter = ShownConflict["kind"] | "all";

/**
 * The conflicts of a source and a kind that contain every word: in the id, the skill, a field's name or a
 * person's.
 */
export function matching(
  conflicts: readonly ShownConflict[],
  text: string,
  kind: KindFilter,
  source?: string,
): ShownConflict[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return conflicts.filter((conflict) => {
    if (kind !== "all" && conflict.kind !== kind) return false;
    if (source !== undefined && conflict.source !== source) return false;
    const { task_id, fields, database_updated_by, file_data, database_data } = conflict;
    const skills = [file_data, database_data].map((side) => side?.["skill_name"]);
    const said = [task_id, ...skills, ...fields, database_updated_by]
      .filter((part) => typeof part === "string")
      .join("\n")
      .toLowerCase();
    return words.every((word) => said.includes(word));
  });
}
