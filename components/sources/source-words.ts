import type { SourceJson } from "../../lib/protocol/source.ts";
import type { RoundState } from "../../lib/protocol/round.ts";
import type {
  ConflictPolicy,
  OlderFilePolicy,
  SettingOrigin,
  SettingName,
} from "../../lib/source/settings.ts";
import { sideNames, type SideNames } from "../../lib/source/side-names.ts";
import type { Strategy } from "../../lib/sync/types.ts";
import { choiceAsPolicy } from "../conflicts/words.ts";
import { OUTCOME, PHASE } from "../shell/run-words.ts";
import type { Tone } from "../ui/badge.tsx";

export const ORIGIN: Record<SettingOrigin, string> = {
  default: "built in",
  defaults: "defaults of sources.yml",
  file: "sources.yml",
  database: "edited here",
};

export const SETTING: Record<SettingName, string> = {
  is_sync_enabled: "Syncs by itself",
  sync_interval_minutes: "Interval",
  staleness_threshold_minutes: "Stale after",
  priority: "Priority",
  depends_on: "Depends on",
  cascade_sync: "Cascade",
  direction: "Direction",
  strategy: "Strategy",
  conflict_policy: "Conflicts",
  older_file: "Older file",
  fields: "Field ownership",
  worker: "Worker label",
};

export function policyInWords(policy: ConflictPolicy, names: SideNames): string {
  return policy === "ask" ? "Ask a person" : choiceAsPolicy(policy, names);
}

export const OLDER_FILE: Record<OlderFilePolicy, string> = {
  ask: "Ask a person",
  accept: "Accept it like an edit",
};

export const STRATEGY: Record<Strategy, string> = {
  "three-way": "Three-way, against the last agreed state",
  timestamp: "By time of change only",
};

export const ROUND: Record<RoundState, { text: string; tone: Tone }> = {
  waiting: { text: "Waiting", tone: "neutral" },
  running: { text: "Running", tone: "accent" },
  skipped: { text: "Skipped", tone: "warn" },
  succeeded: { text: OUTCOME.succeeded.text, tone: OUTCOME.succeeded.tone },
  conflicted: { text: OUTCOME.conflicted.text, tone: OUTCOME.conflicted.tone },
  halted: { text: OUTCOME.halted.text, tone: OUTCOME.halted.tone },
  failed: { text: OUTCOME.failed.text, tone: OUTCOME.failed.tone },
};

export interface Standing {
  text: string;
  tone: Tone;
  /** The reason for the state, in a sentence. */
  why?: string;
  /** For sorting: the worst state has the lowest rank. */
  rank: number;
}

/** The state of a source in one word. If several states apply, it is the most important one. */
export function standingOf(source: SourceJson): Standing {
  const { settings } = source;
  const { isFile } = sideNames(source.id, source.kind);
  if (source.removed_at !== null)
    return {
      text: "Removed",
      tone: "neutral",
      rank: 8,
      why: `It is no longer in sources.yml. Its tasks${isFile ? " and file" : ""} are kept, but not synced`,
    };
  if (source.phase !== "idle") return { text: PHASE[source.phase], tone: "accent", rank: 0 };
  if (source.halt) return { text: "Halted", tone: "bad", rank: 1, why: source.halt.reason };
  if (source.last_run?.outcome === "failed")
    return {
      text: "Failed",
      tone: "bad",
      rank: 2,
      why: source.last_run.problems[0]?.message ?? "The last run failed",
    };
  if (!source.has_worker)
    return {
      text: "No worker",
      tone: "bad",
      rank: 3,
      why: source.sync_status_reason?.message ?? `No running worker has the label ${settings.worker}`,
    };
  if (source.conflicts > 0)
    return {
      text: "Conflict",
      tone: "warn",
      rank: 4,
      why: "Both sides changed the same field; a person has to choose",
    };
  if (!settings.is_sync_enabled)
    return {
      text: "Off",
      tone: "neutral",
      rank: 7,
      why: source.last_skip?.reason ?? "It syncs only when someone asks",
    };
  if (source.pending > 0 || source.sync_status === "out-of-sync")
    return { text: "Pending", tone: "warn", rank: 5, why: "Some tasks wait for the next run" };
  if (source.sync_status === "unknown")
    return {
      text: "Unknown",
      tone: "neutral",
      rank: 5,
      why: source.sync_status_reason?.message ?? "No run has looked at it yet",
    };
  return { text: "In step", tone: "ok", rank: 6 };
}
