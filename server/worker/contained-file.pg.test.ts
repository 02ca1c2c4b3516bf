import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readFileText } from "../commands/file-requests.ts";
import { ADA, letGo, startTestWorker } from "../testing/commands.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";
import type { RunningWorker } from "./start-worker.ts";

let source: TestSource;
let worker: RunningWorker | undefined;
/** SCHEDULE_FILE, in a folder of its own; beside that folder lies what a link may not lead to. */
let file: string;
const beside = (name: string) => join(source.folder, name);
const start = async (more: Parameters<typeof startTestWorker>[1] = {}) => {
  worker = await startTestWorker(source, { SCHEDULE_FILE: file, WATCH_DEBOUNCE_MS: "50", ...more });
};
const shown = () => readFileText({ actor: ADA });
const link = async (target: string) => {
  await rm(file, { force: true });
  await symlink(target, file);
};

beforeEach(async () => {
  source = await startTestSource({ imported: false });
  file = beside("config/schedule.yml");
  await mkdir(dirname(file));
  await mkdir(beside("data"));
  await writeFile(beside("data/auth-secret"), "tasks: [] # a secret\n");
  await writeFile(beside("elsewhere.yml"), SAMPLE);
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await letGo();
  await source.stop();
});

describe("a SCHEDULE_FILE that is a link", () => {
  it.each([
    ["to the process's environment", () => "/proc/self/environ"],
    ["to a device", () => "/dev/zero"],
    ["to a schedule outside its folder", () => "../elsewhere.yml"],
    ["to a secret in DATA_DIR", () => "../data/auth-secret"],
    ["to another file of the machine", () => "/etc/passwd"],
  ])("%s shows and changes nothing, and says why", async (_name, target) => {
    await link(target());
    await source.sql(
      "INSERT INTO tasks (source, id, skill_name, schedule_cron) VALUES ('default', '9', 'kept', '0 2 * * *')",
    );
    await start({ DATA_DIR: beside("data") });
    expect(await shown()).toMatchObject({
      text: null,
      revision: null,
      problems: [{ code: "file_unreadable", message: expect.stringContaining("SOURCE_FOLDERS") }],
    });
    expect(await source.sql("SELECT id FROM tasks")).toEqual([{ id: "9" }]);
    expect(await source.problems()).toMatchObject([{ code: "file_unreadable" }]);
  });

  it("is used where it stays in the folder, as a Kubernetes ConfigMap does", async () => {
    await mkdir(beside("config/..2026"));
    await writeFile(beside("config/..2026/schedule.yml"), SAMPLE);
    await symlink("..2026", beside("config/..data"));
    await link("..data/schedule.yml");
    await start();
    expect(await shown()).toMatchObject({ text: SAMPLE, problems: [] });
  });

  it("is used where it leads to a folder of SOURCE_FOLDERS, but not into DATA_DIR below that", async () => {
    await link("../elsewhere.yml");
    await start({ SOURCE_FOLDERS: source.folder, DATA_DIR: beside("data") });
    expect(await shown()).toMatchObject({ text: SAMPLE });
    await link("../data/auth-secret");
    expect(await shown()).toMatchObject({ text: null, problems: [{ code: "file_unreadable" }] });
  });

  it("is used on when a link on the way to its folder leads elsewhere, as a new release does", async () => {
    await writeFile(file, SAMPLE);
    await mkdir(beside("release-2"));
    await writeFile(beside("release-2/schedule.yml"), SAMPLE.replace("Back up", "Released"));
    await symlink("config", beside("current"));
    await start({ SCHEDULE_FILE: beside("current/schedule.yml") });
    await symlink("release-2", beside("next"));
    await rename(beside("next"), beside("current"));
    await waitFor(async () => (await source.row(1))?.["description"] === "Released");
  });
});

it("a file that is no schedule is not shown, wherever it lies", async () => {
  await writeFile(file, "DATABASE_URL=postgresql://lockstep:hunter2@db/lockstep\n");
  await start();
  const { text, problems } = await shown();
  expect({ text, code: problems[0]?.code }).toEqual({ text: null, code: "no_tasks" });
  expect(JSON.stringify(problems)).not.toContain("hunter2");
});
