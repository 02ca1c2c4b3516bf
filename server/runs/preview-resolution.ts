import type { ResolvePreview } from "../../lib/protocol/conflict.ts";
import type { TaskJson } from "../../lib/protocol/task.ts";
import { previewToWire } from "../../lib/protocol/wire.ts";
import { type Task, type TaskKey, toPlain } from "../../lib/task/task.ts";
import { taskText } from "../../lib/yaml/task-text.ts";
import type { FileSnapshot } from "../endpoints/yaml-file/snapshot.ts";
import type { RunDecision } from "./decide.ts";
import { editFile } from "./edit-file.ts";
import { conflictPreview } from "./preview.ts";
import type { SourceContext } from "./source-context.ts";

/** What the plan with a resolution would leave of its task on both sides, made as the run itself would make it. */
export async function previewResolution(
  key: TaskKey,
  { plan, candidates, refused, halt }: RunDecision,
  { document }: FileSnapshot,
  { source, clock }: Pick<SourceContext, "source" | "clock">,
): Promise<ResolvePreview> {
  const item = plan.items.find((each) => each.key === key);
  const edited = await editFile(document, item ? [item] : [], clock.now());
  const [before, after] = [document, edited.document ?? document].map((each) => taskText(each, key));
  const side = candidates.get(key)?.database;
  const row = side && side !== "held" ? side.task : null;
  const task = item?.database === undefined ? row : item.database;
  const refusal = refused[0] ?? edited.refused.get(key) ?? (halt && { code: "halted", message: halt.reason });
  const conflict = plan.conflicts.find((each) => each.key === key);
  return previewToWire({
    task: task && rowJson(task, row, source),
    file: { line: (before ?? after)?.line ?? null, before: before?.text ?? null, after: after?.text ?? null },
    ...(refusal ? { refused: { code: refusal.code, message: refusal.message } } : {}),
    ...(conflict ? { conflict: conflictPreview(conflict) } : {}),
  });
}

/** A row without a stamp of its own keeps the one it has. */
function rowJson(task: Task, row: Task | null, source: string): TaskJson {
  const updated_at = task.updated_at ?? row?.updated_at ?? null;
  return { ...toPlain({ ...task, updated_at }), source } as TaskJson;
}
