import { z } from "zod";
import { isMap, type Json, type JsonMap, setKey } from "../json.ts";
import type { ProblemCode } from "../problem.ts";
import { cronError, isTimezone } from "../schedule/cron.ts";
import { FIELDS, type FieldName, type FieldValues, isKnownKey, RESERVED_KEYS } from "./fields.ts";
import { TASK_STATUSES } from "./status.ts";
import { MAX_DEPTH, storableError } from "./storable.ts";
import type { Task } from "./task.ts";
import { canonicalTimestamp } from "./timestamp.ts";

const SLUG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;

const ID_RULE = "must be an integer or up to 128 letters, digits, '.', '_' and '-'";

export const idSchema = z
  .union(
    [
      z.number().int().min(0, "must not be negative").max(Number.MAX_SAFE_INTEGER, "is too large; quote it"),
      z.string().regex(SLUG, ID_RULE),
    ],
    ID_RULE,
  )
  .describe('Integer or slug, unique in its source; 1 and "1" are the same task');

const text = z.string("must be text; a number or yes/no needs quotes");

const cronSchema = text.superRefine((value, context) => {
  const error = cronError(value);
  if (error !== null) {
    context.addIssue({
      code: "custom",
      params: { problem: "invalid_cron" },
      message: `not a cron expression: ${error}`,
    });
  }
});

const timezoneSchema = text.refine(isTimezone, {
  params: { problem: "invalid_timezone" },
  message: "not an IANA time zone such as Europe/Berlin",
});

const timestampSchema = z
  .string("must be a time such as 2026-01-31T03:00:00Z")
  .transform((value, context) => {
    const canonical = canonicalTimestamp(value);
    if (canonical !== null) return canonical;
    context.addIssue({ code: "custom", message: "not a time such as 2026-01-31T03:00:00Z" });
    return z.NEVER;
  });

/** `storableError` checks the values inside: its messages are better, and it makes no copy. */
const paramsSchema = z
  .custom<JsonMap>((value) => isMap(value as Json), "must be a map of keys and values")
  .meta({ type: "object", description: "A map of any JSON values" });

/** What either side may state for each field, and the canonical value it stands for. */
const FIELD_SCHEMAS = {
  skill_name: text.trim().min(1, "must not be empty"),
  schedule_cron: cronSchema,
  next_run_at: timestampSchema.nullable().default(FIELDS.next_run_at.default),
  timezone: timezoneSchema.default(FIELDS.timezone.default),
  status: z.enum(TASK_STATUSES).default(FIELDS.status.default),
  description: text.nullable().default(FIELDS.description.default),
  params: paramsSchema
    .nullable()
    .default(FIELDS.params.default)
    .transform((params) => params ?? {}),
} satisfies { [Name in FieldName]: z.ZodType<FieldValues[Name]> };

/** The known keys of a task as either side spells them; unknown keys pass through. */
export const taskFieldsSchema = z.object({
  id: idSchema,
  ...FIELD_SCHEMAS,
  updated_at: timestampSchema.nullable().default(null),
});

export interface FieldProblem {
  code: ProblemCode;
  message: string;
  /** Path of the key in the task; empty for the task as a whole. */
  path: (string | number)[];
}

export type ParsedTask = { ok: true; task: Task } | { ok: false; problems: FieldProblem[] };

/** The canonical task of what a side states, or everything that is wrong with it. */
export function parseTask(plain: Json): ParsedTask {
  if (!isMap(plain)) {
    return {
      ok: false,
      problems: [{ code: "invalid_task", message: "a task must be a map of keys and values", path: [] }],
    };
  }
  const problems: FieldProblem[] = [];
  const extra: JsonMap = {};
  for (const [key, value] of Object.entries(plain)) {
    if (RESERVED_KEYS.has(key)) {
      problems.push({
        code: "reserved_key",
        message: `'${key}' is reserved by Lockstep; rename the key`,
        path: [key],
      });
    } else if (!isKnownKey(key)) {
      setKey(extra, key, value);
    }
  }
  const unstorable = storableError(plain);
  if (unstorable) problems.push({ code: "unstorable_value", ...unstorable });
  // A value nested this deep would exhaust the stack of the checks below.
  if (unstorable && unstorable.path.length > MAX_DEPTH) return { ok: false, problems };
  const parsed = taskFieldsSchema.safeParse(plain);
  if (parsed.success && problems.length === 0) {
    // The map as it came, not zod's copy of it: a key named __proto__ is data too.
    const params = isMap(plain["params"]) ? plain["params"] : {};
    return { ok: true, task: { ...parsed.data, params, extra } };
  }
  for (const issue of parsed.error?.issues ?? []) {
    const path = issue.path.filter((part) => typeof part !== "symbol");
    const key = path[0];
    const missing = key !== undefined && !Object.hasOwn(plain, key);
    problems.push({
      code: missing && key === "id" ? "missing_id" : problemCode(issue),
      message: missing ? `${key} is missing` : `${path.join(".") || "task"}: ${issue.message}`,
      path: missing ? [] : path,
    });
  }
  return { ok: false, problems };
}

function problemCode(issue: z.core.$ZodIssue): ProblemCode {
  const code: unknown = issue.code === "custom" ? issue.params?.["problem"] : undefined;
  return code === "invalid_cron" || code === "invalid_timezone" ? code : "invalid_task";
}
