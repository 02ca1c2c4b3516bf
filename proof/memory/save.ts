import { canonicalJson } from "../../lib/json.ts";
import { conflictsOver } from "../../lib/run/conflicts.ts";
import { changesASide } from "../../lib/sync/changes-a-side.ts";
import type { RunDecision } from "../../lib/sync/decide.ts";
import type { LoadedCandidate } from "../../lib/sync/types.ts";
import { contentMap } from "../../lib/task/content.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { SIDES } from "../model/model.ts";
import type { RunReport } from "../play/subject.ts";
import type { FileAge } from "../../lib/sync/unseen.ts";
import type { EarlierText } from "../../lib/yaml/earlier-text.ts";
import type { Snapshot } from "../../server/endpoints/endpoint.ts";
import { saveFileAge } from "./file-age.ts";
import { type Attempt, commit, isFull, report } from "./attempt.ts";
import { decisionOf, overruledIn } from "./decisions.ts";
import type { Executed } from "./execute.ts";
import type { Store, StoredDecision } from "./store.ts";

interface Done extends Executed {
  age: FileAge;
  outbox: Store["outbox"];
  keys: readonly TaskKey[];
  decision: RunDecision;
  candidates: readonly LoadedCandidate[];
  /** The file as the run read it. */
  file: Snapshot;
}

/** As `save` does it. */
export async function save(run: Attempt, store: Store, done: Done): Promise<RunReport> {
  const { decision, items, left, snapshot, keys } = done;
  const { plan } = decision;
  saveAgreement(store, done);
  for (const key of keys) store.pending.delete(key);
  for (const [key, reason] of [...plan.pending, ...left]) store.pending.set(key, reason);
  for (const { key } of plan.conflicts) store.pending.set(key, "conflict");
  saveFileAge(store, done);
  const id = `run ${store.runs.length + 1}`;
  const resolved = saveConflicts(run, store, done);
  const changes = items.filter(changesASide).map(({ key, action, before, after, file, database }) => ({
    task_id: key,
    action,
    before: before && canonicalJson(contentMap(before)),
    after: after && canonicalJson(contentMap(after)),
    sides: SIDES.filter((side) => (side === "file" ? file : database) !== undefined),
  }));
  const reverts = run.ask.kind === "undo" ? run.ask.run : null;
  store.runs.push({ id, changes, resolved, reverts, text: earlierText(run, store, done) });
  store.fileRevision = snapshot.revision;
  store.haltHash = null;
  store.intent = null;
  if (isFull(run, store)) store.comparedAt = run.now;
  await run.point("run saved");
  commit(run, store, new Set(done.outbox.map(({ id }) => id)));
  run.memory.snapshot = snapshot;
  await run.point("run committed");
  const outcome = left.size > 0 ? "failed" : plan.conflicts.length > 0 ? "conflicted" : "succeeded";
  return { ...report(outcome, id, changes.length, []), refused: decision.refused.length > 0 };
}

/** As `keptText` does it. */
function earlierText(
  { memory }: Attempt,
  { fileRevision }: Store,
  { items, decision, file, snapshot }: Done,
): EarlierText {
  const lastRun = [memory.snapshot, file].find((each) => each?.revision === fileRevision);
  const byPolicy = new Set(decision.decidedByPolicy.map(({ key }) => key));
  const changed = items.filter(changesASide).map(({ key }) => key);
  const lines = (key: TaskKey) => {
    const before = (byPolicy.has(key) ? file : lastRun)?.tasks.text(key)?.text ?? null;
    return [key, { before, after: snapshot.tasks.text(key)?.text ?? null }] as const;
  };
  const others = new Set(changed.filter((key) => !byPolicy.has(key)));
  const seams = lastRun ? snapshot.textAround(lastRun, others).seams : [];
  const around = { ...snapshot.textAround(file, new Set(changed)), seams };
  return { ...around, tasks: new Map(changed.map(lines)) };
}

function saveAgreement(store: Store, { items, left, snapshot, decision, candidates }: Done): void {
  const fingerprint = (key: TaskKey) => snapshot.tasks.fingerprintOf(key) ?? null;
  const touched = new Set(items.map(({ key }) => key));
  for (const { key, ancestor } of items) {
    if (ancestor) store.ancestors.set(key, { ...ancestor, fingerprint: fingerprint(key) });
    else store.ancestors.delete(key);
  }
  for (const { key, ancestor } of candidates) {
    const waits = decision.plan.pending.has(key) || left.has(key);
    const known = store.ancestors.get(key);
    if (!ancestor || !known || touched.has(key) || waits) continue;
    store.ancestors.set(key, { ...known, fingerprint: fingerprint(key) });
  }
}

function saveConflicts(run: Attempt, store: Store, { decision, left, keys }: Done) {
  const { plan } = decision;
  const isOver = conflictsOver(plan, left);
  const refused = decision.refused.map(({ conflict_id }) => conflict_id);
  const asked = run.ask.kind === "resolution" ? run.ask : null;
  const ended: StoredDecision[] = decision.decidedByPolicy
    .filter(({ key }) => !left.has(key))
    .map((conflict) => decisionOf({ conflict }));
  for (const decided of overruledIn(run, plan)) if (!left.has(decided.task_id)) ended.push(decided);
  const settled = new Map(plan.settled.map((conflict) => [conflict.key, conflict]));
  for (const key of keys) {
    const open = store.conflicts.get(key);
    if (!open || !isOver(key)) continue;
    store.conflicts.delete(key);
    if (open.id === asked?.conflict.id && !refused.includes(open.id))
      ended.push(decisionOf({ ...open, conflict: settled.get(key) ?? open.conflict, choice: asked.choice }));
    else store.closed.push(open);
  }
  for (const conflict of plan.conflicts) {
    const id = store.conflicts.get(conflict.key)?.id ?? `conflict ${conflict.key} ${store.runs.length}`;
    store.conflicts.set(conflict.key, { id, conflict });
  }
  return ended;
}
