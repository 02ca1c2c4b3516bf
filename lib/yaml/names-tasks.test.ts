import { expect, it } from "vitest";
import { namesTasks } from "./names-tasks.ts";

it.each([
  ["a list", "tasks:\n  - id: 1\n", true],
  ["a list after other keys and a byte order mark", "\uFEFF# jobs\nversion: 1\n'tasks' :\n", true],
  ["a list that is never closed", "tasks: [\n", true],
  ["JSON that is never closed", '{\n  "tasks": [{"id": 1}\n', true],
  ["another program's settings", "DATABASE_URL=postgresql://a:b@c/d\nAPI_TOKEN=tasks:\n", false],
  ["a key inside another", "all:\n  tasks: []\n", false],
  ["a longer key", "subtasks: []\ntasks_done: 1\n", false],
  ["nothing", "", false],
])("%s", (_name, text, expected) => {
  expect(namesTasks(text)).toBe(expected);
});
