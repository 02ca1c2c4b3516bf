import type { FileAge } from "../../lib/sync/unseen.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import { loadDeletions } from "../store/carried-deletions.ts";
import { chooseRevision, findRevision, type SeenRevision } from "../store/file-revisions.ts";
import type { StoredAncestor } from "../store/ancestors.ts";
import { positionsOfRun } from "../../lib/sync/carried.ts";
import type { CurrentRun } from "./current-run.ts";

export interface KnownAge extends FileAge {
  /** The earlier revision that came back since the last run; null when none did. */
  returned: SeenRevision | null;
}

/**
 * How far back the file's text is. When it is a revision that was seen before, all of it is; else only the tasks that
 * still wait since such a revision came back.
 */
export async function ageOfFile(
  run: CurrentRun,
  file: Snapshot,
  keys: readonly TaskKey[],
  ancestors: ReadonlyMap<TaskKey, StoredAncestor>,
): Promise<KnownAge> {
  const { tx, context, work } = run;
  if (run.requests.request.kind === "restore") {
    // A person has chosen this version. It also counts when a guard halts this run and another one carries it.
    await chooseRevision(tx, context.source, file.revision, positionsOfRun(work.source.file_position).found);
    return { returned: null, positionOf: () => null, deletions: new Map() };
  }
  const returned = await findReturned(run, file);
  const positionOf = (key: TaskKey) => returned?.position ?? work.behind.get(key) ?? null;
  const gone = keys.filter((key) => !ancestors.has(key) && positionOf(key) !== null);
  return { returned, positionOf, deletions: await loadDeletions(tx, context.source, gone) };
}

async function findReturned(
  { tx, context, work, settings }: CurrentRun,
  { revision }: Snapshot,
): Promise<SeenRevision | null> {
  if (settings.olderFile === "accept" || revision === work.source.file_revision) return null;
  return findRevision(tx, context.source, revision);
}
