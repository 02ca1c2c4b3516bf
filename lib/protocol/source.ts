import { z } from "zod";
import {
  ORIGINS,
  SETTING_NAMES,
  settingsSchema,
  type SettingName,
  wireSettingsSchema,
} from "../source/settings.ts";
import { timeSchema } from "./json.ts";
import { problemSchema } from "./problem.ts";
import { progressSchema } from "./progress.ts";
import { haltSchema, runSummarySchema } from "./run.ts";
import { phaseSchema, skipSchema, syncStatusReasonSchema, syncStatusSchema } from "./status.ts";

const count = z.int().min(0);

const originsSchema = z
  .object(
    Object.fromEntries(SETTING_NAMES.map((name) => [name, z.enum(ORIGINS)])) as Record<
      SettingName,
      z.ZodEnum<{ [K in (typeof ORIGINS)[number]]: K }>
    >,
  )
  .describe("Of each setting: default; defaults or file: sources.yml; database: edited here");

export const sourceSchema = z
  .object({
    id: z.string(),
    path: z.string().describe("The file, as its workers know it"),
    settings: wireSettingsSchema.meta({ id: "SourceSettings" }),
    origins: originsSchema,
    inherited: wireSettingsSchema.describe(
      "What a setting goes back to when its edit is taken back (PATCH with null)",
    ),
    dependents: z.array(z.string()).describe("Sources that name it in depends_on"),
    removed_at: timeSchema
      .nullable()
      .describe("No longer in sources.yml: its tasks and its file stay as they are and are no longer synced"),
    has_worker: z.boolean().describe("A worker with the source's label is running and answers"),
    sync_status: syncStatusSchema,
    sync_status_reason: syncStatusReasonSchema,
    phase: phaseSchema,
    progress: progressSchema.nullable(),
    tasks: count,
    conflicts: count,
    pending: count.describe("Tasks whose sides differ, or with edits no run has looked at yet"),
    problems: z.array(problemSchema),
    halt: haltSchema.nullable(),
    last_run: runSummarySchema
      .nullable()
      .describe("The last one worth remembering: a periodic look that finds nothing is not"),
    last_success_at: timeSchema
      .nullable()
      .describe("When both sides were last looked at and brought in step, also when there was nothing to do"),
    stale: z.boolean().describe("No success within staleness_threshold_minutes"),
    stale_since: timeSchema.nullable(),
    next_run_at: timeSchema.nullable().describe("When the tick picks it; null when nothing runs by itself"),
    last_skip: skipSchema.nullable(),
  })
  .meta({ id: "Source" });
export type SourceJson = z.infer<typeof sourceSchema>;

/** `sources.yml` as workers last read it. */
const sourcesFileSchema = z
  .object({
    path: z.string(),
    read_at: timeSchema,
    problems: z.array(
      z.object({ message: z.string(), line: z.int().optional(), column: z.int().optional() }),
    ),
  })
  .meta({ id: "SourcesFile" });

export const sourceListSchema = z.object({
  sources: z.array(sourceSchema).describe("By id; removed ones too"),
  files: z.array(sourcesFileSchema).describe("Where there are problems, the last good state is kept"),
  auto_sync: z.boolean(),
});
export type SourceListJson = z.infer<typeof sourceListSchema>;

export const sourceAnswerSchema = z.object({ source: sourceSchema });

/** Settings to change; null takes an edit back, so that the file's value counts again. */
export const sourcePatchSchema = z
  .strictObject(
    Object.fromEntries(
      SETTING_NAMES.map((name) => [name, settingsSchema.shape[name].nullable().optional()]),
    ) as { [K in SettingName]: z.ZodOptional<z.ZodNullable<(typeof settingsSchema.shape)[K]>> },
  )
  .meta({ id: "SourcePatch" });
export type SourcePatch = z.infer<typeof sourcePatchSchema>;
/** The patch as a client sends it. */
export type SourcePatchInput = z.input<typeof sourcePatchSchema>;
