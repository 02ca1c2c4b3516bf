import { describe, expect, it } from "vitest";
import { readSchedule } from "./read.ts";

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

  it.each([
    ["tasks:\n  - id: 1\n    a: [\n", /^YAML validation failed at line 4, column 1: /],
    ["metadata: {}\n", /^YAML validation failed: the file has no `tasks`/],
    ["", /^the file is empty$/],
  ])("%j says first that the validation failed, and where", (text, message) => {
    expect(readSchedule(text).fatal?.message).toMatch(message);
  });

  it("places a syntax error in a large file as in a small one", () => {
    const filler = `    description: ${"x".repeat(5000)}\n`;
    const large =
      `# head\ntasks:\n${Array.from({ length: 220 }, (_, i) => TASK(i, filler)).join("")}` +
      `${TASK("bad", "    params: {a: 1\n")}${TASK("last")}`;
    const small = `# head\ntasks:\n${TASK("bad", "    params: {a: 1\n")}${TASK("last")}`;
    const [expected, fatal] = [readSchedule(small).fatal, readSchedule(large).fatal];
    expect(expected).toMatchObject({ code: "yaml_syntax", line: 7 });
    expect(fatal).toMatchObject({ code: "yaml_syntax", line: 7 + 220 * 4 });
    const withoutPlace = (problem = fatal) => problem?.message.replace(/ at line \d+, column \d+/, "");
    expect(withoutPlace()).toBe(withoutPlace(expected));
    expect(readSchedule(large, readSchedule(large.replace("{a: 1", "{a: 1}"))).fatal).toEqual(fatal);
  });

  it("does not include a file with an empty list", () => {
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
    // Without a readable id this may be any task, so that no missing task counts as deleted.
    const identified = item.includes("- id: 2");
    expect([...document.held]).toEqual(identified ? ["2"] : []);
    expect(document.everyItemIdentified).toBe(identified);
    expect(document.has("2")).toBe(false);
    expect(document.fingerprintOf("2")).toBeUndefined();
  });

  it("is found at once when its aliases expand without end", () => {
    const document = readSchedule(`${bomb}\ntasks:\n${TASK(1)}${TASK(2, "    params: {f: *f}\n")}`);
    expect(document.problems).toMatchObject([{ code: "too_complex", task_id: "2", line: 11 }]);
    expect([...document.keys()]).toEqual(["1"]);
  });

  it('is reported when it has the id of another task; 1 and "1" are the same', () => {
    const document = readSchedule(
      `tasks:\n${TASK(1)}${TASK(2)}${TASK('"1"')}${TASK("'1'", "    status: nope\n")}`,
    );
    expect(document.problems.filter(({ code }) => code === "duplicate_id")).toEqual([
      {
        code: "duplicate_id",
        message: "id 1 is already used on line 2",
        line: 8,
        column: 5,
        task_id: "1",
      },
      {
        code: "duplicate_id",
        message: "id 1 is already used on line 2",
        line: 11,
        column: 5,
        task_id: "1",
      },
    ]);
    expect([...document.keys()]).toEqual(["2"]);
    expect([...document.held]).toEqual(["1"]);
    // One of them may be a task that is missing.
    expect(document.everyItemIdentified).toBe(false);
  });

  it("is not identified when it has two ids", () => {
    const document = readSchedule(
      `tasks:\n  - id: 1\n    id: 2\n    skill_name: s\n    schedule_cron: "* * * * *"\n`,
    );
    expect(document.everyItemIdentified).toBe(false);
    expect(document.size).toBe(0);
  });
});
