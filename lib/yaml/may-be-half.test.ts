import { describe, expect, it } from "vitest";
import { mayBeHalf } from "./may-be-half.ts";
import { readSchedule } from "./read.ts";

const task = (id: number, more = "") =>
  `  - id: ${id}\n    skill_name: job\n    schedule_cron: "0 1 * * *"\n    params:\n      a: 1\n      b: 2\n${more}`;
const TEXT = `tasks:\n${task(1)}${task(2, "    status: active\n")}`;
const isHalf = (now: string, before = TEXT) => mayBeHalf(readSchedule(before), readSchedule(now));

describe("a text that may be half a save", () => {
  it.each([
    ["lacks a task", `tasks:\n${task(1)}`],
    ["has a task that cannot be read any more", TEXT.replace('"0 1 * * *"', "never")],
    ["has an item without an id", TEXT.replace("id: 2", "name: 2")],
    ["ends with a new task", TEXT + task(3)],
    ["ends with a task that lost a key", `tasks:\n${task(1)}${task(2)}`],
    ["ends inside a map", TEXT.slice(0, TEXT.lastIndexOf("      b: 2"))],
    ["ends inside a line", TEXT.slice(0, -3)],
  ])("%s", (_what, now) => expect(isHalf(now)).toBe(true));

  it("lacks what stood after the tasks", () => {
    expect(isHalf(TEXT, `${TEXT}metadata:\n  version: 1\n`)).toBe(true);
  });

  it("is any text of which nothing is known", () => {
    expect(mayBeHalf(undefined, readSchedule(TEXT))).toBe(true);
  });
});

describe("a text that is whole", () => {
  it.each([
    ["is the same", TEXT],
    ["changes a value", TEXT.replace("a: 1", "a: 7")],
    ["changes a value of the last task", TEXT.replace("status: active", "status: paused")],
    ["loses a key of a task that is not the last", TEXT.replace("      a: 1\n", "")],
    ["has a new task that is not the last", `tasks:\n${task(3)}${TEXT.slice("tasks:\n".length)}`],
  ])("%s", (_what, now) => expect(isHalf(now)).toBe(false));
});
