import { describe, expect, it } from "vitest";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { bodyOf, chooseAll, type Draft, EMPTY_DRAFT, pickedFrom, outcomeOf, pick } from "./draft.ts";
import { fieldRows } from "./field-rows.ts";

const TASK = {
  id: 2,
  skill_name: "check",
  schedule_cron: "0 * * * *",
  next_run_at: null,
  timezone: "UTC",
  status: "active",
  description: "Check",
  params: { retries: 3, timeout: 10 },
  updated_at: "2026-01-01T00:00:00.000Z",
};
const CONFLICT: ShownConflict = {
  conflict_id: "c",
  source: "default",
  task_id: "2",
  kind: "modify_modify",
  fields: ["description"],
  conflict_reason: "",
  revision: "r1",
  state: "pending",
  ancestor: TASK,
  file_data: { ...TASK, description: "Y", params: { retries: 3, timeout: 20 } },
  database_data: { ...TASK, description: "D", status: "paused" },
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

const origins = (draft: Draft, conflict = CONFLICT) => {
  const outcome = outcomeOf(conflict, draft);
  return Object.fromEntries(
    fieldRows(conflict)
      .filter(({ state }) => state !== "equal")
      .map((row) => [row.name, pickedFrom(row, outcome, draft.picks)]),
  );
};

describe("a draft of a resolution", () => {
  it("chooses nothing by itself", () => {
    expect(bodyOf(EMPTY_DRAFT, "r1")).toBeNull();
    expect(outcomeOf(CONFLICT, EMPTY_DRAFT)).toBeNull();
    expect(origins(EMPTY_DRAFT)).toEqual({
      description: undefined,
      status: undefined,
      "params.timeout": undefined,
    });
  });

  it.each([
    ["keep_file", { description: "file", status: "file", "params.timeout": "file" }],
    ["keep_database", { description: "database", status: "database", "params.timeout": "database" }],
    ["merge", { description: "file", status: "database", "params.timeout": "file" }],
  ] as const)("shows where %s takes each field from", (choice, wanted) => {
    expect(origins(chooseAll(choice))).toEqual(wanted);
    expect(bodyOf(chooseAll(choice), "r1")).toEqual({ choice, revision: "r1" });
  });

  it("refines a merge by the picks per field, and starts over with a new choice", () => {
    const picked = pick(pick(EMPTY_DRAFT, "description", "database"), "params.timeout", { value: 33 });
    expect(bodyOf(picked, "r1")).toEqual({
      choice: "merge",
      revision: "r1",
      fields: { description: "database", "params.timeout": { value: 33 } },
    });
    expect(origins(picked)).toEqual({
      description: "database",
      status: "database",
      "params.timeout": "value",
    });
    expect(pick(chooseAll("keep_file"), "status", "database").choice).toBe("keep_file");
    expect(chooseAll("merge").picks).toEqual({});
  });

  it("says what is wrong with a value before it is sent", () => {
    const outcome = outcomeOf(CONFLICT, pick(EMPTY_DRAFT, "schedule_cron", { value: "nonsense" }));
    expect(outcome).toMatchObject({ ok: false, errors: [{ field: "schedule_cron" }] });
  });

  it("of a deletion keeps or deletes the task as a whole", () => {
    const deleted = { ...CONFLICT, kind: "delete_modify" as const, file_data: null };
    expect(outcomeOf(deleted, chooseAll("keep_file"))).toEqual({ ok: true, content: null });
    expect(outcomeOf(deleted, chooseAll("merge"))).toMatchObject({ ok: true, content: { description: "D" } });
    expect(origins(chooseAll("keep_database"), deleted)).toMatchObject({ description: "database" });
  });
});
