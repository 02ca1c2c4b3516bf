import { afterEach, describe, expect, it } from "vitest";
import { directionToWire } from "../../lib/protocol/wire.ts";
import type { RunRequest } from "../../lib/run/request.ts";
import { type Choice, DIRECTIONS, STRATEGIES } from "../../lib/sync/types.ts";
import { asActor } from "../store/transaction.ts";
import { SAMPLE, startTestSource, type TestSource, type TestSourceOptions } from "../testing/test-source.ts";

// A version of the file that runs have seen before comes back, while the database has edited since.

let source: TestSource;
afterEach(() => source.stop());

const BOTH_WAYS: RunRequest = { kind: "sync", direction: "bidirectional" };

const TEXT = `${SAMPLE}
  - id: 5
    skill_name: mail
    schedule_cron: "0 7 * * *"
    status: active
`;

/** One edit of each kind, and the conflict that an older file makes of it. */
const EDITS = [
  {
    sql: "UPDATE tasks SET description = 'From the database' WHERE id = '1'",
    conflict: { task_id: "1", kind: "modify_modify", fields: ["description"] },
  },
  {
    sql: `UPDATE tasks SET params = '{"retries": 9, "timeout": 10}' WHERE id = '2'`,
    conflict: { task_id: "2", kind: "modify_modify", fields: ["params.retries"] },
  },
  {
    sql: "DELETE FROM tasks WHERE id = '3'",
    conflict: {
      task_id: "3",
      kind: "modify_delete",
      fields: ["skill_name", "schedule_cron", "description"],
    },
  },
  {
    sql: "INSERT INTO tasks (id, skill_name, schedule_cron) VALUES ('4', 'new', '1 1 * * *')",
    conflict: { task_id: "4", kind: "delete_modify", fields: ["skill_name", "schedule_cron", "next_run_at"] },
  },
  {
    sql: "UPDATE tasks SET status = 'paused' WHERE id = '5'",
    conflict: { task_id: "5", kind: "modify_modify", fields: ["status"] },
  },
];
const ALL_OF_THEM = EDITS.map(({ conflict }) => conflict);

/** Starts a source that both sides agree on. */
async function start(options: TestSourceOptions = {}): Promise<void> {
  source = await startTestSource({ yaml: TEXT, ...options, imported: false });
  await source.run("startup", BOTH_WAYS);
}

/** Edits rows as the API does, and carries the edits into the file. */
async function editRows(...statements: string[]): Promise<string> {
  const actor = { name: "user:ada@example.com", from: undefined };
  await asActor(
    source.pool,
    actor,
    async (tx) => {
      for (const sql of statements) await tx.query(sql);
    },
    500,
  );
  await source.run("manual", BOTH_WAYS);
  await source.expectInStep();
  return source.read();
}

/** A person adds task 6 to the file. */
async function addSix(more = ""): Promise<void> {
  const six = `  - id: 6\n    skill_name: six\n    schedule_cron: '1 1 * * *'\n${more}`;
  await source.edit("  - id: 3\n", `${six}  - id: 3\n`);
  await source.run("watch");
}

async function putBack(text: string): Promise<void> {
  await source.write(text);
  await source.run("watch");
}

async function resolve(choice: Choice): Promise<void> {
  const open = await source.conflicts();
  const resolutions = open.map(({ id, task_id, revision }) => ({
    conflict_id: id,
    task_id,
    revision,
    choice,
  }));
  await source.run("resolution", { kind: "resolution", resolutions });
}

const rows = () => source.sql("SELECT id, description, params, status FROM tasks ORDER BY id");
const lines = (text: string) =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .sort();
const notice = async () =>
  (await source.sql<{ older_file: object | null }>("SELECT older_file FROM sources"))[0]?.older_file;

const SETTINGS = STRATEGIES.flatMap((strategy) => DIRECTIONS.map((direction) => ({ strategy, direction })));

describe.each(SETTINGS)(
  "an older file that comes back, by $strategy, $direction,",
  ({ strategy, direction }) => {
    const settings = { direction: directionToWire(direction) };

    it("takes back edits of the database only when a person says so", async () => {
      await start({ strategy, settings });
      const newest = await editRows(...EDITS.map(({ sql }) => sql));
      const before = await rows();
      for (const choice of ["keep_database", "keep_file"] as const) {
        await putBack(TEXT);
        expect(await source.conflicts()).toMatchObject(ALL_OF_THEM);
        expect(await notice()).toMatchObject({ tasks: EDITS.length });
        // It stays so, whatever runs come.
        await source.run("startup");
        await source.run("manual", BOTH_WAYS);
        expect(await source.conflicts()).toMatchObject(ALL_OF_THEM);
        expect(await source.read()).toBe(TEXT);
        expect(await rows()).toEqual(before);

        await resolve(choice);
        await source.expectInStep();
        expect(await notice()).toBeNull();
        expect(lines(await source.read())).toEqual(lines(choice === "keep_file" ? TEXT : newest));
      }
    });
  },
);

describe("an older file", () => {
  it("is taken like an edit where the source accepts it", async () => {
    await start({ settings: { older_file: "accept" } });
    await editRows(EDITS[0]!.sql, EDITS[3]!.sql);
    await putBack(TEXT);
    expect(await source.conflicts()).toEqual([]);
    await source.run("manual", BOTH_WAYS);
    await source.expectInStep();
    expect(await source.read()).toBe(TEXT);
  });

  it("that takes back edits of the file alone is followed, and asks nothing", async () => {
    await start();
    await source.edit("description: Back up", "description: Edited in the file");
    await addSix();
    await putBack(TEXT);
    expect(await notice()).toBeNull();
    expect(await source.row(1)).toMatchObject({ description: "Back up" });
    expect(await source.row(6)).toBeUndefined();
    await source.expectInStep();
  });

  it("takes back what the file has changed after the database, and next to it keeps what the database has", async () => {
    await start();
    await editRows("UPDATE tasks SET description = 'Database', status = 'paused' WHERE id = '1'");
    await source.edit("description: Database", "description: And then the file");
    await source.edit("timeout: 10", "timeout: 99");
    await source.run("watch");
    await putBack(TEXT);
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["status"] }]);
    expect(await source.row(2)).toMatchObject({ params: { retries: 3, timeout: 10 } });
    await source.expectInStep(["1"]);
  });

  it("is known whichever of the versions it is: one that a person saved, or one that a run wrote", async () => {
    await start();
    const first = await editRows(EDITS[0]!.sql);
    const second = await editRows(EDITS[1]!.sql);
    await putBack(first);
    expect(await source.conflicts()).toMatchObject([{ task_id: "2" }]);
    await putBack(TEXT);
    expect(await source.conflicts()).toMatchObject([{ task_id: "2" }, { task_id: "1" }]);
    await putBack(second);
    expect(await notice()).toBeNull();
    await source.expectInStep();
  });

  it("is known when it is saved from a buffer that had not seen what the same run wrote", async () => {
    await start();
    await source.sql(EDITS[0]!.sql);
    const buffer = TEXT.replace("timeout: 10", "timeout: 20");
    await putBack(buffer);
    expect(await source.read()).toContain("From the database");
    await putBack(buffer);
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
    await source.expectInStep(["1"]);
  });

  it("does not become a new one by being edited: what it did not know, its editor did not know", async () => {
    await start();
    await editRows(EDITS[0]!.sql, EDITS[1]!.sql, EDITS[3]!.sql);
    await putBack(TEXT);
    await source.edit("timeout: 10", "timeout: 20");
    await source.edit("timezone: Europe/Berlin", "timezone: Asia/Tokyo");
    await source.run("watch");
    expect(await source.conflicts()).toMatchObject([
      { task_id: "1", fields: ["description"], yaml_data: { timezone: "Asia/Tokyo" } },
      { task_id: "2", fields: ["params.retries"] },
      { task_id: "4" },
    ]);
    // What an editor puts there by hand settles it.
    await source.edit("retries: 3", "retries: 9");
    await source.run("watch");
    expect((await source.conflicts()).map(({ task_id }) => task_id)).toEqual(["1", "4"]);
    expect(await notice()).toMatchObject({ tasks: 2 });
    await source.expectInStep(["1", "4"]);
  });

  it("is known after a restart, and by another worker", async () => {
    await start();
    await editRows(EDITS[0]!.sql);
    await source.write(TEXT);
    const other = source.createRunner();
    await source.request("startup");
    await other.runner.wake();
    await other.runner.idle();
    expect(await source.conflicts()).toMatchObject([{ task_id: "1" }]);
  });

  it("is not decided by the policy for conflicts, which is for edits", async () => {
    await start({ settings: { conflict_policy: "keep_yaml" } });
    await editRows(EDITS[0]!.sql);
    await putBack(TEXT);
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
  });

  it.each([
    ["file_to_database", "Back up"],
    ["database_to_file", "From the database"],
  ] as const)("is decided by a forced run %s", async (direction, description) => {
    await start();
    await editRows(EDITS[0]!.sql);
    await putBack(TEXT);
    await source.run("manual", { kind: "sync", direction, force: true });
    expect(await source.conflicts()).toEqual([]);
    expect(await source.row(1)).toMatchObject({ description });
    await source.expectInStep();
  });

  it("asks nothing about fields that a side owns", async () => {
    await start({ settings: { fields: { description: "db", status: "yaml" } } });
    await editRows(
      "UPDATE tasks SET description = 'Mine', params = '{\"a\": 1}', status = 'failed' WHERE id = '2'",
    );
    await putBack(TEXT);
    expect(await source.conflicts()).toMatchObject([{ task_id: "2" }]);
    expect((await source.conflicts())[0]?.fields.some((field) => /status|description/.test(field))).toBe(
      false,
    );
  });

  it("that lacks a task which merely ticked in the database deletes it", async () => {
    await start();
    await addSix("    status: active\n");
    await editRows("UPDATE tasks SET status = 'running' WHERE id = '6'");
    await putBack(TEXT);
    expect(await source.conflicts()).toEqual([]);
    expect(await source.row(6)).toBeUndefined();
  });

  it("that lacks a task which the database has edited asks, whoever has created it", async () => {
    await start();
    await addSix();
    await editRows("UPDATE tasks SET description = 'Edited' WHERE id = '6'");
    await putBack(TEXT);
    expect(await source.conflicts()).toMatchObject([
      { task_id: "6", kind: "delete_modify", fields: ["description"] },
    ]);
  });

  it("waits with the task whose row is locked, and asks about it then", async () => {
    await start();
    await editRows(EDITS[0]!.sql);
    const other = await source.pool.connect();
    await other.query("BEGIN");
    await other.query("SELECT 1 FROM tasks WHERE id = '1' FOR UPDATE");
    await putBack(TEXT);
    expect(await source.pending()).toEqual({ "1": "busy" });
    await other.query("ROLLBACK");
    other.release();
    await source.run("manual");
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
  });

  it("waits with the task that cannot be read there, and asks about it when it can", async () => {
    await start();
    const broken = TEXT.replace(
      "status: active\n    description: Back up",
      "status: nonsense\n    description: Back up",
    );
    await putBack(broken);
    await putBack(TEXT);
    await editRows(EDITS[0]!.sql);
    await putBack(broken);
    expect(await source.pending()).toEqual({ "1": "held" });
    await source.edit("status: nonsense", "status: disabled");
    await source.run("watch");
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
  });

  it("that a person has restored through the interface is meant", async () => {
    await start();
    await editRows(EDITS[0]!.sql, EDITS[2]!.sql, EDITS[3]!.sql);
    const answer = await source.ask("manual", { kind: "list_backups" });
    if (answer.kind !== "list_backups") throw new Error("no list of versions");
    await source.run("manual", { kind: "restore", backup: answer.backups.at(-1)?.name ?? "" });
    expect(await source.conflicts()).toEqual([]);
    expect(await source.read()).toBe(TEXT);
    await source.expectInStep();
  });

  it("that an undo brought about is meant, and edits after it are kept from a version before it", async () => {
    await start();
    await source.sql(EDITS[0]!.sql);
    const { id } = await source.run();
    const newest = await source.read();
    await source.run("rollback", { kind: "rollback", reverts: id });
    expect(await source.read()).toBe(TEXT);
    await source.run("startup");
    await source.expectInStep();
    await putBack(newest);
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
  });

  it("shows in a dry run what it would take back, and the dry run changes nothing", async () => {
    await start();
    await editRows(EDITS[0]!.sql);
    await source.write(TEXT);
    const before = await source.everything();
    expect((await source.dryRun()).conflicts).toMatchObject([{ task_id: "1", fields: ["description"] }]);
    expect(await source.everything()).toEqual(before);
  });
});
