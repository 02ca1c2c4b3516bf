import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Backup, FileJson } from "../../lib/protocol/file.ts";
import type { RunRequest } from "../../lib/run/request.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";

let source: TestSource;
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(() => source.stop());

const ask = (options: RunRequest) => source.ask("manual", options);
const view = async () => ((await ask({ kind: "read_file" })) as { file: FileJson }).file;
const backups = async () => ((await ask({ kind: "list_backups" })) as { backups: Backup[] }).backups;
const kept = async () => {
  const [newest] = await backups();
  if (!newest) throw new Error("no version was kept");
  return newest;
};
const describeTask = async (id: string, text: string) => {
  await source.sql("UPDATE tasks SET description = $2 WHERE id = $1", [id, text]);
  return source.run("database");
};

it("a file has no request to try out, and says so", async () => {
  expect(await ask({ kind: "sample_source" })).toMatchObject({
    kind: "refused",
    error: {
      code: "invalid_request",
      message: expect.stringContaining("has no request to try out") as unknown,
    },
  });
});

describe("the file's text", () => {
  it("comes with its revision, where each task stands, and its problems", async () => {
    const file = await view();
    expect(file).toMatchObject({ path: source.path, text: SAMPLE, problems: [] });
    expect(file.tasks).toEqual([4, 13, 22].map((line, i) => ({ task_id: String(i + 1), line })));
    expect(file.revision).toMatch(/^[0-9a-f]{64}$/);
    await source.edit('schedule_cron: "0 * * * *"', 'schedule_cron: "hourly?"');
    expect((await view()).problems).toMatchObject([{ code: "invalid_cron", task_id: "2", line: 15 }]);
  });

  it("is shown as far as it can be when it is a broken schedule, and tells why", async () => {
    await source.write("tasks:\n  - id: 1\n    a: [\n");
    expect(await view()).toMatchObject({
      text: "tasks:\n  - id: 1\n    a: [\n",
      tasks: [],
      problems: [{ code: "yaml_syntax" }],
    });
    await source.write(Buffer.concat([Buffer.from("tasks: "), Buffer.from([0xff, 0x00, 0x62])]));
    expect(await view()).toMatchObject({ text: "tasks: \uFFFD\uFFFDb", problems: [{ code: "not_utf8" }] });
    await rm(source.path);
    expect(await view()).toMatchObject({ text: null, revision: null, problems: [{ code: "file_missing" }] });
  });

  it.each([
    ["settings of a program", "DATABASE_URL=postgresql://lockstep:hunter2@db/lockstep\n", "no_tasks"],
    ["another list", "passwords: [hunter2]\n", "no_tasks"],
    ["a key", "-----BEGIN PRIVATE KEY-----\nhunter2\n-----END PRIVATE KEY-----\n", "no_tasks"],
    ["an environment", "PATH=/bin\0API_TOKEN=hunter2\0", "yaml_syntax"],
  ])("is not shown when it is no schedule but %s", async (_name, text, code) => {
    await source.write(text);
    const file = await view();
    expect(file).toMatchObject({ text: null, revision: expect.any(String), problems: [{ code }] });
    expect(JSON.stringify(file)).not.toContain("hunter2");
    // It is kept as a version where a restore replaces it.
    const name = "2026-01-01T00-00-00.000Z-1.yml";
    await mkdir(source.backups, { recursive: true });
    await writeFile(join(source.backups, name), text);
    expect(await ask({ kind: "read_backup", backup: name })).toMatchObject({
      error: { code: "not_a_schedule" },
    });
  });

  it("is not sent when nobody could look at it", async () => {
    await source.write(`# ${"x".repeat(8 * 1024 * 1024)}\n`);
    expect(await ask({ kind: "read_file" })).toMatchObject({ error: { code: "file_too_large" } });
  });

  it("is no run: nothing is remembered of it", async () => {
    await source.edit("keep_days: 30", "keep_days: 31");
    const before = await source.everything();
    await view();
    await backups();
    expect(await source.everything()).toEqual(before);
    expect(await source.runs()).toHaveLength(1);
  });
});

describe("kept versions", () => {
  it("are listed newest first, and read by name alone", async () => {
    expect(await backups()).toEqual([]);
    await describeTask("1", "First");
    const second = await source.read();
    await describeTask("1", "Second");
    await writeFile(join(source.backups, "secret.yml"), "not a version");
    const list = await backups();
    expect(list).toHaveLength(2);
    expect(list[0]).toMatchObject({ size: Buffer.byteLength(second) });
    expect((list[0]?.at ?? "") >= (list[1]?.at ?? "~")).toBe(true);
    const [newest, oldest] = await Promise.all(
      list.map(({ name }) => ask({ kind: "read_backup", backup: name })),
    );
    expect(newest).toMatchObject({ backup: { text: second } });
    expect(oldest).toMatchObject({ backup: { text: SAMPLE } });
    for (const name of ["secret.yml", "../schedule.yml", `../backups/${list[0]?.name}`]) {
      expect(await ask({ kind: "read_backup", backup: name })).toMatchObject({
        error: { code: "not_found" },
      });
      expect(await ask({ kind: "restore", backup: name })).toMatchObject({ error: { code: "not_found" } });
    }
  });

  it("restored, stand in the file and in the database; what stood there is kept", async () => {
    await describeTask("1", "Changed");
    const changed = await source.read();
    const { name } = await kept();
    const run = await source.run("manual", { kind: "restore", backup: name });
    expect(run).toMatchObject({ outcome: "succeeded", requested_by: "tester", counts: { updated: 1 } });
    expect(await source.read()).toBe(SAMPLE);
    expect(await source.row(1)).toMatchObject({ description: "Back up" });
    await source.expectInStep();
    expect(await ask({ kind: "read_backup", backup: (await kept()).name })).toMatchObject({
      backup: { text: changed },
    });
    // The same again is no change.
    expect(await source.run("manual", { kind: "restore", backup: name })).toMatchObject({
      counts: { updated: 0 },
    });
    expect(await backups()).toHaveLength(2);
  });

  it("restored over an edit that waits, make a conflict and lose nothing", async () => {
    await describeTask("1", "Changed");
    const { name } = await kept();
    await source.sql("UPDATE tasks SET description = 'Edited since' WHERE id = '1'");
    expect(await source.run("manual", { kind: "restore", backup: name })).toMatchObject({
      outcome: "conflicted",
    });
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
    expect(await source.row(1)).toMatchObject({ description: "Edited since" });
  });

  it("that would delete most tasks halt until that is confirmed", async () => {
    await describeTask("1", "Changed");
    // As an earlier release kept versions, and newer than any other.
    const short = join(source.backups, "2999-01-01T00-00-00.000Z-1.yml");
    await writeFile(short, SAMPLE.slice(0, SAMPLE.indexOf("\n  - id: 2")));
    const { halt, outcome } = await source.run("manual", { kind: "restore", backup: (await kept()).name });
    expect({ outcome, deletions: halt?.deletions }).toEqual({ outcome: "halted", deletions: ["2", "3"] });
    expect(await source.sql("SELECT id FROM tasks")).toHaveLength(3);
    const confirmed = await source.run("manual", {
      kind: "sync",
      allow_deletes: true,
      plan_hash: halt?.plan_hash ?? "",
    });
    expect(confirmed).toMatchObject({ outcome: "succeeded", counts: { deleted: 2 } });
    await source.expectInStep();
  });

  it("are refused where the file is not the one that was looked at", async () => {
    await describeTask("1", "Changed");
    const { name } = await kept();
    const { revision } = await view();
    await source.edit("keep_days: 30", "keep_days: 31");
    const saved = await source.read();
    const stale = await ask({ kind: "restore", backup: name, file_revision: revision ?? "" });
    expect(stale).toMatchObject({ error: { code: "stale_file" } });
    expect(await source.read()).toBe(saved);
    const fresh = (await view()).revision ?? "";
    expect(await ask({ kind: "restore", backup: name, file_revision: fresh })).toMatchObject({
      run: { outcome: "succeeded" },
    });
    expect(await source.read()).toBe(SAMPLE);
  });

  it("bring back a file that is gone or broken, and leave nothing behind", async () => {
    await describeTask("1", "Changed");
    const { name } = await kept();
    await rm(source.path);
    expect(await source.run("manual", { kind: "restore", backup: name })).toMatchObject({
      outcome: "succeeded",
    });
    expect(await readFile(source.path, "utf8")).toBe(SAMPLE);
    await source.write("tasks: [");
    await source.run("manual", { kind: "restore", backup: name });
    expect(await source.read()).toBe(SAMPLE);
    await source.expectInStep();
    expect(
      (await readdir(source.folder)).filter((file) => file.includes("tmp") || file.endsWith(".lock")),
    ).toEqual([]);
  });
});

describe("what undoing a run would do", () => {
  it("is what undoing it then does, and nothing before", async () => {
    const { id } = await describeTask("1", "Changed");
    await describeTask("2", "Another");
    const before = await source.everything();
    const answer = await ask({ kind: "preview_rollback", reverts: id });
    expect(await source.everything()).toEqual(before);
    const plan = "plan" in answer ? answer.plan : undefined;
    expect(plan?.changes).toMatchObject([
      { task_id: "1", action: "update", file: true, database: true, fields: ["description"] },
    ]);
    source.clock.advance(60_000);
    const undone = await source.run("rollback", {
      kind: "rollback",
      reverts: id,
      plan_hash: plan?.hash ?? "",
    });
    expect(undone).toMatchObject({ outcome: "succeeded", reverts: id, counts: { updated: 1 } });
    expect(await source.row(1)).toMatchObject({ description: "Back up" });
    await source.expectInStep();
  });

  it("shows a conflict with what was edited since", async () => {
    const { id } = await describeTask("1", "Changed");
    await describeTask("1", "Again");
    const answer = await ask({ kind: "preview_rollback", reverts: id });
    expect(answer).toMatchObject({ plan: { conflicts: [{ task_id: "1", fields: ["description"] }] } });
  });
});

describe("the lines of a changed task", () => {
  const texts = async () =>
    source.sql<{ task_id: string; yaml_before: string | null; yaml_after: string | null }>(
      "SELECT task_id, yaml_before, yaml_after FROM run_changes c JOIN runs r ON r.id = c.run_id WHERE r.seq = (SELECT max(seq) FROM runs) ORDER BY task_id",
    );

  it("are kept from before and after, whichever side the edit came from", async () => {
    await describeTask("2", "From the database");
    expect(await texts()).toEqual([
      {
        task_id: "2",
        yaml_before: `${SAMPLE.slice(SAMPLE.indexOf("  - id: 2"), SAMPLE.indexOf("\n  - id: 3"))}`,
        yaml_after: expect.stringContaining("description: From the database\n"),
      },
    ]);
    await source.edit("description: Report", "description: By hand");
    await source.run("watch");
    expect(await texts()).toMatchObject([
      {
        task_id: "3",
        yaml_before: expect.stringContaining("Report"),
        yaml_after: expect.stringContaining("By hand"),
      },
    ]);
  });

  it("are null where the task is not in the file, and where nobody could know them", async () => {
    expect((await texts()).map((each) => each.yaml_before)).toEqual([null, null, null]);
    await source.sql("DELETE FROM tasks WHERE id = '3'");
    await source.run("database");
    expect(await texts()).toMatchObject([
      { task_id: "3", yaml_before: expect.stringContaining("Report"), yaml_after: null },
    ]);
  });
});
