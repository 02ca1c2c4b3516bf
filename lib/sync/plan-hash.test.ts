import { describe, expect, it } from "vitest";
import type { Json, JsonMap } from "../json.ts";
import { planHash } from "./plan-hash.ts";
import { reconcile } from "./reconcile.ts";
import { candidatesOf, inStep, OPTIONS, row, type World } from "./testing/simulator.ts";
import type { Conflict, PlanItem, ReconcileOptions } from "./types.ts";

const PLAIN: JsonMap = {
  id: 1,
  skill_name: "s",
  schedule_cron: "0 3 * * *",
  next_run_at: "2030-01-01T00:00:00.000Z",
};
const T1 = "2031-01-01T00:00:00.000Z";

function world(file: JsonMap | null, database: JsonMap | null): World {
  const made = inStep(PLAIN);
  if (file) made.file.set("1", { ...PLAIN, ...file });
  else made.file.delete("1");
  if (database) made.database.set("1", row({ ...PLAIN, ...database }));
  else made.database.delete("1");
  return made;
}

function hash(
  file: JsonMap | null,
  database: JsonMap | null,
  options: Partial<ReconcileOptions> = {},
): string {
  return reconcile(candidatesOf(world(file, database)), { ...OPTIONS, ...options }).hash;
}

describe("the plan's hash", () => {
  it("is a SHA-256", () => expect(hash({}, {})).toMatch(/^[0-9a-f]{64}$/));

  it("differs for every difference in what would be done", () => {
    const hashes = [
      hash({}, {}),
      hash({ description: "x" }, {}),
      hash({ description: "y" }, {}),
      hash({}, { description: "x" }),
      hash({ schedule_cron: "0 4 * * *" }, {}),
      hash({}, { schedule_cron: "0 4 * * *" }),
      hash({}, { next_run_at: T1 }),
      hash({ description: "x" }, { description: "y" }),
      hash({ description: "x" }, { description: "z" }),
      hash(null, {}),
      hash({}, null),
      hash({ params: { a: 1 } }, {}),
      hash({ a: 1 }, {}),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("stays while a person looks at the plan: stamps, the clock and a ticking task change nothing", () => {
    expect(hash({ description: "x" }, { updated_at: T1 })).toBe(hash({ description: "x" }, {}));
    const cron = { schedule_cron: "0 4 * * *" };
    const later = { nextRun: () => T1 };
    expect(hash(cron, {}, later)).toBe(hash(cron, {}));
    expect(hash({}, cron, later)).toBe(hash({}, cron));
    expect(hash(null, { next_run_at: T1, status: "running" })).toBe(hash(null, {}));
    const owned: Partial<ReconcileOptions> = { ownership: { next_run_at: "database" } };
    expect(hash({}, { next_run_at: T1 }, owned)).toBe(hash({}, {}, owned));
  });
});

describe("the hash of a plan's items", () => {
  const item: PlanItem = {
    key: "1",
    action: "update",
    merged: false,
    before: null,
    after: null,
    ancestor: null,
  };
  const editing = (path: string[], value: Json | undefined, computedNextRun = false) =>
    planHash([{ ...item, file: { edits: [{ path, value }], stamp: null }, computedNextRun }], []);

  it("tells edits apart by their paths, their values, and whether they remove the key", () => {
    const hashes = [
      editing(["a"], 1),
      editing(["a"], 2),
      editing(["b"], 1),
      editing(["a"], undefined),
      editing(["b"], undefined),
      planHash([{ ...item, file: { create: { id: 1 }, stamp: null } }], []),
      planHash([{ ...item, file: { create: { id: 2 }, stamp: null } }], []),
      planHash([{ ...item, file: null }], []),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it("leaves out a next run only where it was computed, and only that", () => {
    expect(editing(["next_run_at"], T1, true)).toBe(editing(["next_run_at"], null, true));
    expect(editing(["next_run_at"], T1)).not.toBe(editing(["next_run_at"], null));
    expect(editing(["description"], "a", true)).not.toBe(editing(["description"], "b", true));
    expect(editing(["params", "next_run_at"], 1, true)).not.toBe(editing(["params", "next_run_at"], 2, true));
    expect(editing(["next_run_at", "x"], 1, true)).not.toBe(editing(["next_run_at", "x"], 2, true));
    const stored = (plain: JsonMap) =>
      planHash([{ ...item, database: row({ ...PLAIN, ...plain }), computedNextRun: true }], []);
    expect(stored({ next_run_at: T1 })).toBe(stored({}));
    expect(stored({ description: "x" })).not.toBe(stored({}));
  });

  it("does not depend on the order of edits, items and conflicts", () => {
    const [a, b] = [
      { path: ["a"], value: 1 },
      { path: ["b"], value: 2 },
    ];
    const both = (edits: (typeof a)[]) => planHash([{ ...item, file: { edits, stamp: null } }], []);
    expect(both([a, b])).toBe(both([b, a]));
    const conflict = { key: "2", kind: "modify_modify", revision: "r" } as Conflict;
    const other = { ...conflict, key: "3" };
    expect(planHash([], [conflict, other])).toBe(planHash([], [other, conflict]));
    expect(planHash([], [conflict])).not.toBe(planHash([], [{ ...conflict, revision: "s" }]));
  });
});
