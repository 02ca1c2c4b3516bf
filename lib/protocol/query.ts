import { z } from "zod";
import { type FieldName, type FIELDS, fieldsWhere } from "../task/fields.ts";
import { TASK_STATUSES } from "../task/status.ts";
import { ACTIVITY_RANGES } from "./activity.ts";
import { CONFLICT_STATES } from "./conflict.ts";
import { OUTCOMES } from "./run.ts";
import { TRIGGERS } from "./trigger.ts";

// Query parameters arrive as text. NUL is always refused, because PostgreSQL text cannot hold it.
export const text = (max: number) =>
  z
    .string()
    .min(1, "must not be empty")
    .max(max)
    .refine((value) => !value.includes("\0"), "must not contain NUL");

export const sourceParam = text(128)
  .optional()
  .describe("The source, needed when several sources have a task with the id");

const number = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,6}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((value) => value >= min && value <= max, `must be a whole number from ${min} to ${max}`);

const whole = (min: number, max: number, preset: number) =>
  number(min, max)
    .default(preset)
    .meta({ type: "integer", minimum: min, maximum: max, description: `Default ${preset}` });

export const limitParam = whole(1, 500, 100);
export const cursorParam = text(2_000).optional().describe("next_cursor of the previous page");

export const flagParam = (preset: boolean) =>
  z
    .enum(["true", "false", "1", "0"], "must be true or false")
    .transform((value) => value === "true" || value === "1")
    .default(preset);

/** A parameter that may be repeated or hold several values separated by commas. */
export function listOf<const T extends readonly [string, ...string[]]>(values: T) {
  return z
    .union([z.string(), z.array(z.string())])
    .transform((given) =>
      [given]
        .flat()
        .flatMap((part) => part.split(","))
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.enum(values, `must be one of ${values.join(", ")}`)))
    .optional()
    .meta({ type: "array", items: { type: "string", enum: [...values] } });
}

/** Ids, in a repeated parameter or separated by commas. */
const idsParam = z
  .union([z.string(), z.array(z.string())])
  .transform((given) =>
    [given]
      .flat()
      .flatMap((part) => part.split(","))
      .filter(Boolean),
  )
  .pipe(z.array(text(128)).max(100, "must be at most 100"))
  .optional()
  .meta({
    type: "array",
    items: { type: "string" },
    maxItems: 100,
    description: "Only the tasks with these ids",
  });

/** Fields whose SQL type the list can sort by (see `server/store/read/tasks.ts`). */
type SortableField = {
  [Name in FieldName]: (typeof FIELDS)[Name]["type"] extends "text" | "time" ? Name : never;
}[FieldName];

export const TASK_SORTS = [
  "id",
  "skill_name",
  "next_run_at",
  "updated_at",
  "status",
] as const satisfies readonly (SortableField | "id" | "updated_at")[];
export type TaskSort = (typeof TASK_SORTS)[number];
const sortValues = TASK_SORTS.flatMap((name) => [name, `-${name}`] as const);

const SEARCHED = ["id", ...fieldsWhere((spec) => spec.searched === true)];

export const listTasksQuery = z.strictObject({
  q: text(200)
    .optional()
    .describe(`Text in ${SEARCHED.slice(0, -1).join(", ")} or ${SEARCHED.at(-1)}`),
  status: listOf(TASK_STATUSES),
  id: idsParam,
  sort: z
    .enum(sortValues, `must be one of ${sortValues.join(", ")}`)
    .default("id")
    .describe("`-` before the field sorts in descending order; ids sort in natural order, integers first"),
  source: sourceParam,
  limit: limitParam,
  cursor: cursorParam,
});
export type ListTasksQuery = z.output<typeof listTasksQuery>;

export const sourceQuery = z.strictObject({ source: sourceParam });

export const editQuery = z.strictObject({
  source: sourceParam,
  wait: flagParam(true).meta({
    description:
      "Default true; false answers at once and does not wait for the run that carries the edit to the file",
  }),
});

export const waitQuery = z.strictObject({
  wait: flagParam(true).meta({
    description: "Default true; false answers 202 at once, and Location names the round to follow",
  }),
});

export const listConflictsQuery = z.strictObject({
  state: z
    .enum([...CONFLICT_STATES, "over", "all"], `must be one of ${CONFLICT_STATES.join(", ")}, over, all`)
    .default("pending")
    .describe(
      "`over` lists resolved and closed conflicts, the latest first; all others are listed oldest first",
    ),
  task_id: text(128).optional(),
  source: sourceParam,
  limit: limitParam,
  cursor: cursorParam,
});
export type ListConflictsQuery = z.output<typeof listConflictsQuery>;

export const historyQuery = z.strictObject({
  outcome: listOf(OUTCOMES),
  trigger: listOf(TRIGGERS),
  source: sourceParam,
  limit: limitParam,
  cursor: cursorParam,
});
export type HistoryQuery = z.output<typeof historyQuery>;

export const runQuery = z.strictObject({
  limit: number(1, 500).optional().meta({
    type: "integer",
    minimum: 1,
    maximum: 500,
    description: "The most changes in one answer; an answer has all changes when this is left out",
  }),
  cursor: cursorParam,
});
export type RunQuery = z.output<typeof runQuery>;

export const activityQuery = z.strictObject({
  range: z.enum(ACTIVITY_RANGES, `must be one of ${ACTIVITY_RANGES.join(", ")}`).default("day"),
  source: sourceParam,
});
export type ActivityQuery = z.output<typeof activityQuery>;

export const noQuery = z.strictObject({});
