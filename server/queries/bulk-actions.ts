import { type BulkActionJson, type BulkUndoPreview, MOST_LEFT_OUT } from "../../lib/protocol/bulk.ts";
import { STATUS_OF_BULK } from "../../lib/task/bulk-kinds.ts";
import {
  bulkActionWithId,
  latestBulkActions,
  type TaskOfBulk,
  tasksOfBulk,
} from "../store/read/bulk-actions.ts";
import { notFound, pathUuid } from "./uuid.ts";

/** Actions on many tasks, newest first. */
export async function listBulkActions(limit: number): Promise<{ bulk_actions: BulkActionJson[] }> {
  return { bulk_actions: await latestBulkActions(limit) };
}

/** @throws {LockstepError} not_found */
export async function getBulkAction(id: string | undefined): Promise<BulkActionJson> {
  const action = await bulkActionWithId(pathUuid(id, "bulk action"));
  if (!action) throw notFound("bulk action");
  return action;
}

/** What undoing the action would do now. Nothing is written. @throws {LockstepError} not_found */
export async function previewBulkUndo(id: string | undefined): Promise<BulkUndoPreview> {
  const { id: known, action } = await getBulkAction(id);
  return undoInWords(splitForUndo(await tasksOfBulk(known), STATUS_OF_BULK[action]));
}

export interface SplitForUndo {
  /** Tasks that are as the action left them. */
  back: TaskOfBulk[];
  /** Tasks that were edited since in what the action had changed. */
  edited: TaskOfBulk[];
}

/** @param status the status that the action gave to tasks; null when it deleted them. */
export function splitForUndo(tasks: readonly TaskOfBulk[], status: string | null): SplitForUndo {
  const back = tasks.filter((task) => task.status === status);
  const edited = tasks.filter((task) => task.status !== status);
  return { back, edited };
}

export function undoInWords({ back, edited }: SplitForUndo): BulkUndoPreview {
  return {
    put_back: back.length,
    edited_since: edited.slice(0, MOST_LEFT_OUT).map(({ source, task_id }) => ({ source, task_id })),
    edited_since_total: edited.length,
  };
}
