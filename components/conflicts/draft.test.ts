import { describe, expect, it } from "vitest";
import type { ConflictJson } from "../../lib/protocol/conflict.ts";
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
const CONFLICT: ConflictJson = {
  conflict_id: "c",
  source: "default",
  task_id: "2",
  kind: "modify_modify",
  fields: ["description"],
  conflict_reason: "",
  revision: "r1",
  state: "pending",
  ancestor: TASK,
  yaml_data: { ...TASK, description: "Y", params: { retries: 3, timeout: 20 } },
  db_data: { ...TASK, description: "D", status: "paused" },
  yaml_updated_at: null,
  db_updated_at: null,
  db_updated_by: null,
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
    ["keep_yaml", { description: "yaml", status: "yaml", "params.timeout": "yaml" }],
    ["keep_db", { description: "db", status: "db", "params.timeout": "db" }],
    ["merge", { description: "yaml", status: "db", "params.timeout": "yaml" }],
  ] as const)("shows where %s takes each field from", (choice, wanted) => {
    expect(origins(chooseAll(choice))).toEqual(wanted);
    expect(bodyOf(chooseAll(choice), "r1")).toEqual({ choice, revision: "r1" });
  });

  it("refines a merge by what is picked per field, and starts over with a new choice", () => {
    const picked = pick(pick(EMPTY_DRAFT, "description", "db"), "params.timeout", { value: 33 });
    expect(bodyOf(picked, "r1")).toEqual({
      choice: "merge",
      revision: "r1",
      fields: { description: "db", "params.timeout": { value: 33 } },
    });
    expect(origins(picked)).toEqual({ description: "db", status: "db", "params.timeout": "value" });
    expect(pick(chooseAll("keep_yaml"), "status", "db").choice).toBe("keep_yaml");
    expect(chooseAll("merge").picks).toEqual({});
  });

  it("says what is wrong with a value before it is sent", () => {
    const outcome = outcomeOf(CONFLICT, pick(EMPTY_DRAFT, "schedule_cron", { value: "nonsense" }));
    expect(outcome).toMatchObject({ ok: false, errors: [{ field: "schedule_cron" }] });
  });

  it("of a deletion keeps or deletes the task as a whole", () => {
    const deleted = { ...CONFLICT, kind: "delete_modify" as const, yaml_data: null };
    expect(outcomeOf(deleted, chooseAll("keep_yaml"))).toEqual({ ok: true, content: null });
    expect(outcomeOf(deleted, chooseAll("merge"))).toMatchObject({ ok: true, content: { description: "D" } });
    expect(origins(chooseAll("keep_db"), deleted)).toMatchObject({ description: "db" });
  });
});
