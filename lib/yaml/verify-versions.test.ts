import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Json, JsonMap } from "../json.ts";
import { editSchedule } from "./edit.ts";
import { NEW, update } from "./edit.fixture.ts";
import type { YamlEdit } from "./edit-request.ts";
import { drawFrom, drawSchedule, pick } from "./human-styles.fixture.ts";
import { runToEnd } from "./progress.ts";
import { readSchedule } from "./read.ts";
import { misreadByEarlierYaml } from "./verify-versions.ts";

const HEAD = "tasks:\n  - id: 1\n    skill_name: one\n    schedule_cron: '* * * * *'\n";
/** The same list in brackets, which is read in one piece. */
const inBrackets = (own: string) =>
  `tasks: [{id: 1, skill_name: one, schedule_cron: '* * * * *', ${own.trim().replaceAll("\n", ", ")}}]\n`;

function misread(before: string, after: string, changed: "updated" | "added") {
  const [old, now] = [readSchedule(before), readSchedule(after)];
  const updated = new Map<number, Json>(changed === "updated" ? [[0, null]] : []);
  const added: JsonMap[] = changed === "added" ? [NEW] : [];
  return runToEnd(misreadByEarlierYaml(old, now, { updated, removed: new Set(), added }));
}

describe("what an edit has written", () => {
  it.each([
    ["text", "owner: me", "owner: on", "on"],
    ["a date", "owner: me", "owner: 2026-01-31", "2026-01-31"],
    ["a number", "owner: me", "owner: 0755", "0755"],
    ["a key", "params: {a: 1}", "params: {y: 1}", "y"],
    ["an item of a list", "params: {a: [x]}", "params: {a: [x, off]}", "off"],
    ["one more of a kind", "params: {a: [on]}", "params: {a: [on, on]}", "on"],
    [
      "the same text at another place",
      "description: on\n    owner: a",
      "description: a\n    owner: on",
      "on",
    ],
  ])("is found where YAML 1.1 reads it as something else: %s", (_, before, after, source) => {
    expect(misread(`${HEAD}    ${before}\n`, `${HEAD}    ${after}\n`, "updated")).toEqual({
      number: 0,
      source,
    });
    expect(misread(inBrackets(before), inBrackets(after), "updated")).toEqual({ number: 0, source });
  });

  it("is found in a new task", () => {
    const added = "  - id: 9\n    skill_name: new\n    schedule_cron: '* * * * *'\n    owner: no\n";
    expect(misread(HEAD, HEAD + added, "added")).toEqual({ number: 1, source: "no" });
  });

  it.each([
    ["text elsewhere in the task", "extra: on\n    owner: a", "extra: on\n    owner: b"],
    ["a key above", "params: {on: {a: 1}}", "params: {on: {a: 2}}"],
    ["what is left of a list", "params: {a: [on, off]}", "params: {a: [off]}"],
    ["another time in the place of a time", "due: 2026-01-31", "due: 2026-02-01 03:00:00"],
    ["text with a tag or in quotes", "owner: a", "owner: !!str on\n    extra: 'off'"],
  ])("is not what stood there before: %s", (_, before, after) => {
    expect(misread(`${HEAD}    ${before}\n`, `${HEAD}    ${after}\n`, "updated")).toBeUndefined();
    expect(misread(inBrackets(before), inBrackets(after), "updated")).toBeUndefined();
  });
});

const ODD = fc.oneof(
  fc.stringMatching(/^[-+.:_0-9eExTZ #'"\n,ynof]{1,9}$/),
  fc.constantFrom(
    "on",
    "No",
    "y",
    "~",
    "<<",
    "=",
    "12:30",
    "0o7",
    "2026-01-31",
    "2026-13-45",
    "a\nb\n",
    "|\n a",
  ),
);

it("an edit of a schedule in human styles says the same to YAML 1.1 and 1.2", () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(ODD, { minLength: 4, maxLength: 4 }),
      (seed, [a = "", b = "", key = "", d = ""]) => {
        const draw = drawFrom(seed);
        const { text, tasks } = drawSchedule(draw);
        const number = draw(tasks.length);
        const written = { description: a, owner: b, fresh: { [key]: d, list: [a, b] } };
        const id = String(tasks[number]?.["id"]);
        const edits: YamlEdit[] = [
          update(id, written),
          { kind: "add", task: { ...NEW, id: "new", ...written } },
        ];
        const result = editSchedule(readSchedule(text), { edits: pick(draw, [edits, edits.slice(0, 1)]) });
        expect(result).toMatchObject({ ok: true });
        if (!result.ok) return;
        for (const version of ["1.1", "1.2"] as const) {
          const { tasks: now } = parse(result.text, { version, merge: true, logLevel: "silent" }) as {
            tasks: JsonMap[];
          };
          for (const task of [now[number], now[tasks.length]]) if (task) expect(task).toMatchObject(written);
        }
      },
    ),
    { numRuns: 300, endOnFailure: true },
  );
});
