import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isMap, type Node, parse } from "yaml";
import type { Json, JsonMap } from "../json.ts";
import { editSchedule } from "./edit.ts";
import {
  type Draw,
  drawFrom,
  drawSchedule,
  drawScalar,
  drawTask,
  drawValue,
  pick,
} from "./human-styles.fixture.ts";
import { withChange } from "./operations.ts";
import { readSchedule } from "./read.ts";
import { contentEnd, itemSlot } from "./slot.ts";
import { isTree, wholeTree } from "./parse-tree.ts";
import type { YamlEdit } from "./edit-request.ts";

type Change = { path: string[]; value: Json | undefined };

function drawChange(draw: Draw, task: JsonMap): Change {
  const keys = ["description", "owner", "params", "status", "next_run_at", "new_key"];
  const key = pick(draw, keys);
  if (key === "status") return { path: [key], value: pick(draw, ["failed", "running", undefined]) };
  if (key === "next_run_at")
    return { path: [key], value: pick(draw, ["2027-05-06T07:08:09.000Z", null, undefined]) };
  if (key === "description")
    return {
      path: [key],
      value: pick(draw, [undefined, null, String(drawScalar(draw)), "on", "two\nlines"]),
    };
  if (key === "params")
    return pick(draw, [
      { path: ["params", "x"], value: pick(draw, [undefined, drawValue(draw)]) },
      { path: ["params", pick(draw, ["x", "key0", "new", "on"]), "deep"], value: drawValue(draw, 1) },
      { path: ["params"], value: { only: drawValue(draw) } },
    ]);
  const old = task[key];
  const longer = Array.isArray(old) ? [...old, drawScalar(draw)] : drawValue(draw);
  return { path: [key], value: pick(draw, [undefined, drawValue(draw), drawScalar(draw), longer]) };
}

/** Where each item begins with the comments above it, and where it ends with its own comments. */
function extents(text: string): { start: number; end: number }[] {
  const tree = wholeTree(text, { tokens: true });
  if (!isTree(tree)) throw new Error("unreadable");
  return tree.seq.items.map((_, number) => {
    const slot = itemSlot(tree.seq, number);
    if (!slot) throw new Error("no slot");
    return { start: text.lastIndexOf("\n", slot.indicatorEnd ?? 0) + 1, end: contentEnd(text, slot) };
  });
}

function tasksOf(text: string): Json {
  return (parse(text, { logLevel: "silent" }) as { tasks: Json }).tasks;
}

describe("editSchedule, on schedules in human styles", () => {
  it("changes exactly what was meant, and no character outside the task", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const draw = drawFrom(seed);
        const { text, tasks } = drawSchedule(draw);
        const document = readSchedule(text);
        const number = draw(tasks.length);
        const changes = Array.from({ length: 1 + draw(3) }, () => drawChange(draw, tasks[number] ?? {}));
        const key = String(tasks[number]?.["id"]);
        const result = editSchedule(document, { edits: [{ kind: "update", key, changes }] });
        expect(result).toMatchObject({ ok: true });
        if (!result.ok) return;
        const meant = tasks.map((task, i) => (i === number ? expectedTask(task, changes) : task));
        expect(tasksOf(result.text)).toEqual(meant);
        const [before, after] = [extents(text)[number], extents(result.text)[number]];
        expect(result.text.slice(0, after?.start)).toBe(text.slice(0, before?.start));
        // A comment in the line of the task's last value goes with that value; a comment above it stays.
        const tail = (whole: string, end = 0) =>
          whole.slice(end).replace(/^[^\r\n]*(?:\r?\n *(?:# about .*)?(?=\r?\n|$))*/, "");
        expect(tail(result.text, after?.end)).toBe(tail(text, before?.end));
        expect(sameAs(result.document.parts.entries, readSchedule(result.text).parts.entries)).toBe(true);
      }),
      { numRuns: 300, endOnFailure: true },
    );
  });

  it("adds and removes tasks, and gives the same text as an edit by hand", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const draw = drawFrom(seed);
        const { text, tasks } = drawSchedule(draw);
        const gone = tasks.map(() => draw(2) === 0);
        const added = Array.from({ length: draw(3) }, (_, i) => drawTask(draw, 100 + i));
        const edits: YamlEdit[] = [
          ...tasks
            .filter((_, i) => gone[i])
            .map((task) => ({ kind: "remove" as const, key: String(task["id"]) })),
          ...added.map((task) => ({ kind: "add" as const, task })),
        ];
        const result = editSchedule(readSchedule(text), { edits });
        expect(result).toMatchObject({ ok: true });
        if (!result.ok) return;
        const stay = tasks.filter((_, i) => !gone[i]);
        expect(tasksOf(result.text)).toEqual([...stay, ...added]);
        const [before, after] = [extents(text), extents(result.text)];
        stay.forEach((task, i) => {
          const [old, now] = [before[tasks.indexOf(task)], after[i]];
          expect(result.text.slice(now?.start, now?.end)).toBe(text.slice(old?.start, old?.end));
        });
        for (const line of ["# Header comment", "# another section", "# the end", "last: x"]) {
          expect(result.text.includes(line)).toBe(text.includes(line));
        }
        expect(result.text).not.toMatch(text.includes("\r") ? /(?<!\r)\n/ : /\r/);
      }),
      { numRuns: 200, endOnFailure: true },
    );
  });

  it("replaces only the value when a plain value changes", () => {
    fc.assert(
      fc.property(fc.nat(), (seed) => {
        const draw = drawFrom(seed);
        const { text, tasks } = drawSchedule(draw);
        const document = readSchedule(text);
        const number = draw(tasks.length);
        const key = String(tasks[number]?.["id"]);
        const result = editSchedule(document, {
          edits: [{ kind: "update", key, changes: [{ path: ["skill_name"], value: "changed" }] }],
        });
        expect(result).toMatchObject({ ok: true });
        if (result.ok)
          expect(without(result.text, number, "skill_name")).toBe(without(text, number, "skill_name"));
      }),
      { numRuns: 150, endOnFailure: true },
    );
  });
});

function expectedTask(task: JsonMap, changes: Change[]): Json {
  return changes.reduce<Json>((value, { path, value: change }) => {
    // A time keeps its notation.
    const old = task["next_run_at"];
    const inNotation =
      path[0] === "next_run_at" && typeof old === "string" && typeof change === "string"
        ? change.replace(".000", "")
        : change;
    const spaced =
      inNotation !== change && old?.toString().includes(" ")
        ? String(inNotation).replace("T", " ").replace("Z", "")
        : inNotation;
    return withChange(value, path, spaced);
  }, task);
}

/** The text without that value. */
function without(text: string, number: number, key: string): string {
  const tree = wholeTree(text);
  const item = isTree(tree) ? tree.seq.items[number] : null;
  const [start = 0, end = 0] =
    (isMap(item) ? (item.get(key, true) as Node | undefined)?.range : undefined) ?? [];
  expect(end).toBeGreaterThan(start);
  return `${text.slice(0, start)}_${text.slice(end)}`;
}

function sameAs(
  a: readonly { key?: string; fingerprint?: string }[],
  b: readonly { key?: string; fingerprint?: string }[],
): boolean {
  return (
    a.length === b.length &&
    a.every((entry, i) => entry.key === b[i]?.key && entry.fingerprint === b[i]?.fingerprint)
  );
}
