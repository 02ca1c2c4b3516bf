import type { z } from "zod";
import { type FieldError, LockstepError } from "../errors.ts";

/**
 * The value as the schema wants it.
 * @throws {LockstepError} invalid_request, one entry in `errors` per thing wrong.
 */
export function validate<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap(fieldErrors);
  const first = errors[0];
  const detail = first ? `: ${first.field === "" ? "" : `${first.field} `}${first.message}` : "";
  throw new LockstepError("invalid_request", `${what} is not valid${detail}`, { errors });
}

function fieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  const field = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({ field: field === "" ? key : `${field}.${key}`, message: "is not a known key" }));
  }
  const missing = issue.code === "invalid_type" && issue.input === undefined;
  return [{ field, message: missing ? "is missing" : issue.message }];
}

/** Query parameters as an object: text, or a list where a name is repeated. */
export function queryObject(search: URLSearchParams): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    result[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return result;
}
