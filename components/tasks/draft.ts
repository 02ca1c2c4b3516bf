import { isMap, type Json, type JsonMap } from "../../lib/json.ts";
import { cronError, isTimezone, nextRuns } from "../../lib/schedule/cron.ts";
import { parseTask } from "../../lib/task/schema.ts";
import {
  FIELD_DEFAULTS,
  FIELD_NAMES,
  isKnownKey,
  isRequiredField,
  RESERVED_KEYS,
} from "../../lib/task/fields.ts";
import { plainError } from "./plain-errors.ts";

/** Required fields start empty. A person who adds a task usually wants it to run, hence the status. */
export const NEW_TASK: JsonMap = {
  ...Object.fromEntries(FIELD_NAMES.filter(isRequiredField).map((name) => [name, ""])),
  ...FIELD_DEFAULTS,
  status: "active",
};

/** Errors by field, under `""` for errors of the whole task. The rules are those of the server. */
export function draftErrors(content: JsonMap, isNew: boolean): Record<string, string> {
  // The server gives a task without an id the next number.
  const parsed = parseTask(isNew && content["id"] === undefined ? { ...content, id: 0 } : content);
  if (parsed.ok) return {};
  const errors: Record<string, string> = {};
  for (const { path, message } of parsed.problems) {
    const field = String(path[0] ?? "");
    errors[field] ??= plainError(field, content[field], message.replace(new RegExp(`^${field}: `), ""));
  }
  return errors;
}

/**
 * The id that the typed text means: a whole number when it looks like one, as in the file, and otherwise text.
 * Undefined for an empty text, so that the server gives the next number.
 */
export function typedId(text: string): Json | undefined {
  const trimmed = text.trim();
  if (trimmed === "") return undefined;
  return /^(0|[1-9]\d{0,14})$/.test(trimmed) ? Number(trimmed) : trimmed;
}

/** The keys that Lockstep does not know; they are synced as well. */
export function extraOf(content: JsonMap): JsonMap {
  return Object.fromEntries(
    Object.entries(content).filter(([name]) => !isKnownKey(name) && !RESERVED_KEYS.has(name)),
  );
}

export function withExtra(content: JsonMap, extra: JsonMap): JsonMap {
  const known = Object.fromEntries(Object.entries(content).filter(([name]) => isKnownKey(name)));
  const free = Object.fromEntries(Object.entries(extra).filter(([name]) => !isKnownKey(name)));
  return { ...known, ...free };
}

export function textOf(value: Json | undefined): string {
  return typeof value === "string"
    ? value
    : value === undefined || value === null
      ? ""
      : JSON.stringify(value);
}

export function mapOf(value: Json | undefined): JsonMap {
  return isMap(value) ? value : {};
}

/** The next `count` times at which the task fires; none while cron or time zone are not valid. */
export function upcoming(cron: string, timezone: string, after: Date, count: number): string[] {
  if (cron.trim() === "" || cronError(cron) !== null || !isTimezone(timezone)) return [];
  return nextRuns(cron, timezone, after, count);
}
