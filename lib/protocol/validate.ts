import type { z } from "zod";
import { type FieldError, LockstepError } from "../errors.ts";
import { isMap, type Json } from "../json.ts";

/**
 * Validates the value, and returns it as the schema parses it.
 * @throws {LockstepError} invalid_request, with one entry in `errors` for each mistake.
 */
export function validate<S extends z.ZodType>(schema: S, value: unknown, what: string): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const errors = parsed.error.issues.flatMap((issue) => fieldErrors(issue, value));
  const first = errors[0];
  const detail = first ? `: ${first.field === "" ? "" : `${first.field} `}${first.message}` : "";
  throw new LockstepError("invalid_request", `${what} is not valid${detail}`, { errors });
}

function fieldErrors(issue: z.core.$ZodIssue, value: unknown): FieldError[] {
  const field = issue.path.map(String).join(".");
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      field: field === "" ? key : `${field}.${key}`,
      message: "is not a known key",
    }));
  }
  const [name, ...deeper] = issue.path;
  const missing =
    name !== undefined &&
    deeper.length === 0 &&
    isMap(value as Json) &&
    !Object.hasOwn(value as object, name);
  return [{ field, message: missing ? "is missing" : issue.message }];
}

/** Query parameters as an object. A value is text, or a list when its name is repeated. */
export function queryObject(search: URLSearchParams): Record<string, string | string[]> {
  const result: Record<string, string | string[]> = {};
  for (const name of new Set(search.keys())) {
    const values = search.getAll(name);
    result[name] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return result;
}
