import { partiesPlain } from "../../lib/run/plain-task.ts";
import type { Choice, Conflict, Plan } from "../../lib/sync/types.ts";
import type { Attempt } from "./attempt.ts";
import type { Store, StoredDecision } from "./store.ts";

/** What force decides, as `decidedAtOnce` says it. */
export function overruledIn({ ask }: Attempt, { overruled }: Pick<Plan, "overruled">): StoredDecision[] {
  const winner = ask.kind === "sync" && ask.direction === "database_to_file" ? "database" : "file";
  return overruled.map((conflict) => decisionOf({ conflict, choice: `keep_${winner}` }));
}

/** What a person decides, as `decidedByPeople` says it. */
export function settledIn(
  { ask }: Attempt,
  { conflicts }: Store,
  { settled }: Pick<Plan, "settled">,
): StoredDecision[] {
  if (ask.kind !== "resolution") return [];
  const {
    choice,
    conflict: { id },
  } = ask;
  return settled
    .filter(({ key }) => conflicts.get(key)?.id === id)
    .map((conflict) => decisionOf({ conflict, id, choice }));
}

/** A decided conflict as it is stored. */
export function decisionOf({
  conflict,
  ...decided
}: {
  conflict: Conflict;
  id?: string;
  choice?: Choice;
}): StoredDecision {
  const { key, fields, renamedTo } = conflict;
  return {
    ...decided,
    task_id: key,
    fields,
    ...partiesPlain(conflict),
    ...(renamedTo === undefined ? {} : { renamed_to: renamedTo }),
  };
}
