import { describe, expect, it } from "vitest";
import { changedKeys } from "./changed-keys.ts";
import { readSchedule, readScheduleInSteps } from "./read.ts";
import { taskAt } from "./task-at.ts";

const TASK = (id: string | number, more = "") =>
  `  - id: ${id}\n    skill_name: s\n    schedule_cron: "* * * * *"\n${more}`;

describe("readSchedule", () => {
  it("reads YAML 1.1 words as text and keeps an unquoted date as written, unless the file says 1.1", () => {
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

  it("resolves merge keys as YAML says: the map's own keys win, then the earlier map", () => {
    const text =
      "a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2, timezone: UTC}\ntasks:\n" +
      `${TASK(1, "    params: {x: 0, <<: [*a, *b]}\n    <<: *b\n")}`;
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

  it("gives a fingerprint that changes only with the content and with the written keys", () => {
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
    // The fingerprint is stored and compared after a restart, so every process must compute this text.
    expect(plain).toBe("91bbcc03bfc4f4281d0740aaa3490e1f");
  });

  it("works in steps, and returns the previous document for the same text", () => {
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

  it("shares unchanged entries with the previous document", () => {
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
