import { expect, it } from "vitest";
import { draftErrors, extraOf, NEW_TASK, typedId, upcoming, withExtra } from "./draft.ts";

it("says per field what is wrong with a new task, and has no errors for a valid task", () => {
  expect(Object.keys(draftErrors(NEW_TASK, true)).sort()).toEqual(["schedule_cron", "skill_name"]);
  expect(draftErrors({ ...NEW_TASK, skill_name: "a", schedule_cron: "0 2 * * *" }, true)).toEqual({});
  const wrong = draftErrors(
    { ...NEW_TASK, id: "no spaces", skill_name: "a", schedule_cron: "0 99 * * *", timezone: "Mars/Base" },
    true,
  );
  expect(Object.keys(wrong).sort()).toEqual(["id", "schedule_cron", "timezone"]);
});

it("reads a typed id as the file would", () => {
  expect(["7", " 12 ", "007", "web-1", "", "  "].map(typedId)).toEqual([
    7,
    12,
    "007",
    "web-1",
    undefined,
    undefined,
  ]);
});

it("separates known keys from unknown keys", () => {
  const content = { id: 1, skill_name: "a", owner: "ops", team: { lead: "x" } };
  expect(extraOf(content)).toEqual({ owner: "ops", team: { lead: "x" } });
  expect(withExtra(content, { owner: "me", skill_name: "never" })).toEqual({
    id: 1,
    skill_name: "a",
    owner: "me",
  });
});

it("computes the next times in the task's own zone, and none for an invalid schedule", () => {
  const after = new Date("2026-07-01T00:00:00Z");
  expect(upcoming("30 3 * * *", "Europe/Berlin", after, 2)).toEqual([
    "2026-07-01T01:30:00.000Z",
    "2026-07-02T01:30:00.000Z",
  ]);
  expect(upcoming("every day", "UTC", after, 2)).toEqual([]);
  expect(upcoming("0 3 * * *", "Mars/Base", after, 2)).toEqual([]);
});
