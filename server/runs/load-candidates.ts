import { setImmediate as nextTurn } from "node:timers/promises";
import type { Problem } from "../../lib/problem.ts";
import type { Candidate, SideState } from "../../lib/sync/types.ts";
import type { TaskContent, TaskKey } from "../../lib/task/task.ts";
import { contentOf } from "../../lib/task/content.ts";
import { taskAt } from "../../lib/yaml/task-at.ts";
import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";
import { loadAncestors } from "../store/ancestors.ts";
import type { Queryable } from "../store/pool.ts";
import { existingTasks, lockTaskRows, type StoredTask, parseStoredTask } from "../store/task-rows.ts";

export interface LoadedCandidate extends Candidate {
  /** What the file said of the task when the ancestor was saved. */
  fingerprint: string | null;
  /** The row, locked until the run ends; undefined when there is none. */
  row: { content: TaskContent | null; updatedBy: string | null } | undefined;
}

export interface LoadedCandidates {
  candidates: LoadedCandidate[];
  /** Rows that nobody could carry anywhere. */
  problems: Problem[];
  /** Tasks whose row somebody else is editing in an open transaction: not among the candidates. */
  busy: TaskKey[];
}

const SLICE = 100;

/** Reads what the three parties say of these tasks, in two queries (or three), and locks the rows. */
export async function loadCandidates(
  tx: Queryable,
  source: string,
  keys: ReadonlySet<TaskKey>,
  file: FileSnapshot,
  skipBusy: boolean,
): Promise<LoadedCandidates> {
  const loaded: LoadedCandidates = { candidates: [], problems: [], busy: [] };
  if (keys.size === 0) return loaded;
  const list = [...keys].sort();
  const [locked, ancestors] = await Promise.all([
    lockTaskRows(tx, source, list, skipBusy),
    loadAncestors(tx, source, list),
  ]);
  const rows = new Map(locked.map((row) => [row.id, row]));
  // A row that is there and was not locked is somebody's; one that is not there is absent.
  const busy = skipBusy
    ? await existingTasks(
        tx,
        source,
        list.filter((key) => !rows.has(key)),
      )
    : new Set<TaskKey>();
  for (const [i, key] of list.entries()) {
    if (i % SLICE === SLICE - 1) await nextTurn();
    const row = rows.get(key);
    if (!row && busy.has(key)) {
      const message = `In the database, task ${key} is being edited in a transaction that is still open; it waits for it`;
      loaded.busy.push(key);
      loaded.problems.push({ code: "row_busy", message, task_id: key });
      continue;
    }
    const database = row && databaseState(row, loaded.problems);
    const ancestor = ancestors.get(key);
    loaded.candidates.push({
      key,
      ancestor,
      file: fileState(file, key),
      database,
      fingerprint: ancestor?.fingerprint ?? null,
      row: row && {
        content: database && database !== "held" ? contentOf(database.task) : null,
        updatedBy: row.updated_by,
      },
    });
  }
  return loaded;
}

function fileState({ document, modifiedAt }: FileSnapshot, key: TaskKey): SideState {
  if (document.held.has(key)) return "held";
  const found = taskAt(document, key);
  return found && { task: found.task, present: found.present, changedAt: modifiedAt };
}

function databaseState(row: StoredTask, problems: Problem[]): SideState {
  const read = parseStoredTask(row);
  if (read.ok) return { task: read.task };
  problems.push(read.problem);
  return "held";
}
