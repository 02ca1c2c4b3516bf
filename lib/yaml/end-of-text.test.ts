import { expect, it } from "vitest";
import { editSchedule } from "./edit.ts";
import { NEW, update } from "./edit.fixture.ts";
import type { YamlEdit } from "./edit-request.ts";
import { readSchedule } from "./read.ts";

const HEAD = "tasks:\n  - id: 1\n    skill_name: one\n    schedule_cron: '* * * * *'";
const TWO = "\n  - id: 2\n    skill_name: two\n    schedule_cron: '* * * * *'";
const BLOCK = "\n    description: |\n      a\n      b";

function edited(text: string, edit: YamlEdit): string {
  const result = editSchedule(readSchedule(text), { edits: [edit] });
  if (!result.ok) throw new Error(result.problem.message);
  return result.text;
}

/** Some readers (PyYAML) read a block without its last line break where the text has none. */
it.each<[string, string, YamlEdit, string]>([
  ["is added", HEAD, update("1", { description: "a\nb\n" }), `${HEAD}\n    description: "a\\nb\\n"`],
  [
    "has no last line break",
    HEAD,
    update("1", { description: "a\nb" }),
    `${HEAD}${BLOCK.replace("|", "|-")}`,
  ],
  [
    "is replaced",
    HEAD + BLOCK,
    update("1", { description: "c\nd\n" }),
    `${HEAD}\n    description: "c\\nd\\n"`,
  ],
  ["is its author's", TWO + BLOCK, update("1", { owner: "me" }), `\n    owner: me${TWO}${BLOCK}`],
  [
    "stood above a key",
    `${HEAD}${BLOCK}\n    owner: me`,
    update("1", { owner: undefined }),
    `${HEAD}${BLOCK}\n`,
  ],
  ["stood above a task", HEAD + BLOCK + TWO, { kind: "remove", key: "2" }, `${HEAD}${BLOCK}\n`],
  ["is of a new task", HEAD, { kind: "add", task: { ...NEW, owner: "a\n" } }, 'owner: "a\\n"'],
])("a block of lines at the end of a text without a line break %s", (_, text, edit, end) => {
  expect(edited(text.startsWith("tasks") ? text : HEAD + text, edit).endsWith(end)).toBe(true);
});
