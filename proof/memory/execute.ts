import type { RunDecision } from "../../lib/sync/decide.ts";
import { itemsOfFileWrite, withoutLeftOut } from "../../lib/sync/rename-halves.ts";
import type { LoadedCandidate, PendingReason, PlanItem } from "../../lib/sync/types.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { EarlierText } from "../../lib/yaml/earlier-text.ts";
import type { SideTasks, Snapshot } from "../../server/endpoints/endpoint.ts";
import { EndpointUnwritable } from "../../server/endpoints/errors.ts";
import type { Attempt } from "./attempt.ts";
import { overruledIn, settledIn } from "./decisions.ts";
import type { Store } from "./store.ts";

export interface Executed {
  items: PlanItem[];
  snapshot: Snapshot;
  left: Map<TaskKey, PendingReason>;
}

interface Found {
  file: Snapshot;
  decision: RunDecision;
  candidates: readonly LoadedCandidate[];
  /** What a run that is undone did to the file's text. */
  earlier: EarlierText | undefined;
}

/** As `execute` does it: the rows first, then the intent, then the file. */
export async function execute(
  run: Attempt,
  store: Store,
  { file, decision: { plan }, candidates, earlier }: Found,
): Promise<Executed> {
  const edit = await file.edit(plan.items, new Date(run.now), earlier);
  const left = new Map<TaskKey, PendingReason>([...edit.refused.keys()].map((key) => [key, "problem"]));
  let items = withoutLeftOut(plan.items, (key) => left.has(key));
  let snapshot = file;
  try {
    if (edit.write) {
      snapshot = await edit.write(
        async (revisionAfter) => {
          const written = intentItems(items, candidates, file.tasks, edit.tasks);
          const decided = [...settledIn(run, store, plan), ...overruledIn(run, plan)];
          run.state.store.intent = { revisionBefore: file.revision, revisionAfter, items: written, decided };
          await run.point("intent saved");
        },
        () => true,
      );
      await run.point("file written");
    }
  } catch (error) {
    if (!(error instanceof EndpointUnwritable)) throw error;
    for (const { key } of itemsOfFileWrite(items)) left.set(key, "unwritable");
    items = items.filter(({ key }) => !left.has(key));
  }
  for (const { key, database } of items) {
    if (database === null) store.rows.delete(key);
    else if (database) store.rows.set(key, database);
  }
  return { items, snapshot, left };
}

function intentItems(
  items: readonly PlanItem[],
  candidates: readonly LoadedCandidate[],
  found: SideTasks,
  after: SideTasks,
) {
  const rows = new Map(candidates.map(({ key, row }) => [key, row?.content ?? null]));
  return itemsOfFileWrite(items).map(({ key, database, ancestor, action, before, renamedFrom }) => ({
    key,
    ...(renamedFrom === undefined ? {} : { renamedFrom }),
    told: { action, before },
    databaseBefore: rows.get(key) ?? null,
    databaseAfter: database,
    ancestor,
    fingerprint: after.fingerprintOf(key) ?? null,
    fingerprintBefore: found.fingerprintOf(key) ?? null,
  }));
}
