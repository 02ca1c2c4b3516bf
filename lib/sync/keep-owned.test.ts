import { expect, it } from "vitest";
import { contentOf } from "../task/content.ts";
import { keepingOwned } from "./keep-owned.ts";
import { BASE } from "./testing/candidate.ts";
import { row } from "./testing/simulator.ts";

const ownership = { description: "database", status: "database" } as const;
const task = (description: string, status = "active") =>
  row({ ...BASE, description, status, updated_at: "2030-01-01" });

it.each<[string, [string, string], [string, string], string, [string, string[]]]>([
  ["that the run changed is given back", ["old", "active"], ["new", "active"], "new", ["old", []]],
  [
    "that its owner has changed since stays, and is told",
    ["old", "active"],
    ["new", "active"],
    "since",
    ["since", ["description"]],
  ],
  [
    "that the run left alone stays, and is not told",
    ["old", "active"],
    ["old", "active"],
    "since",
    ["since", []],
  ],
])("an owned field %s", (_, before, after, now, [description, moved]) => {
  const given = { before: task(...before), after: task(...after), now: contentOf(task(now)) };
  const kept = keepingOwned(given, ownership);
  expect(kept).toEqual({ task: { ...given.before, description }, moved });
});

it("a field that is not owned is given back", () => {
  const given = { before: row({ ...BASE, skill_name: "old" }), after: row(BASE), now: contentOf(row(BASE)) };
  expect(keepingOwned(given, ownership).task.skill_name).toBe("old");
});
