import { expect, it } from "vitest";
import { deletionsAfter } from "./carried-deletions.ts";
import { reconcile } from "./reconcile.ts";
import { candidate } from "./testing/candidate.ts";
import { OPTIONS } from "./testing/simulator.ts";

/** What is remembered after a run over a task that stands so on the sides: `carried`, `forgotten`, or neither. */
function after(file: string, database: string, hasAncestor: boolean): string {
  const each = candidate(file, database, hasAncestor);
  const { items } = reconcile([each], OPTIONS);
  const { carried, forgotten } = deletionsAfter(items, () => each.ancestor);
  if (carried.has(each.key)) return "carried";
  return forgotten.includes(each.key) ? "forgotten" : "as it was";
}

it.each<[string, string, string, boolean, string]>([
  ["the database has deleted it", "same", "absent", true, "carried"],
  ["the file has deleted it", "absent", "same", true, "forgotten"],
  ["the file has it again", "same", "absent", false, "forgotten"],
  ["the database has it again", "absent", "same", false, "forgotten"],
  ["both have it again", "same", "same", false, "forgotten"],
  [
    "it is gone from both sides already, as an undo of its creation finds it",
    "absent",
    "absent",
    true,
    "as it was",
  ],
  ["it is edited", "X", "same", true, "as it was"],
])("of a task's deletion, where %s", (_, file, database, hasAncestor, expected) => {
  expect(after(file, database, hasAncestor)).toBe(expected);
});
