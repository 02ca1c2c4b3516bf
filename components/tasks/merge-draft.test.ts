import { expect, it } from "vitest";
import { rebase } from "./merge-draft.ts";

const base = { skill_name: "a", status: "active", description: "d", owner: "x" };

it("takes the others' value of fields that I left alone, keeps my edits, and names fields that both changed", () => {
  const mine = { ...base, skill_name: "mine", description: "both" };
  const { owner: _owner, ...theirs } = {
    ...base,
    skill_name: "theirs",
    status: "paused",
    description: "both",
  };
  expect(rebase(base, mine, theirs)).toEqual({
    mine: { skill_name: "mine", status: "paused", description: "both" },
    taken: ["status", "owner"],
    clashing: ["skill_name"],
  });
});

it("onto an unchanged task gives my draft", () => {
  const mine = { ...base, status: "paused" };
  expect(rebase(base, mine, base)).toEqual({ mine, taken: [], clashing: [] });
});
