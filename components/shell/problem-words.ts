import type { ProblemCode } from "../../lib/problem.ts";
import type { SideNames } from "../../lib/source/side-names.ts";

/** What a person can do about a problem. @param names of its source. */
export function adviceOn(code: ProblemCode, names: SideNames): string {
  const advice = ADVICE[code];
  return typeof advice === "string" ? advice : advice(names);
}

const ADVICE: Record<ProblemCode, string | ((names: SideNames) => string)> = {
  file_missing:
    "Put the file back, or restore a kept version of it. Until then nothing is changed on either side.",
  file_empty: "An empty file does not mean “no tasks”. Restore it, or write `tasks: []`.",
  file_unreadable: "The server may not read the file. Check its owner and mode.",
  not_utf8: "Save the file as UTF-8.",
  yaml_syntax: "Fix the line in the file. Until then nothing is changed on either side.",
  no_tasks: "The file needs a `tasks:` list; `tasks: []` is an empty one.",
  too_complex: "Make the file simpler, with fewer aliases or less nesting.",
  list_unreadable:
    "It is asked again by itself. Look at the other system, or at the source's path and paginator in sources.yml.",
  invalid_task: ({ side }) => `Fix the task in ${side}. It is held as it is; the other tasks sync.`,
  invalid_cron: "Fix the cron expression. The task is held as it is; the other tasks sync.",
  invalid_timezone: "Write an IANA time zone such as Europe/Berlin.",
  duplicate_id: "Give one of the tasks another id. They are held as they are; the other tasks sync.",
  duplicate_key: "Keep one of the two keys.",
  missing_id: "Give the task an id.",
  reserved_key: "Give the key another name.",
  unstorable_value: "Write the value as text, in quotes.",
  file_unwritable: ({ side, isFile }) =>
    isFile
      ? "Let the server write the file and its folder. It tries again by itself."
      : `Look at ${side}. It tries again by itself.`,
  late_save: "Another program wrote into an old copy of the file. Its text is kept; look at it under File.",
  file_unsettled: "The file is being saved. The edits go on by themselves in a moment.",
  write_refused:
    "The other system refuses it. Change the task here, or what the other system allows; each run tries again.",
  edit_refused: ({ side }) => `Make the edit in ${side} by hand; its layout there could not be kept.`,
  halted: "See what would be deleted, then confirm or restore.",
  database_row_invalid: "Fix the row, here or with SQL. It is held as it is; the other tasks sync.",
  row_refused: "Change the task, or the rule in the database that refuses it; the edit then goes on.",
  row_busy: "An SQL transaction is open on this row: the task syncs when it commits or rolls back.",
  run_failed: "Lockstep tries again by itself; the server's log has the details.",
  request_failed:
    "Check the request that the problem names. It is tried again by itself; nothing was deleted.",
  unusable_answer:
    "Try the source with Test, and correct data_selector, primary_key or paginator. Nothing was deleted.",
  incomplete_pull: "What came is stored and nothing was deleted. The next full pull tries again.",
  orphan: "Check whether the parent was removed in the other system. The objects are kept.",
  sources_file: "Fix the line in the list of sources, or rename the file that it left out.",
};
