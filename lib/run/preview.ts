import type { PlanConflict } from "../protocol/conflict.ts";
import type { PlanPreview } from "../protocol/plan.ts";
import type { HaltJson } from "../protocol/run.ts";
import { conflictToWire } from "../protocol/wire.ts";
import { changesASide } from "../sync/changes-a-side.ts";
import { diffContent } from "../sync/diff.ts";
import { fieldName } from "../sync/path.ts";
import type { Conflict, Plan } from "../sync/types.ts";
import type { Problem } from "../problem.ts";
import { contentPlain, partiesPlain } from "./plain-task.ts";

/** A plan in the words of the API: what a dry run answers. */
export function planPreview(plan: Plan, problems: readonly Problem[], halt: HaltJson | null): PlanPreview {
  const changed = plan.items.filter(changesASide);
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
  const { ancestor, file, database } = partiesPlain(conflict);
  return conflictToWire({
    task_id: conflict.key,
    kind: conflict.kind,
    fields: conflict.fields,
    conflict_reason: conflict.reason,
    revision: conflict.revision,
    ...(conflict.renamedTo === undefined ? {} : { renamed_to: conflict.renamedTo }),
    ancestor,
    file_data: file,
    database_data: database,
    file_updated_at: conflict.file?.updated_at ?? null,
    database_updated_at: conflict.database?.updated_at ?? null,
  });
}
