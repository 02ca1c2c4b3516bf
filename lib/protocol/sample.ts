import { z } from "zod";
import { mapSchema } from "../source/http-tasks/config.ts";
import { resourceSchema } from "../source/http/resource.ts";
import { jsonMapSchema, jsonSchema } from "./json.ts";
import { problemSchema } from "./problem.ts";

/** Keys of a resource that may be tried out before they are written into sources.yml. Host and credentials stay. */
const { path, params, data_selector, updated_at, paginator } = resourceSchema.shape;
export const sampleWishSchema = z
  .strictObject({
    path: path.optional(),
    params: params.unwrap().optional(),
    data_selector: data_selector.unwrap().optional(),
    primary_key: z.union([z.string().min(1), z.array(z.string().min(1)).min(1).max(5)]).optional(),
    updated_at,
    paginator,
    map: mapSchema.optional().describe("Of a source of tasks: our fields from theirs"),
  })
  .meta({ id: "SampleWish" });
export type SampleWish = z.output<typeof sampleWishSchema>;

export const sampleBodySchema = z
  .strictObject({
    source: z.string().min(1).max(128),
    parent: z
      .string()
      .min(1)
      .max(2_000)
      .optional()
      .describe("The key of the parent whose list is read; by default the first one"),
    resource: sampleWishSchema.optional().describe("Tried instead of what sources.yml says"),
  })
  .meta({ id: "SampleBody" });
export type SampleBody = z.output<typeof sampleBodySchema>;

const sampleRowSchema = z.object({
  key: z.string().nullable().describe("What the primary key makes of it; null when it has none"),
  parent: z.string().nullable(),
  updated_at: z.string().nullable(),
  data: jsonSchema,
  task: jsonMapSchema.optional().describe("Of a source of tasks: what `map` makes of the item"),
  problems: z
    .array(problemSchema)
    .optional()
    .describe("Of a source of tasks: why the task would be held; empty where it is valid"),
});

/** The first request of a source and what is made of its answer. */
export const sourceSampleSchema = z
  .object({
    request: z.string().describe("Method and address, without secrets"),
    headers: z.record(z.string(), z.string()).describe("As sent, without secrets"),
    status: z.int().nullable().describe("Null when there was no answer"),
    duration_ms: z.int().min(0),
    found: z.int().min(0).describe("How many items the selector found in what was read of this page"),
    partial: z
      .literal(true)
      .optional()
      .describe(
        "The answer is large, and the rest was left unread once there were enough items; what follows is not known",
      ),
    total: z.int().nullable().describe("How many there are in all, where the answer tells it"),
    rows: z.array(sampleRowSchema).describe("The first five items"),
    next: jsonMapSchema
      .nullable()
      .describe("What the paginator makes of the answer; null: this is the last page"),
    next_request: z.string().nullable(),
    problems: z.array(problemSchema),
  })
  .meta({ id: "SourceSample" });
export type SourceSample = z.infer<typeof sourceSampleSchema>;
export const sampleAnswerSchema = z.object({ sample: sourceSampleSchema });
