import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { JsonMap } from "../../../lib/json.ts";
import type { PlanItem } from "../../../lib/sync/types.ts";
import type { Endpoint, Snapshot } from "../endpoint.ts";
import { EndpointPartial, EndpointUnwritable } from "../errors.ts";
import { type RunningUpstream, startUpstream } from "../over-http/testing/upstream.ts";
import { openEndpoint } from "../registry.ts";
import { tasksConfig, tasksYaml } from "./testing/tasks-upstream.ts";

const AT = new Date("2026-03-01T12:00:00.000Z");
const ITEM = { number: 1, name: "one", cron: "0 1 * * *", state: "on", meta: { budget: 5, owner: "erp" } };

let upstream: RunningUpstream;
beforeAll(async () => {
  upstream = await startUpstream();
});
afterAll(() => upstream.stop());
beforeEach(async () => {
  await upstream.control({ reset: { tasks: 0 } });
  await upstream.control({ put: { tasks: [{ id: "t1", ...ITEM }] } });
});

const open = (change: (yaml: string) => string = (yaml) => yaml): Endpoint =>
  openEndpoint("http_tasks", {
    config: tasksConfig(change(tasksYaml(upstream.url).replace("retries: 1", "retries: 0"))),
    valueOf: () => undefined,
  });
const read = async (endpoint: Endpoint): Promise<Snapshot> => {
  const answer = await endpoint.read();
  if (!answer.ok) throw new Error(answer.problem.message);
  return answer.snapshot;
};
const write = async (snapshot: Snapshot, ...items: PlanItem[]): Promise<Snapshot> => {
  const edit = await snapshot.edit(items, AT);
  if (!edit.write) throw new Error([...edit.refused.values()].map(({ message }) => message).join());
  return edit.write(
    async () => undefined,
    () => true,
  );
};
const item = (key: string, action: PlanItem["action"], file: PlanItem["file"]): PlanItem => ({
  ...{ key, action, merged: false, before: null, after: null, ancestor: null },
  ...(file === undefined ? {} : { file }),
});
const create = (id: number, more: JsonMap = {}) =>
  item(String(id), "create", {
    create: { id, skill_name: `new ${id}`, schedule_cron: "0 0 * * *", status: "active", ...more },
    stamp: "2026-03-01T11:00:00.000Z",
  });
const update = (path: string[], value: string | number) =>
  item("1", "update", { edits: [{ path, value }], stamp: null });
const items = async () => (await upstream.control()).world["tasks"] ?? [];

describe("a creation", () => {
  it("that is sent again, since its answer broke off and the list does not show it yet, is made once", async () => {
    const before = await read(open());
    await upstream.control({ faults: [{ on: "POST", body: "broken", times: 1 }] });
    await expect(write(before, create(2))).rejects.toThrow(EndpointUnwritable);
    await write(before, create(2));
    expect((await items()).filter(({ number }) => number === 2)).toHaveLength(1);
  });

  it("is looked up first where the task's place is known, and sends nothing when it is there", async () => {
    const byId = (yaml: string) => yaml.replace("id: number", "id: id").replace("{item.id}", "{id}");
    const before = await read(open(byId));
    await upstream.control({
      put: { tasks: [{ ...ITEM, id: "2", name: "new 2", cron: "0 0 * * *", meta: {} }] },
    });
    await write(before, create(2));
    expect((await upstream.requests()).filter((line) => line.startsWith("POST"))).toEqual([]);
  });

  it("is refused alone when another task has its place, and the others are made", async () => {
    const byId = (yaml: string) => yaml.replace("id: number", "id: id").replace("{item.id}", "{id}");
    const before = await read(open(byId));
    await upstream.control({ put: { tasks: [{ ...ITEM, id: "2", name: "somebody's" }] } });
    const error: unknown = await write(before, create(2), create(3)).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(EndpointPartial);
    const { left, snapshot } = error as EndpointPartial;
    expect([[...left.keys()], left.get("2")?.reason]).toEqual([["2"], "problem"]);
    expect([snapshot.tasks.has("2"), snapshot.tasks.has("3")]).toEqual([false, true]);
  });
});

describe("an update", () => {
  it("by PUT sends the whole task with what else it has there", async () => {
    const before = await read(open((yaml) => yaml.replace("update: {}", "update: {method: PUT}")));
    await write(before, update(["params", "budget"], 6));
    expect(await items()).toMatchObject([{ name: "one", state: "on", meta: { budget: 6, owner: "erp" } }]);
    expect((await upstream.requests()).at(-1)).toBe("PUT /tasks/t1");
  });

  it("by a template sends our values in their words, and theirs as they are", async () => {
    const body =
      '{state: "{status}", label: "{id}: {skill_name}", owner: "{item.meta.owner}", b: "{params.budget}"}';
    const before = await read(open((yaml) => yaml.replace("update: {}", `update: {body: ${body}}`)));
    await write(before, update(["status"], "paused"));
    expect(await items()).toMatchObject([{ state: "off", label: "1: one", owner: "erp", b: 5, name: "one" }]);
  });

  it("of a value that has no word there is refused before anything is sent", async () => {
    const before = await read(open((yaml) => yaml.replace(", send_other: off", "")));
    const { refused, write: none } = await before.edit([update(["status"], "failed")], AT);
    expect(none).toBeNull();
    expect(refused.get("1")?.message).toContain('map.status.values has no word for "failed"');
  });
});
