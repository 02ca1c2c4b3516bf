import { isAPIError } from "better-auth/api";
import { LockstepError } from "../../../lib/errors.ts";
import type { Actor } from "../../../lib/protocol/actor.ts";
import { auth } from "../../access/auth.ts";
import { attempt } from "../../access/throttle.ts";
import { deleteSession, deleteSessions } from "../../store/access/sessions.ts";
import { findUser, updateUser } from "../../store/access/users.ts";
import { addAudit } from "../../store/audit.ts";
import { pool } from "../../store/pool.ts";
import { inTransaction } from "../../store/transaction.ts";

/**
 * The user's id.
 * @throws {LockstepError} forbidden for a token, which has no user.
 */
export function ownId(actor: Actor): string {
  if (actor.kind === "user" && actor.id !== undefined) return actor.id;
  throw new LockstepError("forbidden", "this is for signed-in people; a token has no account");
}

export async function rename(actor: Actor, name: string): Promise<void> {
  const id = ownId(actor);
  await inTransaction(pool(), async (tx) => {
    const before = await findUser(tx, id);
    if (!before || before.name === name) return;
    await updateUser(tx, id, { name });
    await addAudit(tx, actor, {
      action: "user_renamed",
      subject: "user",
      subject_id: id,
      before: { name: before.name },
      after: { name },
    });
  });
}

/**
 * Changes the user's own password and ends their other sessions.
 * @param headers with the session's cookie.
 * @returns the cookies of the new session.
 * @throws {LockstepError} forbidden when the current password is wrong, too_many_requests.
 */
export async function changePassword(
  actor: Actor,
  { current_password, new_password }: { current_password: string; new_password: string },
  headers: Headers,
): Promise<string[]> {
  const id = ownId(actor);
  // A person at a browser that was left open must not be able to guess the password.
  const counted = await attempt(actor.from, `password of ${id}`);
  const changed = await auth()
    .api.changePassword({
      body: { currentPassword: current_password, newPassword: new_password, revokeOtherSessions: true },
      headers,
      returnHeaders: true,
    })
    .catch((error: unknown) => {
      if (!isAPIError(error) || error.status === "INTERNAL_SERVER_ERROR") throw error;
      throw new LockstepError("forbidden", "the current password is wrong", {
        errors: [{ field: "current_password", message: "is wrong" }],
      });
    });
  await counted.succeeded();
  await inTransaction(pool(), async (tx) => {
    await addAudit(tx, actor, { action: "password_changed", subject: "user", subject_id: id });
  });
  return changed.headers.getSetCookie();
}

/**
 * Ends one of the user's own sessions.
 * @throws {LockstepError} not_found.
 */
export async function endOwnSession(
  actor: Actor,
  sessionId: string,
  action: "signed_out" | "session_ended",
): Promise<void> {
  const id = ownId(actor);
  await inTransaction(pool(), async (tx) => {
    if (!(await deleteSession(tx, id, sessionId)))
      throw new LockstepError("not_found", "there is no such session");
    await addAudit(tx, actor, { action, subject: "user", subject_id: id });
  });
}

export async function endOwnSessions(actor: Actor): Promise<void> {
  const id = ownId(actor);
  await inTransaction(pool(), async (tx) => {
    const sessions = await deleteSessions(tx, id);
    await addAudit(tx, actor, {
      action: "signed_out_everywhere",
      subject: "user",
      subject_id: id,
      detail: { sessions },
    });
  });
}
