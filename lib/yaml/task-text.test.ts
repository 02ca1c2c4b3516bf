import { describe, expect, it } from "vitest";
import { readSchedule } from "./read.ts";
import { taskText } from "./task-text.ts";

const BLOCK = `# The schedule.
tasks:
  # nightly
  # (at two)
  - id: 1
    skill_name: backup # keep
    schedule_cron: "0 2 * * *"
    # deeper comments are the task's
    description: |
      # not a comment

      text

  # hourly

  # about the second
  - id: two
    skill_name: check
    schedule_cron: "0 * * * *"
other: x
`;

const FIRST = BLOCK.slice(BLOCK.indexOf("  # nightly"), BLOCK.indexOf("\n  # hourly"));
const SECOND = BLOCK.slice(BLOCK.indexOf("  # about"), BLOCK.indexOf("other:"));

/** An anchor outside the list, because of which the file is read in one piece. */
const WHOLE = BLOCK.replace("other: x", "other: &o x")
  .replace("skill_name: check", "skill_name: check\n    note: *o")
  .replace("tasks:", "zone: &z UTC\ntasks:")
  .replace("note: *o", "note: *z");

describe("the lines of a task", () => {
  it("begin with the comments above its dash and end before the comments of the next task", () => {
    const document = readSchedule(BLOCK);
    expect(document.parts.layout).toBeDefined();
    expect(taskText(document, "1")).toEqual({ line: 3, text: FIRST });
    expect(taskText(document, "two")).toEqual({ line: 16, text: SECOND });
  });

  it("are the same when the file was read in one piece", () => {
    const document = readSchedule(WHOLE);
    expect(document.parts.layout).toBeUndefined();
    expect(taskText(document, "1")).toEqual({ line: 4, text: FIRST });
    expect(taskText(document, "two")).toEqual({
      line: 17,
      text: SECOND.replace("check\n", "check\n    note: *z\n"),
    });
  });

  it("in brackets are the text between the commas", () => {
    const document = readSchedule(
      'tasks: [{id: 1, skill_name: a, schedule_cron: "* * * * *"},\n' +
        '  {id: 2, skill_name: b, schedule_cron: "* * * * *"}]\n',
    );
    expect(taskText(document, "2")).toEqual({
      line: 2,
      text: '{id: 2, skill_name: b, schedule_cron: "* * * * *"}',
    });
  });

  it("keep their line breaks, and end with the file", () => {
    const document = readSchedule('tasks:\r\n- id: 1\r\n  skill_name: a\r\n  schedule_cron: "* * * * *"');
    expect(taskText(document, "1")).toEqual({
      line: 2,
      text: '- id: 1\r\n  skill_name: a\r\n  schedule_cron: "* * * * *"',
    });
  });

  it("exist only for valid tasks", () => {
    const document = readSchedule("tasks:\n- id: 1\n  skill_name: a\n  schedule_cron: nonsense\n");
    expect(taskText(document, "1")).toBeUndefined();
    expect(taskText(document, "9")).toBeUndefined();
  });
});
