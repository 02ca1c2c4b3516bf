import { z } from "zod";
import { taskIdTextSchema, timeSchema } from "./json.ts";
import { problemSchema } from "./problem.ts";
import { runSummarySchema } from "./run.ts";
import { triggerBodySchema } from "./trigger.ts";

/** The YAML file as it is on disk, and its tasks as a worker reads them. */
export const fileAnswerSchema = z
  .object({
    path: z.string(),
    revision: z.string().nullable().describe("SHA-256 of the bytes; null when the file cannot be read"),
    text: z
      .string()
      .nullable()
      .describe(
        "Bytes that are not UTF-8 are replaced; null when the file cannot be read, or is no schedule at all",
      ),
    tasks: z
      .array(z.object({ task_id: taskIdTextSchema, line: z.int().min(1) }))
      .describe("Where each task stands"),
    problems: z.array(problemSchema),
  })
  .meta({ id: "ScheduleFile" });
export type FileJson = z.infer<typeof fileAnswerSchema>;

/** A version of the file that was kept when Lockstep replaced it. */
export const backupSchema = z
  .object({
    name: z.string(),
    at: timeSchema.describe("When this version was replaced"),
    size: z.int().min(0).describe("Bytes"),
    replaced_by: runSummarySchema
      .pick({ id: true, trigger: true, requested_by: true, counts: true, reverts: true })
      .optional()
      .describe("The run that replaced this version, while the history has it"),
  })
  .meta({ id: "Backup" });
export type Backup = z.infer<typeof backupSchema>;

export const backupListSchema = z.object({ backups: z.array(backupSchema) });
export const backupAnswerSchema = z.object({ name: z.string(), text: z.string() }).meta({ id: "BackupText" });
export type BackupText = z.infer<typeof backupAnswerSchema>;

export const restoreBodySchema = z
  .strictObject({
    revision: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe(
        "The file's revision that was shown; the request is refused (409) when the file has another one by now",
      ),
    ...triggerBodySchema.pick({ source: true }).shape,
  })
  .meta({ id: "RestoreBody" });
export type RestoreBody = z.infer<typeof restoreBodySchema>;

const NAME = /^(\d{4}-\d\d-\d\dT\d\d)-(\d\d)-(\d\d\.\d{3}Z)-\d{1,6}\.yml$/;

/** When the version with this name was replaced. Null when the text is not such a name, for example a path. */
export function backupTime(name: string): string | null {
  const [, hour, minute, second] = NAME.exec(name) ?? [];
  if (hour === undefined) return null;
  const at = `${hour}:${minute}:${second}`;
  return Number.isNaN(Date.parse(at)) ? null : at;
}
