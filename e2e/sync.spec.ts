import { execFileSync } from "node:child_process";
import { renameSync, statSync, writeFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { overSocketIo, overWebSocket } from "./support/events.ts";
import { changedLines, commit, git } from "./support/git.ts";
import { expectInStep, tasksInFile } from "./support/in-step.ts";
import type { Lockstep } from "./support/lockstep.ts";
import { test } from "./support/test.ts";
import { until } from "./support/until.ts";

let lockstep: Lockstep;

test.beforeAll(async ({ automatic }) => {
  lockstep = await automatic.fresh();
});

const description = async (id: string) =>
  (await lockstep.sql<{ description: string }>("SELECT description FROM tasks WHERE id = $1", [id]))[0]
    ?.description;

const WAYS: Record<string, (text: string) => void> = {
  "written in place": (text) => lockstep.write(text),
  "renamed over": (text) => {
    writeFileSync(`${lockstep.file}.new`, text);
    renameSync(`${lockstep.file}.new`, lockstep.file);
  },
  "sed -i": (text) => {
    const wanted = /description: (in file by sed.*)/.exec(text)?.[1] ?? "";
    execFileSync("sed", [
      "-i",
      `s/description: .*services* answers.*\\|description: in file.*/description: ${wanted}/`,
      lockstep.file,
    ]);
  },
};

for (const [way, save] of Object.entries(WAYS)) {
  test(`the file, ${way}: the database follows, clients receive events, and the file is not written`, async () => {
    const [ws, io] = await Promise.all([overWebSocket(lockstep), overSocketIo(lockstep)]);
    const text = lockstep
      .read()
      .replace(/description: (Check that|in file).*/, `description: in file by ${way.replace(" -i", "")}`);
    save(text);
    const saved = { text: lockstep.read(), inode: statSync(lockstep.file).ino };
    await until(
      "the row says it",
      async () => (await description("2")) === `in file by ${way.replace(" -i", "")}`,
    );
    for (const { heard, close } of [ws, io]) {
      await until("the event came", () =>
        heard.some((each) => each.event === "schedule_config_updated" && each["by"] === "file"),
      );
      // The event of the import, which names all tasks, may still come before it.
      await until("the event about the row alone", () =>
        heard.some(({ event, ids }) => event === "tasks_changed" && String(ids) === "2"),
      );
      close();
    }
    expect({ text: lockstep.read(), inode: statSync(lockstep.file).ino }).toEqual(saved);
  });
}

test("git checkout of an older version reaches the database", async () => {
  commit(lockstep);
  const before = await description("1");
  lockstep.replace("Back up the production database", "Back up everything");
  await until("the edit is there", async () => (await description("1")) === "Back up everything");
  git(lockstep, "checkout", "-q", lockstep.file);
  await until("the old version is there", async () => (await description("1")) === before);
});

test("PATCH answers when the edit is in the file, and git shows only the lines that had to change", async () => {
  commit(lockstep);
  const { status, body, headers } = await lockstep.call("PATCH /api/tasks/:id", {
    params: { id: "2" },
    body: { schedule_cron: "*/15 * * * *" },
  });
  expect(status).toBe(200);
  expect(body.sync).toEqual({ state: "synced" });
  expect(changedLines(lockstep).filter((line) => !/last_sync|sync_source/.test(line))).toEqual([
    '-    schedule_cron: "0 * * * *" # every hour',
    '+    schedule_cron: "*/15 * * * *" # every hour',
  ]);
  const got = await lockstep.call("GET /api/tasks/:id", { params: { id: "2" } });
  expect(got.headers.get("etag")).toBe(headers.get("etag"));
});

test("If-Match refuses an edit of a task that has changed", async () => {
  const { headers } = await lockstep.call("GET /api/tasks/:id", { params: { id: "1" } });
  const etag = headers.get("etag") ?? "";
  expect(
    (
      await lockstep.call("PATCH /api/tasks/:id", {
        params: { id: "1" },
        body: { status: "paused" },
        headers: { "if-match": etag },
      })
    ).status,
  ).toBe(200);
  const stale = await lockstep.api<{ code: string }>(
    "PATCH",
    "/api/tasks/1",
    { status: "active" },
    { "if-match": etag },
  );
  expect([stale.status, stale.body.code]).toEqual([412, "precondition_failed"]);
  await expectInStep(lockstep);
});

test("psql edits and deletions reach the file, and comments of the other tasks stay", async () => {
  await lockstep.sql("UPDATE tasks SET timezone = 'Asia/Tokyo' WHERE id = '3'");
  await until("the file says it", () =>
    /id: 3\n(?: {4}.*\n)*? {4}timezone: Asia\/Tokyo/.test(lockstep.read()),
  );
  await lockstep.sql("DELETE FROM tasks WHERE id = '3'");
  await until("it is gone from the file", () => !lockstep.read().includes("id: 3"));
  expect(lockstep.read()).toContain("  # Cheap, so it may run often.\n  - id: 2\n");
  await expectInStep(lockstep);
});

test("a task is created with the next id, listed, replaced and deleted, each time in step with the file", async () => {
  const created = await lockstep.call("POST /api/tasks", {
    body: {
      skill_name: "nightly",
      schedule_cron: "0 3 * * *",
      owner: { team: "ops" },
    },
  });
  expect(created.status).toBe(201);
  const id = String(created.body.task.id);
  expect(lockstep.read()).toContain("owner:\n      team: ops");
  await expectInStep(lockstep);
  const again = await lockstep.api<{ code: string }>("POST", "/api/tasks", {
    id,
    skill_name: "x",
    schedule_cron: "* * * * *",
  });
  expect([again.status, again.body.code]).toEqual([409, "task_exists"]);
  expect(
    (
      await lockstep.call("PUT /api/tasks/:id", {
        params: { id },
        body: { skill_name: "replaced", schedule_cron: "0 4 * * *" },
      })
    ).status,
  ).toBe(200);
  expect(lockstep.read()).not.toContain("team: ops");
  await expectInStep(lockstep);
  expect((await lockstep.call("DELETE /api/tasks/:id", { params: { id } })).status).toBe(200);
  expect((await lockstep.api("GET", `/api/tasks/${id}`)).status).toBe(404);
  await expectInStep(lockstep);
});

test("a broken file changes nothing and its problem says where, and waiting edits are carried when it is mended", async () => {
  const good = lockstep.read();
  const tasks = Object.keys(tasksInFile(lockstep)).length;
  lockstep.write(good.replace("tasks:", "tasks: [oops"));
  const status = async () => (await lockstep.call("GET /api/sync/status")).body;
  await until("the problem is shown", async () => (await status()).problems.length > 0);
  const [problem] = (await status()).problems;
  expect(problem?.code).toBe("yaml_syntax");
  expect(problem?.line).toBeGreaterThan(1);
  expect(problem?.column).toBeGreaterThanOrEqual(1);
  const edit = await lockstep.call("PATCH /api/tasks/:id", {
    params: { id: "1" },
    body: {
      description: "while broken",
    },
  });
  expect(edit.body.sync.state).toBe("pending");
  expect((await lockstep.sql("SELECT 1 FROM tasks")).length).toBe(tasks);
  lockstep.write(good);
  await until("the waiting edit is in the file", () => lockstep.read().includes("while broken"));
  await expectInStep(lockstep);
});

test("bad input gets a clear error and changes nothing", async () => {
  const before = lockstep.read();
  const cases: [string, string, unknown, number, string][] = [
    ["PATCH", "/api/tasks/1", { schedule_cron: "every day" }, 422, "invalid_task"],
    ["PATCH", "/api/tasks/1", { id: 9 }, 422, "invalid_task"],
    ["PATCH", "/api/tasks/1", "{not json", 400, "invalid_json"],
    ["PATCH", "/api/tasks/nothing", { status: "active" }, 404, "not_found"],
    ["POST", "/api/tasks", { skill_name: "x" }, 422, "invalid_task"],
    ["POST", "/api/sync/trigger", { direction: "sideways" }, 400, "invalid_request"],
    [
      "POST",
      "/api/sync/conflicts/00000000-0000-4000-8000-000000000000/resolve",
      { choice: "merge" },
      404,
      "not_found",
    ],
  ];
  for (const [method, path, body, status, code] of cases) {
    const answer = await lockstep.api<{ code: string; detail: string }>(method, path, body);
    expect([answer.status, answer.body.code], `${method} ${path}`).toEqual([status, code]);
    expect(answer.headers.get("content-type")).toContain("application/problem+json");
    expect(answer.body.detail.length).toBeGreaterThan(5);
  }
  expect((await fetch(`${lockstep.url}/api/tasks`)).status).toBe(401);
  expect(lockstep.read()).toBe(before);
});
