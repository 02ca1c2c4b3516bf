import type pg from "pg";
import type { OpenConflict } from "../../lib/sync/decide.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { Snapshot, UnreadableSide } from "../endpoints/endpoint.ts";
import { EndpointTaken } from "../endpoints/errors.ts";
import { loadAncestors } from "../store/ancestors.ts";
import { openConflicts } from "../store/conflicts.ts";
import { publish } from "../store/publish.ts";
import type { SourceLease } from "../store/source-lease.ts";
import { beginRun } from "../store/source-lock.ts";
import { inTransaction } from "../store/transaction.ts";
import { actorsOf } from "./actors.ts";
import { answerFileRequest } from "./answer-file-request.ts";
import { answerPreview, refusePreview, refuseStalePlan } from "./answer-preview.ts";
import { awaitSettled } from "./await-settled.ts";
import { claimRequests } from "./claim-requests.ts";
import type { CurrentRun, RunResult } from "./current-run.ts";
import { decide } from "./decide.ts";
import { execute } from "./execute.ts";
import { ageOfFile } from "./file-age.ts";
import { findCandidates } from "./find-candidates.ts";
import type { Findings } from "./findings.ts";
import { guard } from "./guard.ts";
import { knownTasks } from "./known-tasks.ts";
import { withLinesThatFit } from "./lines-that-fit.ts";
import { loadUndo } from "./load-undo.ts";
import { agreedFor, isHaltOver } from "./put-back.ts";
import { readFile } from "./read-file.ts";
import { readRows } from "./read-rows.ts";
import { recoverIntent } from "./recover-intent.ts";
import { save } from "./save.ts";
import { saveHalted, saveUnreadable } from "./save-stopped.ts";
import { type RunMemory, type SourceContext, StartOver } from "./source-context.ts";

const SOURCE_TAKEN = "the run has been silent for so long that another may have the source";

/**
 * One run of a source: everything that waits for it is answered by this run.
 *
 *   claim requests -> read file, read rows, load ancestors -> decide -> guard -> execute -> save -> publish
 *
 * All of it is one transaction, and the source's lock keeps every other run out, in whatever process. What
 * a run leaves undone is in the pending set or still in the outbox; what it did is in the history.
 * @throws {StartOver} when a side moved or is being saved, rows are busy, a deletion is to be seen twice, or the run
 *   has lost the source.
 */
export async function runSync(
  context: SourceContext,
  memory: RunMemory,
  lease: SourceLease,
): Promise<RunResult> {
  const work = async (tx: pg.PoolClient) => {
    lease.hold(tx);
    const run = await claimRequests(context, tx, lease, memory);
    return run ? answer(run) : nothingWaits(memory);
  };
  try {
    return await inTransaction(context.pool, work, beginRun(context.source, lease.ms));
  } catch (error) {
    if (!lease.isLost && !(error instanceof EndpointTaken)) throw error;
    context.log.warn({ source: context.source }, SOURCE_TAKEN);
    throw new StartOver(SOURCE_TAKEN, 0);
  } finally {
    lease.end();
  }
}

async function answer(run: CurrentRun): Promise<RunResult> {
  const answered = await answerFileRequest(run);
  if (answered) return answered;
  const file = await readFile(run);
  if (!file.ok) return stop(run, file, file.again ? run.work.source.failures + 1 : 0);
  const unsettled = awaitSettled(run, file.snapshot);
  // No watcher may tell when a save has ended that never became quiet, so the file is looked at again.
  if (unsettled) return stop(run, unsettled, 1);
  if (isHaltOver(run)) return refuseStalePlan(run, file.snapshot);
  if (run.work.intent) return recoverIntent(run, run.work.intent, file.snapshot);
  return reconcileSides(run, file.snapshot);
}

/** The file says nothing that counts. */
function stop(run: CurrentRun, file: UnreadableSide, failures = 0): Promise<RunResult> {
  return run.instructions.preview ? refusePreview(run, file) : saveUnreadable(run, file, failures);
}

async function reconcileSides(run: CurrentRun, file: Snapshot): Promise<RunResult> {
  const findings = await lookAtBothSides(run, file);
  const { decision } = findings;
  const halt = await guard(run, decision.plan, file);
  const { preview, planHash } = run.instructions;
  if (preview) return answerPreview(run, findings, halt);
  if (planHash !== null && planHash !== decision.plan.hash) return refuseStalePlan(run, file);
  if (halt) return saveHalted(run, findings, halt);
  const executed = await execute(run, findings, actorsOf(run, findings));
  const { result, events } = await save(run, findings, executed);
  await publish(run.tx, events);
  return result;
}

async function lookAtBothSides(run: CurrentRun, file: Snapshot): Promise<Findings> {
  const { tx, context } = run;
  const undo = await loadUndo(run, file);
  const candidates = await findCandidates(run, file, undo);
  const keys = [...candidates.keys].sort();
  const rows = await readRows(run, keys);
  const ancestors = agreedFor(run, await loadAncestors(tx, context.source, keys), file, rows);
  const open = keys.length > 0 ? await openConflicts(tx, context.source) : new Map<TaskKey, OpenConflict>();
  const age = await ageOfFile(run, file, keys, ancestors);
  const known = await knownTasks(keys, file, rows, ancestors, age);
  const decision = await withLinesThatFit(file, undo, (each) => decide(run, file, known, open, each));
  return { file, candidates, known, open, age, decision, earlier: undo?.text };
}

function nothingWaits({ snapshot }: RunMemory): RunResult {
  return { run: null, answered: false, failures: 0, rounds: [], snapshot };
}
