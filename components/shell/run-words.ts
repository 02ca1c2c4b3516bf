import type { Outcome, RunCounts } from "../../lib/protocol/run.ts";
import type { Phase, SyncStatus } from "../../lib/protocol/status.ts";
import type { SideNames } from "../../lib/source/side-names.ts";
import type { Direction } from "../../lib/sync/types.ts";
import type { Tone } from "../ui/badge.tsx";

export const SYNC_STATUS: Record<SyncStatus, { text: string; tone: Tone; title: string }> = {
  synced: { text: "In step", tone: "ok", title: "Both sides agree" },
  "out-of-sync": {
    text: "Out of step",
    tone: "warn",
    title: "The sides differ, or something waits for a person",
  },
  unknown: {
    text: "Unknown",
    tone: "neutral",
    title: "It is not known whether both sides agree",
  },
};

export const PHASE: Record<Phase, string> = {
  idle: "Idle",
  reading: "Reading both sides",
  reconciling: "Comparing",
  executing: "Writing changes",
  saving: "Saving",
};

export const OUTCOME: Record<Outcome, { text: string; tone: Tone }> = {
  succeeded: { text: "Succeeded", tone: "ok" },
  conflicted: { text: "Conflicts", tone: "warn" },
  halted: { text: "Halted", tone: "bad" },
  failed: { text: "Failed", tone: "bad" },
};

export function directionInWords(
  direction: Direction,
  { Noun, noun, side }: SideNames,
): { text: string; more: string } {
  return {
    bidirectional: { text: "Both ways", more: "carry each side's changes to the other" },
    file_to_database: { text: `${Noun} to database`, more: "the database's own changes wait" },
    database_to_file: { text: `Database to ${noun}`, more: `changes in ${side} wait` },
  }[direction];
}

/** `2 created, 1 updated`; `nothing to change` when all counts are zero. */
export function countsInWords({ created, updated, deleted, merged, conflicts, problems }: RunCounts): string {
  const parts = [
    created > 0 ? `${created} created` : "",
    updated > 0 ? `${updated} updated` : "",
    deleted > 0 ? `${deleted} deleted` : "",
    merged > 0 ? `${merged} merged` : "",
    conflicts > 0 ? plural(conflicts, "conflict") : "",
    problems > 0 ? plural(problems, "problem") : "",
  ].filter(Boolean);
  return parts.length === 0 ? "nothing to change" : parts.join(", ");
}

/** `212 tasks`, `1 task`, `5,000 tasks`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}
