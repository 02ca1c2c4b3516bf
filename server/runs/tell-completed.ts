import { randomUUID } from "node:crypto";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { ChosenRequests } from "../../lib/run/choose-requests.ts";
import { runEvents } from "../../lib/run/events.ts";
import { summarise } from "../../lib/run/summarise.ts";
import { equalContent } from "../../lib/task/content.ts";
import type { Completion, DecidedConflict, IntentItem } from "../../lib/sync/recover.ts";
import type { Ancestor, PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import { closeConflicts, openConflicts } from "../store/conflicts.ts";
import type { Queryable } from "../store/pool.ts";
import { publish } from "../store/publish.ts";
import { saveRenames } from "../store/renamed-tasks.ts";
import { saveChanges, saveRun } from "../store/runs.ts";
import type { CurrentRun } from "./current-run.ts";
import { saveDecidedAtOnce } from "./decided-at-once.ts";
import { keptText } from "./kept-text.ts";

export interface CompletedTask extends Completion {
  item: IntentItem;
}

interface Killed {
  completed: readonly CompletedTask[];
  /** Tasks that were edited in the file since. Of these only what the run had decided is told. */
  editedSince: readonly IntentItem[];
  /** What both sides agreed on before. */
  agreed: ReadonlyMap<TaskKey, Ancestor>;
}

/**
 * Stores what the run that was killed has done as a run of its own: its edits are told like any others, and can be
 * undone.
 * @returns null when nothing that both sides agree on has changed, and nothing was decided.
 */
export async function tellCompleted(
  run: CurrentRun,
  file: Snapshot,
  { completed, editedSince, agreed }: Killed,
): Promise<RunSummary | null> {
  const { context, tx, instructions, startedAt } = run;
  const items = completed.flatMap((each) => changeOf(each, agreed.get(each.item.key)) ?? []);
  const decisions = [...completed.map(({ item }) => item), ...editedSince].flatMap(
    ({ decided }) => decided ?? [],
  );
  if (items.length === 0 && decisions.length === 0) return null;
  const requests = askedFor(run);
  const summary = summarise({
    id: randomUUID(),
    source: context.source,
    requests,
    direction: instructions.direction,
    startedAt,
    finishedAt: context.clock.now(),
    items,
    conflicts: 0,
    problems: [],
    failed: false,
  });
  const actors = new Map(completed.flatMap(({ item }) => (item.actor ? [[item.key, item.actor]] : [])));
  const { texts, around } = keptText(run, items, { found: file, now: file, decided: new Set() });
  await saveRun(tx, summary, requests.requestedFrom, around);
  await saveChanges(tx, summary.id, items, texts, actors);
  const renamed = completed.map(({ item: { key, renamedFrom } }) => ({
    key,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
  }));
  await saveRenames(tx, context.source, summary.id, renamed);
  await tellDecided(tx, context.source, summary.id, decisions);
  await publish(tx, eventsOf(summary, items));
  return summary;
}

/** What people, force or the policy decided in the run that was killed. */
async function tellDecided(
  tx: Queryable,
  source: string,
  runId: string,
  decisions: readonly DecidedConflict[],
): Promise<void> {
  const { closed, openBefore } = await saveDecidedAtOnce(
    tx,
    source,
    decisions,
    await openConflicts(tx, source),
  );
  await closeConflicts(tx, runId, [...closed, ...openBefore]);
}

/** What waits for a run is as a rule what the run that was killed was asked for. */
function askedFor({ requests, instructions }: CurrentRun): ChosenRequests {
  if (!instructions.preview) return requests;
  return { ...requests, trigger: "startup", requestedBy: "lockstep", requestedFrom: null };
}

function changeOf({ item, row, ancestor }: CompletedTask, agreed: Ancestor | undefined): PlanItem | null {
  const before = item.told ? item.told.before : (agreed?.content ?? null);
  const after = ancestor?.content ?? null;
  const isSame = before === after || (before && after && equalContent(before, after));
  // Where a conflict was decided, the file has changed although what both sides agree on has not.
  if (isSame && !item.decided) return null;
  return {
    key: item.key,
    action: item.told?.action ?? (before === null ? "create" : after === null ? "delete" : "update"),
    merged: item.merged ?? false,
    before,
    after,
    file: item.fingerprint === null ? null : { stamp: null },
    ...(row === undefined ? {} : { database: row }),
    ancestor,
  };
}

function eventsOf(run: RunSummary, items: readonly PlanItem[]) {
  const nothing = { detected: [], refreshed: [], closed: [], taskOf: new Map(), edits: [] };
  return runEvents({ ...nothing, run, items, fileKeys: new Set(), fileChangedBy: "file" });
}
