import { afterEach, describe, expect, it } from "vitest";
import { SAMPLE, startTestSource, type TestSource, type TestSourceOptions } from "../testing/test-source.ts";

let source: TestSource;
const start = async (options?: TestSourceOptions) => (source = await startTestSource(options));
afterEach(() => source.stop());

describe("the first import", () => {
  it("brings every task into the database and leaves the file as it is", async () => {
    await start();
    expect(await source.read()).toBe(SAMPLE);
    expect(await source.row(1)).toMatchObject({
      skill_name: "daily-backup",
      timezone: "Europe/Berlin",
      params: { keep_days: 30 },
    });
    expect(await source.row(3)).toMatchObject({
      status: "pending",
      timezone: "UTC",
      next_run_at: new Date("2026-03-02T08:00:00Z"),
    });
    expect((await source.runs()).map((run) => [run.trigger, run.outcome, run.counts["created"]])).toEqual([
      ["startup", "succeeded", 3],
    ]);
    await source.expectInStep();
  });

  it("keeps the file's own stamp", async () => {
    await start({
      yaml: 'tasks:\n  - id: 1\n    skill_name: a\n    schedule_cron: "0 * * * *"\n    updated_at: "2020-05-05T05:05:05Z"\n',
    });
    expect((await source.row(1))?.["updated_at"]).toEqual(new Date("2020-05-05T05:05:05Z"));
  });

  it("adopts tasks that stand on both sides alike, and conflicts on those that do not", async () => {
    await start({ imported: false });
    await source.sql(`INSERT INTO tasks (id, skill_name, schedule_cron, timezone, status, description, params) VALUES
      ('1', 'daily-backup', '0 2 * * *', 'Europe/Berlin', 'active', 'Back up', '{"keep_days": 30}'),
      ('2', 'another-check', '0 * * * *', 'UTC', 'active', 'Check', '{"retries": 3, "timeout": 10}')`);
    const run = await source.run("startup");
    expect(run).toMatchObject({ outcome: "conflicted", counts: { conflicts: 1 } });
    expect(await source.conflicts()).toMatchObject([
      { task_id: "2", kind: "create_create", fields: ["skill_name"], ancestor: null },
    ]);
    expect(await source.read()).toBe(SAMPLE);
    await source.expectInStep(["2"]);
  });

  it("creates in the file what only the database has", async () => {
    await start({ imported: false });
    await source.sql(
      "INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('extra', 'sweep', '5 5 * * *')",
    );
    await source.run("startup");
    expect(await source.read()).toContain("- id: extra\n    skill_name: sweep");
    await source.expectInStep();
  });
});

describe("an edit of one side", () => {
  it("goes from the file to the row, and the file is not touched", async () => {
    await start();
    await source.edit("description: Check", "description: Look # twice");
    const before = await source.read();
    expect((await source.run("watch")).counts).toMatchObject({ updated: 1, created: 0, deleted: 0 });
    expect((await source.row(2))?.["description"]).toBe("Look");
    expect(await source.read()).toBe(before);
    await source.expectInStep();
  });

  it("goes from the row to the file, which changes in that line only", async () => {
    await start();
    await source.sql("UPDATE tasks SET params = jsonb_set(params, '{retries}', '5') WHERE id = '2'");
    expect((await source.run("database")).counts).toMatchObject({ updated: 1 });
    expect(await source.read()).toBe(SAMPLE.replace("retries: 3", "retries: 5"));
    await source.expectInStep();
  });

  it("stamps the file's task and its metadata where they stand", async () => {
    await start({
      yaml: 'metadata:\n  last_sync: x\n  sync_source: yaml\ntasks:\n  - id: 1\n    skill_name: a\n    schedule_cron: "0 * * * *"\n    updated_at: "2020-05-05T05:05:05Z"\n',
    });
    await source.sql("UPDATE tasks SET skill_name = 'b', updated_at = '2026-02-02T02:02:02Z'");
    await source.run("database");
    const lines = (await source.read()).split("\n");
    expect(lines.slice(1, 3)).toEqual([
      expect.stringMatching(/^ {2}last_sync: "?2026-03-01T12:00:00(\.000)?Z"?$/),
      "  sync_source: database",
    ]);
    expect(lines.slice(5)).toEqual([
      "    skill_name: b",
      '    schedule_cron: "0 * * * *"',
      '    updated_at: "2026-02-02T02:02:02Z"',
      "",
    ]);
    await source.expectInStep();
  });

  it("creates and deletes, from the file", async () => {
    await start();
    await source.edit(
      / {2}- id: 3[^]*$/,
      '  - id: new-one\n    skill_name: sweep\n    schedule_cron: "*/5 * * * *"\n    owner: ops\n',
    );
    expect((await source.run("watch")).counts).toMatchObject({ created: 1, deleted: 1 });
    expect(await source.row(3)).toBeUndefined();
    expect(await source.row("new-one")).toMatchObject({ skill_name: "sweep", extra: { owner: "ops" } });
    await source.expectInStep();
  });

  it("creates and deletes, from the database", async () => {
    await start();
    await source.sql("DELETE FROM tasks WHERE id = '2'");
    await source.sql(
      "INSERT INTO tasks (id, skill_name, schedule_cron, extra) VALUES ('4', 'sweep', '*/5 * * * *', '{\"owner\": \"ops\"}')",
    );
    expect((await source.run("database")).counts).toMatchObject({ created: 1, deleted: 1 });
    const text = await source.read();
    expect(text).not.toContain("health-check");
    expect(text).toContain("# nightly");
    expect(text).toContain("owner: ops");
    await source.expectInStep();
  });

  it("that says the same in other words changes nothing and is no history", async () => {
    await start();
    await source.edit(
      "    skill_name: weekly-report",
      "    skill_name: 'weekly-report'\n    status: pending",
    );
    const { rows } = await source.everything();
    const run = await source.run("watch");
    expect(run.counts).toMatchObject({ updated: 0, merged: 0 });
    expect((await source.everything()).rows).toEqual(rows);
    expect((await source.runs()).map((each) => each.trigger)).toEqual(["startup"]);
    await source.expectInStep();
  });

  it("takes everything else of the file along byte for byte, also with CRLF and a byte order mark", async () => {
    const yaml = `\uFEFF${SAMPLE.replaceAll("\n", "\r\n")}`;
    await start({ yaml });
    await source.sql("UPDATE tasks SET status = 'paused' WHERE id = '1'");
    await source.run("database");
    // Tasks 1 and 2 are active; only the first changes.
    expect(await source.read()).toBe(yaml.replace("status: active", "status: paused"));
    await source.expectInStep();
  });
});

describe("edits of both sides", () => {
  it("of different tasks both go through", async () => {
    await start();
    await source.edit("keep_days: 30", "keep_days: 60");
    await source.sql("UPDATE tasks SET description = 'From SQL' WHERE id = '3'");
    expect((await source.run()).counts).toMatchObject({ updated: 2, merged: 0 });
    expect((await source.row(1))?.["params"]).toEqual({ keep_days: 60 });
    expect(await source.read()).toContain("description: From SQL");
    await source.expectInStep();
  });

  it("of different fields of one task are merged, params per key", async () => {
    await start();
    await source.edit("timeout: 10", "timeout: 20");
    await source.edit("description: Check", "description: From the file");
    await source.sql(
      "UPDATE tasks SET status = 'paused', params = jsonb_set(params, '{retries}', '9') WHERE id = '2'",
    );
    expect(await source.run()).toMatchObject({ outcome: "succeeded", counts: { merged: 1, conflicts: 0 } });
    expect(await source.row(2)).toMatchObject({
      status: "paused",
      description: "From the file",
      params: { retries: 9, timeout: 20 },
    });
    expect(await source.read()).toContain("retries: 9\n      timeout: 20");
    await source.expectInStep();
  });

  it("that say the same agree", async () => {
    await start();
    await source.edit("description: Check", "description: Same");
    await source.sql("UPDATE tasks SET description = 'Same' WHERE id = '2'");
    expect(await source.run()).toMatchObject({ outcome: "succeeded", counts: { updated: 0, conflicts: 0 } });
    await source.expectInStep();
  });

  it("a deletion beats a task that only ticked, on either side", async () => {
    await start();
    await source.edit(/ {2}- id: 3[^]*$/, "");
    await source.sql("UPDATE tasks SET status = 'running', next_run_at = now() WHERE id = '3'");
    await source.sql("DELETE FROM tasks WHERE id = '1'");
    await source.edit(
      "timezone: Europe/Berlin\n    status: active",
      "timezone: Europe/Berlin\n    status: paused",
    );
    expect(await source.run("manual", { kind: "sync", allow_deletes: true })).toMatchObject({
      outcome: "succeeded",
      counts: { deleted: 2 },
    });
    await source.expectInStep();
  });

  it("deleted on both sides is forgotten", async () => {
    await start();
    await source.edit(/ {2}- id: 3[^]*$/, "");
    await source.sql("DELETE FROM tasks WHERE id = '3'");
    expect((await source.run()).outcome).toBe("succeeded");
    await source.expectInStep();
  });
});

describe("the fields that Lockstep computes", () => {
  it("a new cron moves next_run_at, in the database only", async () => {
    await start();
    await source.edit('schedule_cron: "0 8 * * 1"', 'schedule_cron: "0 9 * * 1"');
    await source.run("watch");
    expect((await source.row(3))?.["next_run_at"]).toEqual(new Date("2026-03-02T09:00:00Z"));
    expect(await source.read()).not.toContain("next_run_at");
    await source.expectInStep();
  });

  it("a busy executor that owns its fields never makes the file be written", async () => {
    await start({ settings: { fields: { status: "db", next_run_at: "db" } } });
    for (const status of ["running", "completed"]) {
      await source.sql("UPDATE tasks SET status = $1, next_run_at = now() WHERE id = '2'", [status]);
      await source.run("database");
    }
    expect(await source.read()).toBe(SAMPLE);
    await source.expectInStep();
    await source.sql("UPDATE tasks SET description = 'Edited' WHERE id = '2'");
    await source.run("database");
    const [was, is] = [SAMPLE.split("\n"), (await source.read()).split("\n")];
    expect(is.filter((line, i) => line !== was[i])).toEqual([
      "    status: completed",
      "    description: Edited",
    ]);
    await source.expectInStep();
  });
});

it("a second run finds nothing to do, whatever happened before", async () => {
  await start();
  await source.edit("keep_days: 30", "keep_days: 60");
  await source.sql("UPDATE tasks SET description = 'x' WHERE id = '3'");
  await source.run();
  const before = await source.everything();
  for (const options of [null, { kind: "sync", force: true } as const]) {
    expect((await source.run("manual", options)).counts).toEqual({
      created: 0,
      updated: 0,
      deleted: 0,
      merged: 0,
      conflicts: 0,
      problems: 0,
    });
  }
  expect(await source.everything()).toEqual(before);
});
