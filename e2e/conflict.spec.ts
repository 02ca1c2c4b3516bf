import { expect } from "@playwright/test";
import { forgetVersions } from "./support/forget-versions.ts";
import { expectInStep } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { test } from "./support/test.ts";

interface Conflict {
  conflict_id: string;
  task_id: string;
  kind: string;
  fields: string[];
  revision: string;
}
let lockstep: Lockstep;

let original: string;

test.beforeAll(async ({ manual }) => {
  lockstep = await manual.fresh();
  original = lockstep.read();
});
test.beforeEach(async () => {
  await forgetVersions(lockstep);
  lockstep.write(original);
  const { body } = await lockstep.call("POST /api/sync/trigger", {
    body: {
      direction: "yaml_to_db",
      force: true,
    },
  });
  expect(body.run?.outcome).toBe("succeeded");
  await expectInStep(lockstep);
});

/** Edits the same field on both sides, and another task on one side. */
async function disagree(): Promise<Conflict> {
  lockstep.replace("Check that every service answers", "from the file");
  lockstep.replace("timeout_seconds: 10", "timeout_seconds: 11");
  lockstep.replace("keep_days: 30", "keep_days: 31");
  await lockstep.sql("UPDATE tasks SET description = 'from the database', status = 'paused' WHERE id = '2'");
  const before = lockstep.read();
  const { body } = await lockstep.call("POST /api/sync/trigger", { body: {} });
  expect(body.run).toMatchObject({ outcome: "conflicted", counts: { updated: 1, conflicts: 1 } });
  // Both sides of the task in conflict are unchanged, and the other task was synced.
  expect(lockstep.read()).toBe(before);
  expect(await row()).toMatchObject({ description: "from the database", params: { timeout_seconds: 10 } });
  expect(
    (await lockstep.sql<{ params: object }>("SELECT params FROM tasks WHERE id = '1'"))[0]?.params,
  ).toMatchObject({ keep_days: 31 });
  const conflicts = (await lockstep.call("GET /api/sync/conflicts", { query: { state: "pending" } })).body
    .conflicts;
  expect(conflicts).toHaveLength(1);
  expect(conflicts[0]).toMatchObject({ task_id: "2", kind: "modify_modify", fields: ["description"] });
  return conflicts[0] as Conflict;
}

async function row() {
  return (
    await lockstep.sql<{ description: string; status: string; params: object }>(
      "SELECT description, status, params FROM tasks WHERE id = '2'",
    )
  )[0];
}

const OUTCOMES: [string, object, Record<string, unknown>][] = [
  [
    "keep_yaml",
    { choice: "keep_yaml" },
    { description: "from the file", status: "active", params: { timeout_seconds: 11 } },
  ],
  [
    "keep_db",
    { choice: "keep_db" },
    { description: "from the database", status: "paused", params: { timeout_seconds: 10 } },
  ],
  [
    "merge",
    { choice: "merge" },
    { description: "from the file", status: "paused", params: { timeout_seconds: 11 } },
  ],
  [
    "merge with a side per field",
    { choice: "merge", fields: { description: "db" } },
    { description: "from the database", status: "paused", params: { timeout_seconds: 11 } },
  ],
  [
    "merge with a value per field",
    { choice: "merge", fields: { description: { value: "agreed: both" } } },
    { description: "agreed: both", status: "paused", params: { timeout_seconds: 11 } },
  ],
];

for (const [name, body, wanted] of OUTCOMES) {
  test(`a conflict is held, then resolved: ${name}`, async () => {
    const { conflict_id, revision } = await disagree();
    const path = `/api/sync/conflicts/${conflict_id}/resolve`;
    const stale = await lockstep.api<{ code: string }>("POST", path, { ...body, revision: "another" });
    expect([stale.status, stale.body.code]).toEqual([409, "stale_conflict"]);

    const resolved = await lockstep.api<{ task: object }>("POST", path, { ...body, revision });
    expect(resolved.status).toBe(200);
    expect(resolved.body.task).toMatchObject(wanted);
    expect(await row()).toMatchObject(wanted);
    await expectInStep(lockstep);
    const again = await lockstep.api<{ code: string }>("POST", path, body);
    expect([again.status, again.body.code]).toEqual([409, "conflict_closed"]);
  });
}

test("with automatic sync off, cron says that it was skipped and why", async () => {
  const answer = await lockstep.call("POST /api/cron/sync");
  expect(answer.body).toEqual({
    skipped: true,
    reason: expect.stringContaining("AUTO_SYNC_ENABLED"),
  });
});
