import { z } from "zod";
import { planConflictSchema } from "./conflict.ts";
import { jsonMapSchema, taskIdTextSchema } from "./json.ts";
import { problemSchema } from "./problem.ts";
import { actionSchema, haltSchema } from "./run.ts";
import { planHashSchema } from "./trigger.ts";

export const PENDING_REASONS = [
  "direction",
  "held",
  "conflict",
  "halted",
  "unwritable",
  "unbelieved",
  "problem",
  "equal_stamps",
  "busy",
  "untried",
  "renamed",
] as const;

export const planChangeSchema = z
  .object({
    task_id: taskIdTextSchema,
    action: actionSchema,
    merged: z.boolean(),
    file: z.boolean().describe("Would change the file"),
    database: z.boolean().describe("Would change the database"),
    before: jsonMapSchema.nullable(),
    after: jsonMapSchema.nullable(),
    fields: z.array(z.string()).describe("Names of the fields that would change"),
  })
  .meta({ id: "PlanChange" });
export type PlanChange = z.infer<typeof planChangeSchema>;

/** What a run would do. Nothing is written. */
export const planPreviewSchema = z
  .object({
    changes: z.array(planChangeSchema),
    conflicts: z.array(planConflictSchema),
    problems: z.array(problemSchema),
    pending: z.array(z.object({ task_id: taskIdTextSchema, reason: z.enum(PENDING_REASONS) })),
    halt: haltSchema.optional(),
    hash: planHashSchema,
  })
  .meta({ id: "PlanPreview" });
export type PlanPreview = z.infer<typeof planPreviewSchema>;

export const dryRunAnswerSchema = z.object({ plan: planPreviewSchema });
