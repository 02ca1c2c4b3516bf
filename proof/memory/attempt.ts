import type { Snapshot } from "../../server/endpoints/endpoint.ts";
import type { MemoryEndpoint } from "../../server/endpoints/memory/memory-endpoint.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import type { RunAsk, RunReport } from "../play/subject.ts";
import type { Point, Settings } from "../story/step.ts";
import type { Store } from "./store.ts";

/** What one attempt of a run works with. */
export interface Attempt {
  ask: RunAsk;
  settings: Settings;
  endpoint: MemoryEndpoint;
  /** Rows that an open transaction of a person holds. */
  held: ReadonlySet<TaskKey>;
  memory: { snapshot: Snapshot | undefined; absentIn: string | undefined };
  now: number;
  point(point: Point): Promise<void>;
  /** The committed state; a commit replaces it. */
  state: { store: Store; locked: ReadonlySet<TaskKey> };
}

export function report(
  outcome: RunReport["outcome"],
  run: string | null,
  changed: number,
  problems: string[],
): RunReport {
  return { outcome, run, planHash: null, changed, problems };
}

/** Whether the run compares both sides in full. */
export function isFull({ ask, now }: Attempt, { comparedAt }: Store): boolean {
  if (ask.kind === "sync" && (ask.force === true || ask.trigger === "startup")) return true;
  return comparedAt === null || now - comparedAt > 3_600_000;
}

/**
 * Puts the copy in place, with what people have committed meanwhile: rows that the run had not locked, and
 * edits that it has not read.
 */
export function commit({ state }: Attempt, store: Store, answered: ReadonlySet<number> = new Set()): void {
  const now = state.store;
  for (const key of new Set([...now.rows.keys(), ...store.rows.keys()])) {
    if (state.locked.has(key)) continue;
    const row = now.rows.get(key);
    if (row) store.rows.set(key, row);
    else store.rows.delete(key);
  }
  store.outbox = now.outbox.filter(({ id }) => !answered.has(id));
  state.store = store;
}
