import { LockstepError } from "../../../lib/errors.ts";
import type { Actor } from "../../../lib/protocol/actor.ts";
import type { BulkKind } from "../../../lib/task/bulk-kinds.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import { logger } from "../../log.ts";
import {
  type BulkPart,
  finishBulkAction,
  insertBulkPart,
  keepTasksOfBulk,
  noteBulkProgress,
} from "../../store/bulk-actions.ts";
import { pool } from "../../store/pool.ts";
import { workerOf } from "../../store/workers.ts";
import { requestEditRun } from "../request-edit-run.ts";
import { wakeAfterCommit } from "../wake-after-commit.ts";
import { waitForAnswer } from "../wait-for-answer.ts";
import { writeAsActor } from "../write-as-actor.ts";
import { writeBulk, type WantedTasks } from "./write-bulk.ts";

/** The tasks between two looks at whether the action is to stop. */
const CHUNK = 250;
const LOOK_EVERY_MS = 1_000;
/** A run of many tasks may take this long. */
const LONGEST_MS = 600_000;

export interface BulkPlan {
  id: string;
  action: BulkKind;
  actor: Actor;
  sources: ReadonlyMap<string, WantedTasks>;
}

/**
 * Carries out the action: one transaction and one run for each source. It ends early when a person stops it, and then
 * what was written stays. It never throws, because no caller waits for it.
 */
export async function runBulk(plan: BulkPlan): Promise<void> {
  try {
    const requests: { source: string; request: string }[] = [];
    let done = 0;
    let position = 0;
    for (const [source, wanted] of plan.sources) {
      if (await noteBulkProgress(pool(), plan.id, done)) break;
      const part = await writePart(plan, { source, position, wanted, done });
      done += part.changed + part.unchanged + part.left_out.length;
      position += 1;
      if (part.request !== null) {
        wakeAfterCommit(source);
        requests.push({ source, request: part.request });
      }
    }
    for (const each of requests) await settle(plan.id, each.source, each.request, done);
    await finishBulkAction(pool(), plan.id, done);
  } catch (error) {
    // Without an end, the action is shown as interrupted, with what it had committed.
    logger("http").error({ err: error, bulk: plan.id }, "a bulk action failed");
  }
}

interface PartOfPlan {
  source: string;
  position: number;
  wanted: WantedTasks;
  /** The tasks of the sources before it. */
  done: number;
}

/** Writes the tasks of one source, and asks for its run. A source that cannot be written holds back no other. */
async function writePart(plan: BulkPlan, part: PartOfPlan): Promise<BulkPart> {
  try {
    return await writeAsActor(plan.actor, `tasks of ${part.source}`, async (tx) => {
      const written: BulkPart & { left_out: BulkPart["left_out"][number][] } = {
        ...nothing(part),
        left_out: [],
      };
      const tasks = [...part.wanted];
      for (let at = 0; at < tasks.length; at += CHUNK) {
        if (at > 0 && (await noteBulkProgress(pool(), plan.id, part.done + at))) break;
        const chunk = new Map(tasks.slice(at, at + CHUNK));
        const { changed, unchanged, left_out } = await writeBulk(tx, plan.action, part.source, chunk);
        await keepTasksOfBulk(tx, plan.id, part.source, changed);
        written.changed += changed.length;
        written.unchanged += unchanged;
        written.left_out.push(...left_out);
      }
      if (written.changed > 0) written.request = await requestEditRun(tx, plan.actor, part.source);
      await insertBulkPart(tx, plan.id, written);
      return written;
    });
  } catch (error) {
    const failure =
      error instanceof LockstepError
        ? error.message
        : "Something went wrong; the server's log has the details";
    if (!(error instanceof LockstepError))
      logger("http").error({ err: error }, "a part of a bulk action failed");
    const failed = { ...nothing(part), failure };
    await insertBulkPart(pool(), plan.id, failed);
    return failed;
  }
}

function nothing({ source, position }: PartOfPlan): BulkPart {
  return { source, position, changed: 0, unchanged: 0, left_out: [], failure: null, request: null };
}

/** Waits for the run that carries the edits, as long as there is a worker to do it. */
async function settle(id: string, source: string, request: string, done: number): Promise<void> {
  for (let waited = 0; waited < LONGEST_MS; waited += LOOK_EVERY_MS) {
    if (await waitForAnswer(request, LOOK_EVERY_MS)) return;
    await noteBulkProgress(pool(), id, done);
    const { running, removed } = await workerOf(pool(), source);
    if (!running || removed) return;
  }
}

/** The tasks by source and key. A task that is named twice counts once. */
export function bySource(
  tasks: readonly { source: string; key: TaskKey; etag: string | undefined }[],
): Map<string, Map<TaskKey, string | undefined>> {
  const sources = new Map<string, Map<TaskKey, string | undefined>>();
  for (const { source, key, etag } of tasks) {
    const wanted = sources.get(source) ?? new Map<TaskKey, string | undefined>();
    sources.set(source, wanted.set(key, etag));
  }
  return sources;
}
