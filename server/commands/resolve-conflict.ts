import { LockstepError } from "../../lib/errors.ts";
import type { JsonMap } from "../../lib/json.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import type {
  BulkResolveBody,
  ConflictJson,
  ResolveBody,
  ResolvePreview,
} from "../../lib/protocol/conflict.ts";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { RefusedResolution, RunRequest } from "../../lib/run/request.ts";
import { getConflict } from "../queries/get-conflict.ts";
import { getTask } from "../queries/get-task.ts";
import { openConflicts, sourcesOfConflicts } from "../store/conflicts.ts";
import { pool } from "../store/pool.ts";
import { awaitReading, awaitRun } from "./await-run.ts";
import { sourceFor } from "./source-for.ts";

interface Requester {
  actor: Actor;
}

/**
 * Resolves a conflict, so that both sides say what was chosen.
 * @throws {LockstepError} not_found, conflict_closed, stale_conflict (with the fresh conflict), invalid_task
 */
export async function resolveConflict(
  conflictId: string | undefined,
  body: ResolveBody,
  { actor }: Requester,
): Promise<{ task: JsonMap | null; run: RunSummary }> {
  const { conflict_id, task_id, source } = await pendingConflict(conflictId);
  const { run, refused } = await requestResolutions(
    source,
    { resolutions: [{ conflict_id, task_id, ...body }] },
    actor,
  );
  const refusal = refused[0];
  if (refusal)
    throw new LockstepError(refusal.code, refusal.message, { conflict: await getConflict(conflict_id) });
  const task = await getTask(task_id, source).then(
    (found) => found.task,
    (error: unknown) => {
      if (error instanceof LockstepError && error.code === "not_found") return null;
      throw error;
    },
  );
  return { task, run };
}

/**
 * Shows what `resolveConflict` would write with the same body. Nothing is written.
 * @throws {LockstepError} not_found, conflict_closed, unavailable (the file cannot be read)
 */
export async function previewResolution(
  conflictId: string | undefined,
  body: ResolveBody,
  { actor }: Requester,
): Promise<ResolvePreview> {
  const { conflict_id, task_id, source } = await pendingConflict(conflictId);
  const { preview } = await awaitReading({
    source,
    trigger: "resolution",
    options: { kind: "preview_resolution", resolution: { conflict_id, task_id, ...body } },
    requested_by: actor.name,
    requested_from: actor.from,
  });
  return preview;
}

async function pendingConflict(id: string | undefined): Promise<ConflictJson> {
  const conflict = await getConflict(id);
  if (conflict.state !== "pending")
    throw new LockstepError("conflict_closed", "This conflict is no longer open", { conflict });
  return conflict;
}

/** Resolves many conflicts with one choice, in one run. @throws {LockstepError} not_found (no such source) */
export async function resolveConflicts(
  body: BulkResolveBody,
  { actor }: Requester,
): Promise<{ run: RunSummary; resolved: string[]; refused: RefusedResolution[] }> {
  const source =
    (body.source === undefined && (await sourceOfConflicts(body.conflict_ids))) ||
    (await sourceFor(body.source));
  const open = [...(await openConflicts(pool(), source)).values()];
  const wanted = new Set(
    body.conflict_ids === "all" ? open.map((conflict) => conflict.id) : body.conflict_ids,
  );
  const chosen = open.filter((conflict) => wanted.has(conflict.id));
  const unknown = [...wanted].filter((id) => !chosen.some((conflict) => conflict.id === id));
  const resolutions = chosen.map(({ id, task_id, revision }) => ({
    conflict_id: id,
    task_id,
    revision,
    choice: body.choice,
  }));
  const { run, refused } = await requestResolutions(source, { resolutions }, actor);
  const all: RefusedResolution[] = [
    ...refused,
    ...unknown.map((conflict_id): RefusedResolution => ({
      conflict_id,
      code: "conflict_closed",
      message: "There is no such open conflict",
    })),
  ];
  const failed = new Set(all.map((refusal) => refusal.conflict_id));
  return {
    run,
    resolved: chosen.map((conflict) => conflict.id).filter((id) => !failed.has(id)),
    refused: all,
  };
}

/** The source of the conflicts, when all of them belong to one source. */
async function sourceOfConflicts(ids: BulkResolveBody["conflict_ids"]): Promise<string | null> {
  if (ids === "all") return null;
  const [only, ...others] = await sourcesOfConflicts(pool(), ids);
  return only !== undefined && others.length === 0 ? only : null;
}

/** Asks for a run that applies the resolutions. @returns the run, and the resolutions that it refused. */
export async function requestResolutions(
  source: string,
  wishes: Omit<RunRequest<"resolution">, "kind">,
  actor: Actor,
): Promise<{ run: RunSummary; refused: RefusedResolution[] }> {
  const { run, refused = [] } = await awaitRun({
    source,
    trigger: "resolution",
    options: { kind: "resolution", ...wishes },
    requested_by: actor.name,
    requested_from: actor.from,
  });
  return { run, refused };
}
