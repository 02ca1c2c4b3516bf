import { describe, expect, it } from "vitest";
import { reconcile } from "./reconcile.ts";
import { contentOf } from "../task/content.ts";
import { BASE, candidate } from "./testing/candidate.ts";
import { outcome } from "./testing/outcome.ts";
import { OPTIONS, readFileTask, row } from "./testing/simulator.ts";
import type { Direction, LoadedCandidate, ReconcileOptions, Unseen } from "./types.ts";
import { takesBack, withUnseen } from "./unseen.ts";

const DESCRIPTION: Unseen = [["description"]];
const STATUS: Unseen = [["status"]];
const TASK: Unseen = [[]];

/** The decision when the file does not know the edits. */
function decided(
  [file, database]: [string, string],
  unseen: Unseen,
  options: Partial<ReconcileOptions> = {},
): string {
  return outcome(reconcile([{ ...candidate(file, database, true), unseen }], { ...OPTIONS, ...options }));
}

const WHOLE_TASK = "skill_name schedule_cron next_run_at status description";

describe("edits of the database that the file does not know", () => {
  it.each<[string, string, Unseen, string]>([
    // The file takes the edit back.
    ["X", "same", DESCRIPTION, "conflict modify_modify description"],
    ["tick", "same", STATUS, "conflict modify_modify status"],
    ["X", "tick", DESCRIPTION, "conflict modify_modify description"],
    ["X", "Z", DESCRIPTION, "conflict modify_modify description"],
    // It would be a conflict anyway.
    ["X", "Y", DESCRIPTION, "conflict modify_modify description"],
    // The file changes another field, or nothing, or comes to what the database says.
    ["Z", "same", DESCRIPTION, "update database"],
    ["same", "same", DESCRIPTION, "nothing"],
    ["same", "X", DESCRIPTION, "update file(description=x)"],
    ["X", "X", DESCRIPTION, "update neither merged"],
    // The file does not have the task.
    ["absent", "same", DESCRIPTION, "conflict delete_modify description"],
    ["absent", "same", TASK, `conflict delete_modify ${WHOLE_TASK}`],
    ["absent", "same", STATUS, "delete database"],
    ["absent", "Z", DESCRIPTION, "conflict delete_modify skill_name description"],
    ["absent", "absent", TASK, "delete forget"],
    // The database has deleted it.
    ["same", "absent", TASK, `conflict modify_delete ${WHOLE_TASK}`],
    ["same", "absent", DESCRIPTION, "delete file"],
    // It cannot be read, so it is not known what it takes back.
    ["held", "same", DESCRIPTION, "pending held"],
  ])("file %s, database %s, unseen %j: %s", (file, database, unseen, expected) => {
    expect(decided([file, database], unseen)).toBe(expected);
  });

  it.each<[Direction, string]>([
    ["file_to_database", "update database"],
    ["database_to_file", "update file(description=base)"],
  ])("a forced run %s decides them", (direction, expected) => {
    expect(decided(["X", "same"], DESCRIPTION, { direction })).toBe("conflict modify_modify description");
    expect(decided(["X", "same"], DESCRIPTION, { direction, force: true })).toBe(expected);
  });

  it("the owner of the field decides them", () => {
    const owned = (description: "file" | "database") => ({ ownership: { description } });
    expect(decided(["X", "same"], DESCRIPTION, owned("file"))).toBe("update database");
    expect(decided(["X", "same"], DESCRIPTION, owned("database"))).not.toContain("conflict");
    expect(decided(["absent", "same"], DESCRIPTION, owned("file"))).toBe("delete database");
  });

  it("by time stamps too, where the file is the newer one", () => {
    expect(decided(["X", "same"], DESCRIPTION, { strategy: "timestamp" })).toBe(
      "conflict modify_modify description",
    );
  });
});

describe("what a file of an earlier revision does not know", () => {
  const agreed = {
    content: contentOf(row(BASE)),
    fieldsLeftBehind: {},
    carried: { description: 4, status: 6 },
  };
  const deletion = { position: 4, content: agreed.content };
  const loaded: LoadedCandidate = {
    key: "1",
    ancestor: agreed,
    file: readFileTask(BASE),
    database: { task: row(BASE) },
    fingerprint: null,
    row: { content: agreed.content, updatedBy: null },
  };
  const gone: LoadedCandidate = { ...loaded, ancestor: undefined, database: undefined, row: undefined };
  const seen = (candidate: LoadedCandidate, position: number | null) =>
    withUnseen(candidate, { positionOf: () => position, deletions: new Map([["1", deletion]]) });

  it("is what was carried later than its position", () => {
    expect(seen(loaded, 4)).toEqual({ ...loaded, unseen: [["status"]] });
    expect(seen(loaded, 3)).toEqual({ ...loaded, unseen: [["description"], ["status"]] });
    expect(seen(loaded, 6)).toBe(loaded);
    expect(seen(loaded, null)).toBe(loaded);
  });

  it("is a deletion that was carried later, with what the task said", () => {
    const back = { ...gone, ancestor: { content: deletion.content, fieldsLeftBehind: {} }, unseen: [[]] };
    expect(seen(gone, 3)).toEqual(back);
    expect(seen(gone, 4)).toBe(gone);
    expect(seen({ ...gone, file: undefined }, 3)).toEqual({ ...gone, file: undefined });
    expect(seen({ ...gone, row: loaded.row }, 3)).toEqual({ ...gone, row: loaded.row });
    expect(seen(loaded, 3).ancestor).toBe(agreed);
    expect(withUnseen(gone, { positionOf: () => 3, deletions: new Map() })).toBe(gone);
  });

  it.each([
    [["params", "a"], ["params"], true],
    [["params"], ["params", "a"], true],
    [["params", "a"], ["params", "b"], false],
  ])("an edit of %j is taken back by a change of %j: %s", (edit, path, takes) => {
    expect(takesBack([edit], path)).toBe(takes);
    expect(takesBack([["status"], edit], path)).toBe(takes);
  });
});
