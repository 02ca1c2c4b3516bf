import { describe, expect, it } from "vitest";
import type { JsonMap } from "../../lib/json.ts";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { fieldRows } from "./field-rows.ts";

const TASK = {
  id: 2,
  skill_name: "check",
  schedule_cron: "0 * * * *",
  status: "active",
  description: "Check",
  params: { retries: 3, timeout: 10 },
  updated_at: null,
};

function conflict(
  file: JsonMap | null,
  base: JsonMap | null,
  database: JsonMap | null,
  fields: string[],
): ShownConflict {
  return {
    conflict_id: "c",
    source: "default",
    task_id: "2",
    kind: "modify_modify",
    fields,
    conflict_reason: "",
    revision: "r",
    state: "pending",
    ancestor: base,
    file_data: file,
    database_data: database,
    file_updated_at: null,
    database_updated_at: null,
    database_updated_by: null,
    detected_at: "2026-01-01T00:00:00.000Z",
    refreshed_at: null,
    choice: null,
    closed_at: null,
    closed_by: null,
    run_id: null,
  };
}

const states = (of: ShownConflict) => fieldRows(of).map(({ name, state }) => `${name} ${state}`);

describe("the fields of a conflict", () => {
  it("are in conflict, changed by one side, or equal, in that order and per key of params", () => {
    const file = { ...TASK, description: "Y", params: { retries: 3, timeout: 20 }, owner: "ops" };
    const database = { ...TASK, description: "D", status: "paused", owner: "ops" };
    expect(states(conflict(file, TASK, database, ["description"]))).toEqual([
      "description conflict",
      "status database",
      "params.timeout file",
      "owner both",
      "skill_name equal",
      "schedule_cron equal",
      "params.retries equal",
    ]);
  });

  it("have the value of each party, or absent, and say which are runtime fields", () => {
    const rows = fieldRows(conflict({ ...TASK, note: null }, TASK, { ...TASK, status: "paused" }, []));
    expect(rows.find(({ name }) => name === "note")).toMatchObject({
      file: null,
      base: undefined,
      database: undefined,
      state: "file",
      runtime: false,
    });
    expect(rows.find(({ name }) => name === "status")).toMatchObject({
      file: "active",
      base: "active",
      database: "paused",
      runtime: true,
    });
    expect(rows.map(({ name }) => name)).not.toContain("id");
  });

  it("of a deleted task show what the other side changed", () => {
    const left = { ...TASK, description: "D" };
    expect(states(conflict(null, TASK, left, ["description"]))[0]).toBe("description conflict");
    expect(
      states(conflict({ ...TASK, params: { retries: 3, timeout: 11 } }, TASK, null, [])).slice(0, 2),
    ).toEqual(["params.timeout file", "skill_name equal"]);
  });

  it("are not split when one side has no map or an empty map", () => {
    expect(states(conflict({ ...TASK, params: {} }, TASK, TASK, ["params"]))[0]).toBe("params conflict");
    expect(states(conflict({ ...TASK, x: { a: 1 } }, TASK, { ...TASK, x: 5 }, ["x"]))).toContain(
      "x conflict",
    );
    expect(states(conflict({ ...TASK, x: {} }, TASK, TASK, []))).toContain("x file");
  });

  it("are all in conflict when they differ and there is no ancestor", () => {
    expect(states(conflict(TASK, null, { ...TASK, description: "D" }, ["description"]))[0]).toBe(
      "description conflict",
    );
  });

  it("that the file leaves to the database do not count as edits of the file", () => {
    const [base, file] = [
      { ...TASK, next_run_at: "2026-01-01T01:00:00.000Z" },
      { ...TASK, next_run_at: null, description: "Y" },
    ];
    expect(states(conflict(file, base, base, ["description"]))).toContain("next_run_at equal");
    expect(
      states(conflict(file, base, { ...base, next_run_at: "2026-01-01T02:00:00.000Z" }, ["description"])),
    ).toContain("next_run_at database");
    expect(states(conflict(file, base, base, ["next_run_at"]))).toContain("next_run_at conflict");
  });

  it("with dots in their keys have escaped names", () => {
    expect(
      states(
        conflict({ ...TASK, params: { "a.b": 1 } }, { ...TASK, params: { "a.b": 2 } }, TASK, [
          "params.a\\.b",
        ]),
      )[0],
    ).toBe("params.a\\.b conflict");
  });
});
