import type { JsonMap } from "../../lib/json.ts";
import { LockstepError } from "../../lib/errors.ts";
import type { Actor } from "../../lib/protocol/actor.ts";
import { createTask, deleteTask, patchTask } from "../../server/commands/edit-task.ts";
import { ABSENT, type Leaf, type Value } from "../model/leaves.ts";
import { ADA } from "../model/told.ts";
import type { RowChange } from "../play/subject.ts";

const ACTOR: Actor = { name: ADA, role: "admin", kind: "user" };

/** Changes a row as the API's routes do, without waiting for the run. */
export async function changeByApi(
  source: string,
  change: Exclude<RowChange, { kind: "set all" }>,
): Promise<"done" | "refused"> {
  const options = { actor: ACTOR, source, wait: false };
  try {
    if (change.kind === "create") await createTask(change.plain, options);
    else if (change.kind === "delete") await deleteTask(change.task, options);
    else await patchTask(change.task, patchOf(change.leaf, change.value), options);
    return "done";
  } catch (error) {
    if (error instanceof LockstepError) return "refused";
    throw error;
  }
}

/** The JSON merge patch that sets the leaf, or takes it out. */
function patchOf(leaf: Leaf, value: Value): JsonMap {
  const wanted = value === ABSENT ? null : (JSON.parse(value) as JsonMap);
  return leaf.split(".").reduceRight<unknown>((inner, key) => ({ [key]: inner }), wanted) as JsonMap;
}
