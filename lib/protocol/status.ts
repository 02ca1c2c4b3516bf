import { z } from "zod";
import { timeSchema } from "./json.ts";
import { olderFileSchema } from "./older-file.ts";
import { problemSchema } from "./problem.ts";
import { progressSchema } from "./progress.ts";
import { haltSchema, outcomeSchema, runSummarySchema } from "./run.ts";
import { triggerKindSchema } from "./trigger.ts";

const SYNC_STATUSES = ["synced", "out-of-sync", "unknown"] as const;
export const syncStatusSchema = z.enum(SYNC_STATUSES);
export type SyncStatus = z.infer<typeof syncStatusSchema>;

const SYNC_STATUS_REASONS = [
  "not_compared",
  "file_unreadable",
  "removed",
  "no_worker",
  "not_watching",
  "not_looked_at",
  "triggers_off",
] as const;
const reason = z
  .object({ code: z.enum(SYNC_STATUS_REASONS), message: z.string() })
  .meta({ id: "SyncStatusReason" });
export type SyncStatusReason = z.infer<typeof reason>;
export const syncStatusReasonSchema = reason
  .nullable()
  .describe("Why it is unknown whether both sides agree; else null");

const PHASES = ["idle", "reading", "reconciling", "executing", "saving"] as const;
export const phaseSchema = z.enum(PHASES);
export type Phase = z.infer<typeof phaseSchema>;

/** An automatic run that was skipped, and why. */
export const skipSchema = z
  .object({ at: timeSchema, trigger: triggerKindSchema, reason: z.string() })
  .meta({ id: "Skip" });
export type Skip = z.infer<typeof skipSchema>;

const count = z.int().min(0);

/** The state of one of several sources, in short. */
export const sourceStatusSchema = z
  .object({
    id: z.string(),
    kind: z.string().describe("As in `Source`: yaml-file, http_tasks, http or csv"),
    object_type: z
      .string()
      .nullable()
      .describe("Of a source that is pulled: the type of its objects; null for a source of tasks"),
    sync_status: syncStatusSchema,
    sync_status_reason: syncStatusReasonSchema,
    phase: phaseSchema,
    progress: progressSchema.nullable(),
    conflicts: count,
    pending: count,
    problems: count,
    halted: z.boolean(),
    stale: z.boolean(),
    last_success_at: timeSchema.nullable(),
    next_run_at: timeSchema.nullable(),
    outcome: outcomeSchema.nullable().describe("Outcome of the last run"),
  })
  .meta({ id: "SourceStatus" });
export type SourceStatusJson = z.infer<typeof sourceStatusSchema>;

export const statusSchema = z
  .object({
    source: z.string().nullable().describe("Null when the answer is about several sources together"),
    sync_status: syncStatusSchema,
    sync_status_reason: syncStatusReasonSchema,
    worker_answered_at: timeSchema
      .nullable()
      .describe("When a worker of the source last answered; null for several sources"),
    last_compared_at: timeSchema
      .nullable()
      .describe("When a run last compared all tasks of both sides, also tasks without a reported change"),
    phase: phaseSchema,
    progress: progressSchema.nullable(),
    last_run: runSummarySchema.nullable(),
    next_run_at: timeSchema.nullable().describe("When the next periodic sync is due; null when it is off"),
    conflicts: z.int().min(0),
    pending: z.int().min(0).describe("Tasks whose sides differ, or with edits that no run has looked at yet"),
    problems: z.array(problemSchema),
    halt: haltSchema.nullable(),
    older_file: olderFileSchema
      .nullable()
      .describe("An earlier version of the file that came back and takes back edits of the database"),
    file: z
      .object({
        path: z.string(),
        revision: z.string().nullable(),
        size: z.int().min(0).nullable().describe("Bytes"),
        modified_at: timeSchema.nullable(),
      })
      .nullable(),
    auto_sync: z.boolean(),
    stale: z
      .boolean()
      .describe(
        "True when no run has succeeded within the threshold; for several sources, when any of them is stale",
      ),
    last_success_at: timeSchema.nullable(),
    last_skip: skipSchema
      .nullable()
      .describe("The last scheduled, watched, cron or SQL run that was skipped, and why"),
    removed_at: timeSchema
      .nullable()
      .describe("When the source was found missing in sources.yml, and so is no longer synced"),
    sources: z.array(sourceStatusSchema).optional().describe("Every source, when the query names none"),
  })
  .meta({ id: "SyncStatus" });
export type StatusJson = z.infer<typeof statusSchema>;
