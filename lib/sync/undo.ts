import type { JsonMap } from "../json.ts";
import type { Problem } from "../problem.ts";
import type { SideNames } from "../source/side-names.ts";
import type { Conflict, LoadedCandidate, Ownership, PlanItem, SideTask } from "./types.ts";
import { contentMap, contentOf, equalContent } from "../task/content.ts";
import { isRuntimeField } from "../task/fields.ts";
import { idFromText } from "../task/id.ts";
import { parseTask } from "../task/schema.ts";
import type { Task, TaskContent, TaskKey } from "../task/task.ts";
import { diffMaps } from "./diff.ts";
import { keepingSince } from "./keep-since.ts";
import { asCandidate, type Reopened, reopeningItem } from "./reopen.ts";

/** What a run did to one task, as history keeps it: `before` and `after` are JSON texts. */
export interface ChangeOfRun {
  task_id: TaskKey;
  action: PlanItem["action"];
  before: string | null;
  after: string | null;
}

/** What the run did that is undone. */
export interface UndoneChanges {
  changes: readonly ChangeOfRun[];
  at: string;
  ownership: Ownership;
  names: SideNames;
}

export interface Rollback {
  candidates: LoadedCandidate[];
  /** The state before the undone run, which the database gets unless reconcile decides otherwise. */
  wanted: Map<TaskKey, { database: Task | null; ancestor: TaskContent | null }>;
  /** Tasks whose resolved conflict is reopened. */
  reopened: Map<TaskKey, Reopened>;
  /** Tasks that are not undone, and why. */
  problems: Problem[];
}

/**
 * Prepares the undo of a run as an edit of the database: the row gets its state from before that run, and the
 * ancestor is what the run left. Reconcile then carries the edit to the file. Edits since then are on both sides,
 * so they become a merge or a conflict. When the run resolved a conflict, `reopen` gives both sides back, if that
 * is possible.
 */
export function asRollback(
  candidates: readonly LoadedCandidate[],
  { changes, at, ownership, names }: UndoneChanges,
  conflicts: {
    reopen(candidate: LoadedCandidate, left: JsonMap | null): Reopened | undefined;
    /** Whether the run gave the file what the row says, as a person had chosen in a conflict. */
    keptRow(candidate: LoadedCandidate): boolean;
  },
): Rollback {
  const undone = new Map(changes.map((change) => [change.task_id, change]));
  const rollback: Rollback = { candidates: [], wanted: new Map(), reopened: new Map(), problems: [] };
  for (const candidate of candidates) {
    const change = undone.get(candidate.key);
    const back =
      change &&
      conflicts.reopen(candidate, change.after === null ? null : (JSON.parse(change.after) as JsonMap));
    if (back) {
      rollback.reopened.set(candidate.key, back);
      rollback.candidates.push(asCandidate(candidate, back));
    } else if (!change) {
      rollback.candidates.push(candidate);
    } else if (conflicts.keptRow(candidate)) {
      rollback.candidates.push(candidate);
      rollback.problems.push(onlyTheFile(candidate.key, names));
    } else if (!inStep(candidate)) {
      // A side has an edit that the other does not have yet, and putting the row back would lose that edit.
      rollback.candidates.push(candidate);
      rollback.problems.push({
        code: "run_failed",
        message: `Task ${candidate.key} has edits that are not in step yet, so it was not undone`,
        task_id: candidate.key,
      });
    } else {
      const before = taskOfHistory(change.before, candidate, at);
      const after = taskOfHistory(change.after, candidate, at);
      if (before && after && !candidate.row && deletionWins(before, after, ownership)) {
        rollback.candidates.push(candidate);
        rollback.problems.push(deletedSince(candidate.key));
        continue;
      }
      const now = candidate.row?.content;
      const kept = before && after && now ? keepingSince({ before, after, now }, ownership) : null;
      const database = kept?.task ?? before;
      const agreed = kept?.left ?? (after && contentOf(after));
      if (kept && now && kept.moved.length > 0 && equalContent(contentOf(kept.task), now))
        rollback.problems.push(nothingLeft(candidate.key, kept.moved));
      rollback.wanted.set(candidate.key, { database, ancestor: agreed });
      rollback.candidates.push({
        ...candidate,
        ancestor: agreed
          ? { content: agreed, fieldsLeftBehind: candidate.ancestor?.fieldsLeftBehind ?? {} }
          : undefined,
        database: database ? { task: database } : undefined,
      });
    }
  }
  return rollback;
}

/**
 * Adds the writes of the rows, because reconcile was told that the database has the old state already. A task in
 * conflict gets its old row too, because a conflict lasts only while the sides really differ.
 */
export function withRollback(
  items: readonly PlanItem[],
  conflicts: readonly Conflict[],
  { wanted, reopened }: Rollback,
  candidates: ReadonlyMap<TaskKey, LoadedCandidate>,
  recalled: ReadonlyMap<TaskKey, SideTask | undefined>,
): PlanItem[] {
  const planned = new Set(items.map((item) => item.key));
  // History tells of the row as it was, so that the undo can be undone without the edits made in between.
  const rowBefore = (key: TaskKey) => candidates.get(key)?.row?.content ?? null;
  const completed = items.map((item) => {
    const target = wanted.get(item.key);
    if (!target) return item;
    const told = { ...item, before: rowBefore(item.key) };
    if (item.database !== undefined) return told;
    return {
      ...told,
      database: sameAsRow(target.database, candidates.get(item.key)) ? undefined : target.database,
    };
  });
  const conflicting = conflicts.flatMap(({ key }): PlanItem[] => {
    const target = wanted.get(key);
    if (!target || planned.has(key) || sameAsRow(target.database, candidates.get(key))) return [];
    const ancestor = target.ancestor && {
      content: target.ancestor,
      fieldsLeftBehind: candidates.get(key)?.ancestor?.fieldsLeftBehind ?? {},
    };
    const after = target.database && contentOf(target.database);
    return [
      {
        key,
        action: after ? "update" : "delete",
        merged: false,
        before: rowBefore(key),
        after,
        database: target.database,
        ancestor,
      },
    ];
  });
  const back = [...reopened].flatMap(([key, sides]) => {
    const candidate = candidates.get(key);
    return candidate ? [reopeningItem(candidate, sides, recalled)] : [];
  });
  return [...completed, ...conflicting, ...back];
}

function inStep({ row, ancestor, file, database, unseen }: LoadedCandidate): boolean {
  if (file === "held" || database === "held") return false;
  // An older file came back, so it does not say what the database has changed since.
  if (unseen) return false;
  if (!row || !ancestor) return !row && !ancestor;
  return row.content !== null && equalContent(row.content, ancestor.content);
}

function sameAsRow(wanted: Task | null, candidate: LoadedCandidate | undefined): boolean {
  const content = candidate?.row?.content ?? null;
  if (wanted === null || content === null) return wanted === null && candidate?.row === undefined;
  return equalContent(contentOf(wanted), content);
}

function onlyTheFile(key: TaskKey, { side, isFile }: SideNames): Problem {
  const message =
    `Nothing of task ${key} was put back: the run only carried the database's edits to ${side}, and the earlier text would ` +
    `take these edits back${isFile ? `. That text is among the kept versions of ${side}` : ""}`;
  return { code: "run_failed", message, task_id: key };
}

/**
 * Whether the task's deletion since wins over all that the run changed (SPEC, 7). Its row would be deleted again by the next
 * run, so it is not put back.
 */
function deletionWins(before: Task, after: Task, ownership: Ownership): boolean {
  const changed = diffMaps(contentMap(before), contentMap(after));
  return changed.every(({ path: [field = ""] }) => isRuntimeField(field) || ownership[field] === "file");
}

function deletedSince(key: TaskKey): Problem {
  const message = `Nothing of task ${key} was put back: it has been deleted since, on both sides`;
  return { code: "run_failed", message, task_id: key };
}

function nothingLeft(key: TaskKey, moved: readonly string[]): Problem {
  const message = `Nothing of task ${key} was put back: ${moved.join(" and ")} has been changed since by the side that owns it`;
  return { code: "run_failed", message, task_id: key };
}

function taskOfHistory(
  stored: string | null,
  { key, file, database }: LoadedCandidate,
  stamp: string,
): Task | null {
  if (stored === null) return null;
  const known = [file, database].flatMap((side) =>
    side === undefined || side === "held" ? [] : [side.task.id],
  )[0];
  const id = known ?? idFromText(key, null);
  const parsed = parseTask({ ...(JSON.parse(stored) as JsonMap), id, updated_at: stamp });
  // History holds only tasks that were valid once. A rule that has become stricter since is a bug to report.
  if (!parsed.ok)
    throw new Error(`the history of task ${key} holds no valid task: ${parsed.problems[0]?.message}`);
  return parsed.task;
}
