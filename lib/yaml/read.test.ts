import { describe, expect, it } from "vitest";
import { changedKeys } from "./changed.ts";
import { readSchedule, readScheduleInSteps } from "./read.ts";
import { taskAt } from "./task-at.ts";

const TASK = (id: string | number, more = "") =>
  `  - id: ${id}\n    skill_name: s\n    schedule_cron: "* * * * *"\n${more}`;

describe("a file that cannot be read as a whole", () => {
  it.each<[string, string, object]>([
    ["nothing", "", { code: "file_empty" }],
    ["only comments", "# a\n\n# b\n", { code: "file_empty" }],
    ["a document start", "---\n", { code: "file_empty" }],
    ["no tasks", "metadata: {}\n", { code: "no_tasks" }],
    ["tasks without a value", "a: 1\ntasks:\nb: 1\n", { code: "no_tasks", line: 2, column: 1 }],
    ["tasks that are text", "tasks: none\n", { code: "no_tasks", line: 1, column: 1 }],
    ["tasks that are a map", "tasks:\n  a: {id: 1}\n", { code: "no_tasks", line: 1, column: 1 }],
    ["a list at the top", "- id: 1\n", { code: "no_tasks", line: 1, column: 1 }],
    ["a scalar at the top", "hello\n", { code: "no_tasks", line: 1, column: 1 }],
    ["tasks twice", "tasks: []\na: 1\ntasks: []\n", { code: "yaml_syntax", line: 3, column: 1 }],
    [
      "an open bracket",
      `tasks:\n${TASK(1)}${TASK(2, "    params: {a: 1\n")}`,
      { code: "yaml_syntax", line: 9 },
    ],
    ["an open quote", `tasks:\n${TASK(1)}  - id: "2\n${TASK(3)}`, { code: "yaml_syntax" }],
    [
      "a tab as indentation",
      `tasks:\n  - id: 1\n\tskill_name: x\n`,
      { code: "yaml_syntax", line: 3, column: 1 },
    ],
    ["a wrong indentation", `tasks:\n${TASK(1)}   skill_name: x\n`, { code: "yaml_syntax" }],
    [
      "an unquoted cron that is an alias",
      `tasks:\n${TASK(1)}  - id: 2\n    schedule_cron: */5 * * * *\n`,
      { code: "yaml_syntax", line: 6 },
    ],
    ["a second document", `tasks:\n${TASK(1)}---\ntasks: []\n`, { code: "yaml_syntax", line: 5, column: 1 }],
    [
      "a merge conflict of git",
      `tasks:\n<<<<<<< HEAD\n${TASK(1)}=======\n${TASK(2)}>>>>>>> x\n`,
      { code: "yaml_syntax" },
    ],
    ["NUL", `tasks:\n${TASK(1, "    a: x\0y\n")}`, { code: "yaml_syntax", line: 5, column: 9 }],
    [
      "a control character behind a mark",
      "\uFEFF# \x07\ntasks: []\n",
      { code: "yaml_syntax", line: 1, column: 3 },
    ],
    ["brackets nested 100 000 deep", `tasks: ${"[".repeat(100_000)}`, { code: "too_complex" }],
    ["dashes nested 5 000 deep", `tasks:\n${"- ".repeat(5_000)}x\n`, { code: "too_complex" }],
  ])("%s", (_, text, problem) => {
    const document = readSchedule(text);
    expect(document.fatal).toMatchObject(problem);
    expect(document.size).toBe(0);
    const before = readSchedule(`tasks:\n${TASK(1)}`);
    expect(readSchedule(text, before).fatal).toEqual(document.fatal);
    expect(readSchedule(before.text, document).size).toBe(1);
  });

  it("says where the slip of the pen is in a large file, as in a small one", () => {
    const filler = `    description: ${"x".repeat(5000)}\n`;
    const large = `# head\ntasks:\n${Array.from({ length: 220 }, (_, i) => TASK(i, filler)).join("")}${TASK("bad", "    params: {a: 1\n")}${TASK("last")}`;
    const small = `# head\ntasks:\n${TASK("bad", "    params: {a: 1\n")}${TASK("last")}`;
    const [expected, fatal] = [readSchedule(small).fatal, readSchedule(large).fatal];
    expect(expected).toMatchObject({ code: "yaml_syntax", line: 7 });
    expect(fatal).toMatchObject({ code: "yaml_syntax", message: expected?.message, line: 7 + 220 * 4 });
    expect(readSchedule(large, readSchedule(large.replace("{a: 1", "{a: 1}"))).fatal).toEqual(fatal);
  });

  it("is not one with an empty list", () => {
    const document = readSchedule("tasks: []\n");
    expect(document.fatal).toBeUndefined();
    expect(document.everyItemIdentified).toBe(true);
  });
});

describe("a task with a problem", () => {
  const bomb = ["a", "b", "c", "d", "e", "f"]
    .map(
      (name, i, all) =>
        `${name}: &${name} [${Array(10)
          .fill(i === 0 ? "x" : `*${all[i - 1]}`)
          .join(", ")}]`,
    )
    .join("\n");
  it.each<[string, string, object[]]>([
    ["no map", "  - just text\n", [{ code: "invalid_task", line: 6, column: 5 }]],
    [
      "no id",
      "  - skill_name: x\n    schedule_cron: '* * * * *'\n",
      [{ code: "missing_id", line: 6, column: 5 }],
    ],
    ["nothing at all", "  -\n", [{ code: "invalid_task" }]],
    [
      "a bad cron",
      TASK(2).replace('"* * * * *"', "99 * * * *"),
      [{ code: "invalid_cron", line: 8, column: 20, task_id: "2" }],
    ],
    [
      "a bad zone",
      TASK(2, "    timezone: Mars/X\n"),
      [{ code: "invalid_timezone", line: 9, column: 15, task_id: "2" }],
    ],
    [
      "a bad status in quotes",
      TASK(2, '    status: "nope" # c\n'),
      [{ code: "invalid_task", line: 9, column: 13, task_id: "2" }],
    ],
    [
      "an empty skill",
      TASK(2).replace("skill_name: s", "skill_name:"),
      [{ code: "invalid_task", line: 7, column: 5 }],
    ],
    [
      "a number for text",
      TASK(2).replace("skill_name: s", "skill_name: 12"),
      [{ code: "invalid_task", line: 7, column: 17 }],
    ],
    ["params in a list", TASK(2, "    params: [1]\n"), [{ code: "invalid_task", line: 9, column: 13 }]],
    [
      "a key twice",
      TASK(2, "    params:\n      a: 1\n      a: 2\n"),
      [{ code: "duplicate_key", line: 11, column: 7, task_id: "2" }],
    ],
    ["the reserved key", TASK(2, "    source: x\n"), [{ code: "reserved_key", line: 9, column: 5 }]],
    [
      "not a number",
      TASK(2, "    params:\n      deep: {x: .nan}\n"),
      [{ code: "unstorable_value", line: 10, column: 17 }],
    ],
    [
      "a huge integer",
      TASK(2, "    params: {a: [1, 9007199254740993]}\n"),
      [{ code: "unstorable_value", line: 9, column: 21 }],
    ],
    [
      "a key that is a number",
      TASK(2, "    params: {8080: open}\n"),
      [{ code: "unstorable_value", line: 9, column: 14 }],
    ],
    [
      "a key that is a list",
      TASK(2, "    params:\n      ? [a]\n      : 1\n"),
      [{ code: "unstorable_value" }],
    ],
    ["a tag", TASK(2, "    token: !secret x\n"), [{ code: "unstorable_value", line: 9, column: 20 }]],
    ["a binary", TASK(2, "    token: !!binary aGk=\n"), [{ code: "unstorable_value", line: 9 }]],
    ["a set", TASK(2, "    params: !!set {a, b}\n"), [{ code: "unstorable_value", line: 9 }]],
    [
      "an alias without an anchor",
      TASK(2, "    owner: *nobody\n"),
      [{ code: "invalid_task", line: 9, column: 12 }],
    ],
    [
      "an alias of itself",
      TASK(2, "    params: &p {a: *p}\n"),
      [{ code: "too_complex", line: 9, column: 20 }],
    ],
    ["a merge of text", TASK(2, "    <<: text\n"), [{ code: "invalid_task", line: 9, column: 9 }]],
    [
      "values nested 200 deep",
      TASK(2, `    params: ${"{a: ".repeat(200)}1${"}".repeat(200)}\n`),
      [{ code: "too_complex", line: 9 }],
    ],
  ])("%s: the others are read", (_, item, problems) => {
    const text = `# head\ntasks:\n${TASK(1)}${item}${TASK("last")}`;
    const document = readSchedule(text);
    expect(document.fatal).toBeUndefined();
    expect(document.problems).toMatchObject(problems);
    expect([...document.keys()]).toEqual(["1", "last"]);
    // Without a readable id nobody can tell which task this is, so no absence proves anything.
    const identified = item.includes("- id: 2");
    expect([...document.held]).toEqual(identified ? ["2"] : []);
    expect(document.everyItemIdentified).toBe(identified);
    expect(document.has("2")).toBe(false);
    expect(document.fingerprintOf("2")).toBeUndefined();
  });

  it("is one whose aliases expand without end, in no time", () => {
    const document = readSchedule(`${bomb}\ntasks:\n${TASK(1)}${TASK(2, "    params: {f: *f}\n")}`);
    expect(document.problems).toMatchObject([{ code: "too_complex", task_id: "2", line: 11 }]);
    expect([...document.keys()]).toEqual(["1"]);
  });

  it('is one whose id another has; 1 and "1" are the same', () => {
    const document = readSchedule(
      `tasks:\n${TASK(1)}${TASK(2)}${TASK('"1"')}${TASK("'1'", "    status: nope\n")}`,
    );
    expect(document.problems.filter(({ code }) => code === "duplicate_id")).toEqual([
      {
        code: "duplicate_id",
        message: "the id 1 stands already in line 2",
        line: 8,
        column: 5,
        task_id: "1",
      },
      {
        code: "duplicate_id",
        message: "the id 1 stands already in line 2",
        line: 11,
        column: 5,
        task_id: "1",
      },
    ]);
    expect([...document.keys()]).toEqual(["2"]);
    expect([...document.held]).toEqual(["1"]);
    expect(document.everyItemIdentified).toBe(true);
  });

  it("is not taken for any when it says two ids", () => {
    const document = readSchedule(
      `tasks:\n  - id: 1\n    id: 2\n    skill_name: s\n    schedule_cron: "* * * * *"\n`,
    );
    expect(document.everyItemIdentified).toBe(false);
    expect(document.size).toBe(0);
  });
});

describe("readSchedule", () => {
  it("takes YAML 1.1 words for text and keeps an unquoted date as written, unless the file says 1.1", () => {
    const task = TASK(1, "    params: {a: yes, b: 012, c: 2026-01-31, d: 1_000}\n");
    expect(taskAt(readSchedule(`tasks:\n${task}`), "1")?.task.params).toEqual({
      a: "yes",
      b: 12,
      c: "2026-01-31",
      d: "1_000",
    });
    expect(taskAt(readSchedule(`%YAML 1.1\n---\ntasks:\n${task}`), "1")?.task.params).toEqual({
      a: true,
      b: 10,
      c: "2026-01-31",
      d: 1000,
    });
  });

  it("resolves merge keys as YAML says: what stands in the map wins, then the earlier map", () => {
    const text = `a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2, timezone: UTC}\ntasks:\n${TASK(1, "    params: {x: 0, <<: [*a, *b]}\n    <<: *b\n")}`;
    const read = taskAt(readSchedule(text), "1");
    expect(read?.task.params).toEqual({ x: 0, y: 1, z: 2, timezone: "UTC" });
    expect(read?.task.extra).toEqual({ y: 2, z: 2 });
    expect([...(read?.present ?? [])].sort()).toEqual([
      "id",
      "params",
      "schedule_cron",
      "skill_name",
      "timezone",
      "y",
      "z",
    ]);
    expect(read?.line).toBe(4);
  });

  it("keeps a key named __proto__ as data", () => {
    const document = readSchedule(`tasks:\n${TASK(1, "    params: {__proto__: {x: 1}}\n")}`);
    const params = taskAt(document, "1")?.task.params ?? {};
    expect(Object.keys(params)).toEqual(["__proto__"]);
    expect(Object.getPrototypeOf(params)).toBe(Object.prototype);
  });

  it("gives a fingerprint that changes with content and with the keys that stand, and with nothing else", () => {
    const print = (more: string) => readSchedule(`tasks:\n${TASK(1, more)}`).fingerprintOf("1");
    const plain = print("");
    expect(plain).toMatch(/^[0-9a-f]{32}$/);
    expect(print("    # comment\n    updated_at: 2026-01-31\n")).toBe(plain);
    expect(print("    next_run_at: null\n")).not.toBe(plain);
    expect(print("    status: pending\n")).not.toBe(plain);
    expect(print("    owner: me\n")).not.toBe(plain);
    expect(print("    next_run_at: 2026-01-31\n")).toBe(
      print("    next_run_at: '2026-01-31T00:00:00.000Z'\n"),
    );
    // Stored and compared after a restart: this very text, in any process.
    expect(plain).toBe("91bbcc03bfc4f4281d0740aaa3490e1f");
  });

  it("works in steps, and hands back the previous reading for the same text", () => {
    const text = `tasks:\n${Array.from({ length: 100 }, (_, i) => TASK(i)).join("")}`;
    const steps = readScheduleInSteps(text);
    const seen: { done: number; total: number }[] = [];
    let step = steps.next();
    for (; !step.done; step = steps.next()) seen.push(step.value);
    expect(seen.length).toBeGreaterThanOrEqual(5);
    expect(seen.at(-1)).toEqual({ done: 100, total: 100 });
    expect(step.value.size).toBe(100);
    expect(readSchedule(`${text}`, step.value)).toBe(step.value);
  });

  it("shares what did not change with the previous reading", () => {
    const text = `# head\ntasks:\n${Array.from({ length: 50 }, (_, i) => TASK(i)).join("")}`;
    const before = readSchedule(text);
    const after = readSchedule(
      text.replace("- id: 30\n    skill_name: s", "- id: 30\n    skill_name: t"),
      before,
    );
    expect([...changedKeys(before, after)]).toEqual(["30"]);
    expect(after.parts.entries.filter((entry, i) => entry !== before.parts.entries[i])).toHaveLength(1);
    const moved = readSchedule(`# another\n${text.replace(TASK(7), "")}${TASK(99)}`, after);
    expect([...changedKeys(after, moved)].sort()).toEqual(["30", "7", "99"]);
    expect(moved.parts.entries.filter((entry) => !after.parts.entries.includes(entry))).toHaveLength(2);
  });
});
