import type { ConflictListJson } from "../../lib/protocol/conflict.ts";
import type { ListConflictsQuery } from "../../lib/protocol/query.ts";
import {
  conflictsAfter,
  conflictsOverBefore,
  countConflicts,
  countConflictsOver,
} from "../store/read/conflicts.ts";
import { bySequence, cursorSequence, cursorTime, cutPage, openCursor, openSequenceCursor } from "./cursor.ts";

/** A page of conflicts, oldest first; closed conflicts with the last closed first. */
export function listConflicts(query: ListConflictsQuery): Promise<ConflictListJson> {
  return query.state === "over" ? listOver(query) : listOldestFirst(query);
}

async function listOver({ limit, cursor, task_id, source }: ListConflictsQuery): Promise<ConflictListJson> {
  const filter = {
    ...(task_id === undefined ? {} : { task_id }),
    ...(source === undefined ? {} : { source }),
  };
  const before = cursor === undefined ? null : openOverCursor(cursor);
  const [rows, total] = await Promise.all([
    conflictsOverBefore(filter, before, limit + 1),
    countConflictsOver(filter),
  ]);
  const placeOf = ({ conflict, seq }: (typeof rows)[number]) => [conflict.closed_at, String(seq)];
  const { page, next_cursor } = cutPage(rows, limit, "conflicts over", placeOf);
  return { conflicts: page.map((row) => row.conflict), total, next_cursor };
}

function openOverCursor(cursor: string): { closedAt: Date; seq: bigint } {
  const [time = null, seq = null] = openCursor("conflicts over", 2, cursor);
  return { closedAt: new Date(cursorTime(time) ?? 0), seq: cursorSequence(seq) };
}

async function listOldestFirst({
  state,
  limit,
  cursor,
  ...rest
}: ListConflictsQuery): Promise<ConflictListJson> {
  const filter = { ...rest, ...(state === "all" ? {} : { state }) };
  const after = cursor === undefined ? null : openSequenceCursor("conflicts", cursor);
  const [rows, total] = await Promise.all([conflictsAfter(filter, after, limit + 1), countConflicts(filter)]);
  const { page, next_cursor } = cutPage(rows, limit, "conflicts", bySequence);
  return { conflicts: page.map((row) => row.conflict), total, next_cursor };
}
