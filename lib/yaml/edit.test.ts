import { describe, expect, it } from "vitest";
import type { Json } from "../json.ts";
import { editSchedule, editScheduleInSteps } from "./edit.ts";
import { readSchedule } from "./read.ts";
import { taskAt } from "./task-at.ts";
import type { EditRequest, YamlEdit } from "./types.ts";

const update = (key: string, changes: Record<string, Json | undefined>): YamlEdit => ({
  kind: "update",
  key,
  changes: Object.entries(changes).map(([path, value]) => ({ path: path.split("."), value })),
});
const NEW = { id: 9, skill_name: "new", schedule_cron: "* * * * *" };

/** The lines that went and came, as a diff shows them. */
function lineDiff(before: string, after: string): string[] {
  const [a, b] = [before.split("\n"), after.split("\n")];
  const common = a.map(() => new Array<number>(b.length + 1).fill(0));
  common.push(new Array<number>(b.length + 1).fill(0));
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i]![j] =
        a[i] === b[j] ? common[i + 1]![j + 1]! + 1 : Math.max(common[i + 1]![j]!, common[i]![j + 1]!);
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && a[i] === b[j]) [i, j] = [i + 1, j + 1];
    else if (j >= b.length || (i < a.length && common[i + 1]![j]! >= common[i]![j + 1]!))
      lines.push(`-${a[i++]}`);
    else lines.push(`+${b[j++]}`);
  }
  return lines;
}

function diffOf(text: string, request: EditRequest): string[] {
  const result = editSchedule(readSchedule(text), request);
  if (!result.ok) throw new Error(result.problem.message);
  const again = readSchedule(result.text);
  expect([...again.keys()].map((key) => again.fingerprintOf(key))).toEqual(
    [...result.document.keys()].map((key) => result.document.fingerprintOf(key)),
  );
  return lineDiff(text, result.text);
}

const FILE = `# Nightly jobs
metadata:
  last_sync: 2026-01-01T00:00:00Z  # kept by the sync
  sync_source: "yaml"

tasks:
  # the backup
  - id: 1
    skill_name: "backup"
    schedule_cron: '0 3 * * *'   # nightly
    status: pending
    next_run_at: 2026-01-31T03:00:00Z
    params: {x: 1}  # inline
    updated_at: "2026-01-01 00:00:00"

  # ---- reports ----

  # the report
  - id: two
    skill_name: report
    schedule_cron: 0 3 * * *
    description: |  # two lines
      foo
      bar
    params:  # nested
      a: 1   # one
      # inner
      to:
        - x@example.com
        - y@example.com # why
    # about the report

  - id: 3
    skill_name: last
    schedule_cron: 1 * * * *
    params:
# another section
other: 1
`;

describe("editSchedule", () => {
  it.each<[string, EditRequest, string[]]>([
    [
      "values keep their quotes and notation",
      {
        edits: [
          update("1", {
            skill_name: "on",
            status: "active",
            next_run_at: "2026-02-01T03:00:00.000Z",
            updated_at: "2026-02-01T03:04:05.000Z",
          }),
        ],
      },
      [
        '-    skill_name: "backup"',
        '+    skill_name: "on"',
        "-    status: pending",
        "-    next_run_at: 2026-01-31T03:00:00Z",
        "+    status: active",
        "+    next_run_at: 2026-02-01T03:00:00Z",
        '-    updated_at: "2026-01-01 00:00:00"',
        '+    updated_at: "2026-02-01 03:04:05"',
      ],
    ],
    [
      "fractions of a second are not lost",
      { edits: [update("1", { next_run_at: "2026-02-01T03:00:00.250Z" })] },
      ["-    next_run_at: 2026-01-31T03:00:00Z", "+    next_run_at: 2026-02-01T03:00:00.250Z"],
    ],
    [
      "a comment behind the value stays",
      { edits: [update("1", { schedule_cron: "*/5 * * * *" })] },
      ["-    schedule_cron: '0 3 * * *'   # nightly", "+    schedule_cron: '*/5 * * * *'   # nightly"],
    ],
    [
      "a cron that cannot stand plain",
      { edits: [update("3", { schedule_cron: "*/5 * * * *" })] },
      ["-    schedule_cron: 1 * * * *", '+    schedule_cron: "*/5 * * * *"'],
    ],
    [
      "a key of a flow map, added and set",
      { edits: [update("1", { "params.x": 2, "params.y": [1, { a: "b, c" }] })] },
      ["-    params: {x: 1}  # inline", '+    params: {x: 2, "y": [1, {a: "b, c"}]}  # inline'],
    ],
    [
      "a flow map emptied",
      { edits: [update("1", { "params.x": undefined })] },
      ["-    params: {x: 1}  # inline", "+    params: {}  # inline"],
    ],
    [
      "a key added, before what belongs to the next task",
      { edits: [update("1", { timezone: "Europe/Berlin" })] },
      ["+    timezone: Europe/Berlin"],
    ],
    [
      "a key added below a list",
      { edits: [update("two", { "params.deep": { list: [], map: {}, null: null, text: "12:30" } })] },
      [
        "+      deep:",
        "+        list: []",
        "+        map: {}",
        '+        "null": null',
        '+        text: "12:30"',
      ],
    ],
    [
      "a key added to an empty value",
      { edits: [update("3", { "params.a.b": 1 })] },
      ["+      a:", "+        b: 1"],
    ],
    [
      "a key removed with its own comment",
      { edits: [update("two", { "params.a": undefined })] },
      ["-      a: 1   # one"],
    ],
    [
      "a nested key removed as a whole",
      { edits: [update("two", { params: undefined })] },
      [
        "-    params:  # nested",
        "-      a: 1   # one",
        "-      # inner",
        "-      to:",
        "-        - x@example.com",
        "-        - y@example.com # why",
      ],
    ],
    [
      "the last key of a map removed",
      { edits: [update("two", { "params.a": undefined, "params.to": undefined })] },
      [
        "-    params:  # nested",
        "-      a: 1   # one",
        "-      # inner",
        "-      to:",
        "-        - x@example.com",
        "-        - y@example.com # why",
        "+    params: {}  # nested",
      ],
    ],
    [
      "an item of a list changed",
      { edits: [update("two", { "params.to": ["x@example.com", "z@example.com"] })] },
      ["-        - y@example.com # why", "+        - z@example.com # why"],
    ],
    [
      "items appended to a list",
      { edits: [update("two", { "params.to": ["x@example.com", "y@example.com", "No", { a: 1, b: [2] }] })] },
      ['+        - "No"', "+        - a: 1", "+          b:", "+            - 2"],
    ],
    [
      "an item taken out of a list",
      { edits: [update("two", { "params.to": ["y@example.com"] })] },
      ["-        - x@example.com"],
    ],
    [
      "a list that becomes text",
      { edits: [update("two", { "params.to": "nobody" })] },
      ["-      to:", "-        - x@example.com", "-        - y@example.com # why", "+      to: nobody"],
    ],
    [
      "a block scalar, with its header's comment",
      { edits: [update("two", { description: "one\n\n  two\nthree" })] },
      [
        "-    description: |  # two lines",
        "-      foo",
        "-      bar",
        "+    description: |-  # two lines",
        "+      one",
        "+",
        "+        two",
        "+      three",
      ],
    ],
    [
      "a block scalar that cannot stay one",
      { edits: [update("two", { description: " x\n\n" })] },
      [
        "-    description: |  # two lines",
        "-      foo",
        "-      bar",
        '+    description: " x\\n\\n"  # two lines',
      ],
    ],
    [
      "text of several lines where none was",
      { edits: [update("3", { description: "a\nb\n" })] },
      ["+    description: |", "+      a", "+      b"],
    ],
    [
      "null is not absent",
      { edits: [update("1", { next_run_at: null })] },
      ["-    next_run_at: 2026-01-31T03:00:00Z", "+    next_run_at: null"],
    ],
    ["nothing", { edits: [update("1", { status: "pending", "params.x": 1 })] }, []],
    [
      "a task removed with the comment above it",
      { edits: [{ kind: "remove", key: "1" }] },
      [
        "-  # the backup",
        "-  - id: 1",
        '-    skill_name: "backup"',
        "-    schedule_cron: '0 3 * * *'   # nightly",
        "-    status: pending",
        "-    next_run_at: 2026-01-31T03:00:00Z",
        "-    params: {x: 1}  # inline",
        '-    updated_at: "2026-01-01 00:00:00"',
        "-",
      ],
    ],
    [
      "a task removed, but not the heading set apart above it",
      { edits: [{ kind: "remove", key: "two" }] },
      FILE.slice(FILE.indexOf("  # the report"), FILE.indexOf("  - id: 3"))
        .trimEnd()
        .split("\n")
        .map((line) => `-${line}`)
        .concat("-"),
    ],
    [
      "the last task of the list removed",
      { edits: [{ kind: "remove", key: "3" }] },
      ["-", "-  - id: 3", "-    skill_name: last", "-    schedule_cron: 1 * * * *", "-    params:"],
    ],
    [
      "a task added",
      { edits: [{ kind: "add", task: { ...NEW, description: "a: b", params: { a: { b: [1, "x"] } } } }] },
      [
        "+",
        "+  - id: 9",
        "+    skill_name: new",
        '+    schedule_cron: "* * * * *"',
        '+    description: "a: b"',
        "+    params:",
        "+      a:",
        "+        b:",
        "+          - 1",
        "+          - x",
      ],
    ],
    [
      "several at once",
      {
        edits: [
          update("1", { status: "failed" }),
          { kind: "remove", key: "3" },
          { kind: "add", task: { ...NEW, id: 3 } },
        ],
      },
      [
        "-    status: pending",
        "+    status: failed",
        "-    skill_name: last",
        "-    schedule_cron: 1 * * * *",
        "-    params:",
        "+    skill_name: new",
        '+    schedule_cron: "* * * * *"',
      ],
    ],
    [
      "metadata, where its keys stand",
      {
        edits: [update("1", { status: "active" })],
        metadata: { last_sync: "2026-05-05T00:00:00.000Z", sync_source: "database", absent: "x" },
      },
      [
        "-  last_sync: 2026-01-01T00:00:00Z  # kept by the sync",
        '-  sync_source: "yaml"',
        "+  last_sync: 2026-05-05T00:00:00Z  # kept by the sync",
        '+  sync_source: "database"',
        "-    status: pending",
        "+    status: active",
      ],
    ],
  ])("%s", (_, request, diff) => {
    expect(diffOf(FILE, request)).toEqual(diff);
  });

  it("leaves an empty list when the last task goes, and fills one", () => {
    const all = editSchedule(readSchedule(FILE), {
      edits: ["1", "two", "3"].map((key) => ({ kind: "remove", key })),
    });
    expect(all).toMatchObject({ ok: true, document: { fatal: undefined, size: 0 } });
    if (!all.ok) return;
    expect(all.text).toMatch(/\ntasks: \[\]\n/);
    for (const kept of ["# Nightly jobs", "# ---- reports ----", "# another section\nother: 1\n"])
      expect(all.text).toContain(kept);
    expect(diffOf("tasks: [] # none yet\n", { edits: [{ kind: "add", task: NEW }] })).toEqual([
      "-tasks: [] # none yet",
      "+tasks: # none yet",
      "+  - id: 9",
      "+    skill_name: new",
      '+    schedule_cron: "* * * * *"',
    ]);
  });

  it.each<[string, string, YamlEdit[], string[]]>([
    [
      "an anchored value: its aliases keep what they said",
      "tasks:\n- id: 1\n  skill_name: &n old\n  schedule_cron: '* * * * *'\n- id: 2\n  skill_name: *n # same\n  schedule_cron: '* * * * *'\n",
      [update("1", { skill_name: "new" })],
      [
        "-  skill_name: &n old",
        "+  skill_name: &n new",
        "-  skill_name: *n # same",
        "+  skill_name: old # same",
      ],
    ],
    [
      "an alias: only where it stands",
      "tasks:\n- id: 1\n  skill_name: &n old\n  schedule_cron: '* * * * *'\n- id: 2\n  skill_name: *n # same\n  schedule_cron: '* * * * *'\n",
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
      "a key that is merged in: it stands beside the merge",
      "d: &d {timezone: UTC}\ntasks:\n- <<: *d\n  id: 1\n  skill_name: x\n  schedule_cron: '* * * * *'\n",
      [update("1", { timezone: "Europe/Berlin" })],
      ["+  timezone: Europe/Berlin"],
    ],
    [
      "a merged key removed: the others are written out",
      "d: &d {timezone: UTC, status: active}\ntasks:\n- id: 1\n  <<: *d\n  skill_name: x\n  schedule_cron: '* * * * *'\n",
      [update("1", { timezone: undefined })],
      ["-  <<: *d", "+  status: active"],
    ],
    [
      "a task others merge: they keep what they had",
      "tasks:\n- &base\n  id: 1\n  skill_name: x\n  schedule_cron: '* * * * *'\n- <<: *base\n  id: 2\n",
      [update("1", { skill_name: "z" })],
      ["-  skill_name: x", "+  skill_name: z", "+  skill_name: x"],
    ],
    [
      "a task with anchors removed",
      "tasks:\n- id: 1\n  skill_name: &n x\n  schedule_cron: &c '* * * * *'\n- id: 2\n  skill_name: *n\n  schedule_cron: *c # c\n",
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
      "a tag goes with the value it was for",
      "tasks:\n- id: !!int 1\n  skill_name: !!str 12\n  schedule_cron: '* * * * *'\n",
      [update("1", { skill_name: "13" })],
      ["-  skill_name: !!str 12", "+  skill_name: '13'"],
    ],
    [
      "a scalar before one that keeps its blank lines",
      "tasks:\n- id: 1\n  skill_name: x\n  schedule_cron: '* * * * *'\n  description: |+\n    kept\n\n- id: 2\n  skill_name: x\n  schedule_cron: '* * * * *'\n\n- id: 3\n  skill_name: x\n  schedule_cron: '* * * * *'\n",
      [{ kind: "remove", key: "2" }],
      ["-- id: 2", "-  skill_name: x", "-  schedule_cron: '* * * * *'", "-"],
    ],
    [
      "text of several lines in front of a comment",
      "tasks:\n- id: 1\n  skill_name: x\n  schedule_cron: '* * * * *'\n  description: # why\n",
      [update("1", { description: "a\nb" })],
      ["-  description: # why", '+  description: "a\\nb" # why'],
    ],
    [
      "in JSON, JSON",
      '{"tasks": [\n  {"id": 1, "skill_name": "a", "schedule_cron": "* * * * *"}\n]}\n',
      [update("1", { status: "active" }), { kind: "add", task: NEW }],
      [
        '-  {"id": 1, "skill_name": "a", "schedule_cron": "* * * * *"}',
        '+  {"id": 1, "skill_name": "a", "schedule_cron": "* * * * *", "status": "active"},',
        '+  {"id": 9, "skill_name": "new", "schedule_cron": "* * * * *"}',
      ],
    ],
    [
      "out of brackets, with its line",
      "tasks: [\n  {id: 1, skill_name: a, schedule_cron: '* * * * *'}, # one\n  {id: 2, skill_name: a, schedule_cron: '* * * * *'} # two\n]\n",
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

  it.each<[string, YamlEdit[], RegExp]>([
    ["a task that is not there", [update("nobody", { status: "active" })], /not in the file/],
    ["removing a task that is not there", [{ kind: "remove", key: "nobody" }], /not in the file/],
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
  ])("refuses %s", (_, edits, message) => {
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

  it("refuses a file that cannot be read", () => {
    expect(editSchedule(readSchedule("tasks: [\n"), { edits: [] })).toMatchObject({
      ok: false,
      problem: { code: "edit_refused" },
    });
  });

  it("edits a valid task beside held ones, which stay as they are", () => {
    const text = FILE.replace("status: pending", "status: nope");
    expect(diffOf(text, { edits: [update("two", { skill_name: "x" })] })).toEqual([
      "-    skill_name: report",
      "+    skill_name: x",
    ]);
  });

  it("works in steps, and parses nothing but what it changes", () => {
    const text = `tasks:\n${Array.from({ length: 200 }, (_, i) => `- id: ${i}\n  skill_name: a\n  schedule_cron: '* * * * *'\n`).join("")}`;
    const document = readSchedule(text);
    const steps = editScheduleInSteps(document, {
      edits: Array.from({ length: 100 }, (_, i) => update(String(2 * i), { skill_name: "b" })),
    });
    let [count, step] = [0, steps.next()];
    for (; !step.done; step = steps.next()) count += 1;
    expect(count).toBeGreaterThanOrEqual(9);
    if (!step.value.ok) throw new Error(step.value.problem.message);
    const after = step.value.document;
    expect(taskAt(after, "198")?.task.skill_name).toBe("b");
    expect(after.parts.entries.map((entry, i) => entry === document.parts.entries[i])).toEqual(
      Array.from({ length: 200 }, (_, i) => i % 2 === 1),
    );
  });
});
