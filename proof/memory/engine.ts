import { canonicalJson } from "../../lib/json.ts";
import { positionsOfRun } from "../../lib/sync/carried.ts";
import { decideInSteps, type OpenConflict, type RunDecision, type UndoneRun } from "../../lib/sync/decide.ts";
import { deletionsOf, haltReason } from "../../lib/sync/guard.ts";
import {
  type Completion,
  completionAfterCrash,
  type IntentItem,
  isEditedSince,
  rememberingCarried,
  writtenItems,
} from "../../lib/sync/recover.ts";
import type { Direction, LoadedCandidate, Side } from "../../lib/sync/types.ts";
import { withUnseen } from "../../lib/sync/unseen.ts";
import { contentMap, contentOf } from "../../lib/task/content.ts";
import type { TaskContent, TaskKey } from "../../lib/task/task.ts";
import { simulatedNextRun } from "../../lib/sync/testing/simulator.ts";
import type { EarlierText } from "../../lib/yaml/earlier-text.ts";
import type { Snapshot } from "../../server/endpoints/endpoint.ts";
import type { RunAsk, RunReport } from "../play/subject.ts";
import { withLinesThatFit } from "../../server/runs/lines-that-fit.ts";
import { type Attempt, commit, isFull, report } from "./attempt.ts";
import { execute } from "./execute.ts";
import { ageOfFile, rememberDeletion } from "./file-age.ts";
import { save } from "./save.ts";
import { copyOf, type Store, type StoredRun } from "./store.ts";

/** The run is to begin anew: a side moved, or an absence has to be seen twice. */
export class Again extends Error {}

/**
 * The steps of `runSync`, with the same pure code for every decision and edit, on stores in memory: what the
 * real engine asks PostgreSQL for is a map here.
 */
export async function attempt(run: Attempt): Promise<RunReport> {
  const store = copyOf(run.state.store);
  const outbox = [...store.outbox];
  await run.point("requests claimed");
  const read = await run.endpoint.read(run.memory.snapshot);
  await run.point("file read");
  if (!read.ok) return report("failed", null, 0, [read.problem.message]);
  const file = read.snapshot;
  if (store.intent) return recover(run, store, file);
  const undone = undoneRun(run, store);
  const undo = undone && { ...undone, recalled: await file.recall(undone.text) };
  const keys = candidateKeys(run, store, file, undo);
  run.state.locked = new Set(keys);
  store.rows = new Map(run.state.store.rows);
  await run.point("rows read");
  const age = ageOfFile(run, store, file);
  const candidates = keys
    .filter((key) => !run.held.has(key))
    .map((key) => withUnseen(candidateOf(key, store, file), age));
  const decision = await withLinesThatFit(file, undo, (each) => decide(run, store, file, candidates, each));
  if (decision.mustReadAgain && [...file.tasks.held].every((key) => store.ancestors.has(key))) {
    run.memory.absentIn = file.revision;
    run.memory.snapshot = file;
    throw new Again("a task is gone from the file");
  }
  const halt = haltHash(run, store, file, decision);
  if (halt !== null) {
    store.haltHash = halt;
    commit(run, store);
    return { ...report("halted", null, 0, []), planHash: halt };
  }
  const { items, snapshot, left } = await execute(run, store, {
    file,
    decision,
    candidates,
    earlier: undone?.text,
  });
  return save(run, store, { outbox, keys, decision, items, left, snapshot, candidates, file, age });
}

/** Nothing of the file's text was kept. */
const NO_TEXT: EarlierText = { tasks: new Map(), seams: [], reworded: {}, metadata: {} };

/** As `recoverIntent` does it. */
function recover(run: Attempt, store: Store, file: Snapshot): never {
  const { tasks } = file;
  store.rows = new Map(run.state.store.rows);
  const changes: StoredRun["changes"] = [];
  /** Tasks of which what the run had decided is told. */
  const told = new Set<TaskKey>();
  const decided = store.intent?.decided ?? [];
  const items = store.intent?.items ?? [];
  for (const item of items) {
    if (!isEditedSince(item, tasks.fingerprintOf(item.key) ?? null)) continue;
    told.add(item.key);
    const known = store.ancestors.get(item.key);
    if (known) store.ancestors.set(item.key, { ...known, ...rememberingCarried(known, item) });
  }
  for (const item of writtenItems(items, (each) => saysSo(each, tasks))) {
    told.add(item.key);
    const { row, ancestor } = completionAfterCrash(item, store.rows.get(item.key) ?? null);
    const isDecided = decided.some(({ task_id }) => task_id === item.key);
    changes.push(...completedChange(item, { row, ancestor }, isDecided));
    if (row === null) store.rows.delete(item.key);
    else if (row) store.rows.set(item.key, row);
    if (ancestor) store.ancestors.set(item.key, { ...ancestor, fingerprint: item.fingerprint });
    else {
      if (item.fingerprint === null)
        rememberDeletion(store, item.key, store.ancestors.get(item.key)?.content);
      store.ancestors.delete(item.key);
    }
  }
  store.filePosition = positionsOfRun(store.filePosition).written;
  rememberOlderFile(store);
  run.state.locked = new Set(store.intent?.items.map(({ key }) => key));
  const resolved = decided.filter(({ task_id }) => told.has(task_id));
  for (const { task_id, id } of resolved) if (id !== undefined) store.conflicts.delete(task_id);
  store.intent = null;
  store.comparedAt = null;
  const reverts = run.ask.kind === "undo" ? run.ask.run : null;
  store.runs.push({ id: `run ${store.runs.length + 1}`, changes, resolved, reverts, text: NO_TEXT });
  commit(run, store);
  throw new Again("a run that was killed had to be completed");
}

function saysSo({ key, fingerprint }: IntentItem, tasks: Snapshot["tasks"]): boolean {
  if (tasks.held.has(key)) return false;
  if (fingerprint === null) return tasks.everyItemIdentified && !tasks.has(key);
  return tasks.fingerprintOf(key) === fingerprint;
}

/** As `rememberOlderFile` does it in the real engine. */
function rememberOlderFile({ intent, fileRevision, revisions }: Store): void {
  if (!intent || intent.revisionBefore === fileRevision) return;
  const position = revisions.get(intent.revisionBefore);
  if (position !== undefined && !revisions.has(intent.revisionAfter))
    revisions.set(intent.revisionAfter, position);
}

/** As `tellCompleted` does it. */
function completedChange(
  { key, fingerprint, told }: IntentItem,
  { row, ancestor }: Completion,
  isDecided: boolean,
): StoredRun["changes"] {
  const says = (content: TaskContent | null | undefined) =>
    content ? canonicalJson(contentMap(content)) : null;
  const [before, after] = [says(told?.before), says(ancestor?.content)];
  if (before === after && !isDecided) return [];
  const action = told?.action ?? "update";
  const sides: readonly Side[] = row === undefined ? ["file"] : ["file", "database"];
  return [{ task_id: key, action: fingerprint === null ? "delete" : action, before, after, sides }];
}

function candidateKeys(run: Attempt, store: Store, file: Snapshot, undo: UndoneRun | null): TaskKey[] {
  const { ask, memory } = run;
  const full = isFull(run, store);
  const keys = new Set<TaskKey>([...store.pending.keys(), ...store.outbox.map(({ task }) => task)]);
  for (const key of changedInFile(store, file, memory.snapshot, full)) keys.add(key);
  if (full) for (const key of differingRows(store)) keys.add(key);
  if (ask.kind === "resolution") keys.add(ask.conflict.task);
  for (const { task_id } of undo?.changes ?? []) keys.add(task_id);
  for (const { renamed_to } of undo?.resolved.values() ?? []) if (renamed_to) keys.add(renamed_to);
  return [...keys].sort();
}

function changedInFile(
  store: Store,
  file: Snapshot,
  before: Snapshot | undefined,
  full: boolean,
): Iterable<TaskKey> {
  if (!full && store.fileRevision === file.revision) return [];
  if (!full && before?.revision === store.fileRevision) return before ? file.changedSince(before) : [];
  const keys = new Set([...file.tasks.keys(), ...store.ancestors.keys()]);
  return [...keys].filter((key) => store.ancestors.get(key)?.fingerprint !== file.tasks.fingerprintOf(key));
}

function differingRows({ rows, ancestors }: Store): TaskKey[] {
  return [...new Set([...rows.keys(), ...ancestors.keys()])].filter((key) => {
    const [row, ancestor] = [rows.get(key), ancestors.get(key)];
    if (!row || !ancestor) return true;
    return canonicalJson(contentMap(row)) !== canonicalJson(contentMap(ancestor.content));
  });
}

function candidateOf(key: TaskKey, store: Store, { tasks }: Snapshot): LoadedCandidate {
  const [row, ancestor] = [store.rows.get(key), store.ancestors.get(key)];
  return {
    key,
    ancestor,
    file: tasks.held.has(key) ? "held" : tasks.task(key),
    database: row && { task: row },
    fingerprint: ancestor?.fingerprint ?? null,
    row: row && { content: contentOf(row), updatedBy: null },
  };
}

function undoneRun({ ask, now }: Attempt, { runs }: Store) {
  if (ask.kind !== "undo") return null;
  const run = runs.find(({ id }) => id === ask.run);
  if (!run) throw new Error("the story undoes a run that never was");
  const resolved = new Map(run.resolved.map((each) => [each.task_id, each]));
  return { changes: run.changes, text: run.text, resolved, at: new Date(now).toISOString() };
}

function directionOf({ ask, settings }: Attempt): Direction {
  return ask.kind === "sync" ? (ask.direction ?? settings.direction) : "bidirectional";
}

function decide(
  run: Attempt,
  store: Store,
  file: Snapshot,
  candidates: readonly LoadedCandidate[],
  undo: UndoneRun | null,
): RunDecision {
  const { ask, settings, memory, held } = run;
  const { everyItemIdentified } = file.tasks;
  const waiting = [...store.pending].filter(([, reason]) => reason === "unwritable").map(([key]) => key);
  const byApi = store.outbox.filter(({ actor }) => !actor.startsWith("sql:")).map(({ task }) => task);
  const open = [...store.conflicts].map(([key, { id, conflict }]) => [
    key,
    { id, task_id: key, revision: conflict.revision, renamed_to: conflict.renamedTo },
  ]);
  const order = {
    before: () =>
      memory.snapshot?.revision === store.fileRevision ? memory.snapshot?.tasks.keys() : undefined,
    now: () => file.tasks.keys(),
  };
  const steps = decideInSteps({
    candidates,
    busy: [...held],
    busyGone: [...held].some((key) => store.ancestors.has(key) && !file.tasks.has(key)),
    order,
    everyItemIdentified,
    open: new Map(open as [TaskKey, OpenConflict][]),
    undo,
    resolutions: ask.kind === "resolution" ? [requested(ask)] : [],
    policy: settings.policy,
    position: positionsOfRun(store.filePosition).written,
    options: {
      strategy: settings.strategy,
      ownership: settings.ownership,
      direction: directionOf(run),
      force: ask.kind === "sync" && ask.force === true,
      nextRun: simulatedNextRun,
      fileAbsenceBelieved: everyItemIdentified && memory.absentIn === file.revision,
      apiWrites: new Set([...byApi, ...waiting]),
    },
  });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function requested({ conflict, choice, fields }: RunAsk & { kind: "resolution" }) {
  return { conflict_id: conflict.id, task_id: conflict.task, revision: conflict.revision, choice, fields };
}

function haltHash({ ask }: Attempt, store: Store, file: Snapshot, { plan }: RunDecision): string | null {
  const deletions = deletionsOf(plan);
  const sizes = { file: file.tasks.size, database: store.rows.size };
  if (new Set([...deletions.file, ...deletions.database]).size < 2) return null;
  if (ask.kind === "sync" && ask.confirm === plan.hash) return null;
  return haltReason({ deletions, sizes }) === null ? null : plan.hash;
}
