import { describe, expect, it } from "vitest";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { planUndo } from "./plan-undo.ts";

const EARLIER = {
  skill_name: "job",
  schedule_cron: "0 2 * * *",
  next_run_at: "2026-03-01T02:00:00+00:00",
  status: "active",
  params: { retries: 3, timeout: 10 },
};
const edit = (after: object | null, before: object | null = EARLIER) => ({
  id: "2",
  source: "default",
  before: before as typeof EARLIER | null,
  after: after as typeof EARLIER | null,
});
const now = (more: object = {}) =>
  ({ id: 2, source: "default", updated_at: null, ...EARLIER, ...more }) as unknown as TaskJson;

describe("what undoing an edit does", () => {
  it("puts back what the edit changed, and leaves every other field", () => {
    const plan = planUndo(
      edit({ ...EARLIER, status: "paused" }),
      now({ status: "paused", description: "new" }),
    );
    expect(plan).toMatchObject({
      kind: "update",
      changes: [{ field: "status", before: "paused", after: "active" }],
      since: [],
      content: { status: "active", description: "new" },
    });
  });

  it("leaves alone and names what was edited again since", () => {
    const after = { ...EARLIER, status: "paused", params: { retries: 5, timeout: 10 } };
    const plan = planUndo(edit(after), now({ status: "failed", params: { retries: 5, timeout: 20 } }));
    expect(plan).toMatchObject({
      kind: "update",
      changes: [{ field: "params.retries", before: 5, after: 3 }],
      since: ["status"],
      content: { status: "failed", params: { retries: 3, timeout: 20 } },
    });
  });

  it("lets the next run be computed when a schedule is put back", () => {
    const after = { ...EARLIER, schedule_cron: "0 3 * * *", next_run_at: "2026-03-01T03:00:00+00:00" };
    const plan = planUndo(
      edit(after),
      now({ schedule_cron: "0 3 * * *", next_run_at: "2026-03-01T03:00:00.000Z" }),
    );
    expect(plan.changes.map(({ field }) => field)).toEqual(["schedule_cron"]);
  });

  it.each([
    ["an edit that says nothing any more", edit({ ...EARLIER, status: "paused" }), now(), "nothing"],
    ["a creation", edit(EARLIER, null), now(), "delete"],
    ["a deletion", edit(null), null, "create"],
    ["a deletion, and there is such a task again", edit(null), now(), "nothing"],
    ["an edit of a task that is gone", edit({ ...EARLIER, status: "paused" }), null, "nothing"],
  ] as const)("%s: %#", (_, of, task, kind) => {
    expect(planUndo(of, task).kind).toBe(kind);
  });
});
