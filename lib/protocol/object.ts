import { z } from "zod";
import { jsonMapSchema, timeSchema } from "./json.ts";
import { cursorParam, limitParam, listOf, sourceParam, text } from "./query.ts";
import { fieldDiffSchema } from "./run.ts";

export const FRESHNESS = ["fresh", "stale", "never"] as const;
const freshnessSchema = z
  .enum(FRESHNESS)
  .describe(
    "fresh: seen within staleness_threshold_minutes of its source. never: its source was never pulled as a whole",
  );

const count = z.int().min(0);

/** An object of another system, as it was last seen there. */
export const objectSchema = z
  .object({
    id: z.string().describe("Here; external_id is its key in the other system"),
    source: z.string(),
    type: z.string(),
    external_id: z.string(),
    parent_source: z.string().nullable(),
    parent_id: z.string().nullable().describe("The parent's external_id, in parent_source"),
    data: jsonMapSchema,
    fingerprint: z.string(),
    updated_at: timeSchema.nullable().describe("As the other system tells it"),
    first_seen_at: timeSchema,
    last_seen_at: timeSchema,
    changed_at: timeSchema,
    deleted_at: timeSchema.nullable().describe("When it was found to be gone in the other system"),
    freshness: freshnessSchema,
    children: count.describe("Objects that hang from it directly"),
  })
  .meta({ id: "StoredObject" });
export type ObjectJson = z.infer<typeof objectSchema>;

export const objectListSchema = z.object({
  objects: z.array(objectSchema).describe("In the order in which they were first seen"),
  next_cursor: z.string().nullable(),
});
export type ObjectListJson = z.infer<typeof objectListSchema>;

export const objectAnswerSchema = z.object({
  object: objectSchema,
  ancestors: z.array(objectSchema).describe("From its root down to its parent"),
});
export type ObjectAnswer = z.infer<typeof objectAnswerSchema>;

export const objectTypesSchema = z.object({
  types: z.array(
    z
      .object({
        source: z.string(),
        type: z.string(),
        parent_source: z.string().nullable(),
        objects: count,
        deleted: count.describe("Objects that are gone in the other system"),
        freshness: freshnessSchema,
        checked_at: timeSchema.nullable().describe("When the last complete pull, full or incremental, began"),
        full_at: timeSchema.nullable().describe("When the last complete full pull began"),
      })
      .meta({ id: "ObjectType" }),
  ),
});
export type ObjectTypesJson = z.infer<typeof objectTypesSchema>;

const objectChangeSchema = z
  .object({
    run_id: z.uuid(),
    action: z.enum(["create", "update", "delete"]),
    at: timeSchema,
    before: jsonMapSchema.nullable(),
    after: jsonMapSchema.nullable(),
    diff: z.array(fieldDiffSchema),
  })
  .meta({ id: "ObjectChange" });
export const objectHistorySchema = z.object({
  changes: z.array(objectChangeSchema).describe("Newest first"),
  next_cursor: z.string().nullable(),
});
export type ObjectHistoryJson = z.infer<typeof objectHistorySchema>;

export const listObjectsQuery = z.strictObject({
  source: sourceParam,
  type: text(128).optional(),
  parent: text(40)
    .regex(/^(none|\d{1,18})$/, "must be the id of an object, or none")
    .optional()
    .describe("Objects that hang from the object with this id; `none`: those that hang from none"),
  q: text(200).optional().describe("Text in the key or the data"),
  freshness: listOf(FRESHNESS),
  deleted: z
    .enum(["true", "false", "1", "0", "only"], "must be true, false or only")
    .transform((value) => (value === "only" ? value : value === "true" || value === "1"))
    .default(false)
    .meta({
      description: "Default false; true lists objects that are gone as well, only lists nothing but these",
    }),
  limit: limitParam,
  cursor: cursorParam,
});
export type ListObjectsQuery = z.output<typeof listObjectsQuery>;

export const pageQuery = z.strictObject({ limit: limitParam, cursor: cursorParam });
export type PageQuery = z.output<typeof pageQuery>;
