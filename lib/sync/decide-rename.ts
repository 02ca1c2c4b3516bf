import { contentOf, fingerprintOf } from "../task/content.ts";
import type { TaskKey } from "../task/task.ts";
import { CALLED, conflictRevision } from "./conflict.ts";
import { NO_EDITS } from "./diff.ts";
import type { Rename } from "./find-renames.ts";
import { noParts, type PlanParts } from "./plan.ts";
import { reconcile } from "./reconcile.ts";
import { winningSide } from "./task-decision.ts";
import type { Answer, Conflict, PlanItem, ReconcileOptions, Refusal, SideTask } from "./types.ts";

/**
 * Decides about a task that may have got another id in the file. Until a person answers, both ids wait and neither side
 * changes. `keep_file` gives the row the new id, `keep_database` gives the file the old id back, and `separate` deletes
 * the one task and creates the other. The origin of a forced run answers with its own id.
 */
export function decideRename(rename: Rename, options: ReconcileOptions): PlanParts {
  const { gone } = rename;
  const { database } = gone;
  const asked = options.resolutions?.get(gone.key);
  if (database === "held" || !options.fileAbsenceBelieved) {
    const reason = database === "held" ? "held" : "unbelieved";
    return waits(rename, reason, asked && "stale_conflict");
  }
  const conflict = renamedConflict(rename, database, options.names?.short);
  const ask = (refused?: Refusal): PlanParts => ({
    ...waits(rename, "conflict", refused),
    conflicts: [conflict],
  });
  const winner = asked ? null : winningSide(options);
  if (winner) {
    const { resolutions: _, ...others } = options;
    const done = carriedOut(rename, database, winner === "file" ? "keep_file" : "keep_database", others);
    // The record of the rename tells of both sides, so what force decided in their fields needs none of its own.
    return { ...done, overruled: [conflict], settled: [] };
  }
  if (!asked) return ask();
  if (asked.revision !== undefined && asked.revision !== conflict.revision) return ask("stale_conflict");
  if (Object.keys(asked.fields ?? {}).length > 0) {
    const message = "a rename is decided as a whole, so no fields can be chosen";
    const refused = ask("invalid_task");
    return { ...refused, problems: [{ code: "invalid_task", message, task_id: gone.key }] };
  }
  const { resolutions: _, ...others } = options;
  // A person asked for this very task, so the answer goes both ways.
  const usual = { ...others, direction: "bidirectional", force: false } as const;
  return { ...carriedOut(rename, database, asked.choice, usual), settled: [conflict] };
}

function waits(
  { gone, came }: Rename,
  reason: "held" | "unbelieved" | "conflict",
  refused?: Refusal,
): PlanParts {
  return {
    ...noParts(),
    pending: new Map([
      [gone.key, reason],
      [came.key, "renamed"],
    ]),
    refused: new Map<TaskKey, Refusal>(refused ? [[gone.key, refused]] : []),
  };
}

function renamedConflict({ gone, came }: Rename, database: SideTask, called = CALLED): Conflict {
  const { key, ancestor } = gone;
  const reason =
    `Task ${key} is gone from ${called}, and task ${came.key}, which is much like it, has come. It may be the same task ` +
    "under another id";
  const revision = conflictRevision("renamed", ancestor.content, came.file.task, database.task);
  const isOlderFile = gone.unseen !== undefined || came.unseen !== undefined;
  return {
    key,
    kind: "renamed",
    fields: ["id"],
    reason,
    revision: fingerprintOf([revision, came.key]),
    ancestor: ancestor.content,
    file: came.file.task,
    database: database.task,
    renamedTo: came.key,
    ...(isOlderFile ? { olderFile: true } : {}),
  };
}

function carriedOut(
  rename: Rename,
  database: SideTask,
  answer: Answer,
  options: ReconcileOptions,
): PlanParts {
  switch (answer) {
    case "separate":
      return reconcile([rename.gone, rename.came], options);
    case "keep_database":
      return withOldId(rename, database, options);
    case "keep_file":
    case "merge":
      return withNewId(rename, database, answer, options);
  }
}

/** The row takes the new id with all that was agreed on. What both sides then say of the task is merged as ever. */
function withNewId(
  { gone, came }: Rename,
  database: SideTask,
  answer: "keep_file" | "merge",
  options: ReconcileOptions,
): PlanParts {
  const row = { ...database.task, id: came.file.task.id };
  const moved = { ...came, ancestor: gone.ancestor, database: { task: row }, unseen: gone.unseen };
  const byApi = options.apiWrites?.has(gone.key) ? [came.key] : [];
  const plan = reconcile([moved], {
    ...options,
    apiWrites: new Set([...(options.apiWrites ?? []), ...byApi]),
    resolutions: new Map(answer === "merge" ? [[came.key, { choice: answer }]] : []),
  });
  const [merged] = plan.items;
  const task = merged?.database ?? row;
  const created: PlanItem = {
    merged: false,
    ancestor: gone.ancestor,
    ...merged,
    key: came.key,
    action: "create",
    before: null,
    after: contentOf(task),
    database: task,
    renamedFrom: gone.key,
  };
  const deleted: PlanItem = {
    key: gone.key,
    action: "delete",
    merged: false,
    before: contentOf(database.task),
    after: null,
    database: null,
    ancestor: null,
    renamedTo: came.key,
  };
  return { ...plan, items: [deleted, created], overruled: [], refused: new Map() };
}

/** The file's item gets its old id back. What both sides then say of the task is merged as ever. */
function withOldId({ gone, came }: Rename, database: SideTask, options: ReconcileOptions): PlanParts {
  const { id } = database.task;
  const file = { ...came.file, task: { ...came.file.task, id } };
  const plan = reconcile([{ ...gone, file }], options);
  const merged: PlanItem | undefined = plan.items[0];
  const { edits = [], stamp } = merged?.file ?? NO_EDITS;
  const item: PlanItem = {
    merged: false,
    ancestor: gone.ancestor,
    ...merged,
    key: gone.key,
    action: "update",
    before: contentOf(database.task),
    after: contentOf(merged?.database ?? database.task),
    file: { edits: [{ path: ["id"], value: id }, ...edits], stamp, renames: came.key },
  };
  return { ...plan, items: [item], overruled: [], refused: new Map() };
}
