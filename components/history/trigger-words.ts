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
import type { SideNames } from "../../lib/source/side-names.ts";

/** Why a run started, in words. @param names of the run's source. */
export function triggerInWords(trigger: Trigger, names: SideNames): string {
  if (trigger === "watch") return names.isFile ? "File edited" : `Edit in ${names.side}`;
  return TEXT[trigger];
}

const TEXT: Record<Exclude<Trigger, "watch">, string> = {
  startup: "Start of the worker",
  api: "Edit here or by API",
  database: "Edit by SQL",
  schedule: "Periodic check",
  cron: "Cron script",
  manual: "Started by hand",
  resolution: "Conflict resolved",
  rollback: "Run undone",
};

export const TRIGGER_ICON: Record<Trigger, LucideIcon> = {
  startup: Power,
  watch: FilePen,
  api: Code2,
  database: DatabaseZap,
  schedule: Timer,
  cron: CalendarSync,
  manual: MousePointerClick,
  resolution: GitCompareArrows,
  rollback: Undo2,
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
