import { expect, it } from "vitest";
import { readSchedule } from "./read.ts";
import { taskLines } from "./task-lines.ts";

it("gives the line of each task, held tasks too", () => {
  const yaml =
    `# head\ntasks:\n  # one\n  - id: 1\n    skill_name: a\n    schedule_cron: "* * * * *"\n\n  - id: b\n` +
    "    skill_name: b\n    schedule_cron: never\n  - skill_name: nameless\n";
  expect(taskLines(readSchedule(yaml))).toEqual([
    { task_id: "1", line: 4 },
    { task_id: "b", line: 8 },
  ]);
  const flow =
    `tasks: [{id: 1, skill_name: a, schedule_cron: "* * * * *"},\n` +
    `  {id: 2, skill_name: b, schedule_cron: "* * * * *"}]\n`;
  expect(taskLines(readSchedule(flow))).toEqual([
    { task_id: "1", line: 1 },
    { task_id: "2", line: 2 },
  ]);
});
