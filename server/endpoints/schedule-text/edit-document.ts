import type { JsonMap } from "../../../lib/json.ts";
import type { Problem } from "../../../lib/problem.ts";
import type { PlanItem } from "../../../lib/sync/types.ts";
import type { TaskKey } from "../../../lib/task/task.ts";
import type { ScheduleDocument } from "../../../lib/yaml/document.ts";
import { editScheduleInSteps } from "../../../lib/yaml/edit.ts";
import { taskAt } from "../../../lib/yaml/task-at.ts";
import type { EarlierText } from "../../../lib/yaml/earlier-text.ts";
import type { EditRequest, YamlEdit } from "../../../lib/yaml/edit-request.ts";
import { inSlices } from "../../in-slices.ts";

export interface EditedDocument {
  /** Null when the plan leaves the file alone. */
  document: ScheduleDocument | null;
  /** Tasks whose edit could not be made without touching something else, and why. */
  refused: Map<TaskKey, Problem>;
}

/** The keys of the `metadata` section that are kept current. */
export const OWN_METADATA = ["last_sync", "sync_source"] as const;

/**
 * The file's text after the plan's changes, with `updated_at` and `metadata` kept current where they stand.
 * @param earlier the text of the tasks that get their lines back.
 */
export async function editDocument(
  document: ScheduleDocument,
  items: readonly PlanItem[],
  at: Date,
  earlier?: EarlierText,
): Promise<EditedDocument> {
  const stamped = items.some(({ file }) => file?.create) && siblingsAreStamped(document);
  const edits = new Map<TaskKey, YamlEdit>();
  for (const item of items) if (item.file !== undefined) edits.set(item.key, toEdit(document, item, stamped));
  if (edits.size === 0) return { document: null, refused: new Map() };
  const metadata: OwnMetadata = { last_sync: at.toISOString(), sync_source: "database" };
  const linesBack = items.filter((item) => item.linesBack).map(({ key }) => key);
  return editWhatHolds(document, [...edits], metadata, earlier && { earlier, keys: new Set(linesBack) });
}

type OwnMetadata = Record<(typeof OWN_METADATA)[number], string>;

/** Makes the edits together. Where one of them cannot be made they are tried in halves, so that it is left out alone. */
async function editWhatHolds(
  document: ScheduleDocument,
  edits: readonly [TaskKey, YamlEdit][],
  metadata: OwnMetadata,
  back: EditRequest["putBack"],
): Promise<EditedDocument> {
  const keys = new Set(edits.flatMap(([key]) => (back?.keys.has(key) ? [key] : [])));
  const together = await inSlices(
    editScheduleInSteps(document, {
      edits: edits.map(([, edit]) => edit),
      metadata,
      ...(back && keys.size > 0 ? { putBack: { earlier: back.earlier, keys } } : {}),
    }),
  );
  if (together.ok) return { document: together.document, refused: new Map() };
  const [only, ...others] = edits;
  if (only && others.length === 0)
    return { document: null, refused: new Map([[only[0], { ...together.problem, task_id: only[0] }]]) };
  const half = Math.ceil(edits.length / 2);
  const first = await editWhatHolds(document, edits.slice(0, half), metadata, back);
  const second = await editWhatHolds(first.document ?? document, edits.slice(half), metadata, back);
  return {
    document: second.document ?? first.document,
    refused: new Map([...first.refused, ...second.refused]),
  };
}

function toEdit(document: ScheduleDocument, { key, file }: PlanItem, stamped: boolean): YamlEdit {
  if (!file) return { kind: "remove", key };
  if (file.create) {
    const task: JsonMap = { ...file.create };
    if (stamped && file.stamp !== null) task["updated_at"] = file.stamp;
    return { kind: "add", task };
  }
  const changes = [...(file.edits ?? [])];
  const from = file.renames ?? key;
  if (file.stamp !== null && taskAt(document, from)?.present.has("updated_at")) {
    changes.push({ path: ["updated_at"], value: file.stamp });
  }
  return { kind: "update", key: from, changes, ...(from === key ? {} : { becomes: key }) };
}

/** A new task gets a stamp when the first task of the list has one. */
function siblingsAreStamped(document: ScheduleDocument): boolean {
  const first = document.keys().next();
  return !first.done && (taskAt(document, first.value)?.present.has("updated_at") ?? false);
}
