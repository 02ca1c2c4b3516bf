import { describe, expect, it } from "vitest";
import { FILE, NEW, update } from "./edit.fixture.ts";
import type { YamlEdit } from "./edit-request.ts";
import { editSchedule } from "./edit.ts";
import { readSchedule } from "./read.ts";

describe("editSchedule refuses", () => {
  it.each<[string, YamlEdit[], RegExp]>([
    ["a task that does not exist", [update("absent", { status: "active" })], /not in the file/],
    ["removing a task that does not exist", [{ kind: "remove", key: "absent" }], /not in the file/],
    ["a task with a problem", [update("bad", { status: "active" })], /problem/],
    ["a duplicate", [{ kind: "remove", key: "twice" }], /problem/],
    ["an id that is taken", [{ kind: "add", task: { ...NEW, id: "1" } }], /taken/],
    ["an id that is held", [{ kind: "add", task: { ...NEW, id: "bad" } }], /taken/],
    [
      "one id twice",
      [
        { kind: "add", task: NEW },
        { kind: "add", task: NEW },
      ],
      /taken/,
    ],
    ["a value that is not valid", [update("1", { status: "sleeping" })], /would not be valid/],
    ["a required key removed", [update("1", { skill_name: undefined })], /would not be valid/],
    ["another id", [update("1", { id: 5 })], /cannot change/],
    ["a new task that is not valid", [{ kind: "add", task: { id: 5 } }], /not valid/],
  ])("%s", (_, edits, message) => {
    const twice = "  - id: twice\n    skill_name: x\n    schedule_cron: '* * * * *'\n";
    const document = readSchedule(
      FILE.replace("  - id: 3\n", `  - id: bad\n    skill_name: x\n${twice}${twice}  - id: 3\n`),
    );
    const result = editSchedule(document, { edits: [update("two", { status: "active" }), ...edits] });
    expect(result).toMatchObject({
      ok: false,
      problem: { code: "edit_refused", message: expect.stringMatching(message) as string },
    });
  });

  it("a file that cannot be read", () => {
    expect(editSchedule(readSchedule("tasks: [\n"), { edits: [] })).toMatchObject({
      ok: false,
      problem: { code: "edit_refused" },
    });
  });
});
