import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import {
  contentFromMap,
  contentMap,
  contentOf,
  equalContent,
  fingerprintedContent,
  fingerprintOf,
} from "./content.ts";
import { parseTask } from "./schema.ts";
import { type Task, toPlain } from "./task.ts";

function task(plain: JsonMap) {
  const result = parseTask({ id: 1, skill_name: "s", schedule_cron: "0 3 * * *", ...plain });
  if (!result.ok) throw new Error("not a task");
  return result.task;
}

const fingerprint = (of: Task) => fingerprintOf(fingerprintedContent(of));

const SAME: readonly (readonly [string, JsonMap, JsonMap])[] = [
  [
    "a default written out",
    {},
    { timezone: "UTC", status: "pending", description: null, next_run_at: null, params: {} },
  ],
  [
    "another notation of a time",
    { next_run_at: "2026-01-31T03:00:00Z" },
    { next_run_at: "2026-01-31 04:00:00 +01:00" },
  ],
  ["another order of keys", { params: { a: 1, b: { c: 1, d: 2 } } }, { params: { b: { d: 2, c: 1 }, a: 1 } }],
  ["another stamp", { updated_at: "2026-01-01" }, { updated_at: "2026-01-02" }],
  ["another type of id", { id: 1 }, { id: "1" }],
];
const DIFFERENT: readonly (readonly [string, JsonMap, JsonMap])[] = [
  ["null and absent", { owner: null }, {}],
  ["another order in a list", { params: { a: [1, 2] } }, { params: { a: [2, 1] } }],
  ["a number and its text", { params: { a: 1 } }, { params: { a: "1" } }],
  ["a key of params and one beside it", { params: { a: 1 } }, { a: 1 }],
  ["an empty map and an empty list", { x: {} }, { x: [] }],
];

describe("the content of a task", () => {
  it.each(SAME)("is the same with %s", (_name, a, b) => {
    expect(equalContent(task(a), task(b))).toBe(true);
    expect(fingerprint(task(a))).toBe(fingerprint(task(b)));
  });

  it.each(DIFFERENT)("tells apart %s", (_name, a, b) => {
    expect(equalContent(task(a), task(b))).toBe(false);
    expect(fingerprint(task(a))).not.toBe(fingerprint(task(b)));
  });

  it("comes back from its map, and from the plain task", () => {
    const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as JsonMap[string]);
    fc.assert(
      fc.property(fc.dictionary(fc.string(), json), (values) => {
        const content = contentOf({ ...task({}), params: { ...values }, extra: { x: { ...values } } });
        expect(contentFromMap(contentMap(content))).toEqual(content);
      }),
    );
    const full = task({ owner: "ann", params: { a: 1 }, updated_at: "2026-01-01" });
    expect(parseTask(toPlain(full))).toEqual({ ok: true, task: full });
  });
});
