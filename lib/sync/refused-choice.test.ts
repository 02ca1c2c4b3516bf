import { expect, it } from "vitest";
import { contentMap } from "../task/content.ts";
import { resolve, resolveConflict } from "./resolution.ts";
import { BASE as PLAIN } from "./testing/candidate.ts";
import { inStep, row, sync } from "./testing/simulator.ts";
import type { Resolution } from "./types.ts";

it.each<[string, Resolution, { field: string; message: string }[]]>([
  [
    "the answer that two tasks are different",
    { choice: "separate" },
    [{ field: "choice", message: "only a possible rename can be answered with “two different tasks”" }],
  ],
  [
    "fields of a task that the choice deletes",
    { choice: "keep_file", fields: { description: "database", status: "database" } },
    [{ field: "description", message: "the choice deletes the task, so it has no fields" }],
  ],
  [
    "a field of the side that has deleted the task",
    { choice: "keep_database", fields: { description: "file" } },
    [{ field: "description", message: "the file no longer has the task" }],
  ],
  [
    "a field without a name",
    { choice: "keep_database", fields: { "": { value: 1 } } },
    [{ field: "", message: "is not a field that can be chosen" }],
  ],
  [
    "a value inside a list, and each other mistake beside it",
    { choice: "keep_database", fields: { "description.a": { value: 1 }, id: { value: 1 } } },
    [
      { field: "description.a", message: "is inside something that is not a map" },
      { field: "id", message: "is not a field that can be chosen" },
    ],
  ],
])("a choice is refused with words: %s", (_, resolution, errors) => {
  const content = contentMap(row(PLAIN));
  const said = { base: content, file: null, database: content, fields: [] };
  expect(resolve(said, resolution)).toEqual({ ok: false, errors });
});

it("a choice that deletes the task is previewed so", () => {
  const world = inStep(PLAIN);
  world.file.delete("1");
  world.database.set("1", row({ ...PLAIN, description: "edited" }));
  const [conflict] = sync(world).conflicts;
  expect(resolveConflict(conflict!, { choice: "keep_file" })).toEqual({ ok: true, content: null });
});
