import type { JsonMap } from "../../json.ts";
import { contentOf } from "../../task/content.ts";
import type { Candidate, SideState } from "../types.ts";
import { readFileTask, row } from "./simulator.ts";

/** The task that both sides agreed on. */
export const BASE: JsonMap = {
  id: 1,
  skill_name: "backup",
  schedule_cron: "0 3 * * *",
  next_run_at: "2030-01-01T03:00:00Z",
  description: "base",
  status: "active",
};
/** The states in which a side may have the task since. */
const STATES: Record<string, JsonMap> = {
  same: {},
  X: { description: "x" }, // edited
  Y: { description: "y" }, // edited in the same field, differently
  Z: { skill_name: "z" }, // edited in another field
  tick: { status: "running" }, // a runtime field only
  tock: { status: "failed" },
};

/** The task of a side in one of the states, or `absent`, or `held`. */
function side(state: string, read: (plain: JsonMap) => SideState): SideState {
  if (state === "absent") return undefined;
  if (state === "held") return "held";
  return read({ ...BASE, ...STATES[state] });
}

/** A task with these states, with an ancestor or without one. */
export function candidate(file: string, database: string, ancestor: boolean): Candidate {
  return {
    key: "1",
    ancestor: ancestor ? { content: contentOf(row(BASE)), fieldsLeftBehind: {} } : undefined,
    file: side(file, readFileTask),
    database: side(database, (plain) => ({ task: row(plain) })),
  };
}
