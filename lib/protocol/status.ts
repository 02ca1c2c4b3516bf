import { z } from "zod";
import { timeSchema } from "./json.ts";
import { problemSchema } from "./problem.ts";
import { haltSchema, runSummarySchema } from "./run.ts";

export const SYNC_STATUSES = ["synced", "out-of-sync", "unknown"] as const;
export const syncStatusSchema = z.enum(SYNC_STATUSES);
export type SyncStatus = z.infer<typeof syncStatusSchema>;

export const PHASES = ["idle", "reading", "reconciling", "executing", "saving"] as const;
export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;

export const progressSchema = z
  .object({ done: z.int().min(0), total: z.int().min(0) })
  .meta({ id: "Progress" });
export type Progress = z.infer<typeof progressSchema>;

export const statusSchema = z
  .object({
    source: z.string(),
    sync_status: syncStatusSchema,
    phase: phaseSchema,
    progress: progressSchema.nullable(),
    last_run: runSummarySchema.nullable(),
    next_run_at: timeSchema.nullable().describe("When the periodic sync looks again; null when it is off"),
    conflicts: z.int().min(0),
    pending: z.int().min(0).describe("Tasks whose sides differ, or with edits no run has looked at yet"),
    problems: z.array(problemSchema),
    halt: haltSchema.nullable(),
    file: z
      .object({
        path: z.string(),
        revision: z.string().nullable(),
        size: z.int().min(0).nullable().describe("Bytes"),
        modified_at: timeSchema.nullable(),
      })
      .nullable(),
    auto_sync: z.boolean(),
  })
  .meta({ id: "SyncStatus" });
export type StatusJson = z.infer<typeof statusSchema>;
