import { describe, expect, it } from "vitest";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import {
  bodyOf,
  chooseAll,
  type Draft,
  EMPTY_DRAFT,
  outcomeOf,
  pick,
  pickedFrom,
  progressOf,
  resetFields,
  restorePick,
  typedUnreadable,
} from "./draft.ts";
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
      .map((row) => [row.name, pickedFrom(row, outcome, draft)]),
  );
};

describe("a draft of a resolution", () => {
  it("decides nothing by itself, and shows the edits that nobody disputes", () => {
    expect(progressOf(CONFLICT, EMPTY_DRAFT)).toEqual({ of: 1, open: ["description"], done: false });
    expect(bodyOf(CONFLICT, EMPTY_DRAFT)).toEqual({
      choice: "merge",
      revision: "r1",
      fields: { description: "file" },
    });
    expect(origins(EMPTY_DRAFT)).toEqual({
      description: undefined,
      status: "database",
      "params.timeout": "file",
    });
  });

  it.each([
    ["keep_file", { description: "file", status: "file", "params.timeout": "file" }],
    ["keep_database", { description: "database", status: "database", "params.timeout": "database" }],
    ["merge", { description: "file", status: "database", "params.timeout": "file" }],
  ] as const)("shows where %s takes each field from", (choice, wanted) => {
    expect(origins(chooseAll(choice))).toEqual(wanted);
    expect(bodyOf(CONFLICT, chooseAll(choice))).toEqual({ choice, revision: "r1" });
    expect(progressOf(CONFLICT, chooseAll(choice)).done).toBe(true);
  });

  it("refines a merge by the picks per field, and starts over with a new choice", () => {
    const picked = pick(pick(EMPTY_DRAFT, "description", "database"), "params.timeout", { value: 33 });
    expect(progressOf(CONFLICT, picked)).toEqual({ of: 1, open: [], done: true });
    expect(bodyOf(CONFLICT, picked)).toEqual({
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

  it("keeps a status that only the file changed while fields are decided one by one", () => {
    const paused = {
      ...CONFLICT,
      file_data: { ...CONFLICT.file_data!, status: "paused" },
      database_data: { ...CONFLICT.database_data!, status: "active" },
    };
    const picked = pick(EMPTY_DRAFT, "description", "database");
    expect(outcomeOf(paused, picked)).toMatchObject({ ok: true, content: { status: "paused" } });
    expect(outcomeOf(paused, chooseAll("merge"))).toMatchObject({ ok: true, content: { status: "active" } });
  });

  it("counts one field after the other, and text that is no value yet as open", () => {
    const three = { ...CONFLICT, fields: ["description", "params.timeout", "schedule_cron"] };
    const file = { ...three.file_data!, schedule_cron: "1 * * * *" };
    const database = {
      ...three.database_data!,
      schedule_cron: "2 * * * *",
      params: { retries: 3, timeout: 30 },
    };
    const conflict = { ...three, file_data: file, database_data: database };
    const one = pick(EMPTY_DRAFT, "description", "file");
    expect(progressOf(conflict, one)).toEqual({
      of: 3,
      open: ["schedule_cron", "params.timeout"],
      done: false,
    });
    const typing = typedUnreadable(pick(one, "schedule_cron", "database"), "params.timeout", "Not JSON yet");
    expect(progressOf(conflict, typing).open).toEqual(["params.timeout"]);
    expect(progressOf(conflict, restorePick(typing, "params.timeout", "database")).done).toBe(true);
    expect(progressOf(conflict, restorePick(typing, "params.timeout", undefined)).done).toBe(false);
    expect(progressOf(conflict, typedUnreadable(chooseAll("merge"), "params.timeout", "x")).done).toBe(false);
  });

  it.each([
    ["keep_file", ["status"], { status: "database" }],
    ["keep_database", ["params.timeout"], { "params.timeout": "file" }],
    ["merge", [], undefined],
  ] as const)("says what %s also resets, and keeps it when asked to", (choice, resets, fields) => {
    expect(resetFields(CONFLICT, choice)).toEqual(resets);
    const keeping = { ...chooseAll(choice), keepsOthers: true };
    expect(bodyOf(CONFLICT, keeping)?.fields).toEqual(fields);
    const merged = outcomeOf(CONFLICT, keeping);
    expect(merged).toMatchObject({ ok: true, content: { status: "paused", params: { timeout: 20 } } });
  });

  it("says what is wrong with a value before it is sent", () => {
    const outcome = outcomeOf(CONFLICT, pick(EMPTY_DRAFT, "schedule_cron", { value: "nonsense" }));
    expect(outcome).toMatchObject({ ok: false, errors: [{ field: "schedule_cron" }] });
  });

  it("of a deletion keeps or deletes the task as a whole", () => {
    const deleted = { ...CONFLICT, kind: "delete_modify" as const, file_data: null };
    expect(outcomeOf(deleted, chooseAll("keep_file"))).toEqual({ ok: true, content: null });
    expect(outcomeOf(deleted, chooseAll("merge"))).toMatchObject({ ok: true, content: { description: "D" } });
    expect(bodyOf(deleted, EMPTY_DRAFT)).toBeNull();
    expect(progressOf(deleted, EMPTY_DRAFT)).toEqual({ of: 1, open: [], done: false });
    expect(resetFields(deleted, "keep_database")).toEqual([]);
    expect(origins(chooseAll("keep_database"), deleted)).toMatchObject({ description: "database" });
  });
});
