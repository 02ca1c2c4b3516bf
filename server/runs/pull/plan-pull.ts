import type { PartWish, RunRequest } from "../../../lib/run/request.ts";
import { keysBelow, keysChangedBy, lastPulled } from "../../store/object-tree.ts";
import type { PullPlan, PullRun } from "./pull-run.ts";

const MINUTE_MS = 60_000;

/** Decides what is pulled: single objects, the lists of some parents, what is new, or all of it. */
export async function planPull(run: PullRun, request: RunRequest<"sync">): Promise<PullPlan> {
  const { context, tx } = run;
  const { collection, source } = context;
  const { ids = null, force = false, allow_deletes = false } = request;
  const wish = JSON.stringify([ids, request.under, request.changed_in]);
  if (ids && collection.canAskForOne) return { kind: "part", ids, parents: null, wish };
  const parents = await parentsFor(run, request);
  if (parents && parents.length > 0) return { kind: "part", ids: null, parents, wish };
  const whole = { ids: null, parents: null, wish: "" };
  const { fullAt } = await lastPulled(tx, source);
  const { incremental } = collection;
  const recent =
    incremental &&
    fullAt &&
    context.clock.now().getTime() - fullAt.getTime() < incremental.fullEveryMinutes * MINUTE_MS;
  return { kind: recent && !force && !allow_deletes ? "incremental" : "full", ...whole };
}

/** The parents whose lists are wanted; null: all of them. */
async function parentsFor(
  { context, tx }: PullRun,
  { under, changed_in }: PartWish,
): Promise<string[] | null> {
  const { parent } = context.collection;
  if (parent?.kind !== "path") return null;
  if (under) return keysBelow(tx, parent.source, under);
  return changed_in ? keysChangedBy(tx, parent.source, changed_in) : null;
}
