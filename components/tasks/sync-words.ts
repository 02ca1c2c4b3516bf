import type { PENDING_REASONS } from "../../lib/protocol/plan.ts";
import type { TaskStanding } from "../../lib/protocol/task.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import type { Tone } from "../ui/badge.tsx";

const reasons = ({ side }: SideNames): Record<(typeof PENDING_REASONS)[number], string> => ({
  direction: "the last run only carried changes the other way",
  held: "it has a problem; fix that first",
  conflict: "both sides changed it differently",
  halted: "a run stopped before deleting many tasks, and waits for an admin",
  unwritable: `${side} cannot be written`,
  unbelieved: `it is missing from ${side}, but an entry with a problem there may be it; fix that entry first`,
  problem: `${side} or the row has a problem in it`,
  busy: "an SQL transaction that is still open is editing its row",
  untried: "the database refused many tasks, so this one waits for a later run",
  renamed: "it may be another task under a new id; say under Conflicts whether it is",
  equal_stamps: "both sides have the same time stamp but differ",
});

/** The sync state of a task, in a sentence. */
export function standingInWords({ sync, reason }: TaskStanding, names: SideNames): string {
  if (sync === "synced") return `${names.Side} and the database agree`;
  if (sync === "conflict") return "Both sides changed it differently; choose under Conflicts";
  const words: Record<string, string | undefined> = reasons(names);
  const why = words[reason ?? ""];
  return why === undefined
    ? "Waits for the next run to carry it to the other side"
    : `Not carried to the other side yet: ${why}`;
}

export const STATUS_TONE: Record<string, Tone> = {
  active: "ok",
  running: "accent",
  paused: "warn",
  failed: "bad",
  pending: "neutral",
  completed: "neutral",
  disabled: "neutral",
};

/**
 * `user:ada@example.com` -> `ada@example.com`, `token:deploy` -> `deploy`, `sql:ada` -> `ada (SQL)`,
 * `file` -> what the file's side of the task's source is called.
 */
export function whoInWords(who: string | null, side: string): string {
  if (who === null) return "unknown";
  if (who === "file") return side;
  if (who.startsWith("sql:")) return `${who.slice(4)} (SQL)`;
  return who.replace(/^(?:token|user):/, "");
}
