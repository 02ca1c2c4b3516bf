import { describe, expect, it } from "vitest";
import { diffOf, NEW, update } from "./edit.fixture.ts";
import type { YamlEdit } from "./edit-request.ts";

describe("editSchedule, with anchors, aliases, tags and brackets", () => {
  it.each<[string, string, YamlEdit[], string[]]>([
    [
      "an anchored value: its aliases keep their value",
      "tasks:\n- id: 1\n  skill_name: &n old\n  schedule_cron: '* * * * *'\n- id: 2\n" +
        "  skill_name: *n # same\n  schedule_cron: '* * * * *'\n",
      [update("1", { skill_name: "new" })],
      [
        "-  skill_name: &n old",
        "+  skill_name: &n new",
        "-  skill_name: *n # same",
        "+  skill_name: old # same",
      ],
    ],
    [
      "an alias: only its own value changes",
      "tasks:\n- id: 1\n  skill_name: &n old\n  schedule_cron: '* * * * *'\n- id: 2\n" +
        "  skill_name: *n # same\n  schedule_cron: '* * * * *'\n",
      [update("2", { skill_name: "new" })],
      ["-  skill_name: *n # same", "+  skill_name: new # same"],
    ],
    [
      "through an alias: the value is written out",
      "p: &p {a: 1, b: 2}\ntasks:\n- id: 1\n  skill_name: x\n  schedule_cron: '* * * * *'\n  params: *p\n",
      [update("1", { "params.a": 5 })],
      ["-  params: *p", "+  params:", "+    a: 5", "+    b: 2"],
    ],
    [
      "a merged key: it is added beside the merge",
      "d: &d {timezone: UTC}\ntasks:\n- <<: *d\n  id: 1\n  skill_name: x\n  schedule_cron: '* * * * *'\n",
      [update("1", { timezone: "Europe/Berlin" })],
      ["+  timezone: Europe/Berlin"],
    ],
    [
      "a merged key removed: the others are written out",
      "d: &d {timezone: UTC, status: active}\ntasks:\n- id: 1\n  <<: *d\n  skill_name: x\n" +
        "  schedule_cron: '* * * * *'\n",
      [update("1", { timezone: undefined })],
      ["-  <<: *d", "+  status: active"],
    ],
    [
      "a task that others merge: they keep their values",
      "tasks:\n- &base\n  id: 1\n  skill_name: x\n  schedule_cron: '* * * * *'\n- <<: *base\n  id: 2\n",
      [update("1", { skill_name: "z" })],
      ["-  skill_name: x", "+  skill_name: z", "+  skill_name: x"],
    ],
    [
      "a task with anchors removed",
      "tasks:\n- id: 1\n  skill_name: &n x\n  schedule_cron: &c '* * * * *'\n- id: 2\n" +
        "  skill_name: *n\n  schedule_cron: *c # c\n",
      [{ kind: "remove", key: "1" }],
      [
        "-- id: 1",
        "-  skill_name: &n x",
        "-  schedule_cron: &c '* * * * *'",
        "-  skill_name: *n",
        "-  schedule_cron: *c # c",
        "+  skill_name: x",
        "+  schedule_cron: '* * * * *' # c",
      ],
    ],
    [
      "a task that is an alias",
      "t: &t {id: 1, skill_name: x, schedule_cron: '* * * * *'}\ntasks:\n- *t\n",
      [update("1", { status: "active" })],
      ["-- *t", "+- id: 1", "+  skill_name: x", "+  schedule_cron: '* * * * *'", "+  status: active"],
    ],
    [
      "a tag is removed with its value",
      "tasks:\n- id: !!int 1\n  skill_name: !!str 12\n  schedule_cron: '* * * * *'\n",
      [update("1", { skill_name: "13" })],
      ["-  skill_name: !!str 12", "+  skill_name: '13'"],
    ],
    [
      "a task after a scalar that keeps its blank lines",
      "tasks:\n- id: 1\n  skill_name: x\n  schedule_cron: '* * * * *'\n  description: |+\n    kept\n\n" +
        "- id: 2\n  skill_name: x\n  schedule_cron: '* * * * *'\n\n- id: 3\n  skill_name: x\n" +
        "  schedule_cron: '* * * * *'\n",
      [{ kind: "remove", key: "2" }],
      ["-- id: 2", "-  skill_name: x", "-  schedule_cron: '* * * * *'", "-"],
    ],
    [
      "text of several lines before a comment",
      "tasks:\n- id: 1\n  skill_name: x\n  schedule_cron: '* * * * *'\n  description: # why\n",
      [update("1", { description: "a\nb" })],
      ["-  description: # why", '+  description: "a\\nb" # why'],
    ],
    [
      "a file written as JSON",
      '{"tasks": [\n  {"id": 1, "skill_name": "a", "schedule_cron": "* * * * *"}\n]}\n',
      [update("1", { status: "active" }), { kind: "add", task: NEW }],
      [
        '-  {"id": 1, "skill_name": "a", "schedule_cron": "* * * * *"}',
        '+  {"id": 1, "skill_name": "a", "schedule_cron": "* * * * *", "status": "active"},',
        '+  {"id": 9, "skill_name": "new", "schedule_cron": "* * * * *"}',
      ],
    ],
    [
      "a task in brackets removed with its line",
      "tasks: [\n  {id: 1, skill_name: a, schedule_cron: '* * * * *'}, # one\n" +
        "  {id: 2, skill_name: a, schedule_cron: '* * * * *'} # two\n]\n",
      [{ kind: "remove", key: "2" }],
      [
        "-  {id: 1, skill_name: a, schedule_cron: '* * * * *'}, # one",
        "-  {id: 2, skill_name: a, schedule_cron: '* * * * *'} # two",
        "+  {id: 1, skill_name: a, schedule_cron: '* * * * *'} # one",
      ],
    ],
  ])("%s", (_, text, edits, diff) => {
    expect(diffOf(text, { edits })).toEqual(diff);
  });
});
