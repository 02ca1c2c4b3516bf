"use client";

import { useMemo } from "react";
import type { PlanChange, PlanPreview } from "../../lib/protocol/plan.ts";
import { fieldDiffs } from "../../lib/audit/field-diffs.ts";
import { plural } from "../shell/run-words.ts";
import { Checkbox } from "../ui/checkbox.tsx";
import { ChangeCard, type ShownChange } from "./change-card.tsx";
import { TaskIds } from "./task-ids.tsx";

const SHOWN = 50;

export function UndoPreview({
  plan,
  source,
  understood,
  onUnderstood,
}: {
  plan: PlanPreview;
  source: string;
  understood: boolean;
  onUnderstood(understood: boolean): void;
}) {
  const changes = useMemo(() => plan.changes.slice(0, SHOWN).map(shown), [plan]);
  const { conflicts, problems, halt } = plan;
  return (
    <div className="flex flex-col gap-3">
      {halt && (
        <div className="border-bad flex flex-col gap-2 rounded-lg border p-3">
          <p className="text-bad-text font-medium">{halt.reason}.</p>
          <TaskIds ids={halt.deletions} source={source} />
          <label className="flex items-center gap-2">
            <Checkbox
              checked={understood}
              onCheckedChange={onUnderstood}
              label={`Delete these ${halt.deletions.length} tasks`}
            />
            <span aria-hidden>Delete these {halt.deletions.length} tasks</span>
          </label>
        </div>
      )}
      {conflicts.length > 0 && (
        <p className="bg-warn-soft text-warn-text rounded-md px-3 py-2">
          {plural(conflicts.length, "task was", "tasks were")} edited since, and will wait as{" "}
          {conflicts.length === 1 ? "a conflict" : "conflicts"}:{" "}
          {conflicts
            .slice(0, SHOWN)
            .map((conflict) => `${conflict.task_id} (${conflict.fields.join(", ")})`)
            .join(", ")}
        </p>
      )}
      {problems.slice(0, SHOWN).map((problem, i) => (
        <p key={i} className="bg-hover rounded-md px-3 py-2">
          {problem.message}
        </p>
      ))}
      {changes.length === 0 && conflicts.length === 0 && (
        <p className="text-muted py-4 text-center">
          Nothing is left to undo: both sides say what they said before.
        </p>
      )}
      {changes.map((change) => (
        <ChangeCard key={change.task_id} change={change} source={source} />
      ))}
      {plan.changes.length > SHOWN && (
        <p className="text-muted text-center">and {plan.changes.length - SHOWN} more tasks</p>
      )}
    </div>
  );
}

function shown(change: PlanChange): ShownChange {
  return { ...change, diff: fieldDiffs(change.before, change.after), planned: true };
}
