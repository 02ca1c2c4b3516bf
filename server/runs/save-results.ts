import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../../lib/problem.ts";
import type { RefusedResolution } from "../../lib/protocol/run-request.ts";
import { changedTasks, type RunSummary } from "../../lib/protocol/run.ts";
import type { PendingReason } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { ScheduleDocument } from "../../lib/yaml/document.ts";
import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";
import { forgetAncestors, saveAncestors, saveFingerprints } from "../store/ancestors.ts";
import { type ClosedConflict, closeConflicts, type OpenConflict, saveConflicts } from "../store/conflicts.ts";
import { dropIntent } from "../store/file-intents.ts";
import { savePending } from "../store/pending-tasks.ts";
import { answerLookRequests, answerRequests } from "../store/requests.ts";
import { saveChanges, saveRun } from "../store/runs.ts";
import { saveSourceState } from "../store/sources.ts";
import { forgetEdits } from "../store/task-edits.ts";
import { comeFrom } from "../store/transaction.ts";
import { changedTexts } from "./changed-texts.ts";
import { saveDecided } from "./save-decided.ts";
import type { RunDecision } from "./decide.ts";
import type { ExecutedPlan } from "./execute-plan.ts";
import type { CurrentRun, RunResult } from "./current-run.ts";
import { saveSuccess } from "../store/source-health.ts";
import { publish } from "../store/publish.ts";
import { detectedEvent, eventsOf } from "./run-events.ts";
import { summarise } from "./run-report.ts";

/** Everything a run has to remember, in the transaction that also holds its rows. */
export async function saveResults(
  pass: CurrentRun,
  decision: RunDecision,
  executed: ExecutedPlan,
  file: FileSnapshot,
): Promise<RunResult> {
  const { context, tx, work, requests } = pass;
  const problems = [...decision.problems, ...executed.problems];
  const run = summarise(randomUUID(), context.source, requests, pass.startedAt, context.clock.now(), {
    items: executed.items,
    conflicts: decision.plan.conflicts.length,
    problems,
    failed: executed.problems.length > 0,
  });
  const conflicts = sortConflicts(
    decision,
    executed,
    requests.requestedBy,
    requests.options.resolutions ?? [],
  );

  const settled = await saveDecided(pass, decision, executed, file);
  const closed = [...conflicts.closed, ...settled.closed];

  // Sent one behind the other without waiting: the connection keeps their order.
  const [saved] = await Promise.all([
    saveConflicts(tx, context.source, conflicts.found(file), decision.open),
    closed.length > 0 ? comeFrom(tx, requests.requestedFrom) : undefined,
    closeConflicts(tx, run.id, closed),
    saveAgreement(pass, decision, executed),
    savePending(tx, context.source, work.pending, decision.found.keys, pendingAfter(decision, executed)),
    forgetEdits(
      tx,
      work.edits.map((edit) => edit.id),
    ),
    executed.fileWritten ? dropIntent(tx, context.source) : undefined,
  ]);

  const noteworthy =
    !requests.unattended ||
    work.source.halt !== null ||
    changedTasks(run.counts) ||
    saved.detected.length > 0 ||
    closed.length > 0 ||
    !sameProblems(work.source.problems, problems);
  const answer = answerOf(run, decision.refused);
  // With conflicts too: every other task went through.
  const success =
    run.outcome === "succeeded" || run.outcome === "conflicted"
      ? { source: run.source, at: run.finished_at }
      : null;
  const state = saveState(pass, decision, executed, problems, run);
  if (noteworthy) {
    const items = executed.items.filter((item) => item.file !== undefined || item.database !== undefined);
    await Promise.all([
      state,
      saveRun(tx, run, requests.requestedFrom),
      saveChanges(
        tx,
        run.id,
        items,
        changedTexts(items, documentBefore(pass, file), executed.snapshot.document),
        decision.actors,
      ),
      publish(tx, eventsOf(pass, run, decision, executed, saved, settled.conflicts, closed)),
      answerRequests(tx, requests.ids, run.id, answer),
      success ? saveSuccess(tx, success.source, success.at) : undefined,
    ]);
  } else {
    const refreshed = saved.refreshed.map((conflict) => detectedEvent(context.source, conflict, true));
    await Promise.all([state, publish(tx, refreshed), answerLookRequests(tx, requests.ids, answer, success)]);
  }
  context.snapshot = executed.snapshot;
  const edited = executed.items.some(
    ({ key, database }) => database !== undefined && !decision.actors.has(key),
  );
  return {
    run,
    answered: true,
    failures: failuresAfter(pass, decision, executed),
    ...(edited ? { edited: file } : {}),
  };
}

/** How often in a row something could not be done that time alone may mend; it decides when to try again. */
function failuresAfter({ work }: CurrentRun, { plan }: RunDecision, { unwritable }: ExecutedPlan): number {
  return unwritable || [...plan.pending.values()].includes("busy") ? work.source.failures + 1 : 0;
}

/** The file as the last run left it: as this run found it, or as it was before the edit that this run carried. */
function documentBefore({ context, work }: CurrentRun, file: FileSnapshot): ScheduleDocument | undefined {
  return [context.snapshot, file].find((snapshot) => snapshot?.revision === work.source.file_revision)
    ?.document;
}

async function saveAgreement(
  { context, tx }: CurrentRun,
  decision: RunDecision,
  executed: ExecutedPlan,
): Promise<void> {
  const { document } = executed.snapshot;
  const fingerprint = (key: TaskKey) => document.fingerprintOf(key) ?? null;
  await saveAncestors(
    tx,
    context.source,
    executed.items.flatMap(({ key, ancestor }) =>
      ancestor ? [{ key, ancestor, fingerprint: fingerprint(key) }] : [],
    ),
  );
  await forgetAncestors(
    tx,
    context.source,
    executed.items.filter((item) => !item.ancestor).map((item) => item.key),
  );
  const touched = new Set(executed.items.map((item) => item.key));
  const reworded = [...decision.candidates.values()].filter(
    ({ key, ancestor, fingerprint: before }) =>
      ancestor &&
      !touched.has(key) &&
      !decision.plan.pending.has(key) &&
      !executed.left.has(key) &&
      fingerprint(key) !== before,
  );
  await saveFingerprints(
    tx,
    context.source,
    reworded.map(({ key }) => ({ key, fingerprint: fingerprint(key) })),
  );
}

function pendingAfter({ plan }: RunDecision, { left }: ExecutedPlan): Map<TaskKey, PendingReason> {
  const conflicts = plan.conflicts.map(({ key }) => [key, "conflict"] as const);
  return new Map<TaskKey, PendingReason>([...plan.pending, ...conflicts, ...left]);
}

function sortConflicts(
  decision: RunDecision,
  { left }: ExecutedPlan,
  by: string,
  resolutions: readonly { conflict_id: string; choice: ClosedConflict["choice"] }[],
) {
  const still = new Set(decision.plan.conflicts.map((conflict) => conflict.key));
  const chosen = new Map(resolutions.map((resolution) => [resolution.conflict_id, resolution.choice]));
  // Only what was looked at and is readable again can have closed; a held task's conflict stays, and so does one
  // whose resolution the file could not take.
  const over = ({ task_id }: OpenConflict) =>
    decision.found.keys.has(task_id) &&
    !still.has(task_id) &&
    !decision.plan.pending.has(task_id) &&
    !left.has(task_id);
  const closed = [...decision.open.values()].filter(over).map(({ id }): ClosedConflict => ({
    id,
    choice: chosen.get(id) ?? null,
    by: chosen.has(id) ? by : "lockstep",
  }));
  const found = (file: FileSnapshot) =>
    decision.plan.conflicts.map((conflict) => ({
      ...conflict,
      fileModifiedAt: file.modifiedAt,
      databaseUpdatedBy: decision.candidates.get(conflict.key)?.row?.updatedBy ?? null,
    }));
  return { closed, found };
}

async function saveState(
  pass: CurrentRun,
  decision: RunDecision,
  executed: ExecutedPlan,
  problems: Problem[],
  run: RunSummary,
): Promise<void> {
  const { context, tx, work, requests } = pass;
  const { found } = decision;
  const { snapshot } = executed;
  const unchanged =
    requests.unattended &&
    !changedTasks(run.counts) &&
    !found.full &&
    work.source.halt === null &&
    work.source.failures === 0 &&
    work.source.phase === "idle" &&
    work.source.file_revision === snapshot.revision &&
    sameProblems(work.source.problems, problems);
  if (unchanged) return;
  await saveSourceState(tx, context.source, {
    reconciledRevision: snapshot.revision,
    file: { size: snapshot.bytes.length, modifiedAt: snapshot.modifiedAt },
    problems,
    halt: null,
    failures: failuresAfter(pass, decision, executed),
    ...(found.full ? { comparedAt: context.clock.now().toISOString() } : {}),
  });
}

function answerOf(run: RunSummary, refused: RefusedResolution[]) {
  return refused.length > 0 ? { run, refused } : { run };
}

function sameProblems(before: Problem[], now: Problem[]): boolean {
  return isDeepStrictEqual(before, JSON.parse(JSON.stringify(now)));
}
