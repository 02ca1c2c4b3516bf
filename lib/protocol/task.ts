import { z } from "zod";
import { FIELD_NAMES, type FieldName, type FieldSpec, fieldSpec, type FieldValues } from "../task/fields.ts";
import { jsonMapSchema, jsonSchema, timeSchema } from "./json.ts";

const ANSWERED: Record<FieldSpec["type"], z.ZodType> = {
  text: z.string(),
  time: timeSchema,
  integer: z.int(),
  map: jsonMapSchema,
};

function answered({ type, oneOf, default: value }: FieldSpec): z.ZodType {
  const schema = oneOf ? z.enum(oneOf) : ANSWERED[type];
  return value === null ? schema.nullable() : schema;
}

const fieldSchemas = Object.fromEntries(
  FIELD_NAMES.map((name) => [name, answered(fieldSpec(name))]),
) as unknown as { [Name in FieldName]: z.ZodType<FieldValues[Name]> };

/** A task as GET answers it: one flat map of known and unknown keys. */
export const taskJsonSchema = z
  .object({
    id: z.union([z.int(), z.string()]).describe("Integer or slug, with the type that the id has in the file"),
    source: z.string(),
    ...fieldSchemas,
    updated_at: timeSchema.nullable(),
  })
  .catchall(jsonSchema)
  .meta({ id: "Task" });
export type TaskJson = z.infer<typeof taskJsonSchema>;

const SYNC_STATES = ["synced", "pending", "conflict"] as const;

/** How far an edit came while the client waited. */
export const editSyncSchema = z
  .object({
    state: z
      .enum(SYNC_STATES)
      .describe(
        "synced: the edit is in the file; pending: it is not there yet; conflict: a person must choose",
      ),
    reason: z.string().optional(),
  })
  .meta({ id: "EditSync" });
export type EditSync = z.infer<typeof editSyncSchema>;

export const taskAnswerSchema = z.object({ task: taskJsonSchema });
export const editAnswerSchema = z.object({ task: taskJsonSchema, sync: editSyncSchema });

/** The sync state of a task. It is never part of the task's content or entity tag. */
export const taskStandingSchema = z
  .object({
    sync: z
      .enum(SYNC_STATES)
      .describe("synced: file and database agree; pending: they do not yet; conflict: a person must choose"),
    reason: z
      .string()
      .nullable()
      .describe("Why a pending task waits, as in a plan's `pending`; null when no run has looked at it yet"),
    changed_at: timeSchema
      .nullable()
      .describe("When the row last changed, which may differ from `updated_at`"),
    changed_by: z
      .string()
      .nullable()
      .describe("Who changed the row last; `file` when a run carried the change from the file"),
  })
  .meta({ id: "TaskStanding" });
export type TaskStanding = z.infer<typeof taskStandingSchema>;

export const taskListSchema = z.object({
  tasks: z.array(taskJsonSchema),
  standing: z.array(taskStandingSchema).describe("The sync state of each task, in the same order"),
  total: z.int().min(0),
  next_cursor: z.string().nullable(),
});
export type TaskListJson = z.infer<typeof taskListSchema>;
