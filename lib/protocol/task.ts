import { z } from "zod";
import { TASK_STATUSES } from "../task/task.ts";
import { jsonMapSchema, jsonSchema, timeSchema } from "./json.ts";

/** A task as GET answers it: flat, unknown keys beside the known ones. */
export const taskJsonSchema = z
  .object({
    id: z.union([z.int(), z.string()]).describe("Integer or slug, in the type the file gives it"),
    source: z.string(),
    skill_name: z.string(),
    schedule_cron: z.string(),
    next_run_at: timeSchema.nullable(),
    timezone: z.string(),
    status: z.enum(TASK_STATUSES),
    description: z.string().nullable(),
    params: jsonMapSchema,
    updated_at: timeSchema.nullable(),
  })
  .catchall(jsonSchema)
  .meta({ id: "Task" });
export type TaskJson = z.infer<typeof taskJsonSchema>;

export const SYNC_STATES = ["synced", "pending", "conflict"] as const;

/** How far an edit came while the client waited. */
export const editSyncSchema = z
  .object({
    state: z.enum(SYNC_STATES).describe("synced: in the file; pending: it will be; conflict: a person must choose"),
    reason: z.string().optional(),
  })
  .meta({ id: "EditSync" });
export type EditSync = z.infer<typeof editSyncSchema>;

export const taskAnswerSchema = z.object({ task: taskJsonSchema });
export const editAnswerSchema = z.object({ task: taskJsonSchema, sync: editSyncSchema });

export const taskListSchema = z.object({
  tasks: z.array(taskJsonSchema),
  total: z.int().min(0),
  next_cursor: z.string().nullable(),
});
export type TaskListJson = z.infer<typeof taskListSchema>;
