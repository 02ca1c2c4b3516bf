import { isRequiredField } from "../../lib/task/fields.ts";

/** What to enter in a required field that is empty. */
const ENTER: Record<string, string> = {
  skill_name: "Enter a name, such as daily-backup.",
  schedule_cron: "Enter a schedule, such as 0 2 * * * for every day at 02:00.",
};

const PARTS: Record<string, string> = {
  second: "The seconds must be 0 to 59.",
  minute: "The minute must be 0 to 59.",
  hour: "The hour must be 0 to 23.",
  day: "The day of the month must be 1 to 31.",
  month: "The month must be 1 to 12.",
  dayOfWeek: "The day of the week must be 0 to 7, or a name such as MON.",
};

/** The message of a check in the words of the form: it says what to enter. */
export function plainError(field: string, value: unknown, message: string): string {
  if (isRequiredField(field) && (value === undefined || (typeof value === "string" && value.trim() === "")))
    return ENTER[field] ?? "Enter a value.";
  if (field === "schedule_cron") return aboutSchedule(message);
  if (field === "timezone") return "Enter a time zone, such as Europe/Berlin or UTC.";
  if (field === "next_run_at") return "Enter a time, such as 2026-01-31T03:00:00Z, or leave it empty.";
  if (field === "id") return "Use a whole number, or letters, digits, '.', '_' and '-' without spaces.";
  return message.charAt(0).toUpperCase() + message.slice(1);
}

function aboutSchedule(message: string): string {
  const part = /Invalid value for (\w+)/.exec(message)?.[1];
  if (part !== undefined) return PARTS[part] ?? message;
  if (/exactly five/.test(message))
    return "A schedule has five parts: minute, hour, day of month, month, day of week. Such as 0 2 * * *.";
  const entry = /entry \d+ \((.*)\) contains illegal/.exec(message)?.[1];
  if (entry !== undefined) return `“${entry}” is no number, range, list, step or *.`;
  if (/illegal stepping/.test(message)) return "The step after / must be a number from 1 on, such as */15.";
  return `This is not a schedule: ${message.replace(/^not a cron expression: /, "")}`;
}
