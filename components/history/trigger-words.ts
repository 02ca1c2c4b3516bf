import {
  CalendarSync,
  Code2,
  DatabaseZap,
  FilePen,
  GitCompareArrows,
  type LucideIcon,
  MousePointerClick,
  Power,
  Timer,
  Undo2,
} from "lucide-react";
import type { RunSummary } from "../../lib/protocol/run.ts";
import type { Trigger } from "../../lib/protocol/trigger.ts";

/** Why a run started, in words. */
export const TRIGGER: Record<Trigger, { text: string; icon: LucideIcon }> = {
  startup: { text: "Start of the worker", icon: Power },
  watch: { text: "File edited", icon: FilePen },
  api: { text: "Edit here or by API", icon: Code2 },
  database: { text: "Edit by SQL", icon: DatabaseZap },
  schedule: { text: "Periodic check", icon: Timer },
  cron: { text: "Cron script", icon: CalendarSync },
  manual: { text: "Started by hand", icon: MousePointerClick },
  resolution: { text: "Conflict resolved", icon: GitCompareArrows },
  rollback: { text: "Run undone", icon: Undo2 },
};

/**
 * The name of the person or token that asked for the run, without its kind; empty when it started by
 * itself.
 */
export function whoInWords({ requested_by }: Pick<RunSummary, "requested_by">): string {
  const by = { startup: "", file: "", schedule: "", sql: "" }[requested_by];
  return by ?? requested_by.replace(/^(?:token|user):/, "");
}

/** A duration: `12 ms`, `1.4 s`, `2 min 5 s`. */
export function durationInWords(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
