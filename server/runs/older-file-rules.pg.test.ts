import { afterEach, describe, expect, it } from "vitest";
import { type TestSource } from "../testing/test-source.ts";
import { EDITS, TEXT, addSix, editRows, putBack, startAgreed } from "./testing/older-file.ts";

// What the other rules (policies, owners, locks, restores, undo) make of a version of the file that comes back.

let source: TestSource;
afterEach(() => source.stop());

describe("an older file", () => {
  it("is not decided by the policy for conflicts, which is for edits", async () => {
    source = await startAgreed({ settings: { conflict_policy: "keep_yaml" } });
    await editRows(source, EDITS[0]!.sql);
    await putBack(source, TEXT);
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
  });

  it.each([
    ["file_to_database", "Back up"],
    ["database_to_file", "From the database"],
  ] as const)("is decided by a forced run %s", async (direction, description) => {
    source = await startAgreed();
    await editRows(source, EDITS[0]!.sql);
    await putBack(source, TEXT);
    await source.run("manual", { kind: "sync", direction, force: true });
    expect(await source.conflicts()).toEqual([]);
    expect(await source.row(1)).toMatchObject({ description });
    await source.expectInStep();
  });

  it("asks nothing about fields that a side owns", async () => {
    source = await startAgreed({ settings: { fields: { description: "db", status: "yaml" } } });
    await editRows(
      source,
      "UPDATE tasks SET description = 'Mine', params = '{\"a\": 1}', status = 'failed' WHERE id = '2'",
    );
    await putBack(source, TEXT);
    expect(await source.conflicts()).toMatchObject([{ task_id: "2" }]);
    expect((await source.conflicts())[0]?.fields.some((field) => /status|description/.test(field))).toBe(
      false,
    );
  });

  it("that lacks a task which merely ticked in the database deletes it", async () => {
    source = await startAgreed();
    await addSix(source, "    status: active\n");
    await editRows(source, "UPDATE tasks SET status = 'running' WHERE id = '6'");
    await putBack(source, TEXT);
    expect(await source.conflicts()).toEqual([]);
    expect(await source.row(6)).toBeUndefined();
  });

  it("that lacks a task which the database has edited asks, whoever has created it", async () => {
    source = await startAgreed();
    await addSix(source);
    await editRows(source, "UPDATE tasks SET description = 'Edited' WHERE id = '6'");
    await putBack(source, TEXT);
    expect(await source.conflicts()).toMatchObject([
      { task_id: "6", kind: "delete_modify", fields: ["description"] },
    ]);
  });

  it("waits with the task whose row is locked, and asks about it then", async () => {
    source = await startAgreed();
    await editRows(source, EDITS[0]!.sql);
    const other = await source.pool.connect();
    await other.query("BEGIN");
    await other.query("SELECT 1 FROM tasks WHERE id = '1' FOR UPDATE");
    await putBack(source, TEXT);
    expect(await source.pending()).toEqual({ "1": "busy" });
    await other.query("ROLLBACK");
    other.release();
    await source.run("manual");
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
  });

  it("waits with the task that cannot be read there, and asks about it when it can", async () => {
    source = await startAgreed();
    const broken = TEXT.replace(
      "status: active\n    description: Back up",
      "status: nonsense\n    description: Back up",
    );
    await putBack(source, broken);
    await putBack(source, TEXT);
    await editRows(source, EDITS[0]!.sql);
    await putBack(source, broken);
    expect(await source.pending()).toEqual({ "1": "held" });
    await source.edit("status: nonsense", "status: disabled");
    await source.run("watch");
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
  });

  it("that a person has restored through the interface is meant", async () => {
    source = await startAgreed();
    await editRows(source, EDITS[0]!.sql, EDITS[2]!.sql, EDITS[3]!.sql);
    const answer = await source.ask("manual", { kind: "list_backups" });
    if (answer.kind !== "list_backups") throw new Error("no list of versions");
    await source.run("manual", { kind: "restore", backup: answer.backups.at(-1)?.name ?? "" });
    expect(await source.conflicts()).toEqual([]);
    expect(await source.read()).toBe(TEXT);
    await source.expectInStep();
  });

  it("that an undo brought about is meant, and edits after it are kept from a version before it", async () => {
    source = await startAgreed();
    await source.sql(EDITS[0]!.sql);
    const { id } = await source.run();
    const newest = await source.read();
    await source.run("rollback", { kind: "rollback", reverts: id });
    expect(await source.read()).toBe(TEXT);
    await source.run("startup");
    await source.expectInStep();
    await putBack(source, newest);
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
  });

  it("does not know a deletion, also when the run that had created the task was undone since", async () => {
    source = await startAgreed();
    await source.sql(EDITS[3]!.sql);
    const { id } = await source.run();
    const withFour = await source.read();
    await editRows(source, "DELETE FROM tasks WHERE id = '4'");
    await source.run("rollback", { kind: "rollback", reverts: id });
    await source.run("startup");
    await putBack(source, withFour);
    expect(await source.conflicts()).toMatchObject([{ task_id: "4", kind: "modify_delete" }]);
  });

  it("shows in a dry run what it would take back, and the dry run changes nothing", async () => {
    source = await startAgreed();
    await editRows(source, EDITS[0]!.sql);
    await source.write(TEXT);
    const before = await source.everything();
    expect((await source.dryRun()).conflicts).toMatchObject([{ task_id: "1", fields: ["description"] }]);
    expect(await source.everything()).toEqual(before);
  });
});
