import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RouteKey } from "../../lib/protocol/routes.ts";
import { letGo, startTestWorker } from "../testing/commands.ts";
import { startTestSource, type TestSource } from "../testing/test-source.ts";
import type { RunningWorker } from "../worker/start-worker.ts";
import { Client, script } from "./testing/access-calls.ts";
import { API_TOKEN } from "./testing/test-env.ts";

let source: TestSource;
let worker: RunningWorker;
let client: Client;

beforeEach(async () => {
  source = await startTestSource();
  worker = await startTestWorker(source, {
    API_TOKEN,
    RATE_LIMIT_PER_MINUTE: "0",
    AUTO_SYNC_ENABLED: "false",
  });
  client = await Client.open();
});
afterEach(async () => {
  await worker.stop();
  await letGo();
  await source.stop();
});

const call = (key: RouteKey, body: object, id?: string) =>
  client.call(key, script, body, id === undefined ? {} : { id });

describe("an edit that the database does not take is answered with row_refused, and changes nothing", () => {
  const task = { skill_name: "refused", schedule_cron: "1 1 * * *" };
  const edits: [RouteKey, object, string?][] = [
    ["PATCH /api/tasks/:id", { skill_name: "refused" }, "2"],
    ["PUT /api/tasks/:id", task, "2"],
    ["POST /api/tasks", task],
  ];

  it("because of a constraint, which the answer names", async () => {
    await source.sql("ALTER TABLE tasks ADD CONSTRAINT no_refused CHECK (skill_name <> 'refused')");
    const before = await source.everything();
    for (const edit of edits) {
      const { status, body } = await call(...edit);
      expect({ status, ...body }).toMatchObject({
        status: 409,
        code: "row_refused",
        detail: expect.stringContaining("no_refused") as unknown,
      });
    }
    expect(await source.everything()).toEqual(before);
  });

  it("because a trigger drops it", async () => {
    await source.sql(
      "CREATE FUNCTION drop_it() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$",
    );
    await source.sql(
      "CREATE TRIGGER zz_drop BEFORE INSERT OR UPDATE OR DELETE ON tasks FOR EACH ROW EXECUTE FUNCTION drop_it()",
    );
    const before = await source.everything();
    for (const edit of [...edits, ["DELETE /api/tasks/:id", {}, "2"]] as typeof edits) {
      const { status, body } = await call(...edit);
      expect({ status, ...body }).toMatchObject({
        status: 409,
        code: "row_refused",
        detail: expect.stringContaining("a trigger in the database drops") as unknown,
      });
    }
    expect(await source.everything()).toEqual(before);
  });
});

describe("a choice that the database does not take", () => {
  beforeEach(async () => {
    for (const [from, to] of [
      ["description: Check", "description: By hand"],
      ["description: Report", "description: Written"],
    ] as const)
      await source.edit(from, to);
    await source.sql("UPDATE tasks SET description = 'By SQL' WHERE id IN ('2', '3')");
    await call("POST /api/sync/trigger", {});
    await source.sql("ALTER TABLE tasks ADD CONSTRAINT no_hand CHECK (description <> 'By hand')");
  });
  const conflictOf = async (task: string) =>
    (await source.conflicts()).find(({ task_id }) => task_id === task)?.id ?? "none";

  it("is refused, and the conflict stays open", async () => {
    const id = await conflictOf("2");
    const text = await source.read();
    const { status, body } = await call("POST /api/sync/conflicts/:id/resolve", { choice: "keep_yaml" }, id);
    expect({ status, ...body }).toMatchObject({
      status: 409,
      code: "row_refused",
      detail: expect.stringContaining("no_hand") as unknown,
      conflict: { conflict_id: id, state: "pending" },
    });
    expect(await conflictOf("2")).toBe(id);
    expect(await source.row(2)).toMatchObject({ description: "By SQL" });
    expect(await source.read()).toBe(text);
  });

  it("is not listed among the resolved ones of many", async () => {
    const [refused, resolved] = [await conflictOf("2"), await conflictOf("3")];
    const choice = { conflict_ids: "all", choice: "keep_yaml" };
    const { status, body } = await call("POST /api/sync/conflicts/resolve", choice);
    expect({ status, ...body }).toMatchObject({
      status: 200,
      resolved: [resolved],
      refused: [{ conflict_id: refused, code: "row_refused" }],
    });
  });
});
