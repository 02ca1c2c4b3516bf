import type { Problem, ProblemCode } from "../problem.ts";
import type { SyncStatus } from "./status.ts";

/** Problems of the file as a whole: what it says cannot be known. */
const FILE_PROBLEMS: ReadonlySet<ProblemCode> = new Set([
  "file_missing",
  "file_empty",
  "file_unreadable",
  "file_unsettled",
  "not_utf8",
  "yaml_syntax",
  "no_tasks",
  "too_complex",
]);

export interface Standing {
  everCompared: boolean;
  problems: readonly Problem[];
  halted: boolean;
  pending: number;
  conflicts: number;
}

/** Whether both sides agree, as far as is known. */
export function syncStatusOf({ everCompared, problems, halted, pending, conflicts }: Standing): SyncStatus {
  if (!everCompared || problems.some((problem) => FILE_PROBLEMS.has(problem.code))) return "unknown";
  return halted || pending > 0 || conflicts > 0 || problems.length > 0 ? "out-of-sync" : "synced";
}
