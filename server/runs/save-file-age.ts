import { behindAfter, type OlderFile, olderFileAfter } from "../../lib/run/older-file.ts";
import { deletionsAfter } from "../../lib/sync/carried-deletions.ts";
import { positionsOfRun } from "../../lib/sync/carried.ts";
import type { PendingReason } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { forgetDeletions, saveDeletions } from "../store/carried-deletions.ts";
import { type NewRevision, saveRevisions } from "../store/file-revisions.ts";
import type { CurrentRun } from "./current-run.ts";
import type { ExecutedPlan } from "./execute.ts";
import type { Findings } from "./findings.ts";

/** How far the file's text is behind after the run. */
export interface AgeAfterRun {
  behind: Map<TaskKey, number>;
  olderFile: OlderFile | null;
}

export function ageAfter(
  { context, work }: CurrentRun,
  { file, age, known }: Findings,
  pending: ReadonlyMap<TaskKey, PendingReason>,
  runId: string,
): AgeAfterRun {
  const behind = behindAfter(pending, known.byKey, age);
  const returned = age.returned && {
    source: context.source,
    revision: file.revision,
    seen_at: age.returned.seenAt,
    returned_at: context.clock.now().toISOString(),
    run_id: runId,
  };
  return { behind, olderFile: olderFileAfter(work.source.older_file, returned, behind) };
}

/** Remembers the revisions that the file had in this run, and what was carried into it with no ancestor left. */
export async function saveFileAge(
  { context, tx, work }: CurrentRun,
  { file, known }: Findings,
  { items, snapshot, fileWritten }: ExecutedPlan,
): Promise<void> {
  const { found, written } = positionsOfRun(work.source.file_position);
  const revisions: NewRevision[] = [];
  if (file.revision !== work.source.file_revision)
    revisions.push({ revision: file.revision, position: found, written: false });
  if (fileWritten) revisions.push({ revision: snapshot.revision, position: written, written: true });
  if (revisions.length > 0) await saveRevisions(tx, context.source, revisions, written);
  const { carried, forgotten } = deletionsAfter(items, (key) => known.byKey.get(key)?.ancestor);
  await saveDeletions(tx, context.source, carried, written);
  await forgetDeletions(tx, context.source, forgotten);
}
