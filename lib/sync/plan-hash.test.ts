import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { reconcile } from "./reconcile.ts";
import { candidatesOf, inStep, OPTIONS, row, type World } from "./testing/simulator.ts";
import type { ReconcileOptions } from "./types.ts";

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
