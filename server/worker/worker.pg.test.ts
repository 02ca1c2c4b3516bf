import { execFileSync } from "node:child_process";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { rename, rm, writeFile } from "node:fs/promises";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EVENT_CHANNEL, eventSchema, type LockstepEvent } from "../../lib/protocol/event.ts";
import { listen } from "../store/listen.ts";
import { letGo, pointAt, startTestWorker } from "../testing/commands.ts";
import { SAMPLE, startTestSource, type TestSource } from "../testing/test-source.ts";
import { waitFor } from "../testing/wait-for.ts";
import type { RunningWorker } from "./start-worker.ts";
import { tick } from "./tick.ts";

let source: TestSource;
let worker: RunningWorker | undefined;
const start = async (more: Parameters<typeof startTestWorker>[1] = {}) => {
  worker = await startTestWorker(source, { WATCH_DEBOUNCE_MS: "50", ...more });
};
beforeEach(async () => {
  source = await startTestSource();
});
afterEach(async () => {
  await worker?.stop();
  worker = undefined;
  await letGo();
  await source.stop();
});

const inRow = (id: number, description: string) =>
  waitFor(async () => (await source.row(id))?.["description"] === description, {
    what: `task ${id} to be ${description}`,
  });
const inFile = (text: string) =>
  waitFor(async () => (await source.read()).includes(text), { what: `${text} in the file` });

describe("a worker notices", () => {
  it.each([
    ["a save in place", (text: string) => writeFileSync(source.path, text)],
    [
      "an editor that renames over it",
      (text: string) => (writeFileSync(`${source.path}~`, text), renameSync(`${source.path}~`, source.path)),
    ],
    [
      "vim's way: the old file moved away, a new one written",
      (text: string) => (renameSync(source.path, `${source.path}~`), writeFileSync(source.path, text)),
    ],
    ["sed -i", () => execFileSync("sed", ["-i", "s/description: Check/description: By hand/", source.path])],
  ] as const)("%s", async (_name, save) => {
    await start();
    save(SAMPLE.replace("description: Check", "description: By hand"));
    await inRow(2, "By hand");
    expect(readFileSync(source.path, "utf8")).toBe(
      SAMPLE.replace("description: Check", "description: By hand"),
    );
    // The next save is noticed too, although the file has another inode.
    save(
      SAMPLE.replace("description: Check", "description: By hand").replace(
        "description: Report",
        "description: Again",
      ),
    );
    if (_name !== "sed -i") await inRow(3, "Again");
    await waitFor(() => source.expectInStep().then(() => true));
  });

  it("an edit by SQL, but not Lockstep's own writes", async () => {
    await start();
    await source.sql("UPDATE tasks SET description = 'By SQL' WHERE id = '2'");
    await inFile("By SQL");
    await source.edit("description: Report", "description: By hand");
    await inRow(3, "By hand");
    await waitFor(() => source.expectInStep().then(() => true));
    // One run for each edit. A third run would mean that Lockstep's own write counted as an edit.
    expect((await source.runs()).filter((run) => run.trigger !== "startup")).toHaveLength(2);
  });

  it("a burst of edits by SQL, all of them", async () => {
    await start();
    for (let n = 0; n < 40; n++)
      await source.sql(
        `UPDATE tasks SET params = params || '{"n${n % 7}": ${n}}' WHERE id = '${(n % 3) + 1}'`,
      );
    await waitFor(() => source.expectInStep().then(() => true));
    expect(await source.read()).toContain("n4: 39");
  });

  it("a file that comes back", async () => {
    await start();
    await rename(source.path, `${source.path}.away`);
    await waitFor(async () => (await source.problems())[0]?.code === "file_missing", { what: "the problem" });
    await writeFile(source.path, SAMPLE.replace("description: Check", "description: Back again"));
    await inRow(2, "Back again");
    expect(await source.problems()).toEqual([]);
    await rm(`${source.path}.away`);
  });

  it("edits by SQL after its connections were cut, also edits during that time", async () => {
    await start();
    await source
      .sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND " +
          "pid <> pg_backend_pid()",
      )
      .catch(() => undefined);
    await waitFor(() => source.sql("UPDATE tasks SET description = 'Meanwhile' WHERE id = '2'"), {
      what: "PostgreSQL",
    });
    await inFile("Meanwhile");
    await waitFor(() => source.sql("UPDATE tasks SET description = 'Later' WHERE id = '3'"), {
      what: "PostgreSQL",
    });
    await inFile("Later");
  });

  it("nothing by itself when automatic sync is off, but answers requests", async () => {
    await start({ AUTO_SYNC_ENABLED: "false" });
    await source.sql("UPDATE tasks SET description = 'By SQL' WHERE id = '2'");
    await source.edit("description: Report", "description: By hand");
    const id = await source.request("manual");
    // A run by itself would have been requested by now, and would be answered first.
    await waitFor(() => source.answerTo(id));
    expect((await source.runs()).map((run) => run.trigger)).toEqual(["startup", "startup", "manual"]);
    await source.expectInStep();
  });
});

it("reports its work in order, and only what was committed", async () => {
  const listener = new pg.Client({ connectionString: source.url });
  await listener.connect();
  const heard: LockstepEvent[] = [];
  listener.on("notification", (message) => {
    const event = eventSchema.parse(JSON.parse(message.payload ?? ""));
    // The author of an edit is found out later, at an unknown time.
    if (event.event !== "audit_changed") heard.push(event);
  });
  await listener.query(`LISTEN ${EVENT_CHANNEL}`);
  await source.edit("description: Check", "description: By hand");
  await source.sql("UPDATE tasks SET description = 'By SQL' WHERE id IN ('2', '3')");
  await source.run("watch");
  const [conflict] = await source.conflicts();
  await source.run("resolution", {
    kind: "resolution",
    resolutions: [{ conflict_id: conflict?.id ?? "", task_id: "2", choice: "keep_file" }],
  });
  await listener.query("SELECT 1");
  expect(heard.map((event) => event.event)).toEqual([
    "schedule_config_updated",
    "schedule_config_updated",
    "tasks_changed",
    "sync_conflict_detected",
    "sync_run_finished",
    "sync_status_changed",
    "tasks_changed",
    "sync_conflict_resolved",
    "sync_run_finished",
    "sync_status_changed",
  ]);
  expect(heard[0]).toMatchObject({ by: "file", task_ids: ["2"] });
  expect(heard[1]).toMatchObject({ task_ids: ["3"] });
  expect(heard[3]).toMatchObject({ conflict_id: conflict?.id, task_id: "2" });
  expect(heard[7]).toMatchObject({ conflict_id: conflict?.id, task_id: "2", choice: "keep_yaml" });
  await listener.end();
});

describe("listen()", () => {
  it("listens again after its connection was cut, and says that it missed notifications", async () => {
    pointAt(source);
    const heard: string[] = [];
    let missed = 0;
    const listening = await listen(
      ["a_channel"],
      (_channel, payload) => heard.push(payload),
      () => missed++,
      "listener under test",
    );
    await source.sql("SELECT pg_notify('a_channel', 'one')");
    await waitFor(() => heard.includes("one"));
    for (let cut = 1; cut <= 2; cut++) {
      await waitFor(
        async () =>
          (
            await source.sql(
              "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = " +
                "'listener under test' AND datname = current_database()",
            )
          ).length > 0,
      );
      await waitFor(() => missed === cut, { what: "the new connection" });
    }
    await source.sql("SELECT pg_notify('a_channel', 'two')");
    await waitFor(() => heard.includes("two"));
    expect(heard).toEqual(["one", "two"]);
    await listening.close();
    await waitFor(
      async () =>
        (
          await source.sql(
            "SELECT 1 FROM pg_stat_activity WHERE application_name = 'listener under test' AND datname " +
              "= current_database()",
          )
        ).length === 0,
    );
  });
});

describe("the periodic sync", () => {
  it("starts each run once, however many workers ask", async () => {
    const nudging = { pool: source.pool, clock: source.clock, log: source.context.log, autoSync: true };
    const turns = async () =>
      (await Promise.all([...Array(8).keys()].map(() => tick(nudging)))).reduce(
        (sum, { due }) => sum + due,
        0,
      );
    expect(await turns()).toBe(1);
    expect(await turns()).toBe(0);
    source.clock.advance(5 * 60_000);
    expect(await turns()).toBe(1);
    // A shorter interval takes effect at once.
    await source.sql(`UPDATE sources SET settings = '{"sync_interval_minutes": 1}'`);
    expect(await turns()).toBe(1);
  });

  it("finds an edit without a notification", async () => {
    await start();
    await source.sql(
      "BEGIN; SET LOCAL lockstep.carried = 'yes'; UPDATE tasks SET description = 'Untold' WHERE id = " +
        "'2'; COMMIT",
    );
    await tick({ pool: source.pool, clock: source.clock, log: source.context.log, autoSync: true });
    await inFile("Untold");
  });
});
