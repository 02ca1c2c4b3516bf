import type { HistoryQuery, RunQuery } from "../../lib/protocol/query.ts";
import type { HistoryJson, RunDetail, RunSummary } from "../../lib/protocol/run.ts";
import { changesOf, findRun, runsBefore } from "../store/read/runs.ts";
import { bySequence, cutPage, openCursor, openSequenceCursor } from "./cursor.ts";
import { notFound, pathUuid } from "./uuid.ts";

/** Runs, newest first. */
export async function listRuns({ limit, cursor, ...filter }: HistoryQuery): Promise<HistoryJson> {
  const before = cursor === undefined ? null : openSequenceCursor("runs", cursor);
  const rows = await runsBefore(filter, before, limit + 1);
  const { page, next_cursor } = cutPage(rows, limit, "runs", bySequence);
  return { runs: page.map((row) => row.run), next_cursor };
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
  const { page, next_cursor } = cutPage(changes, limit ?? changes.length, list, ({ task_id }) => [task_id]);
  return { run, changes: page, total, next_cursor };
}

/** @throws {LockstepError} not_found */
export async function getRunSummary(id: string | undefined): Promise<RunSummary> {
  const run = await findRun(pathUuid(id, "run"));
  if (!run) throw notFound("run");
  return run;
}
