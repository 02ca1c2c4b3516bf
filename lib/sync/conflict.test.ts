import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { contentOf } from "../task/content.ts";
import { conflictOf, conflictRevision, neverShown, olderFileConflict, reasonFor } from "./conflict.ts";
import { row } from "./testing/simulator.ts";

const task = (change: JsonMap = {}) => row({ id: 1, skill_name: "s", schedule_cron: "0 3 * * *", ...change });
const revision = (file: JsonMap, database: JsonMap) =>
  conflictRevision("modify_modify", contentOf(task()), task(file), task(database));

describe("a conflict's revision", () => {
  it("changes when the shown content changes", () => {
    const one = revision({ description: "x" }, {});
    expect(revision({ description: "y" }, {})).not.toBe(one);
    expect(revision({}, { description: "x" })).not.toBe(one);
    expect(conflictRevision("create_create", null, task({ description: "x" }), task())).not.toBe(one);
    expect(conflictRevision("modify_delete", contentOf(task()), task({ description: "x" }), null)).not.toBe(
      one,
    );
  });
  it("leaves out runtime fields, stamps and the id's type", () => {
    const one = revision({ description: "x" }, {});
    expect(
      revision(
        { description: "x", status: "running", next_run_at: "2030-01-01T00:00:00Z" },
        { updated_at: "2030-01-01T00:00:00Z", id: "1" },
      ),
    ).toBe(one);
  });
});

describe("a conflict's reason", () => {
  it("says in words what each side did", () => {
    expect(reasonFor("modify_modify", ["description"])).toBe(
      "YAML and the database both changed description since the last sync",
    );
    expect(reasonFor("delete_modify", ["a", "b"])).toBe(
      "Deleted in YAML, while the database changed a and b since the last sync",
    );
    expect(reasonFor("modify_delete", ["a", "b", "c"])).toBe(
      "Deleted in the database, while YAML changed a, b and c since the last sync",
    );
    expect(reasonFor("create_create", ["a", "b", "c", "d", "e"])).toBe(
      "Created in YAML and in the database with a different a, b, c and 2 more fields",
    );
    expect(reasonFor("modify_modify", ["a", "b", "c", "d"])).toBe(
      "YAML and the database both changed a, b, c and d since the last sync",
    );
  });

  const sides = { key: "1", file: task({ description: "x" }), database: task() };
  const agreed = { content: contentOf(task()), fieldsLeftBehind: {} };
  it.each([
    [
      "both sides have the task",
      { ...sides, ancestor: agreed },
      "An older version of YAML came back, without what the database has changed since in description and params.a",
    ],
    [
      "both sides created it",
      { ...sides, ancestor: undefined },
      "An older version of YAML came back, without what the database has changed since in description and params.a",
    ],
    [
      "the file does not have it",
      { ...sides, ancestor: agreed, file: null },
      "An older version of YAML came back without this task, which the database has created or changed since",
    ],
    [
      "the database has deleted it",
      { ...sides, ancestor: agreed, database: null },
      "An older version of YAML came back with this task, which the database has deleted since",
    ],
  ])("says of an older file what it takes back: %s", (_, tasks, reason) => {
    const paths = [["params", "a"], ["description"], ["params", "a"]];
    expect(olderFileConflict(tasks, paths)).toMatchObject({
      reason,
      olderFile: true,
      fields: ["description", "params.a"],
    });
  });

  it("says of a deletion what the file has never shown", () => {
    expect(neverShown([["status"], ["params", "a.b"]])).toBe(
      "Deleted in YAML, which has never shown what the database says in status and params.a\\.b",
    );
  });
});

it("fields come in the task's order, however the sides order them", () => {
  const paths = [["zeta"], ["params", "b"], ["skill_name"], ["params", "a"], ["alpha"]];
  const conflict = conflictOf({ key: "1", ancestor: undefined, file: task(), database: task() }, paths);
  expect(conflict.fields).toEqual(["skill_name", "params.a", "params.b", "alpha", "zeta"]);
});
