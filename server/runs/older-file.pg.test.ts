import { afterEach, describe, expect, it } from "vitest";
import { directionToWire } from "../../lib/protocol/wire.ts";
import { DIRECTIONS, STRATEGIES } from "../../lib/sync/types.ts";
import { type TestSource } from "../testing/test-source.ts";
import {
  ALL_OF_THEM,
  BOTH_WAYS,
  EDITS,
  TEXT,
  addSix,
  editRows,
  putBack,
  resolveAll,
  startAgreed,
} from "./testing/older-file.ts";

// A version of the file that runs have seen before comes back, while the database has edited since.

let source: TestSource;
afterEach(() => source.stop());

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
      source = await startAgreed({ strategy, settings });
      const newest = await editRows(source, ...EDITS.map(({ sql }) => sql));
      const before = await rows();
      for (const choice of ["keep_database", "keep_file"] as const) {
        await putBack(source, TEXT);
        expect(await source.conflicts()).toMatchObject(ALL_OF_THEM);
        expect(await notice()).toMatchObject({ tasks: EDITS.length });
        // It stays so, whatever runs come.
        await source.run("startup");
        await source.run("manual", BOTH_WAYS);
        expect(await source.conflicts()).toMatchObject(ALL_OF_THEM);
        expect(await source.read()).toBe(TEXT);
        expect(await rows()).toEqual(before);

        await resolveAll(source, choice);
        await source.expectInStep();
        expect(await notice()).toBeNull();
        expect(lines(await source.read())).toEqual(lines(choice === "keep_file" ? TEXT : newest));
      }
    });
  },
);

describe("an older file", () => {
  it("is taken like an edit where the source accepts it", async () => {
    source = await startAgreed({ settings: { older_file: "accept" } });
    await editRows(source, EDITS[0]!.sql, EDITS[3]!.sql);
    await putBack(source, TEXT);
    expect(await source.conflicts()).toEqual([]);
    await source.run("manual", BOTH_WAYS);
    await source.expectInStep();
    expect(await source.read()).toBe(TEXT);
  });

  it("that takes back edits of the file alone is followed, and asks nothing", async () => {
    source = await startAgreed();
    await source.edit("description: Back up", "description: Edited in the file");
    await addSix(source);
    await putBack(source, TEXT);
    expect(await notice()).toBeNull();
    expect(await source.row(1)).toMatchObject({ description: "Back up" });
    expect(await source.row(6)).toBeUndefined();
    await source.expectInStep();
  });

  it("takes back what the file has changed after the database, and next to it keeps what the database has", async () => {
    source = await startAgreed();
    await editRows(source, "UPDATE tasks SET description = 'Database', status = 'paused' WHERE id = '1'");
    await source.edit("description: Database", "description: And then the file");
    await source.edit("timeout: 10", "timeout: 99");
    await source.run("watch");
    await putBack(source, TEXT);
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["status"] }]);
    expect(await source.row(2)).toMatchObject({ params: { retries: 3, timeout: 10 } });
    await source.expectInStep(["1"]);
  });

  it("is known whichever of the versions it is: one that a person saved, or one that a run wrote", async () => {
    source = await startAgreed();
    const first = await editRows(source, EDITS[0]!.sql);
    const second = await editRows(source, EDITS[1]!.sql);
    await putBack(source, first);
    expect(await source.conflicts()).toMatchObject([{ task_id: "2" }]);
    await putBack(source, TEXT);
    expect(await source.conflicts()).toMatchObject([{ task_id: "2" }, { task_id: "1" }]);
    await putBack(source, second);
    expect(await notice()).toBeNull();
    await source.expectInStep();
  });

  it("is known when it is saved from a buffer that had not seen what the same run wrote", async () => {
    source = await startAgreed();
    await source.sql(EDITS[0]!.sql);
    const buffer = TEXT.replace("timeout: 10", "timeout: 20");
    await putBack(source, buffer);
    expect(await source.read()).toContain("From the database");
    await putBack(source, buffer);
    expect(await source.conflicts()).toMatchObject([{ task_id: "1", fields: ["description"] }]);
    await source.expectInStep(["1"]);
  });

  it("does not become a new one by being edited: what it did not know, its editor did not know", async () => {
    source = await startAgreed();
    await editRows(source, EDITS[0]!.sql, EDITS[1]!.sql, EDITS[3]!.sql);
    await putBack(source, TEXT);
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
    source = await startAgreed();
    await editRows(source, EDITS[0]!.sql);
    await source.write(TEXT);
    const other = source.createRunner();
    await source.request("startup");
    await other.runner.wake();
    await other.runner.idle();
    expect(await source.conflicts()).toMatchObject([{ task_id: "1" }]);
  });
});
