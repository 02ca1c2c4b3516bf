import { LockstepError } from "../../../lib/errors.ts";
import { type Actor, mayActAs } from "../../../lib/protocol/actor.ts";
import type { BulkActionJson, BulkBody } from "../../../lib/protocol/bulk.ts";
import { getBulkAction } from "../../queries/bulk-actions.ts";
import { insertBulkAction, stopBulkAction } from "../../store/bulk-actions.ts";
import { pool } from "../../store/pool.ts";
import { sourceFor, sourcesFor } from "../source-for.ts";
import { bySource, runBulk } from "./run-bulk.ts";

interface Requester {
  actor: Actor;
}

/**
 * Starts an action on many tasks, and answers while it goes on.
 * @throws {LockstepError} not_found, source_removed, ambiguous_task (several sources, and a task names none)
 */
export async function startBulk(
  { action, tasks }: BulkBody,
  { actor }: Requester,
): Promise<{ bulk_action: BulkActionJson }> {
  const usual = tasks.some(({ source }) => source === undefined) ? await sourceFor(undefined) : "";
  const named = tasks.map(({ id, source = usual, etag }) => ({ source, key: String(id), etag }));
  const sources = bySource(named);
  for (const source of sources.keys()) await sourcesFor(source);
  const total = [...sources.values()].reduce((all, wanted) => all + wanted.size, 0);
  const id = await insertBulkAction(pool(), {
    action,
    total,
    requested_by: actor.name,
    requested_from: actor.from,
  });
  void runBulk({ id, action, actor, sources });
  return { bulk_action: await getBulkAction(id) };
}

/** Asks the action to stop. What it has changed stays. @throws {LockstepError} not_found, forbidden */
export async function stopBulk(
  id: string | undefined,
  { actor }: Requester,
): Promise<{ bulk_action: BulkActionJson }> {
  const action = await getBulkAction(id);
  requireOwn(action, actor);
  await stopBulkAction(pool(), action.id);
  return { bulk_action: await getBulkAction(action.id) };
}

/** @throws {LockstepError} forbidden when the action is another person's, and the actor is no admin. */
export function requireOwn({ requested_by }: BulkActionJson, actor: Actor): void {
  if (requested_by === actor.name || mayActAs(actor, "admin")) return;
  throw new LockstepError("forbidden", `${requested_by} started it, so only they or an admin may do this`);
}
