import type { HaltJson } from "../../lib/protocol/run.ts";
import { deletionsOf, haltReason } from "../../lib/sync/guard.ts";
import { sideNames } from "../../lib/source/side-names.ts";
import { sideToWire } from "../../lib/protocol/wire.ts";
import { lostTasks } from "../../lib/sync/put-back.ts";
import type { Plan } from "../../lib/sync/types.ts";
import type { Snapshot } from "../endpoints/endpoint.ts";
import { countTasks } from "../store/task-rows.ts";
import type { CurrentRun } from "./current-run.ts";

/** Why the run must stop until an admin confirms this very plan; null: it may go on. */
export async function guard(
  { context, tx, work, requests, instructions }: CurrentRun,
  plan: Plan,
  file: Snapshot,
): Promise<HaltJson | null> {
  const deletions = deletionsOf(plan);
  const all = [...new Set([...deletions.file, ...deletions.database])];
  if (all.length < 2) return null;
  // What was confirmed is the plan that was named or shown, never what the sides happen to say by now.
  const shown = instructions.planHash !== null || work.source.halt?.plan_hash === plan.hash;
  if (instructions.allowDeletes && shown) return null;
  const sizes = { file: file.tasks.size, database: await countTasks(tx, context.source) };
  const reason = haltReason({ deletions, sizes }, sideNames(context.source, context.endpoint.kind).side);
  if (reason === null) return null;
  // What an undo or a choice deletes was asked for, and is not lost.
  const lost = requests.request.kind === "sync" ? lostTasks(plan) : [];
  return {
    reason,
    plan_hash: plan.hash,
    deletions: all,
    ...(lost.length === 0
      ? {}
      : { lost: lost.map(({ key, name, side }) => ({ task_id: key, name, side: sideToWire(side) })) }),
  };
}
