import { expect, it } from "vitest";
import type { AuditEntry } from "../protocol/audit.ts";
import { foldRuns } from "./fold-runs.ts";

const entry = (id: string, run_id: string | null, actor = "file", subject: AuditEntry["subject"] = "task") =>
  ({ id, run_id, actor, subject }) as AuditEntry;
const shown = (entries: readonly AuditEntry[], open: Parameters<typeof foldRuns>[1] = null) =>
  foldRuns(entries, open).map(({ entry: { id }, group }) => (group ? `${id} for ${group.actor}` : id));

it("four entries of a run and an actor are one; fewer, other actors, and what no run did stand alone", () => {
  const run = ["a", "b", "c", "d"].map((id) => entry(id, "run"));
  expect(shown(run.slice(1))).toEqual(["b", "c", "d"]);
  expect(
    shown([...run, entry("e", "run", "user:ada"), entry("f", null), entry("g", "run", "file", "run")]),
  ).toEqual(["a for file", "e", "f", "g"]);
});

it("a group that goes on beyond the entries is folded however few of it are here", () => {
  expect(shown([entry("a", null), entry("b", "run")], { run_id: "run", actor: "file" })).toEqual([
    "a",
    "b for file",
  ]);
});
