import { setImmediate as nextTurn } from "node:timers/promises";
import type { Problem } from "../../lib/problem.ts";
import type { LoadedCandidate, SideState } from "../../lib/sync/types.ts";
import { type FileAge, withUnseen } from "../../lib/sync/unseen.ts";
import type { TaskKey } from "../../lib/task/task.ts";
import { contentOf } from "../../lib/task/content.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import type { StoredAncestor } from "../store/ancestors.ts";
import { parseStoredTask, type StoredTask } from "../store/task-rows.ts";
import type { LockedRows } from "./read-rows.ts";

/** What the three parties say of the candidates. */
export interface KnownTasks {
  candidates: LoadedCandidate[];
  byKey: ReadonlyMap<TaskKey, LoadedCandidate>;
  /** Tasks whose row another transaction is editing: they are not among the candidates. */
  busy: TaskKey[];
  /** Whether one of these is gone from the file. */
  busyGone: boolean;
  /** Problems of single tasks, the file's first. */
  problems: Problem[];
}

/** Tasks that are put together between two pauses. */
const SLICE = 100;

/** Puts together what the file, the rows and the ancestors say of each candidate. */
export async function knownTasks(
  keys: readonly TaskKey[],
  file: Snapshot,
  { rows, busy }: LockedRows,
  ancestors: ReadonlyMap<TaskKey, StoredAncestor>,
  age: FileAge,
): Promise<KnownTasks> {
  const known: KnownTasks & { byKey: Map<TaskKey, LoadedCandidate> } = {
    candidates: [],
    byKey: new Map(),
    busy: [],
    busyGone: false,
    problems: [...file.problems, ...file.tasks.problems],
  };
  for (const [i, key] of keys.entries()) {
    if (i % SLICE === SLICE - 1) await nextTurn();
    if (busy.has(key)) {
      const message = `Task ${key} waits, because an open database transaction is editing its row`;
      known.busy.push(key);
      known.busyGone ||= ancestors.has(key) && !file.tasks.has(key) && !file.tasks.held.has(key);
      known.problems.push({ code: "row_busy", message, task_id: key });
      continue;
    }
    const read = candidateOf(key, file, rows.get(key), ancestors.get(key), known.problems);
    const candidate = withUnseen(read, age);
    known.candidates.push(candidate);
    known.byKey.set(key, candidate);
  }
  return known;
}

function candidateOf(
  key: TaskKey,
  { tasks }: Snapshot,
  row: StoredTask | undefined,
  ancestor: StoredAncestor | undefined,
  problems: Problem[],
): LoadedCandidate {
  const database = row && databaseState(row, problems);
  return {
    key,
    ancestor,
    file: tasks.held.has(key) ? "held" : tasks.task(key),
    database,
    fingerprint: ancestor?.fingerprint ?? null,
    row: row && {
      content: database && database !== "held" ? contentOf(database.task) : null,
      updatedBy: row.updated_by,
    },
  };
}

function databaseState(row: StoredTask, problems: Problem[]): SideState {
  const read = parseStoredTask(row);
  if (read.ok) return { task: read.task };
  problems.push(read.problem);
  return "held";
}
