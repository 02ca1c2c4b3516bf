import { z } from "zod";
import {
  ORIGINS,
  SETTING_NAMES,
  settingsSchema,
  type SettingName,
  wireSettingsSchema,
} from "../source/settings.ts";
import { timeSchema } from "./json.ts";
import { olderFileSchema } from "./older-file.ts";
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
  .describe(
    "Where each setting comes from: `default`; `defaults` or `file`, both in sources.yml; `database`, edited here",
  );

export const sourceSchema = z
  .object({
    id: z.string(),
    path: z
      .string()
      .describe("The path of the file, as its workers know it; the address of a source that is pulled"),
    kind: z
      .string()
      .describe(
        "yaml-file; http_tasks for tasks behind an API; http or csv for a source of objects that is pulled",
      ),
    object_type: z.string().nullable().describe("Of a source that is pulled: the type of its objects"),
    parent_source: z.string().nullable().describe("The source whose objects these hang from"),
    objects: count,
    settings: wireSettingsSchema.meta({ id: "SourceSettings" }),
    origins: originsSchema,
    inherited: wireSettingsSchema.describe(
      "The value that each setting gets when its edit is undone (PATCH with null)",
    ),
    dependents: z.array(z.string()).describe("Sources that name this source in depends_on"),
    removed_at: timeSchema
      .nullable()
      .describe(
        "When the source was found missing in sources.yml; its tasks and its file stay as they are, unsynced",
      ),
    has_worker: z.boolean().describe("A worker with the source's label is running and answers"),
    sync_status: syncStatusSchema,
    sync_status_reason: syncStatusReasonSchema,
    phase: phaseSchema,
    progress: progressSchema.nullable(),
    tasks: count,
    conflicts: count,
    pending: count.describe("Tasks whose sides differ, or with edits that no run has looked at yet"),
    problems: z.array(problemSchema),
    halt: haltSchema.nullable(),
    older_file: olderFileSchema.nullable(),
    last_run: runSummarySchema
      .nullable()
      .describe("The last recorded run; a periodic run that finds nothing is not recorded"),
    last_success_at: timeSchema
      .nullable()
      .describe("When a run last brought both sides in step, or found them in step"),
    stale: z.boolean().describe("True when no run has succeeded within staleness_threshold_minutes"),
    stale_since: timeSchema.nullable(),
    next_run_at: timeSchema
      .nullable()
      .describe("When the next scheduled run is due; null when no run is scheduled"),
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
      z.object({
        message: z.string(),
        line: z.int().optional(),
        column: z.int().optional(),
        left_out: z
          .literal(true)
          .optional()
          .describe("Only the file that the message names is left out; the others count"),
      }),
    ),
  })
  .meta({ id: "SourcesFile" });

export const sourceListSchema = z.object({
  sources: z.array(sourceSchema).describe("Sorted by id, including removed sources"),
  files: z
    .array(sourcesFileSchema)
    .describe(
      "While the file has problems (but those of a file that is left out), its last state without them counts",
    ),
  auto_sync: z.boolean(),
});
export type SourceListJson = z.infer<typeof sourceListSchema>;

export const sourceAnswerSchema = z.object({ source: sourceSchema });

/** Settings to change. Null undoes an edit, so that the file's value counts again. */
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
