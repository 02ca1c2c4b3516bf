import type { HistoryQuery } from "../../lib/protocol/query.ts";
import type { HistoryJson, RunDetail } from "../../lib/protocol/run.ts";
import { runsBefore, runWithChanges } from "../store/read/runs.ts";
import { openSequenceCursor, sealCursor } from "./cursor.ts";
import { notFound, pathUuid } from "./uuid.ts";

/** Runs, newest first. */
export async function listRuns({ limit, cursor, ...filter }: HistoryQuery): Promise<HistoryJson> {
  const before = cursor === undefined ? null : openSequenceCursor("runs", cursor);
  const rows = await runsBefore(filter, before, limit + 1);
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    runs: page.map((row) => row.run),
    next_cursor: rows.length > limit && last ? sealCursor("runs", [String(last.seq)]) : null,
  };
}

/** @throws {LockstepError} not_found */
export async function getRun(id: string | undefined): Promise<RunDetail> {
  const run = await runWithChanges(pathUuid(id, "run"));
  if (!run) throw notFound("run");
  return run;
}
