import type { Backup } from "../../lib/protocol/file.ts";
import { runsWithin } from "../store/read/runs.ts";

/**
 * The kept versions with the run that replaced each. A version is kept while its run is under way, and the runs of a source
 * follow one another, so the time tells the run. Runs that are no longer in the history are not told.
 */
export async function withReplacingRuns(source: string, backups: readonly Backup[]): Promise<Backup[]> {
  const times = backups.map(({ at }) => at).sort();
  const [first, last] = [times[0], times.at(-1)];
  if (first === undefined || last === undefined) return [];
  const runs = await runsWithin(source, first, last);
  return backups.map((backup) => {
    const run = runs.find(
      ({ started_at, finished_at }) => started_at <= backup.at && backup.at <= finished_at,
    );
    if (!run) return backup;
    const { id, trigger, requested_by, reverts, counts } = run;
    const replaced_by = { id, trigger, requested_by, counts, ...(reverts === undefined ? {} : { reverts }) };
    return { ...backup, replaced_by };
  });
}
