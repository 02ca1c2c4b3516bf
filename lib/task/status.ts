/** Apart from the table of fields, so that the task list can load the statuses without the table. */
export const TASK_STATUSES = [
  "pending",
  "active",
  "running",
  "paused",
  "completed",
  "failed",
  "disabled",
] as const;
export type TaskStatus = (typeof TASK_STATUSES)[number];
