import { LockstepError } from "../../lib/errors.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type { OlderFileAnswer, OlderFileBody, OlderFileJson } from "../../lib/protocol/older-file.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import { getSource } from "../queries/sources.ts";
import { conflictsOfOlderFile } from "../store/conflicts.ts";
import { pool } from "../store/pool.ts";
import { tasksTakenFromFile } from "../store/runs.ts";
import { awaitRun } from "./await-run.ts";
import { requestResolutions } from "./resolve-conflict.ts";

/**
 * Decides about an earlier version of the file that came back. `newest` puts back in the file what the database says,
 * and undoes what the database has taken over from that version; `older` gives the database what the file says.
 * @throws {LockstepError} not_found, conflict_closed (no older file is there), stale_file (another one is by now)
 */
export async function decideOlderFile(
  id: string | undefined,
  { keep, revision, plan_hash }: OlderFileBody,
  { actor }: { actor: Actor },
): Promise<OlderFileAnswer> {
  const { id: source, older_file: shown } = await getSource(id);
  if (!shown)
    throw new LockstepError("conflict_closed", "No earlier version of this file waits for a decision");
  if (revision !== undefined && revision !== shown.revision)
    throw new LockstepError(
      "stale_file",
      "Another version of the file has come back since; look at it again",
    );
  const choice = keep === "newest" ? "keep_database" : "keep_file";
  const waiting = await conflictsOfOlderFile(pool(), source);
  const resolutions = waiting.map(
    ({ id: conflict_id, ...conflict }) => ({ conflict_id, ...conflict, choice }) as const,
  );
  const confirmed = plan_hash === undefined ? {} : { plan_hash, allow_deletes: true };
  const { run, refused } = await requestResolutions(source, { resolutions, ...confirmed }, actor);
  if (run.outcome === "halted") return { runs: [run], resolved: [], refused };
  const undone = keep === "newest" ? await undoTakenOver(shown, actor) : null;
  const failed = new Set(refused.map(({ conflict_id }) => conflict_id));
  return {
    runs: undone ? [run, undone] : [run],
    resolved: waiting.map((conflict) => conflict.id).filter((each) => !failed.has(each)),
    refused,
  };
}

/** Undoes what the run that found the older file has taken over from it alone; null when that is nothing. */
async function undoTakenOver({ source, run_id }: OlderFileJson, actor: Actor): Promise<RunSummary | null> {
  const tasks = await tasksTakenFromFile(pool(), run_id);
  if (tasks.length === 0) return null;
  const { run } = await awaitRun({
    source,
    trigger: "rollback",
    options: { kind: "rollback", reverts: run_id, tasks },
    requested_by: actor.name,
    requested_from: actor.from,
  });
  return run;
}
