import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { editSchedule } from "./edit.ts";
import { readSchedule } from "./read.ts";

/** Ways in which people write a schedule. The tests change `pending`, the status of task 2. */
const STYLES: Record<string, string> = {
  "two spaces": "tasks:\n  - id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n    status: pending\n",
  "dashes at the margin":
    "tasks:\n- id: 2\n  skill_name: a\n  schedule_cron: '* * * * *'\n  status: pending\nother: 1\n",
  "four spaces":
    "tasks:\n    - id: 2\n      skill_name: a\n      schedule_cron: '* * * * *'\n      status: pending\n",
  "wide dashes":
    "tasks:\n  -   id: 2\n      skill_name: a\n      schedule_cron: '* * * * *'\n      status: pending\n",
  "dash on its own line":
    "tasks:\n  -\n    id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n    status: pending\n",
  "dash with a comment":
    "tasks:\n  - # the second\n    id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n" +
    "    status: pending\n",
  "one indentation each":
    "tasks:\n - id: 1\n   skill_name: a\n   schedule_cron: '* * * * *'\n -     id: 2\n" +
    "       skill_name: a\n       schedule_cron: '* * * * *'\n       status: pending\n",
  "double quotes":
    'tasks:\n  - id: 2\n    skill_name: "a"\n    schedule_cron: "* * * * *"\n    status: "pending"\n',
  "single quotes":
    "tasks:\n  - id: 2\n    skill_name: 'a'\n    schedule_cron: '* * * * *'\n    status: 'pending'\n",
  "quoted keys":
    'tasks:\n  - "id": 2\n    "skill_name": a\n    "schedule_cron": "* * * * *"\n    "status": pending\n',
  "aligned values":
    "tasks:\n  - id:            2\n    skill_name:    a\n    schedule_cron: '* * * * *'\n" +
    "    status:        pending\n",
  "trailing comment":
    "tasks:\n  - id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n" +
    "    status: pending     # since May: it's {odd}\n",
  "tabs behind values":
    "tasks:\n  - id: 2\t\n    skill_name: a\t# tab\n    schedule_cron: '* * * * *'\n" +
    "    status: pending\t\t# tabs\n",
  "trailing spaces":
    "tasks:  \n  - id: 2  \n    skill_name: a  \n    schedule_cron: '* * * * *'\n    status: pending   \n",
  "comments everywhere":
    "# head\n\n# more\ntasks: # list\n  # above\n  - id: 2 # key\n    # between\n    skill_name: a\n\n" +
    "    # after a gap\n    schedule_cron: '* * * * *'\n # odd column\n    status: pending\n" +
    "    # below\n\n# foot\n",
  "blank lines":
    "\n\ntasks:\n\n\n  - id: 2\n\n    skill_name: a\n\n    schedule_cron: '* * * * *'\n\n\n" +
    "    status: pending\n\n\n\n",
  CRLF:
    "# head\r\ntasks:\r\n  - id: 2\r\n    skill_name: a\r\n    schedule_cron: '* * * * *'\r\n" +
    "    status: pending\r\n",
  "mixed line breaks":
    "tasks:\r\n  - id: 2\n    skill_name: a\r\n    schedule_cron: '* * * * *'\n    status: pending\r\n",
  "byte order mark":
    "\uFEFFtasks:\n  - id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n    status: pending\n",
  "no final line break":
    "tasks:\n  - id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n    status: pending",
  "document start and end":
    "---\ntasks:\n  - id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n    status: pending\n...\n",
  "version directive":
    "%YAML 1.2\n---\ntasks:\n  - id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n" +
    "    status: pending\n",
  "flow tasks":
    "tasks:\n  - {id: 1, skill_name: a, schedule_cron: '* * * * *'}\n" +
    "  - { id: 2, skill_name: a, schedule_cron: '* * * * *', status: pending } # two\n",
  "flow list":
    "tasks: [\n  {id: 1, skill_name: a, schedule_cron: '* * * * *'}, # one\n" +
    "  {id: 2, skill_name: a, schedule_cron: '* * * * *', status: pending},\n]\n",
  JSON:
    '{\n  "tasks": [\n' +
    '    {"id": 2, "skill_name": "a", "schedule_cron": "* * * * *", "status": "pending"}\n  ]\n}\n',
  "JSON in one line": '{"tasks":[{"id":2,"skill_name":"a","schedule_cron":"* * * * *","status":"pending"}]}',
  anchors:
    "tasks:\n  - id: 1\n    skill_name: &name a\n    schedule_cron: &cron '* * * * *'\n  - id: 2\n" +
    "    skill_name: *name\n    schedule_cron: *cron\n    status: pending\n",
  "merge keys":
    "defaults: &defaults\n  timezone: Europe/Berlin\n  params: {a: 1}\ntasks:\n  - <<: *defaults\n" +
    "    id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n    status: pending\n",
  "several merge keys":
    "a: &a {timezone: UTC}\nb: &b {description: x}\ntasks:\n  - id: 2\n    <<: [*a, *b]\n" +
    "    skill_name: a\n    schedule_cron: '* * * * *'\n    status: pending\n",
  "an anchor on the value":
    "tasks:\n  - id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n    status: &s pending\n",
  "block scalars":
    "tasks:\n  - id: 2\n    skill_name: a\n    description: |\n      - id: 9\n        # no comment\n" +
    "      status: x\n\n    schedule_cron: >-\n      0 3\n      * * *\n    status: pending\n" +
    "    params:\n      kept: |+\n        text\n\n\n  - id: 3\n    skill_name: b\n" +
    "    schedule_cron: '* * * * *'\n",
  "long scalars":
    "tasks:\n  - id: 2\n    skill_name: a\n    description: several\n      lines\n\n      of text\n" +
    "    note: \"more\n      of \\\n      it\"\n    schedule_cron: '* * *\n      * *'\n" +
    "    status: pending\n",
  "nested params":
    "tasks:\n  - id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n    params:\n      a:\n" +
    "      - 1\n      - b: 2\n        c: {d: [1, 2]}\n      - - x\n        - y\n    status: pending\n",
  "explicit keys":
    "tasks:\n  - ? id\n    : 2\n    ? skill_name\n    : a\n    schedule_cron: '* * * * *'\n" +
    "    ? status\n    : pending\n",
  "other sections":
    "version: 3\nmetadata:\n  last_sync: null\ntasks:\n  - id: 2\n    skill_name: a\n" +
    "    schedule_cron: '* * * * *'\n    status: pending\n# other\nother:\n  - id: 2\n    status: x\n",
  "an indented file":
    "  tasks:\n    - id: 2\n      skill_name: a\n      schedule_cron: '* * * * *'\n      status: pending\n",
  "other scripts":
    "tasks:\n  - id: 2\n    skill_name: 日本語 🙂 übung\n    schedule_cron: '* * * * *'\n    größe: 🙂\n" +
    "    status: pending # 🙂\n",
  "YAML 1.1":
    "%YAML 1.1\n---\ntasks:\n  - id: 2\n    skill_name: a\n    schedule_cron: '* * * * *'\n" +
    "    flag: yes\n    status: pending\n    next_run_at: 2026-01-31 03:00:00\n",
};

describe("one value changes, in every style", () => {
  it.each(Object.entries(STYLES))("%s", (_, text) => {
    const document = readSchedule(text);
    expect(document.fatal).toBeUndefined();
    expect(document.problems).toEqual([]);
    const result = editSchedule(document, {
      edits: [{ kind: "update", key: "2", changes: [{ path: ["status"], value: "active" }] }],
    });
    expect(result).toMatchObject({ ok: true, text: text.replace("pending", "active") });
  });
});

describe("a key is added and removed again, in every style", () => {
  it.each(Object.entries(STYLES))("%s", (_, text) => {
    const add = editSchedule(readSchedule(text), {
      edits: [{ kind: "update", key: "2", changes: [{ path: ["retries"], value: 3 }] }],
    });
    expect(add).toMatchObject({ ok: true });
    if (!add.ok) return;
    expect(add.text).not.toBe(text);
    const meant = (parse(text, { merge: true }) as { tasks: { id: number }[] }).tasks.map((task) =>
      task.id === 2 ? { ...task, retries: 3 } : task,
    );
    expect((parse(add.text, { merge: true }) as { tasks: unknown }).tasks).toEqual(meant);
    const remove = editSchedule(add.document, {
      edits: [{ kind: "update", key: "2", changes: [{ path: ["retries"], value: undefined }] }],
    });
    expect(remove).toMatchObject({ ok: true, text });
  });
});

describe("a task is added and removed again, in every style", () => {
  it.each(Object.entries(STYLES))("%s", (_, text) => {
    const task = {
      id: 77,
      skill_name: "new one",
      schedule_cron: "0 3 * * *",
      params: { deep: { list: [1, "x"] } },
    };
    const add = editSchedule(readSchedule(text), { edits: [{ kind: "add", task }] });
    expect(add).toMatchObject({ ok: true });
    if (!add.ok) return;
    const before = (parse(text, { merge: true }) as { tasks: object[] }).tasks;
    expect((parse(add.text, { merge: true }) as { tasks: unknown }).tasks).toEqual([...before, task]);
    const remove = editSchedule(add.document, { edits: [{ kind: "remove", key: "77" }] });
    expect(remove).toMatchObject({ ok: true, text });
  });
});
