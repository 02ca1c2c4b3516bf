import { LockstepError } from "../../lib/errors.ts";
import { type Actor, mayActAs } from "../../lib/protocol/actor.ts";
import type { NewView, ViewJson, ViewPatch } from "../../lib/protocol/view.ts";
import { notFound, pathUuid } from "../queries/uuid.ts";
import { pool, type Queryable } from "../store/pool.ts";
import {
  countViews,
  deleteView,
  hasViewNamed,
  insertView,
  listViews,
  updateView,
} from "../store/saved-views.ts";
import { inTransaction } from "../store/transaction.ts";
import { ownId } from "./access/profile.ts";

/** A menu with more is no menu, and the table must not grow without end. */
const MOST_VIEWS = 100;

/** @throws {LockstepError} forbidden for a token. */
export async function getViews(actor: Actor): Promise<{ views: ViewJson[] }> {
  return { views: await listViews(pool(), ownId(actor)) };
}

/** @throws {LockstepError} forbidden, view_exists, invalid_request when there are too many. */
export async function saveView(view: NewView, actor: Actor): Promise<{ view: ViewJson }> {
  const user = ownId(actor);
  requireSharer(view, actor);
  return inTransaction(pool(), async (tx) => {
    if ((await countViews(tx, user)) >= MOST_VIEWS)
      throw new LockstepError("invalid_request", `you have ${MOST_VIEWS} views; remove one first`);
    const saved = await insertView(tx, user, view);
    if (!saved) throw nameTaken(view.name);
    return { view: saved };
  });
}

/** @throws {LockstepError} forbidden, not_found, view_exists. */
export async function changeView(
  id: string | undefined,
  patch: ViewPatch,
  actor: Actor,
): Promise<{ view: ViewJson }> {
  const [user, known] = [ownId(actor), pathUuid(id, "view")];
  requireSharer(patch, actor);
  return inTransaction(pool(), async (tx) => {
    await requireFreeName(tx, user, patch, known);
    const view = await updateView(tx, user, known, patch);
    if (!view) throw notFound("view");
    return { view };
  });
}

/** @throws {LockstepError} forbidden, not_found. */
export async function removeView(id: string | undefined, actor: Actor): Promise<{ view: ViewJson }> {
  const user = ownId(actor);
  const view = await deleteView(pool(), user, pathUuid(id, "view"), mayActAs(actor, "admin"));
  if (!view) throw notFound("view");
  return { view };
}

function requireSharer({ shared }: ViewPatch, actor: Actor): void {
  if (shared === true && !mayActAs(actor, "editor"))
    throw new LockstepError("forbidden", "only editors can share a view with everyone");
}

async function requireFreeName(tx: Queryable, user: string, { name }: ViewPatch, id: string): Promise<void> {
  if (name !== undefined && (await hasViewNamed(tx, user, name, id))) throw nameTaken(name);
}

function nameTaken(name: string): LockstepError {
  const message = "is already the name of one of your views";
  return new LockstepError("view_exists", `“${name}” ${message}`, { errors: [{ field: "name", message }] });
}
