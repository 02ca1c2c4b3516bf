import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { contentOf } from "../task/content.ts";
import { decideRename } from "./decide-rename.ts";
import type { Rename } from "./find-renames.ts";
import { deletionsOf } from "./guard.ts";
import { buildPlan } from "./plan.ts";
import { outcome } from "./testing/outcome.ts";
import { OPTIONS, readFileTask, row } from "./testing/simulator.ts";
import type { Answer, ReconcileOptions } from "./types.ts";

const BASE = {
  skill_name: "backup",
  schedule_cron: "0 3 * * *",
  next_run_at: "2030-01-01T03:00:00Z",
  description: "base",
};

/** Task 7 is gone from the file, and 8 came. */
function rename(file: JsonMap = {}, database: JsonMap | "held" = {}): Rename {
  const held = database === "held";
  const task = row({ id: 7, ...BASE, ...(held ? {} : database) });
  return {
    gone: {
      key: "7",
      ancestor: { content: contentOf(row({ id: 7, ...BASE })), fieldsLeftBehind: {} },
      file: undefined,
      database: held ? "held" : { task },
      fingerprint: null,
      row: { content: held ? null : contentOf(task), updatedBy: null },
    },
    came: {
      key: "8",
      ancestor: undefined,
      file: readFileTask({ id: 8, ...BASE, ...file })!,
      database: undefined,
      fingerprint: null,
      row: undefined,
    },
  };
}

const decided = (of: Rename, options: Partial<ReconcileOptions> = {}, answer?: Answer) => {
  const resolutions = new Map(answer ? [["7", { choice: answer }]] : []);
  return buildPlan(decideRename(of, { ...OPTIONS, resolutions, ...options }));
};

const F = { description: "file" };
const D = { schedule_cron: "1 1 * * *", next_run_at: "2030-01-01T01:01:00Z" };
const BOTH = { description: "database" };

describe("an answer", () => {
  it.each<[Answer, JsonMap, JsonMap, string]>([
    ["keep_file", {}, {}, "delete database, create database"],
    ["keep_file", F, {}, "delete database, create database"],
    [
      "keep_file",
      {},
      D,
      "delete database, create file(schedule_cron=1 1 * * * next_run_at=2030-01-01T01:01:00.000Z) database",
    ],
    ["keep_file", F, BOTH, "delete database, create database, conflict modify_modify description"],
    ["merge", F, BOTH, "delete database, create database merged"],
    ["keep_database", {}, {}, "update file(id=7)"],
    ["keep_database", F, {}, "update file(id=7) database"],
    ["keep_database", {}, BOTH, "update file(id=7 description=database)"],
    ["keep_database", F, BOTH, "update file(id=7), conflict modify_modify description"],
    ["separate", {}, {}, "delete database, create database"],
    ["separate", F, BOTH, "create database, conflict delete_modify description"],
  ])("%s, file %j, database %j: %s", (answer, file, database, then) => {
    for (const direction of ["bidirectional", "file_to_database", "database_to_file"] as const)
      expect(outcome(decided(rename(file, database), { direction }, answer))).toBe(then);
  });

  it.each<[Answer, string[]]>([
    ["keep_file", []],
    ["keep_database", []],
    ["separate", ["7"]],
  ])("%s counts as these deletions: %j", (answer, deletions) => {
    expect(deletionsOf(decided(rename(), {}, answer)).database).toEqual(deletions);
  });

  it("is refused where a side has changed, or where it names fields", () => {
    const asked = (resolution: object) =>
      outcome(decided(rename(), { resolutions: new Map([["7", { choice: "keep_file", ...resolution }]]) }));
    expect(asked({ revision: "another" })).toContain("refused stale_conflict");
    expect(asked({ fields: { description: "file" } })).toContain("refused invalid_task");
    const [conflict] = decided(rename()).conflicts;
    expect(asked({ revision: conflict?.revision })).toBe("delete database, create database");
  });

  it("keeps what was agreed on, so that the next run has nothing to do", () => {
    const { gone } = rename();
    const items = decided(rename(), {}, "keep_file").items;
    expect(items.map(({ key, ancestor }) => [key, ancestor])).toEqual([
      ["7", null],
      ["8", gone.ancestor],
    ]);
  });
});

describe("without an answer", () => {
  const ASKS = "conflict renamed id, pending renamed";
  it.each<[string, Rename, Partial<ReconcileOptions>, string]>([
    ["both ids wait", rename(), {}, ASKS],
    ["also in a one-way run", rename(), { direction: "database_to_file" }, ASKS],
    ["also with force in both directions", rename(), { force: true }, ASKS],
    ["also by time stamps", rename(F, D), { strategy: "timestamp" }, ASKS],
    [
      "while an absence is not believed",
      rename(),
      { fileAbsenceBelieved: false },
      "pending unbelieved, pending renamed",
    ],
    ["while the row cannot be read", rename({}, "held"), {}, "pending held, pending renamed"],
    [
      "the file forces its id",
      rename(F, BOTH),
      { force: true, direction: "file_to_database" },
      "delete database, create database merged",
    ],
    [
      "the database forces its id",
      rename(F, BOTH),
      { force: true, direction: "database_to_file" },
      "update file(id=7 description=database) merged",
    ],
  ])("%s", (_, of, options, then) => {
    expect(outcome(decided(of, options))).toBe(then);
  });

  it("what force decided stands in the history with both sides", () => {
    const { overruled } = decided(rename(F, BOTH), { force: true, direction: "file_to_database" });
    expect(overruled).toMatchObject([{ key: "7", kind: "renamed", renamedTo: "8", file: F, database: BOTH }]);
  });
});
