import { z } from "zod";
import { BULK_KINDS, MOST_TASKS } from "../task/bulk-kinds.ts";
import { taskIdTextSchema, timeSchema } from "./json.ts";
import { sourceParam, text } from "./query.ts";
import { outcomeSchema } from "./run.ts";

/** The most tasks that an answer names as left out; their number counts all of them. */
export const MOST_LEFT_OUT = 200;

export const bulkBodySchema = z
  .strictObject({
    action: z.enum(BULK_KINDS, `must be one of ${BULK_KINDS.join(", ")}`),
    tasks: z
      .array(
        z.strictObject({
          id: z.union([z.int(), text(128)]),
          source: sourceParam,
          etag: text(128)
            .optional()
            .describe("The ETag of the task as it was seen; the task is left out when it has changed since"),
        }),
      )
      .min(1, "must name a task")
      .max(MOST_TASKS, `must be at most ${MOST_TASKS} tasks`),
  })
  .meta({ id: "BulkActionInput" });
export type BulkBody = z.output<typeof bulkBodySchema>;

const LEFT_OUT_REASONS = ["changed", "gone", "busy", "conflict", "held", "invalid", "refused"] as const;

const namedTask = z.object({ source: z.string(), task_id: taskIdTextSchema });

export const leftOutSchema = namedTask
  .extend({
    reason: z
      .enum(LEFT_OUT_REASONS)
      .describe(
        "changed: it is not what was seen; gone: there is no such task; busy: another transaction edits its row; " +
          "conflict: a person must choose first; held: it cannot be read on one side; invalid: its row is no valid " +
          "task; refused: the database does not take the change",
      ),
    message: z.string(),
  })
  .meta({ id: "LeftOutTask" });
export type LeftOut = z.infer<typeof leftOutSchema>;

const BULK_STATES = ["running", "finished", "stopped", "interrupted"] as const;

const bulkSourceSchema = z.object({
  source: z.string(),
  changed: z.int().min(0),
  run_id: z.uuid().nullable().describe("The run that carried the changes; null while there is none"),
  outcome: outcomeSchema.nullable(),
  waits: z.string().nullable().describe("Why the changes are not on the other side yet"),
  failure: z.string().nullable().describe("Why nothing was changed in this source"),
});

export const bulkActionSchema = z
  .object({
    id: z.uuid(),
    action: z.enum(BULK_KINDS),
    state: z
      .enum(BULK_STATES)
      .describe(
        "stopped: a person stopped it; interrupted: its process ended; in both cases what was changed stays",
      ),
    requested_by: z.string(),
    started_at: timeSchema,
    finished_at: timeSchema.nullable(),
    total: z.int().min(0),
    done: z.int().min(0).describe("The tasks that were looked at so far"),
    changed: z.int().min(0),
    unchanged: z.int().min(0).describe("The tasks that were already as wanted"),
    left_out: z.array(leftOutSchema).describe(`At most ${MOST_LEFT_OUT} of them`),
    left_out_total: z.int().min(0),
    sources: z.array(bulkSourceSchema),
    undone_at: timeSchema.nullable(),
    undone_by: z.string().nullable(),
  })
  .meta({ id: "BulkAction" });
export type BulkActionJson = z.infer<typeof bulkActionSchema>;

export const bulkAnswerSchema = z.object({ bulk_action: bulkActionSchema });
export const bulkListSchema = z.object({ bulk_actions: z.array(bulkActionSchema) });

export const bulkUndoPreviewSchema = z.object({
  put_back: z.int().min(0).describe("The number of tasks that would be as before"),
  edited_since: z.array(namedTask).describe(`Tasks that stay as they are; at most ${MOST_LEFT_OUT} of them`),
  edited_since_total: z.int().min(0),
});
export type BulkUndoPreview = z.infer<typeof bulkUndoPreviewSchema>;

export const bulkUndoAnswerSchema = bulkUndoPreviewSchema.extend({
  bulk_action: bulkActionSchema,
  conflicts: z.int().min(0).describe("Tasks that were edited in the file meanwhile; a person must choose"),
  failures: z
    .array(z.object({ source: z.string(), message: z.string() }))
    .describe("Sources in which nothing was put back, and why"),
});
export type BulkUndoAnswer = z.infer<typeof bulkUndoAnswerSchema>;
