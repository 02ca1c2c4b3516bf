import { z } from "zod";
import type { ConflictKind } from "../sync/types.ts";
import { jsonMapSchema, jsonSchema, taskIdTextSchema, timeSchema } from "./json.ts";
import { runSummarySchema } from "./run.ts";
import { taskJsonSchema } from "./task.ts";
import {
  choiceFromWire,
  type previewFromWire,
  sideFromWire,
  type storedConflictFromWire,
  WIRE_ANSWERS,
  WIRE_SIDES,
} from "./wire.ts";

/** What happened to the task: on the file's side first, then in the database. */
const CONFLICT_KINDS = [
  "modify_modify",
  "delete_modify",
  "modify_delete",
  "create_create",
  "renamed",
] as const satisfies readonly ConflictKind[];

export const CONFLICT_STATES = ["pending", "resolved", "closed"] as const;
export const wireChoiceSchema = z.enum(
  WIRE_ANSWERS,
  `must be one of ${Object.values(WIRE_ANSWERS).join(", ")}`,
);
const choiceSchema = wireChoiceSchema.transform(choiceFromWire);

/** A conflict in a plan, before it is stored. */
export const planConflictSchema = z
  .object({
    task_id: taskIdTextSchema,
    kind: z.enum(CONFLICT_KINDS),
    fields: z.array(z.string()).describe("Names of the fields in conflict, `params.retries` for nested ones"),
    conflict_reason: z.string(),
    revision: z.string().describe("Identifies what is shown here; send it with the resolution"),
    renamed_to: taskIdTextSchema
      .optional()
      .describe("Of the kind `renamed`: the id under which the file has a task that may be this one"),
    ancestor: jsonMapSchema.nullable().describe("The last state both sides agreed on"),
    yaml_data: jsonMapSchema.nullable().describe("Null where the file deleted the task"),
    db_data: jsonMapSchema.nullable().describe("Null where the database deleted the task"),
    yaml_updated_at: timeSchema.nullable(),
    db_updated_at: timeSchema.nullable(),
  })
  .meta({ id: "PlanConflict" });
export type PlanConflict = z.infer<typeof planConflictSchema>;

export const conflictSchema = planConflictSchema
  .extend({
    conflict_id: z.uuid(),
    source: z.string(),
    state: z.enum(CONFLICT_STATES),
    detected_at: timeSchema,
    refreshed_at: timeSchema.nullable(),
    db_updated_by: z.string().nullable(),
    choice: z.string().nullable(),
    closed_at: timeSchema.nullable(),
    closed_by: z.string().nullable(),
    run_id: z.uuid().nullable().describe("The run that closed the conflict"),
  })
  .meta({ id: "Conflict" });
export type ConflictJson = z.infer<typeof conflictSchema>;
/** A conflict in the words of the code, as the interface shows it. */
export type ShownConflict = ReturnType<typeof storedConflictFromWire<ConflictJson>>;

export const conflictListSchema = z.object({
  conflicts: z.array(conflictSchema),
  total: z.int().min(0),
  next_cursor: z.string().nullable(),
});
export type ConflictListJson = z.infer<typeof conflictListSchema>;

const fieldChoices = `${Object.values(WIRE_SIDES)
  .map((side) => JSON.stringify(side))
  .join(", ")} or {"value": ...}`;
const fieldChoiceSchema = z.union(
  [z.enum(WIRE_SIDES).transform(sideFromWire), z.strictObject({ value: jsonSchema })],
  `must be ${fieldChoices}`,
);

export const resolveBodySchema = z
  .strictObject({
    choice: choiceSchema,
    fields: z.record(z.string(), fieldChoiceSchema, `must map field names to ${fieldChoices}`).optional(),
    revision: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe(
        "The revision that was shown; the request is refused (409) when the conflict has another one by now",
      ),
  })
  .meta({ id: "ResolveBody" });
export type ResolveBody = z.infer<typeof resolveBodySchema>;

export const bulkResolveBodySchema = z
  .strictObject({
    conflict_ids: z.union(
      [z.literal("all"), z.array(z.uuid("must be a conflict's id")).min(1).max(10_000)],
      'must be a list of conflict ids or "all"',
    ),
    choice: choiceSchema,
    source: z.string().min(1).max(128).optional(),
  })
  .meta({ id: "BulkResolveBody" });
export type BulkResolveBody = z.infer<typeof bulkResolveBodySchema>;

export const resolveAnswerSchema = z.object({ task: jsonMapSchema.nullable(), run: runSummarySchema });

export const bulkResolveAnswerSchema = z.object({
  run: runSummarySchema,
  resolved: z.array(z.uuid()),
  refused: z.array(z.object({ conflict_id: z.string(), code: z.string(), message: z.string() })),
});

/** What a resolution would make of the task on both sides. Nothing is written. */
export const resolvePreviewSchema = z
  .object({
    task: taskJsonSchema
      .nullable()
      .describe("The row that would result; null where the task would be deleted"),
    yaml: z
      .object({
        line: z.int().min(1).nullable().describe("1-based line of the file on which the task's lines begin"),
        before: z
          .string()
          .nullable()
          .describe("The task's lines as they stand; null where the file does not have it"),
        after: z.string().nullable(),
      })
      .describe("The task's lines in the file"),
    refused: z
      .object({ code: z.string(), message: z.string() })
      .optional()
      .describe("Why resolving so would be refused"),
    conflict: planConflictSchema
      .optional()
      .describe("The conflict as it is now, when the named revision is no longer current"),
  })
  .meta({ id: "ResolvePreview" });
export type ResolvePreview = z.infer<typeof resolvePreviewSchema>;
/** The preview in the words of the code. */
export type ShownPreview = ReturnType<typeof previewFromWire<ResolvePreview>>;
