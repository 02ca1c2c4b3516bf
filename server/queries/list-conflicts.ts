import type { ConflictListJson } from "../../lib/protocol/conflict.ts";
import type { ListConflictsQuery } from "../../lib/protocol/query.ts";
import { conflictsAfter, countConflicts } from "../store/read/conflicts.ts";
import { openSequenceCursor, sealCursor } from "./cursor.ts";

/** Conflicts, oldest first. */
export async function listConflicts({ state, limit, cursor, ...rest }: ListConflictsQuery): Promise<ConflictListJson> {
  const filter = { ...rest, ...(state === "all" ? {} : { state }) };
  const after = cursor === undefined ? null : openSequenceCursor("conflicts", cursor);
  const [rows, total] = await Promise.all([conflictsAfter(filter, after, limit + 1), countConflicts(filter)]);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    conflicts: page.map((row) => row.conflict),
    total,
    next_cursor: rows.length > limit && last ? sealCursor("conflicts", [String(last.seq)]) : null,
  };
}
