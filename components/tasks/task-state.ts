import type { TaskStanding } from "../../lib/protocol/task.ts";
import type { StatusJson } from "../../lib/protocol/status.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import type { Tone } from "../ui/badge.tsx";
import type { ListedTask } from "../live/task-rows.ts";
import { standingInWords } from "./sync-words.ts";

/** The states of a task, the one that most needs a person first. */
export const TASK_STATES = [
  "conflict",
  "held",
  "waiting",
  "unknown",
  "overdue",
  "paused",
  "in_step",
] as const;
export type TaskState = (typeof TASK_STATES)[number];

export const STATE_WORDS: Record<TaskState, { text: string; tone: Tone }> = {
  conflict: { text: "Conflict", tone: "warn" },
  held: { text: "Held", tone: "bad" },
  waiting: { text: "Waiting", tone: "warn" },
  unknown: { text: "Unknown", tone: "neutral" },
  overdue: { text: "Overdue", tone: "warn" },
  paused: { text: "Paused", tone: "neutral" },
  in_step: { text: "In step", tone: "ok" },
};

/** What the states of tasks depend on beside the tasks. */
export interface StateFacts {
  /** Why it is unknown whether both sides of a source agree, by source. */
  unknown: ReadonlyMap<string, string>;
  /** In ms; 0 while it is not known, and then no task is overdue. */
  now: number;
}

/** A run that is this late is overdue; below that its executor may just be at work. */
const LATE_MS = 60_000;
/** The status of tasks whose next run is expected. */
const EXPECTED: ReadonlySet<string> = new Set(["active", "pending"]);

/** Milliseconds by which the next run is overdue; 0 when it is not, or none is expected. */
export function overdueBy({ status, next_run_at }: ListedTask["task"], now: number): number {
  if (now === 0 || next_run_at === null || !EXPECTED.has(status)) return 0;
  const late = now - Date.parse(next_run_at);
  return late >= LATE_MS ? late : 0;
}

/** The state of a task. It is `in_step` only where its source is known to be, so nothing is green by default. */
export function stateOf({ task, standing }: ListedTask, { unknown, now }: StateFacts): TaskState {
  if (standing.sync === "conflict") return "conflict";
  if (standing.sync === "pending") return standing.reason === "held" ? "held" : "waiting";
  if (unknown.has(task.source)) return "unknown";
  if (overdueBy(task, now) > 0) return "overdue";
  return task.status === "paused" || task.status === "disabled" ? "paused" : "in_step";
}

/** The state in a sentence, with the reason. */
export function stateInWords(
  state: TaskState,
  row: ListedTask,
  { unknown }: StateFacts,
  names: SideNames,
): string {
  const agree = standingInWords({ ...row.standing, sync: "synced" } satisfies TaskStanding, names);
  if (state === "unknown") return unknown.get(row.task.source) ?? "";
  if (state === "overdue") return `Its next run is in the past, and nothing has reported it. ${agree}.`;
  if (state === "paused") return `Its status is ${row.task.status}. ${agree}.`;
  return standingInWords(row.standing, names);
}

/** Why it is unknown whether the sides agree, for each source of which it is. */
export function unknownSources(
  status: Pick<StatusJson, "source" | "sources" | "sync_status_reason">,
): ReadonlyMap<string, string> {
  const { source, sources = [], sync_status_reason: reason } = status;
  const all = sources.map(({ id, sync_status_reason }) => [id, sync_status_reason] as const);
  if (all.length === 0 && source !== null) all.push([source, reason]);
  return new Map(all.flatMap(([id, why]) => (why === null ? [] : [[id, why.message] as const])));
}
