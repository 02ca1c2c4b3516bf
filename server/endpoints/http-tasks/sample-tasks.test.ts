import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { SampleWish } from "../../../lib/protocol/sample.ts";
import { type RunningUpstream, startUpstream } from "../over-http/testing/upstream.ts";
import { openEndpoint } from "../registry.ts";
import { tasksConfig, tasksYaml } from "./testing/tasks-upstream.ts";

const SECRET = "shh-4f9d";
const item = (number: number, more: object = {}) => ({
  ...{ id: `t${number}`, number, name: `job ${number}`, cron: "0 5 * * *", state: "on" },
  ...more,
});
const ITEMS = [
  item(1),
  item(2, { cron: "at noon" }),
  item(3, { number: null }),
  item(4, { state: "off", meta: { budget: 7 } }),
  item(5, { number: 1 }),
  item(6, { name: null }),
  item(7, { number: null }),
];

let upstream: RunningUpstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.stop());
beforeEach(async () => {
  await upstream.control({ reset: { tasks: 0 }, faults: [] });
  await upstream.control({ put: { tasks: ITEMS } });
});

async function sample(wish: SampleWish = {}) {
  const yaml = tasksYaml(upstream.url)
    .replace("allow_private: true", `allow_private: true, auth: {type: bearer, token: "\${KEY}"}`)
    .replace("retries: 1", "retries: 0");
  const config = tasksConfig(yaml);
  const endpoint = openEndpoint("http_tasks", { config, valueOf: () => SECRET });
  const tried = await endpoint.sample?.(wish);
  if (!tried) throw new Error("it cannot be tried out");
  expect(JSON.stringify(tried)).not.toContain(SECRET);
  return tried;
}
const codes = (problems: readonly { code: string }[] = []) => problems.map(({ code }) => code);

it("five items are shown with the tasks that the map makes of them, and why one would be held", async () => {
  const { rows, problems, ...about } = await sample();
  expect(about).toMatchObject({
    request: `GET ${upstream.url}/all/tasks`,
    headers: { Authorization: "***" },
    ...{ status: 200, found: 7, next: null },
  });
  expect(rows.map(({ key, data }) => [key, (data as { id: string }).id])).toEqual([
    ["1", "t1"],
    ["2", "t2"],
    [null, "t3"],
    ["4", "t4"],
    ["1", "t5"],
  ]);
  expect(rows[3]?.task).toEqual({
    ...{ id: 4, skill_name: "job 4", schedule_cron: "0 5 * * *", status: "paused", params: { budget: 7 } },
  });
  expect(rows.map((row) => codes(row.problems))).toEqual([
    ["duplicate_id"],
    ["invalid_cron"],
    ["missing_id"],
    [],
    ["duplicate_id"],
  ]);
  // The problems of items that are not shown.
  expect(codes(problems)).toEqual(["missing_id", "invalid_task"]);
  expect(
    [...problems, ...rows.flatMap((row) => row.problems ?? [])].every(({ line }) => line === undefined),
  ).toBe(true);
});

it("another map is tried in place of the one in sources.yml", async () => {
  const map = { id: "id", skill_name: "id", schedule_cron: { value: "0 0 * * *" } };
  const { rows, problems } = await sample({ map });
  expect(rows[1]).toMatchObject({
    ...{ key: "t2", problems: [] },
    task: { id: "t2", skill_name: "t2", schedule_cron: "0 0 * * *" },
  });
  expect([...problems, ...rows.flatMap((row) => row.problems ?? [])]).toEqual([]);
});

it("a list that cannot be read is said with its request", async () => {
  await upstream.control({ faults: [{ on: "GET /all/tasks", status: 403 }] });
  const { found, rows, problems } = await sample();
  expect({ found, rows }).toEqual({ found: 0, rows: [] });
  expect(problems[0]?.message).toContain(`GET ${upstream.url}/all/tasks: answered 403`);
});
