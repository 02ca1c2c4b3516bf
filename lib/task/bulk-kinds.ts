import type { TaskStatus } from "./status.ts";

export const BULK_KINDS = ["pause", "resume", "delete"] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

/** The status that an action gives to tasks; null for the action that deletes them. */
export const STATUS_OF_BULK: Record<BulkKind, TaskStatus | null> = {
  pause: "paused",
  resume: "active",
  delete: null,
};

/** The most tasks of one action. */
export const MOST_TASKS = 10_000;
