import type { Problem, ProblemCode } from "../problem.ts";
import { DEFAULT_LABEL } from "../source/settings.ts";
import type { SideNames } from "../source/side-names.ts";
import type { SyncStatus, SyncStatusReason } from "./status.ts";

/** Problems of the file as a whole, which leave unknown what the file says. */
const FILE_PROBLEMS: ReadonlySet<ProblemCode> = new Set([
  "file_missing",
  "file_empty",
  "file_unreadable",
  "file_unsettled",
  "not_utf8",
  "yaml_syntax",
  "no_tasks",
  "too_complex",
  "list_unreadable",
]);

/** Whether the problem leaves unknown what the file says. */
export function isOfWholeFile({ code }: Pick<Problem, "code">): boolean {
  return FILE_PROBLEMS.has(code);
}

export interface Standing {
  /** How the file's side is called. */
  names: SideNames;
  everCompared: boolean;
  problems: readonly Problem[];
  halted: boolean;
  pending: number;
  conflicts: number;
  removed: boolean;
  worker: {
    /** True when a worker for the source is connected and has answered lately. */
    running: boolean;
    /** When a worker last answered (ISO 8601); null when none ever did. */
    answeredAt: string | null;
    label: string;
  };
  /** True when a change of the file would be noticed. */
  watched: boolean;
  /** Since when a noticed change waits for a run (ISO 8601); null when none waits for long. */
  waitingSince: string | null;
  /** True when the triggers that report edits of rows are disabled. */
  triggersOff: boolean;
}

export interface KnownStatus {
  sync_status: SyncStatus;
  sync_status_reason: SyncStatusReason | null;
}

/**
 * Whether both sides agree, as far as is known. The status is `synced` only on evidence; otherwise the reason says
 * what is missing.
 */
export function syncStatusOf(standing: Standing): KnownStatus {
  const { names, problems, halted, pending, conflicts } = standing;
  const file = problems.find(isOfWholeFile);
  if (!standing.everCompared)
    return unknown("not_compared", `No run has compared ${names.side} and the database yet.`);
  if (file) {
    return unknown("file_unreadable", `${names.Side} cannot be read: ${file.message}`);
  }
  if (halted || pending > 0 || conflicts > 0 || problems.length > 0)
    return { sync_status: "out-of-sync", sync_status_reason: null };
  return missingEvidence(standing) ?? { sync_status: "synced", sync_status_reason: null };
}

function missingEvidence({
  names,
  removed,
  worker,
  watched,
  waitingSince,
  triggersOff,
}: Standing): KnownStatus | null {
  if (removed)
    return unknown("removed", "The source is no longer in sources.yml, so nothing compares its two sides.");
  if (!worker.running) return unknown("no_worker", withoutWorker(worker, names));
  if (!watched)
    return unknown(
      "not_watching",
      `The worker does not watch ${names.side} at present, so a change may go unnoticed.`,
    );
  if (waitingSince !== null)
    return unknown("not_looked_at", `A sync that was asked for at ${waitingSince} has not finished yet.`);
  if (triggersOff)
    return unknown(
      "triggers_off",
      "Triggers of the table tasks are disabled, so an edit by SQL is found late. Enable them: ALTER TABLE tasks ENABLE TRIGGER ALL.",
    );
  return null;
}

function withoutWorker({ answeredAt, label }: Standing["worker"], { side }: SideNames): string {
  const which = label === DEFAULT_LABEL ? "worker" : `worker with the label ${label}`;
  const since = answeredAt === null ? "" : ` The last one answered at ${answeredAt}.`;
  return `No ${which} answers, so a change in ${side} would go unnoticed.${since}`;
}

function unknown(code: SyncStatusReason["code"], message: string): KnownStatus {
  return { sync_status: "unknown", sync_status_reason: { code, message } };
}
