import { z } from "zod";
import { jsonMapSchema, jsonSchema, taskIdTextSchema, timeSchema } from "./json.ts";
import { problemSchema } from "./problem.ts";
import { WIRE_SIDES } from "./wire.ts";
import { planHashSchema, triggerKindSchema, wireDirectionSchema } from "./trigger.ts";

export const OUTCOMES = ["succeeded", "conflicted", "halted", "failed"] as const;
export const outcomeSchema = z.enum(OUTCOMES);
export type Outcome = z.infer<typeof outcomeSchema>;

const count = z.int().min(0);

/** The number of tasks that were changed on either side, in conflict, or with problems. */
export const runCountsSchema = z
  .object({
    created: count,
    updated: count,
    deleted: count,
    merged: count,
    conflicts: count,
    problems: count,
  })
  .meta({ id: "RunCounts" });
export type RunCounts = z.infer<typeof runCountsSchema>;

/** Whether the run changed a task on either side. */
export function changedTasks({ created, updated, deleted, merged }: RunCounts): boolean {
  return created + updated + deleted + merged > 0;
}

/** A task that one side no longer has. */
export const lostTaskSchema = z
  .object({
    task_id: taskIdTextSchema,
    name: z.string().nullable().describe("The task's skill_name; null where it is not known"),
    side: z.enum(WIRE_SIDES).describe("The side that no longer has it"),
  })
  .meta({ id: "LostTask" });
export type LostTask = z.infer<typeof lostTaskSchema>;

/** Why a run stopped before it changed anything, and what confirms its plan. */
export const haltSchema = z
  .object({
    reason: z.string(),
    plan_hash: planHashSchema,
    deletions: z.array(taskIdTextSchema),
    lost: z
      .array(lostTaskSchema)
      .optional()
      .describe("The deletions of a sync that follow from a side's loss; `POST /api/sync/put-back` mends it"),
    source: z.string().optional(),
    direction: wireDirectionSchema.optional(),
    reverts: z
      .uuid()
      .optional()
      .describe("The run to undo; the same request with the plan's hash confirms it"),
    tasks: z
      .array(taskIdTextSchema)
      .optional()
      .describe("The tasks to undo; left out when the whole run is to be undone"),
  })
  .meta({ id: "Halt" });
export type HaltJson = z.infer<typeof haltSchema>;

export const runSummarySchema = z
  .object({
    id: z.uuid(),
    source: z.string(),
    trigger: triggerKindSchema,
    direction: wireDirectionSchema,
    requested_by: z.string(),
    outcome: outcomeSchema,
    started_at: timeSchema,
    finished_at: timeSchema,
    duration_ms: z.int().min(0),
    counts: runCountsSchema,
    problems: z.array(problemSchema),
    halt: haltSchema.optional(),
    reverts: z.uuid().optional().describe("The run that this run undid"),
  })
  .meta({ id: "Run" });
export type RunSummary = z.infer<typeof runSummarySchema>;

const ACTIONS = ["create", "update", "delete", "adopt"] as const;
export const actionSchema = z.enum(ACTIONS);

/** One field of a change; `before` or `after` is left out where the field was absent. */
export const fieldDiffSchema = z
  .object({ field: z.string(), before: jsonSchema.optional(), after: jsonSchema.optional() })
  .meta({ id: "FieldDiff" });
export type FieldDiff = z.infer<typeof fieldDiffSchema>;

export const runChangeSchema = z
  .object({
    task_id: taskIdTextSchema,
    action: actionSchema,
    merged: z.boolean().describe("True when changes from both sides were merged"),
    file: z.boolean().describe("The file was changed"),
    database: z.boolean().describe("The database was changed"),
    before: jsonMapSchema.nullable(),
    after: jsonMapSchema.nullable(),
    diff: z.array(fieldDiffSchema),
    yaml_before: z
      .string()
      .nullable()
      .describe(
        "The task's lines in the file; null when the file did not have the task, or the lines were not kept",
      ),
    yaml_after: z.string().nullable(),
  })
  .meta({ id: "RunChange" });
export type RunChange = z.infer<typeof runChangeSchema>;

export const runAnswerSchema = z.object({ run: runSummarySchema });
export const runDetailSchema = z.object({
  run: runSummarySchema,
  changes: z.array(runChangeSchema).describe("Sorted by task id; all changes, unless `limit` was given"),
  total: z.int().min(0).describe("How many tasks the run changed"),
  next_cursor: z.string().nullable(),
});
export type RunDetail = z.infer<typeof runDetailSchema>;

export const historySchema = z.object({
  runs: z.array(runSummarySchema),
  next_cursor: z.string().nullable(),
});
export type HistoryJson = z.infer<typeof historySchema>;
