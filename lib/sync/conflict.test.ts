import { describe, expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { contentOf } from "../task/content.ts";
import { conflictOf, conflictRevision, reasonFor } from "./conflict.ts";
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
  });
});

it("fields come in the task's order, however the sides order them", () => {
  const paths = [["zeta"], ["params", "b"], ["skill_name"], ["params", "a"], ["alpha"]];
  const conflict = conflictOf({ key: "1", ancestor: undefined, file: task(), database: task() }, paths);
  expect(conflict.fields).toEqual(["skill_name", "params.a", "params.b", "alpha", "zeta"]);
});
