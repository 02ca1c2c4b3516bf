import type { Problem } from "../problem.ts";
import type { ResolvePreview } from "../protocol/conflict.ts";
import type { HaltJson } from "../protocol/run.ts";
import type { TaskJson } from "../protocol/task.ts";
import { previewToWire } from "../protocol/wire.ts";
import type { RunDecision } from "../sync/decide.ts";
import type { Plan, PlanItem } from "../sync/types.ts";
import { type Task, type TaskKey, toPlain } from "../task/task.ts";
import { conflictPreview } from "./preview.ts";

interface TaskLines {
  line: number;
  text: string;
}

export interface ResolutionOutcome {
  key: TaskKey;
  source: string;
  /** What a run with the resolution decides. */
  decision: RunDecision;
  halt: HaltJson | null;
  /** The present row. */
  row: Task | null;
  /** The task's present lines in the file, and the lines that the run would leave. */
  before: TaskLines | undefined;
  after: TaskLines | undefined;
  /** Why the file could not be changed. */
  problem: Problem | undefined;
}

/** What a resolution would make of its task on both sides, computed by the run's own code. */
export function previewOfResolution(outcome: ResolutionOutcome): ResolvePreview {
  const { key, source, decision, halt, row, before, after, problem } = outcome;
  const { plan, refused } = decision;
  const item = itemOf(plan, key);
  const task = item?.database === undefined ? row : item.database;
  const refusal = refused[0] ?? problem ?? (halt && { code: "halted", message: halt.reason });
  const conflict = plan.conflicts.find((each) => each.key === key);
  return previewToWire({
    task: task && rowJson(task, row, source),
    file: {
      line: (before ?? after)?.line ?? null,
      before: before?.text ?? null,
      after: after?.text ?? null,
    },
    ...(refusal ? { refused: { code: refusal.code, message: refusal.message } } : {}),
    ...(conflict ? { conflict: conflictPreview(conflict) } : {}),
  });
}

/** What a plan does to the task; where it gets another id, what it does under that. */
export function itemOf({ items }: Pick<Plan, "items">, key: TaskKey): PlanItem | undefined {
  return items.find((each) => each.renamedFrom === key) ?? items.find((each) => each.key === key);
}

/** The task as the row would hold it. When the task has no stamp, the row keeps its own. */
function rowJson(task: Task, row: Task | null, source: string): TaskJson {
  const updated_at = task.updated_at ?? row?.updated_at ?? null;
  return { ...toPlain({ ...task, updated_at }), source } as TaskJson;
}
