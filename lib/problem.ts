/** A failure of one item or of the file as a whole that ends no process: what is wrong, where, what to do. */
export interface Problem {
  code: ProblemCode;
  message: string;
  /** 1-based, as editors count. */
  line?: number;
  column?: number;
  task_id?: string;
  /** Set where problems of several sources are listed together. */
  source?: string;
}

export const PROBLEM_CODES = [
  // of the file as a whole: nothing is changed on either side
  "file_missing",
  "file_empty",
  "file_unreadable",
  "not_utf8",
  "yaml_syntax",
  "no_tasks",
  "too_complex",
  "list_unreadable",
  // of one task: it is held, the others sync
  "invalid_task",
  "invalid_cron",
  "invalid_timezone",
  "duplicate_id",
  "duplicate_key",
  "missing_id",
  "reserved_key",
  "unstorable_value",
  // of a write
  "file_unwritable",
  "file_unsettled",
  "late_save",
  "edit_refused",
  "write_refused",
  "row_refused",
  // of a run
  "halted",
  "database_row_invalid",
  "row_busy",
  "run_failed",
  // of a pull from an API
  "request_failed",
  "unusable_answer",
  "incomplete_pull",
  "orphan",
  // of the list of sources
  "sources_file",
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];
