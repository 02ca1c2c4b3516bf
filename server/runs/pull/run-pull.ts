import { randomUUID } from "node:crypto";
import type pg from "pg";
import { chooseRequests } from "../../../lib/run/choose-requests.ts";
import { refusal, type RunAnswer, type RunRequest } from "../../../lib/run/request.ts";
import { eachObject, lastPulled } from "../../store/object-tree.ts";
import { loadFields, progressOf } from "../../store/pull-lists.ts";
import { openPull } from "../../store/pulls.ts";
import { answerRequests } from "../../store/requests.ts";
import { takeRunWork } from "../../store/run-work.ts";
import type { SourceLease } from "../../store/source-lease.ts";
import { beginRun } from "../../store/source-lock.ts";
import { inTransaction } from "../../store/transaction.ts";
import type { RunResult } from "../current-run.ts";
import { StartOver } from "../source-context.ts";
import { finishPull } from "./finish-pull.ts";
import { PageWriter } from "./page-writer.ts";
import { planPull } from "./plan-pull.ts";
import { provePull } from "./prove-pull.ts";
import type { CollectionContext } from "./collection-context.ts";
import type { Pull, PullRun } from "./pull-run.ts";
import { readSingles } from "./read-lists.ts";

const SOURCE_TAKEN = "the pull has been silent for so long that another may have the source";

/**
 * One run of a source that is pulled: everything that waits for it is answered by this run.
 *
 *   claim requests -> plan -> read lists, write what changed -> prove -> guard -> delete, save -> publish
 *
 * The source is held by one transaction. What is read is committed beside it in batches, so that a pull that is killed goes
 * on where it was; deletions, the history's entry and the answers are saved with that transaction at the end.
 * @throws {StartOver} when the run has lost the source.
 */
export async function runPull(context: CollectionContext, lease: SourceLease): Promise<RunResult> {
  const work = async (tx: pg.PoolClient): Promise<RunResult> => {
    lease.hold(tx);
    const startedAt = context.clock.now();
    const waiting = await takeRunWork(tx, context.source);
    const requests = waiting && chooseRequests(waiting.requests, []);
    if (!requests) return { run: null, answered: false, failures: 0, rounds: [], snapshot: undefined };
    return answer({ context, tx, lease, work: waiting, requests, startedAt });
  };
  try {
    return await inTransaction(context.pool, work, beginRun(context.source, lease.ms));
  } catch (error) {
    if (!lease.isLost) throw error;
    context.log.warn({ source: context.source }, SOURCE_TAKEN);
    throw new StartOver(SOURCE_TAKEN, 0);
  } finally {
    lease.end();
  }
}

async function answer(run: PullRun): Promise<RunResult> {
  const { request } = run.requests;
  if (request.kind === "sync") return pullObjects(run, request);
  const reply: RunAnswer =
    request.kind === "sample_source"
      ? await sample(run, request)
      : refusal(
          "invalid_request",
          `${run.context.source} is pulled from an API: it has no file, no dry run and no undo`,
        );
  await answerRequests(run.tx, run.requests.ids, null, reply);
  return { run: null, answered: true, failures: 0, rounds: run.requests.rounds, snapshot: undefined };
}

async function pullObjects(run: PullRun, request: RunRequest<"sync">): Promise<RunResult> {
  const { context, startedAt } = run;
  const { source, pool, collection } = context;
  const plan = await planPull(run, request);
  const holder = randomUUID();
  const row = await inTransaction(pool, (tx) =>
    openPull(tx, {
      source,
      run_id: randomUUID(),
      kind: plan.kind,
      config: collection.fingerprint,
      wish: plan.wish,
      holder,
      started_at: startedAt,
    }),
  );
  const writer = new PageWriter(context, row, holder, await loadFields(pool, source));
  for (const [list, progress] of await progressOf(pool, source, row.id)) writer.lists.set(list, progress);
  writer.counts.lists_read = [...writer.lists.values()].filter(({ done }) => done).length;
  const pull: Pull = { run, plan, row, writer, failures: [], gone: [] };
  if (plan.ids) {
    await readSingles(pull, plan.ids);
    return finishPull(pull, holder, { reason: null, missing: pull.gone.sort() });
  }
  const orphaned = await withoutParents(run);
  if (orphaned !== null) pull.failures.push({ code: "incomplete_pull", message: orphaned });
  const proof = orphaned === null ? await provePull(pull) : { reason: orphaned, missing: [] };
  return finishPull(pull, holder, proof);
}

/** Why there are no lists to read yet; null: there are, or there are none to be. */
async function withoutParents({ context, tx }: PullRun): Promise<string | null> {
  const { parent } = context.collection;
  if (parent?.kind !== "path") return null;
  const { fullAt } = await lastPulled(tx, parent.source);
  if (fullAt) return null;
  for await (const _ of eachObject(tx, parent.source, null)) return null;
  return `${context.source} hangs from ${parent.source}, which has not been pulled yet`;
}

async function sample({ context, tx }: PullRun, request: RunRequest<"sample_source">): Promise<RunAnswer> {
  const { collection } = context;
  const { resource = {}, parent: wanted } = request;
  if (collection.parent?.kind !== "path")
    return { kind: "sample_source", sample: await collection.sample(resource, null) };
  const { source } = collection.parent;
  for await (const [parent] of eachObject(tx, source, wanted === undefined ? null : [wanted])) {
    if (parent) return { kind: "sample_source", sample: await collection.sample(resource, parent) };
  }
  return refusal(
    "not_found",
    `there is no object ${wanted ?? ""} of ${source} to ask for; pull ${source} first`,
  );
}
