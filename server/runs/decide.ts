import type pg from "pg";
import type { Problem } from "../../lib/problem.ts";
import type { RefusedResolution } from "../../lib/protocol/run-request.ts";
import type { HaltJson } from "../../lib/protocol/run.ts";
import { nextRun } from "../../lib/schedule/cron.ts";
import { haltReason } from "../../lib/sync/guard.ts";
import { reconcileInSteps } from "../../lib/sync/reconcile.ts";
import type { Conflict, Plan, ReconcileOptions, Resolution } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";
import {
  type OpenConflict,
  openConflicts,
  type ResolvedConflict,
  loadResolvedConflicts,
} from "../store/conflicts.ts";
import type { RunWork } from "../store/run-work.ts";
import { inSlices } from "../in-slices.ts";
import { loadChanges } from "../store/runs.ts";
import { countTasks } from "../store/task-rows.ts";
import { askedChanges } from "./asked-changes.ts";
import type { ChosenRequests } from "./choose-requests.ts";
import { type CandidateKeys, findCandidates } from "./find-candidates.ts";
import { decidedBy, policyResolutions } from "./conflict-policy.ts";
import { type LoadedCandidate, loadCandidates } from "./load-candidates.ts";
import type { CurrentRun } from "./current-run.ts";
import { reopened } from "./reopen.ts";
import { asRollback, withRollback } from "./rollback.ts";
import { type RetryHint, StartOver, type SourceContext } from "./source-context.ts";

export interface RunDecision {
  plan: Plan;
  halt: HaltJson | null;
  problems: Problem[];
  candidates: Map<TaskKey, LoadedCandidate>;
  found: CandidateKeys;
  open: Map<TaskKey, OpenConflict>;
  /** New conflicts that the source's policy resolved at once. */
  decided: Conflict[];
  refused: RefusedResolution[];
  /** Who asked for the change of a task; of any other, somebody edited the file. */
  actors: Map<TaskKey, string>;
}

/** Two reads of the file this far apart must agree before an absence is a deletion. */
export const SETTLE_MS = 200;
const TASKS_PER_STEP = 20;
const FULL_COMPARE_EVERY_MS = 3_600_000;

/** From what both sides and the ancestor say to what should be done; changes nothing. */
export async function decide(
  pass: CurrentRun,
  file: FileSnapshot,
  hint: RetryHint | null,
): Promise<RunDecision> {
  const { context, tx, work, requests } = pass;
  const { options } = requests;
  const only = options.tasks && new Set(options.tasks);
  const changes = (options.reverts ? await loadChanges(tx, options.reverts) : []).filter(
    (change) => only?.has(change.task_id) ?? true,
  );
  const found = await findCandidates(
    tx,
    work,
    file,
    context.snapshot,
    wantsFullCompare(context, work, requests),
  );
  for (const change of changes) found.keys.add(change.task_id);
  for (const { task_id } of options.resolutions ?? []) found.keys.add(task_id);

  const loaded = await loadCandidates(tx, context.source, found.keys, file, hint?.skipBusy ?? false);
  const settled = options.reverts
    ? await loadResolvedConflicts(tx, options.reverts)
    : new Map<TaskKey, ResolvedConflict>();
  const settings = reconcileOptions(pass);
  const rollback = asRollback(
    loaded.candidates,
    changes,
    context.clock.now().toISOString(),
    (candidate, left) => {
      const conflict = settled.get(candidate.key);
      return conflict && reopened(conflict, left, candidate, { ...settings, fileAbsenceBelieved: true });
    },
  );
  const candidates = new Map(loaded.candidates.map((candidate) => [candidate.key, candidate]));
  const open =
    found.keys.size > 0 ? await openConflicts(tx, context.source) : new Map<TaskKey, OpenConflict>();
  const { resolutions, closed } = stillOpen(requests, open, loaded.busy);

  const fileAbsenceBelieved = file.document.everyItemIdentified && hint?.revision === file.revision;
  const reconciled = (given: ReadonlyMap<TaskKey, Resolution>) =>
    inSlices(
      reconcileInSteps(
        rollback.candidates,
        { ...settings, fileAbsenceBelieved, resolutions: given },
        TASKS_PER_STEP,
      ),
    );
  const asked = await reconciled(resolutions);
  const byPolicy = policyResolutions(asked, pass.settings.policy, open, requests);
  const plan = byPolicy.size > 0 ? await reconciled(new Map([...resolutions, ...byPolicy])) : asked;
  const decided = decidedBy(asked.conflicts, plan, byPolicy);
  // Nothing but another edit of that row would make a run look at it again, and its problem would be forgotten.
  for (const { key, database } of loaded.candidates) if (database === "held") plan.pending.set(key, "held");
  plan.items = withRollback(plan.items, plan.conflicts, rollback, candidates);
  for (const key of loaded.busy) plan.pending.set(key, "busy");
  if (file.document.everyItemIdentified && [...plan.pending.values()].includes("unbelieved")) {
    throw new StartOver("a task is gone from the file", SETTLE_MS, { revision: file.revision });
  }
  return {
    plan,
    halt: await haltOf(context, tx, work, plan, file, requests),
    problems: [...file.document.problems, ...loaded.problems, ...rollback.problems, ...plan.problems],
    candidates,
    found,
    open,
    decided,
    refused: [...closed, ...refusals(plan, requests)],
    actors: askedChanges(requests, resolutions.keys(), rollback, found),
  };
}

function wantsFullCompare(
  context: SourceContext,
  work: RunWork,
  { options, trigger }: ChosenRequests,
): boolean {
  if (options.force || options.full || trigger === "startup" || work.source.compared_at === null) return true;
  return context.clock.now().getTime() - Date.parse(work.source.compared_at) > FULL_COMPARE_EVERY_MS;
}

function reconcileOptions({
  context,
  work,
  requests: { options },
  settings,
}: CurrentRun): Omit<ReconcileOptions, "fileAbsenceBelieved"> {
  const now = context.clock.now();
  const byApi = work.edits.filter((edit) => edit.task_id !== null && !edit.actor.startsWith("sql:"));
  const waiting = [...work.pending].filter(([, reason]) => reason === "unwritable").map(([key]) => key);
  return {
    strategy: settings.strategy,
    ownership: settings.ownership,
    direction: options.direction ?? "bidirectional",
    force: options.force ?? false,
    nextRun: (content) => nextRun(content.schedule_cron, content.timezone, now),
    apiWrites: new Set([...byApi.map((edit) => edit.task_id as TaskKey), ...waiting]),
  };
}

function stillOpen(
  { options }: ChosenRequests,
  open: ReadonlyMap<TaskKey, OpenConflict>,
  busy: readonly TaskKey[],
) {
  const resolutions = new Map<TaskKey, Resolution>();
  const closed: RefusedResolution[] = [];
  for (const { conflict_id, task_id, ...resolution } of options.resolutions ?? []) {
    if (busy.includes(task_id)) {
      closed.push({
        conflict_id,
        code: "unavailable",
        message: "Somebody is editing this row in the database right now; try again",
      });
    } else if (open.get(task_id)?.id === conflict_id) resolutions.set(task_id, resolution);
    else closed.push({ conflict_id, code: "conflict_closed", message: "This conflict is no longer open" });
  }
  return { resolutions, closed };
}

function refusals(plan: Plan, { options }: ChosenRequests): RefusedResolution[] {
  return (options.resolutions ?? []).flatMap(({ conflict_id, task_id }): RefusedResolution[] => {
    const code = plan.refused.get(task_id);
    if (!code) return [];
    const invalid = plan.problems.find((problem) => problem.task_id === task_id);
    const message = {
      stale_conflict: "A side has changed since this conflict was shown; look at it again",
      conflict_closed: "The sides agree by now; there is nothing left to resolve",
      invalid_task: invalid?.message ?? "The chosen values do not make a valid task",
    }[code];
    return [{ conflict_id, code, message }];
  });
}

async function haltOf(
  context: SourceContext,
  tx: pg.PoolClient,
  work: RunWork,
  plan: Plan,
  file: FileSnapshot,
  { options }: ChosenRequests,
): Promise<HaltJson | null> {
  const gone = (side: "file" | "database") =>
    plan.items.filter((item) => item[side] === null).map((item) => item.key);
  const deletions = { file: gone("file"), database: gone("database") };
  const all = [...new Set([...deletions.file, ...deletions.database])];
  // Confirmed is the very plan that was named or shown, never whatever the sides happen to say by now.
  const shown = options.plan_hash !== undefined || work.source.halt?.plan_hash === plan.hash;
  if (all.length < 2 || (options.allow_deletes && shown)) return null;
  const sizes = { file: file.document.size, database: await countTasks(tx, context.source) };
  const reason = haltReason({ deletions, sizes });
  return reason === null ? null : { reason, plan_hash: plan.hash, deletions: all };
}
