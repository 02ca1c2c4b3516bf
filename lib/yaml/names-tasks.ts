/** A key `tasks` of the outermost map, in block or flow style. */
const TASKS_KEY = /^\uFEFF?(?:\{\s*)?(?:tasks|"tasks"|'tasks')[ \t]*:/m;

/**
 * Whether a text was meant as a schedule, also where it is broken and cannot be parsed: it has a key `tasks`. It takes
 * no parser, because a broken text of some megabytes would take seconds.
 */
export function namesTasks(text: string): boolean {
  return TASKS_KEY.test(text);
}
