import type { LockstepEvent } from "../../lib/protocol/event.ts";

/** The first parts of all query keys. */
export const ROOTS = [
  "tasks",
  "status",
  "conflicts",
  "runs",
  "file",
  "audit",
  "access",
  "sources",
  "rounds",
  "objects",
] as const;
export type Root = (typeof ROOTS)[number];

/**
 * The query roots that an event makes out of date. `tasks` is missing when the event names tasks, because those are
 * fetched one by one (`task-updates.ts`). So is `sources` (`source-updates.ts`).
 */
export function staleRoots(event: LockstepEvent): readonly Root[] {
  switch (event.event) {
    case "tasks_changed":
      return ["audit"];
    case "sync_run_finished":
      return ["runs", "status", "audit", "objects"];
    case "sync_conflict_detected":
    case "sync_conflict_resolved":
      return ["conflicts", "status", "audit"];
    case "audit_changed":
      return ["audit", "access"];
    case "schedule_config_updated":
      return ["file", "status"];
    case "sync_status_changed":
      return ["status", "file"];
    case "sync_source_stale":
    case "sync_sources_changed":
      return ["status", "audit"];
    case "sync_round_changed":
      return ["rounds"];
    case "objects_changed":
      return ["objects"];
    case "object_field_changed":
      return [];
  }
}
