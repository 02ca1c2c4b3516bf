import { describe, expect, it } from "vitest";
import type { ShownConflict } from "../../lib/protocol/conflict.ts";
import { matching } from "./filter.ts";

const conflict = (task_id: string, more: Partial<ShownConflict> = {}) =>
  ({
    task_id,
    kind: "modify_modify",
    fields: ["description"],
    database_updated_by: "sql:ada",
    file_data: { skill_name: "backup" },
    database_data: null,
    ...more,
  }) as ShownConflict;

const LIST = [
  conflict("1"),
  conflict("nightly", { fields: ["params.keep_days"], database_updated_by: null }),
  conflict("3", { kind: "delete_modify", file_data: null, database_data: { skill_name: "Report" } }),
];
const found = (text: string, kind: Parameters<typeof matching>[2] = "all") =>
  matching(LIST, text, kind).map((each) => each.task_id);

describe("the filter of the inbox", () => {
  it.each([
    ["", ["1", "nightly", "3"]],
    ["NIGHT", ["nightly"]],
    ["keep_days", ["nightly"]],
    ["ada", ["1", "3"]],
    ["report", ["3"]],
    ["backup description", ["1"]],
    ["no such word", []],
  ])("finds by task, skill, field and person: %j", (text, wanted) => {
    expect(found(text)).toEqual(wanted);
  });

  it("and by kind", () => {
    expect(found("", "delete_modify")).toEqual(["3"]);
    expect(found("backup", "delete_modify")).toEqual([]);
  });
});
