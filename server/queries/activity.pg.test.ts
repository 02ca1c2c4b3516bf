import { beforeEach, expect, it } from "vitest";
import { activitySchema } from "../../lib/protocol/activity.ts";
import { getActivity } from "./activity.ts";
import { listRuns } from "./history.ts";
import { addRun } from "./testing/sample-rows.ts";
import { useDatabase } from "./testing/use-database.ts";

const database = useDatabase();
beforeEach(() => database.empty());

const NOW = new Date("2026-03-10T12:34:00.000Z");
const counts = JSON.stringify({ created: 1, updated: 2, deleted: 3, merged: 9, conflicts: 9, problems: 9 });
const addAt = (started_at: string, values = {}) =>
  addRun({ started_at, finished_at: started_at, counts, ...values });

it("counts runs and changes by hour, without gaps, up to now", async () => {
  await addAt("2026-03-10T12:00:00Z");
  await addAt("2026-03-10T12:33:00Z", { outcome: "failed" });
  await addAt("2026-03-09T13:00:00Z", { outcome: "halted" });
  await addAt("2026-03-09T12:59:59Z");
  await addAt("2026-03-10T03:00:00Z", { outcome: "conflicted", source: "other" });
  const activity = await getActivity({ range: "day" }, NOW);
  expect(activitySchema.safeParse(activity).error).toBeUndefined();
  expect(activity.buckets).toHaveLength(24);
  expect(activity.buckets.at(-1)).toEqual({
    at: "2026-03-10T12:00:00.000Z",
    succeeded: 1,
    conflicted: 0,
    halted: 0,
    failed: 1,
    changes: 12,
  });
  expect(activity.buckets[0]).toMatchObject({ at: "2026-03-09T13:00:00.000Z", halted: 1, succeeded: 0 });
  const total = (source?: string) =>
    getActivity({ range: "day", ...(source === undefined ? {} : { source }) }, NOW).then(({ buckets }) =>
      buckets.reduce((sum, each) => sum + each.changes, 0),
    );
  expect([await total(), await total("other"), await total("none")]).toEqual([24, 6, 0]);
  expect((await getActivity({ range: "month" }, NOW)).buckets.at(-2)).toMatchObject({
    at: "2026-03-09T00:00:00.000Z",
    succeeded: 1,
    halted: 1,
  });
});

it("lists only the runs of the wanted outcomes and triggers", async () => {
  const failed = await addRun({ outcome: "failed", trigger: "watch" });
  const halted = await addRun({ outcome: "halted", trigger: "api" });
  await addRun({ trigger: "api" });
  const ids = async (filter: object) => (await listRuns({ limit: 10, ...filter })).runs.map((run) => run.id);
  expect(await ids({ outcome: ["failed", "halted"] })).toEqual([halted, failed]);
  expect(await ids({ outcome: ["failed", "halted"], trigger: ["watch"] })).toEqual([failed]);
  expect(await ids({})).toHaveLength(3);
});
