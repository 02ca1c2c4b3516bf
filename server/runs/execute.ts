import type { Problem } from "../../lib/problem.ts";
import { itemsOfFileWrite, withoutLeftOut } from "../../lib/sync/rename-halves.ts";
import type { DecidedConflict, IntentItem } from "../../lib/sync/recover.ts";
import type { PendingReason, PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { MayWrite, SideEdit, SideTasks, Snapshot } from "../endpoints/endpoint.ts";
import { EndpointChanged, EndpointTaken } from "../endpoints/errors.ts";
import { saveIntent } from "../store/file-intents.ts";
import type { CurrentRun } from "./current-run.ts";
import { decidedAtOnce, decidedByPeople } from "./decided-at-once.ts";
import type { Findings } from "./findings.ts";
import type { KnownTasks } from "./known-tasks.ts";
import { StartOver } from "./source-context.ts";
import { leaveOtherHalves, leaveOut, type LeftOut } from "./left-out.ts";
import { whatWasLeft } from "./left-by-write.ts";
import { type RowTarget, type RowWrite, writeRows } from "./write-rows.ts";

export interface ExecutedPlan {
  /** What was done; a task whose change one of the sides did not take is not among the items. */
  items: PlanItem[];
  /** Tasks that wait for another run, and why. */
  left: Map<TaskKey, PendingReason>;
  problems: Problem[];
  /** Tasks of which the database has refused the row. */
  refused: ReadonlySet<TaskKey>;
  /** The file as it is now. */
  snapshot: Snapshot;
  fileWritten: boolean;
  unwritable: boolean;
  /** The file did not take all of it. A row that the database does not take concerns its own task only. */
  failed: boolean;
  /** Who asked for the change of a task; a task that is not in it was changed by an edit of the file. */
  actors: ReadonlyMap<TaskKey, string>;
  /** Conflicts that the policy or force has decided, also those of tasks that wait now. */
  decided: readonly DecidedConflict[];
}

/**
 * Carries out a plan: rows first (not yet committed), then the file, so that all that can fail has failed
 * before the file is touched. A row that the database does not take keeps its own task pending on both
 * sides, and a file that cannot be written keeps all its tasks; everything else of the plan goes through.
 * @throws {StartOver} when a side is not what the plan was made from.
 * @throws {EndpointTaken} the run has lost the source.
 */
export async function execute(
  run: CurrentRun,
  findings: Findings,
  actors: ReadonlyMap<TaskKey, string>,
): Promise<ExecutedPlan> {
  const { file, known } = findings;
  const { context } = run;
  const rowTarget = targetOf(run, findings, actors);
  const { edit, done, leftOut, undoRows } = await writeWhatHolds(run, findings, rowTarget);
  const { left, problems, refused } = leftOut;
  const outcome = {
    items: done,
    left,
    problems,
    refused,
    snapshot: file,
    fileWritten: false,
    unwritable: false,
    failed: edit.refused.size > 0,
    actors,
    decided: decidedAtOnce(run, findings),
  };
  if (edit.write === null) return outcome;
  const decisions = [...decidedByPeople(run, findings), ...outcome.decided];
  const decided = new Map(decisions.map((each) => [each.conflict.key, each]));
  try {
    const snapshot = await edit.write(async (revisionAfter) => {
      const saved = await saveIntent(context.pool, context.source, await run.lease.renew(), {
        revision_before: file.revision,
        revision_after: revisionAfter,
        items: itemsOfFileWrite(done).map((item) => ({
          ...intentItem(item, known, actors, edit.tasks),
          fingerprintBefore: file.tasks.fingerprintOf(item.key) ?? null,
          ...(decided.has(item.key) ? { decided: decided.get(item.key) } : {}),
        })),
      });
      if (!saved) throw new EndpointTaken(context.endpoint.place);
    }, mayGoOn(run));
    return { ...outcome, snapshot, fileWritten: true };
  } catch (error) {
    if (error instanceof EndpointChanged)
      throw new StartOver("the file was saved during the run", 0, { snapshot: file });
    const written = whatWasLeft(error, done);
    await undoRows();
    for (const [key, { reason }] of written.left) left.set(key, reason);
    problems.push(...written.problems);
    leaveOtherHalves(done, leftOut);
    const possible = done.filter(({ key }) => !left.has(key));
    const { failures } = await writeRows(rowTarget, rowWrites(possible, known));
    leaveOut(failures, leftOut);
    leaveOtherHalves(possible, leftOut);
    const items = possible.filter(({ key }) => !left.has(key));
    const { snapshot = file, unwritable } = written;
    return { ...outcome, items, snapshot, fileWritten: snapshot !== file, unwritable, failed: true };
  }
}

/** Asked before each piece of a write, which may take long: who asks gets on. */
function mayGoOn({ lease }: CurrentRun): MayWrite {
  return () => {
    lease.moved();
    return lease.mayWrite();
  };
}

interface WrittenHalf {
  /** The other half, ready to be written. */
  edit: SideEdit;
  done: PlanItem[];
  leftOut: LeftOut;
  undoRows(): Promise<void>;
}

/**
 * Writes the rows of all items that both sides take. An item whose row the database refuses is left out of
 * the file's edit as well, which is then made anew.
 */
async function writeWhatHolds(
  run: CurrentRun,
  { file, known, earlier, decision: { plan } }: Findings,
  rowTarget: RowTarget,
): Promise<WrittenHalf> {
  const { items } = plan;
  const leftOut: LeftOut = { left: new Map(), problems: [], refused: new Set() };
  const { left, problems } = leftOut;
  for (;;) {
    const tried = withoutLeftOut(items, (key) => left.has(key));
    const edit = await file.edit(tried, run.context.clock.now(), earlier);
    const done = withoutLeftOut(tried, (key) => edit.refused.has(key));
    const rows = await writeRows(rowTarget, rowWrites(done, known));
    if (rows.failures.size === 0) {
      for (const key of edit.refused.keys()) left.set(key, "problem");
      problems.unshift(...edit.refused.values());
      leaveOtherHalves(items, leftOut);
      return { edit, done, leftOut, undoRows: rows.undo };
    }
    await rows.undo();
    leaveOut(rows.failures, leftOut);
  }
}

/** A task that was edited since it was refused is tried like any other. */
function targetOf(
  { context, tx, work, edits }: CurrentRun,
  { candidates: { fileKeys } }: Findings,
  actors: ReadonlyMap<TaskKey, string>,
): RowTarget {
  const edited = new Set([...fileKeys, ...edits.map(({ task_id }) => task_id)]);
  const waiting = new Map([...work.pending].filter(([key]) => !edited.has(key)));
  return { tx, source: context.source, actors, waiting };
}

function rowWrites(items: readonly PlanItem[], { byKey }: KnownTasks): RowWrite[] {
  return items.flatMap(({ key, database }) =>
    database === undefined ? [] : [{ key, task: database, exists: byKey.get(key)?.row !== undefined }],
  );
}

function intentItem(
  { key, database, ancestor, merged, action, before, renamedFrom }: PlanItem,
  { byKey }: KnownTasks,
  actors: ReadonlyMap<TaskKey, string>,
  after: SideTasks,
): IntentItem {
  const actor = actors.get(key);
  return {
    key,
    databaseBefore: byKey.get(key)?.row?.content ?? null,
    databaseAfter: database,
    ancestor,
    fingerprint: after.fingerprintOf(key) ?? null,
    told: { action, before },
    ...(actor === undefined ? {} : { actor }),
    ...(merged ? { merged } : {}),
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
  };
}
