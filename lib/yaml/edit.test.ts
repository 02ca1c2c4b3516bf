import { describe, expect, it } from "vitest";
import { diffOf, FILE, NEW, update } from "./edit.fixture.ts";
import type { EditRequest } from "./edit-request.ts";
import { editSchedule, editScheduleInSteps } from "./edit.ts";
import { readSchedule } from "./read.ts";
import { taskAt } from "./task-at.ts";

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
      "a comment after the value stays",
      { edits: [update("1", { schedule_cron: "*/5 * * * *" })] },
      ["-    schedule_cron: '0 3 * * *'   # nightly", "+    schedule_cron: '*/5 * * * *'   # nightly"],
    ],
    [
      "a cron expression that needs quotes",
      { edits: [update("3", { schedule_cron: "*/5 * * * *" })] },
      ["-    schedule_cron: 1 * * * *", '+    schedule_cron: "*/5 * * * *"'],
    ],
    [
      "a key of a flow map, added and set",
      { edits: [update("1", { "params.x": 2, "params.y": [1, { a: "b, c" }] })] },
      ["-    params: {x: 1}  # inline", '+    params: {x: 2, "y": [1, {a: "b, c"}]}  # inline'],
    ],
    [
      "the last key of a flow map removed",
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
      "an item removed from a list",
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
      "text that cannot be a block scalar any more",
      { edits: [update("two", { description: " x\n\n" })] },
      [
        "-    description: |  # two lines",
        "-      foo",
        "-      bar",
        '+    description: " x\\n\\n"  # two lines',
      ],
    ],
    [
      "text of several lines for a key that was missing",
      { edits: [update("3", { description: "a\nb\n" })] },
      ["+    description: |", "+      a", "+      b"],
    ],
    [
      "null is not absent",
      { edits: [update("1", { next_run_at: null })] },
      ["-    next_run_at: 2026-01-31T03:00:00Z", "+    next_run_at: null"],
    ],
    ["an edit that changes nothing", { edits: [update("1", { status: "pending", "params.x": 1 })] }, []],
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
      "a task removed, but not the heading above it that a blank line separates",
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
      "metadata, for keys that the file has",
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

  it("leaves an empty list when the last task is removed, and adds to an empty list", () => {
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

  it("edits a valid task and leaves held tasks as they are", () => {
    const text = FILE.replace("status: pending", "status: nope");
    expect(diffOf(text, { edits: [update("two", { skill_name: "x" })] })).toEqual([
      "-    skill_name: report",
      "+    skill_name: x",
    ]);
  });

  it("works in steps, and parses only the tasks that it changes", () => {
    const text =
      "tasks:\n" +
      Array.from(
        { length: 200 },
        (_, i) => `- id: ${i}\n  skill_name: a\n  schedule_cron: '* * * * *'\n`,
      ).join("");
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
