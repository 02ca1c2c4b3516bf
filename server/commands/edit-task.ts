import type pg from "pg";
import { env } from "../../config/env.ts";
import { LockstepError } from "../../lib/errors.ts";
import type { Json, JsonMap } from "../../lib/json.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import { namesEtag, taskEtag } from "../../lib/protocol/etag.ts";
import type { RunAnswer } from "../../lib/run/request.ts";
import type { EditSync, TaskJson } from "../../lib/protocol/task.ts";
import { equalContent } from "../../lib/task/content.ts";
import { mergePatch } from "../../lib/task/merge-patch.ts";
import { type TaskKey, taskKey } from "../../lib/task/task.ts";
import { pool } from "../store/pool.ts";
import { shownTask } from "../store/shown-task.ts";
import { existingTasks, findTaskRows, type StoredTask, parseStoredTask } from "../store/task-rows.ts";
import { refusalOf } from "../store/refusal.ts";
import { workerOf } from "../store/workers.ts";
import { editSync } from "./edit-sync.ts";
import { nextIntegerId } from "../store/next-id.ts";
import { deleteTasks, insertTasks, updateTasks } from "../store/write-tasks.ts";
import { requestEditRun } from "./request-edit-run.ts";
import { sourceFor } from "./source-for.ts";
import { validTask } from "./valid-task.ts";
import { writeAsActor } from "./write-as-actor.ts";
import { waitForAnswer } from "./wait-for-answer.ts";
import { wakeAfterCommit } from "./wake-after-commit.ts";

const LOOK_FOR_WORKER_MS = 1_000;

export interface EditOptions {
  actor: Actor;
  source?: string | undefined;
  /** The value of `If-Match`. The edit is refused when the task has another ETag. */
  ifMatch?: string | undefined;
  /** True to answer only after the run that carries the edit to the file. */
  wait: boolean;
}

export interface EditAnswer {
  task: TaskJson;
  etag: string;
  sync: EditSync;
}

interface Written {
  source: string;
  key: TaskKey;
  /** The request that carries the edit; null when nothing had to be written. */
  request: string | null;
  /** The task before it was deleted. */
  deleted?: TaskJson;
}

/**
 * Creates a task.
 * @throws {LockstepError} invalid_task, task_exists, not_found (no such source)
 */
export async function createTask(input: JsonMap, options: EditOptions): Promise<EditAnswer> {
  const source = await sourceFor(options.source);
  const what = input["id"] === undefined ? "what a new task needs" : `task ${JSON.stringify(input["id"])}`;
  return writeAndSync(what, options, async (tx) => {
    const id = input["id"] ?? (await nextIntegerId(tx, source));
    const task = validTask({ ...input, id });
    const key = taskKey(task.id);
    if ((await insertTasks(tx, source, [{ ...task, updated_at: null }])).length === 0) {
      if ((await existingTasks(tx, source, [key])).size === 0) throw dropped(key);
      throw new LockstepError("task_exists", `there is a task ${key} already; change it with PATCH or PUT`);
    }
    return { source, key };
  });
}

/**
 * PUT: replaces all of the task.
 * @throws {LockstepError} as `patchTask`
 */
export function replaceTask(id: string, input: JsonMap, options: EditOptions): Promise<EditAnswer> {
  return change(id, options, () => input);
}

/**
 * PATCH: JSON merge patch (RFC 7396).
 * @throws {LockstepError} invalid_task, not_found, ambiguous_task, precondition_failed
 */
export function patchTask(id: string, patch: JsonMap, options: EditOptions): Promise<EditAnswer> {
  return change(id, options, (now) => {
    const { id: _id, updated_at: _stamp, ...content } = now;
    return mergePatch(content, patch) as JsonMap;
  });
}

/**
 * Deletes a task.
 * @throws {LockstepError} not_found, ambiguous_task, precondition_failed
 */
export async function deleteTask(id: string, options: EditOptions): Promise<EditAnswer> {
  return writeAndSync(`task ${id}`, options, async (tx) => {
    const { row, json } = await lockOnlyRow(tx, id, options);
    if ((await deleteTasks(tx, row.source, [row.id])) === 0) throw dropped(row.id);
    return { source: row.source, key: row.id, deleted: json };
  });
}

async function change(
  id: string,
  options: EditOptions,
  edit: (now: JsonMap) => JsonMap,
): Promise<EditAnswer> {
  return writeAndSync(`task ${id}`, options, async (tx) => {
    const { row, json } = await lockOnlyRow(tx, id, options);
    const now = parseStoredTask(row);
    const wanted = edit(json);
    if (wanted["id"] !== undefined && String(wanted["id"]) !== row.id) {
      const message = "a task keeps its id; create another and delete this one";
      throw new LockstepError("invalid_task", `id: ${message}`, { errors: [{ field: "id", message }] });
    }
    const { source: _source, ...fields } = wanted;
    const task = validTask({ ...fields, id: currentId(now, row), updated_at: null });
    const same = now.ok && equalContent(now.task, task);
    if (!same && (await updateTasks(tx, row.source, [task])).length === 0) throw dropped(row.id);
    return { source: row.source, key: row.id, unchanged: same };
  });
}

function dropped(key: TaskKey): LockstepError {
  return new LockstepError("row_refused", `a trigger in the database drops the change of task ${key}`);
}

function currentId(now: ReturnType<typeof parseStoredTask>, row: StoredTask): Json {
  return now.ok ? now.task.id : row.id;
}

/** Locks the only row with this id, checks `If-Match`, and returns the row and the task as GET shows it. */
async function lockOnlyRow(
  tx: pg.PoolClient,
  id: string,
  { source, ifMatch }: EditOptions,
): Promise<{ row: StoredTask; json: TaskJson }> {
  const rows = /^[\w.-]{1,128}$/.test(id) ? await findTaskRows(tx, id, source, true) : [];
  const [row, ...others] = rows;
  if (!row) throw new LockstepError("not_found", `there is no task ${JSON.stringify(id)}`);
  if (others.length > 0) {
    const sources = rows.map((each) => each.source);
    throw new LockstepError("ambiguous_task", `task ${id} is in several sources; name one with ?source=`, {
      sources,
    });
  }
  const json = shownTask(row);
  const etag = taskEtag(json);
  if (ifMatch !== undefined && !namesEtag(ifMatch, etag)) {
    throw new LockstepError("precondition_failed", "the task has changed since you read it; read it again", {
      etag,
      task: json,
    });
  }
  return { row, json };
}

/**
 * Writes the edit, requests the run in the same transaction, waits for it, and says how far the edit came.
 * Both waits, for the row and for the run, are within `SYNC_WAIT_MS`.
 */
async function writeAndSync(
  what: string,
  options: EditOptions,
  write: (tx: pg.PoolClient) => Promise<Omit<Written, "request"> & { unchanged?: boolean }>,
): Promise<EditAnswer> {
  const { SYNC_WAIT_MS } = env();
  const began = performance.now();
  const written = await writeAsActor(options.actor, what, async (tx): Promise<Written> => {
    const { unchanged, ...rest } = await write(tx);
    if (unchanged) return { ...rest, request: null };
    return { ...rest, request: await requestEditRun(tx, options.actor, rest.source) };
  }).catch(asRefusal);
  if (written.request !== null) wakeAfterCommit(written.source);
  const waited = options.wait && written.request !== null;
  const answer =
    waited && written.request !== null
      ? await waitWhileWorked(
          written.source,
          written.request,
          Math.max(0, SYNC_WAIT_MS - (performance.now() - began)),
        )
      : null;
  const sync = await editSync(written.source, written.key, {
    answered: answer !== null || written.request === null,
    carried:
      answer !== null &&
      "run" in answer &&
      (answer.run.outcome === "succeeded" || answer.run.outcome === "conflicted"),
    waited,
  });
  const task = written.deleted ?? (await currentJson(written));
  return { task, etag: taskEtag(task), sync };
}

/** Turns a refusal by a constraint or trigger of the database into an error for the client. */
function asRefusal(error: unknown): never {
  const refusal = refusalOf(error);
  if (refusal === null || refusal.busy) throw error;
  throw new LockstepError("row_refused", `the database refuses the change: ${refusal.message}`);
}

/** Without a worker no answer can come, so waiting would be pointless. */
async function waitWhileWorked(source: string, request: string, ms: number): Promise<RunAnswer | null> {
  const first = Math.min(ms, LOOK_FOR_WORKER_MS);
  const early = await waitForAnswer(request, first);
  if (early || !(await canRun(source))) return early;
  return waitForAnswer(request, ms - first);
}

async function currentJson({ source, key }: Written): Promise<TaskJson> {
  const [row] = await findTaskRows(pool(), key, source, false);
  // Another request deleted the task while the run carried it.
  if (!row) throw new LockstepError("not_found", `task ${key} was deleted meanwhile`);
  return shownTask(row);
}

async function canRun(source: string): Promise<boolean> {
  const { running, removed } = await workerOf(pool(), source);
  return running && !removed;
}
