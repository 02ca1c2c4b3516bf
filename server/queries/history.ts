import type { HistoryQuery, RunQuery } from "../../lib/protocol/query.ts";
import type { HistoryJson, RunDetail, RunSummary } from "../../lib/protocol/run.ts";
import { changesOf, findRun, runsBefore } from "../store/read/runs.ts";
import { openCursor, openSequenceCursor, sealCursor } from "./cursor.ts";
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

/**
 * One run with its changes, or a page of them.
 * @throws {LockstepError} not_found
 */
export async function getRun(id: string | undefined, { limit, cursor }: RunQuery = {}): Promise<RunDetail> {
  const run = await getRunSummary(id);
  const list = `changes:${run.id}`;
  const after = cursor === undefined ? null : (openCursor(list, 1, cursor)[0] ?? null);
  const { changes, total } = await changesOf(run.id, after, limit === undefined ? undefined : limit + 1);
  const page = limit === undefined ? changes : changes.slice(0, limit);
  const last = page.at(-1);
  return {
    run,
    changes: page,
    total,
    next_cursor: changes.length > page.length && last ? sealCursor(list, [last.task_id]) : null,
  };
}

/** @throws {LockstepError} not_found */
export async function getRunSummary(id: string | undefined): Promise<RunSummary> {
  const run = await findRun(pathUuid(id, "run"));
  if (!run) throw notFound("run");
  return run;
}
