import type { PlanConflict } from "../../lib/protocol/conflict.ts";
import type { PlanPreview } from "../../lib/protocol/plan.ts";
import type { HaltJson } from "../../lib/protocol/run.ts";
import { conflictToWire } from "../../lib/protocol/wire.ts";
import { diffContent } from "../../lib/sync/diff.ts";
import { fieldName } from "../../lib/sync/merge.ts";
import type { Conflict, Plan } from "../../lib/sync/types.ts";
import type { Problem } from "../../lib/problem.ts";
import { contentPlain, taskPlain } from "../store/conflicts.ts";

/** What a dry run answers: the plan in words that clients know. */
export function previewOf(plan: Plan, problems: readonly Problem[], halt: HaltJson | null): PlanPreview {
  const changed = plan.items.filter((item) => item.file !== undefined || item.database !== undefined);
  return {
    changes: changed.map((item) => ({
      task_id: item.key,
      action: item.action,
      merged: item.merged,
      file: item.file !== undefined,
      database: item.database !== undefined,
      before: contentPlain(item.key, item.before),
      after: contentPlain(item.key, item.after),
      fields: diffContent(item.before, item.after).map((difference) => fieldName(difference.path)),
    })),
    conflicts: plan.conflicts.map(conflictPreview),
    problems: [...problems],
    pending: [...plan.pending].map(([task_id, reason]) => ({ task_id, reason })),
    ...(halt ? { halt } : {}),
    hash: plan.hash,
  };
}

export function conflictPreview(conflict: Conflict): PlanConflict {
  return conflictToWire({
    task_id: conflict.key,
    kind: conflict.kind,
    fields: conflict.fields,
    conflict_reason: conflict.reason,
    revision: conflict.revision,
    ancestor: contentPlain(conflict.key, conflict.ancestor),
    file_data: taskPlain(conflict.file),
    database_data: taskPlain(conflict.database),
    file_updated_at: conflict.file?.updated_at ?? null,
    database_updated_at: conflict.database?.updated_at ?? null,
  });
}
