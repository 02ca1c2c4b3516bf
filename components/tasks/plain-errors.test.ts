import { expect, it } from "vitest";
import { draftErrors, NEW_TASK } from "./draft.ts";

it.each([
  [{}, "skill_name", "Enter a name, such as daily-backup."],
  [{}, "schedule_cron", "Enter a schedule, such as 0 2 * * * for every day at 02:00."],
  [{ schedule_cron: "0 99 * * *" }, "schedule_cron", "The hour must be 0 to 23."],
  [{ schedule_cron: "0 2 32 * *" }, "schedule_cron", "The day of the month must be 1 to 31."],
  [
    { schedule_cron: "every day" },
    "schedule_cron",
    "A schedule has five parts: minute, hour, day of month, month, day of week. Such as 0 2 * * *.",
  ],
  [{ schedule_cron: "x 2 * * *" }, "schedule_cron", "“x” is no number, range, list, step or *."],
  [
    { schedule_cron: "*/0 2 * * *" },
    "schedule_cron",
    "The step after / must be a number from 1 on, such as */15.",
  ],
  [{ timezone: "Mars/Base" }, "timezone", "Enter a time zone, such as Europe/Berlin or UTC."],
  [{ id: "no spaces" }, "id", "Use a whole number, or letters, digits, '.', '_' and '-' without spaces."],
])("%j: %s", (more, field, message) => {
  expect(draftErrors({ ...NEW_TASK, ...more }, true)[field]).toBe(message);
});
