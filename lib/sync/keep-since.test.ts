import { expect, it } from "vitest";
import type { JsonMap } from "../json.ts";
import { contentOf } from "../task/content.ts";
import { keepingSince } from "./keep-since.ts";
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
  const kept = keepingSince(given, ownership);
  expect(kept).toMatchObject({ task: { ...given.before, description }, moved });
});

const content = (change: JsonMap) => contentOf(row({ ...BASE, ...change }));

it.each<[string, [JsonMap, JsonMap, JsonMap], [JsonMap, JsonMap]]>([
  [
    "that the run left alone is as it is now",
    [{ params: { a: 1 } }, { params: { a: 2 } }, { params: { a: 2 }, skill_name: "since" }],
    [
      { params: { a: 1 }, skill_name: "since" },
      { params: { a: 2 }, skill_name: "since" },
    ],
  ],
  [
    "beside it in the same map is as it is now",
    [{ params: { a: 1, b: 1, c: 1 } }, { params: { a: 2, b: 1, c: 1 } }, { params: { a: 3, b: 2 } }],
    [{ params: { a: 1, b: 2 } }, { params: { a: 2, b: 2 } }],
  ],
  [
    "around it that is no map any more is as the run had it",
    [{ params: { m: { a: 1, b: 1 } } }, { params: { m: { a: 2, b: 1 } } }, { params: { m: 3 } }],
    [{ params: { m: { a: 1, b: 1 } } }, { params: { m: { a: 2, b: 1 } } }],
  ],
  [
    "that the run took out comes back, and one that it added goes",
    [{ params: { a: 1 } }, { params: { b: 1 } }, { params: { b: 1, c: 1 } }],
    [{ params: { a: 1, c: 1 } }, { params: { b: 1, c: 1 } }],
  ],
])("a value %s, and what the run changed is as before", (_, [before, after, now], [wanted, left]) => {
  const given = { before: row({ ...BASE, ...before }), after: row({ ...BASE, ...after }), now: content(now) };
  const kept = keepingSince(given, {});
  expect(contentOf(kept.task)).toEqual(content(wanted));
  expect(kept.left).toEqual(content(left));
});

it("a field that is not owned is given back", () => {
  const given = { before: row({ ...BASE, skill_name: "old" }), after: row(BASE), now: contentOf(row(BASE)) };
  expect(keepingSince(given, ownership).task.skill_name).toBe("old");
});
