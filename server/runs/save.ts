import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Problem } from "../../lib/problem.ts";
import type { LockstepEvent } from "../../lib/protocol/event.ts";
import { changedTasks, type RunSummary } from "../../lib/protocol/run.ts";
import { conflictDetected, runEvents } from "../../lib/run/events.ts";
import { type RunAnswer, runAnswer } from "../../lib/run/request.ts";
import { resolutionsLeft } from "../../lib/run/resolutions-left.ts";
import { summarise } from "../../lib/run/summarise.ts";
import { changesASide } from "../../lib/sync/changes-a-side.ts";
import type { PendingReason } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { dropIntent } from "../store/file-intents.ts";
import { saveRenames } from "../store/renamed-tasks.ts";
import { savePending } from "../store/pending-tasks.ts";
import { answerLookRequests, answerRequests } from "../store/requests.ts";
import { saveChanges, saveRun } from "../store/runs.ts";
import { saveSuccess } from "../store/source-health.ts";
import { saveOlderFile, saveSourceState } from "../store/sources.ts";
import { forgetEdits } from "../store/task-edits.ts";
import { answered, type CurrentRun, type RunResult } from "./current-run.ts";
import type { ExecutedPlan } from "./execute.ts";
import type { Findings } from "./findings.ts";
import { saveAgreement } from "./save-agreement.ts";
import { keptText } from "./kept-text.ts";
import { type ConflictsAfterRun, saveRunConflicts } from "./save-conflicts.ts";
import { ageAfter, saveFileAge } from "./save-file-age.ts";

export interface SavedRun {
  result: RunResult;
  /** What is to be published when the run commits. */
  events: LockstepEvent[];
}

/** Saves everything that a run has to remember, in the transaction that also holds its rows. */
export async function save(run: CurrentRun, findings: Findings, executed: ExecutedPlan): Promise<SavedRun> {
  const { context, tx, work, edits } = run;
  const { candidates, decision, known } = findings;
  const problems = [...known.problems, ...decision.problems, ...executed.problems];
  const summary = summaryOf(run, findings, executed, problems);
  const conflicts = await saveRunConflicts(run, findings, executed, summary.id);
  const pending = pendingAfter(findings, executed);
  const age = ageAfter(run, findings, pending, summary.id);
  // Sent one behind the other without waiting: the connection keeps their order.
  await Promise.all([
    saveAgreement(run, findings, executed),
    savePending(tx, context.source, {
      before: work,
      looked: candidates.keys,
      pending,
      behind: age.behind,
      again: executed.refused,
    }),
    saveFileAge(run, findings, executed),
    saveRenames(tx, context.source, summary.id, executed.items),
    forgetEdits(tx, context.source, edits),
    executed.fileWritten ? dropIntent(tx, context.source) : undefined,
  ]);
  await saveState(run, findings, executed, problems, summary);
  const noticed = !isDeepStrictEqual(age.olderFile, work.source.older_file);
  if (noticed) await saveOlderFile(tx, context.source, age.olderFile);
  const events =
    noticed || isNoteworthy(run, summary, conflicts, problems)
      ? await remember(run, findings, executed, summary, conflicts)
      : await answerOnly(run, findings, executed, summary, conflicts);
  const edited = executed.items.some(
    ({ key, database }) => database !== undefined && !executed.actors.has(key),
  );
  const result = answered(run, {
    run: summary,
    failures: failuresAfter(run, findings, executed),
    snapshot: executed.snapshot,
    ...(edited ? { edited: findings.file } : {}),
  });
  return { result, events };
}

function summaryOf(
  { context, requests, instructions, startedAt }: CurrentRun,
  { decision }: Findings,
  { items, failed }: ExecutedPlan,
  problems: readonly Problem[],
): RunSummary {
  return summarise({
    id: randomUUID(),
    source: context.source,
    requests,
    direction: instructions.direction,
    startedAt,
    finishedAt: context.clock.now(),
    items,
    conflicts: decision.plan.conflicts.length,
    problems,
    failed,
  });
}

/** A run that changed nothing and that no caller waits for is not worth a line of history. */
function isNoteworthy(
  { work, requests }: CurrentRun,
  { counts }: RunSummary,
  { detected, closed }: ConflictsAfterRun,
  problems: readonly Problem[],
): boolean {
  if (!requests.unattended || work.source.halt !== null || changedTasks(counts)) return true;
  return detected.length > 0 || closed.length > 0 || !sameProblems(work.source.problems, problems);
}

async function remember(
  run: CurrentRun,
  findings: Findings,
  executed: ExecutedPlan,
  summary: RunSummary,
  conflicts: ConflictsAfterRun,
): Promise<LockstepEvent[]> {
  const { tx, edits, requests } = run;
  const items = executed.items.filter(changesASide);
  const decided = new Set(findings.decision.decidedByPolicy.map(({ key }) => key));
  const { texts, around } = keptText(run, items, { found: findings.file, now: executed.snapshot, decided });
  await Promise.all([
    saveRun(tx, summary, requests.requestedFrom, around),
    saveChanges(tx, summary.id, items, texts, executed.actors),
    answerRequests(tx, requests.ids, summary.id, answerOf(run, findings, executed, summary)),
    succeeded(summary) ? saveSuccess(tx, summary.source, summary.finished_at) : undefined,
  ]);
  return runEvents({
    ...conflicts,
    run: summary,
    fileChangedBy: requests.request.kind === "restore" ? summary.requested_by : "file",
    fileKeys: findings.candidates.fileKeys,
    items: executed.items,
    edits,
  });
}

async function answerOnly(
  run: CurrentRun,
  findings: Findings,
  executed: ExecutedPlan,
  summary: RunSummary,
  { refreshed }: ConflictsAfterRun,
): Promise<LockstepEvent[]> {
  const success = succeeded(summary) ? { source: summary.source, at: summary.finished_at } : null;
  await answerLookRequests(run.tx, run.requests.ids, answerOf(run, findings, executed, summary), success);
  return refreshed.map((conflict) => conflictDetected(summary.source, conflict, true));
}

/** A run with conflicts counts as well: every other task went through. */
function succeeded({ outcome }: RunSummary): boolean {
  return outcome === "succeeded" || outcome === "conflicted";
}

function answerOf(
  { requests, instructions }: CurrentRun,
  { decision }: Findings,
  { left, problems }: ExecutedPlan,
  summary: RunSummary,
): RunAnswer {
  const notTaken = resolutionsLeft(instructions.resolutions, left, problems);
  return runAnswer(requests.request.kind, summary, [...decision.refused, ...notTaken]);
}

function failuresAfter(
  { work }: CurrentRun,
  { decision }: Findings,
  { unwritable, left }: ExecutedPlan,
): number {
  const reasons = [...decision.plan.pending.values(), ...left.values()];
  if (unwritable || reasons.includes("busy")) return work.source.failures + 1;
  // Each run tries some of them, so the next one may follow soon.
  return reasons.includes("untried") ? 1 : 0;
}

function pendingAfter({ decision }: Findings, { left }: ExecutedPlan): Map<TaskKey, PendingReason> {
  const { pending, conflicts } = decision.plan;
  return new Map<TaskKey, PendingReason>([
    ...pending,
    ...conflicts.map(({ key }) => [key, "conflict"] as const),
    ...left,
  ]);
}

async function saveState(
  run: CurrentRun,
  findings: Findings,
  executed: ExecutedPlan,
  problems: Problem[],
  { counts }: RunSummary,
): Promise<void> {
  const { context, tx, work, requests } = run;
  const { snapshot } = executed;
  const { full } = findings.candidates;
  const { source } = work;
  const idle = source.halt === null && source.failures === 0 && source.phase === "idle";
  const sameFile = source.file_revision === snapshot.revision && sameProblems(source.problems, problems);
  if (requests.unattended && !changedTasks(counts) && !full && idle && sameFile) return;
  await saveSourceState(tx, context.source, {
    reconciledRevision: snapshot.revision,
    file: snapshot,
    problems,
    halt: null,
    failures: failuresAfter(run, findings, executed),
    ...(full ? { comparedAt: context.clock.now().toISOString() } : {}),
  });
}

function sameProblems(before: readonly Problem[], now: readonly Problem[]): boolean {
  return isDeepStrictEqual(before, JSON.parse(JSON.stringify(now)));
}
