import { LockstepError } from "../../../lib/errors.ts";
import type { Actor } from "../../../lib/protocol/actor.ts";
import { linkTokenHash, newLinkToken } from "../../access/one-time-token.ts";
import { hashPassword } from "../../access/password.ts";
import { attempt } from "../../access/throttle.ts";
import { dropLinks, insertLink, takeLink } from "../../store/access/links.ts";
import { deleteSessions } from "../../store/access/sessions.ts";
import { findUser, setPasswordHash } from "../../store/access/users.ts";
import { addAudit } from "../../store/audit.ts";
import { pool } from "../../store/pool.ts";
import { inTransaction } from "../../store/transaction.ts";
import { from, type OpenedSession, openSession, type Visitor } from "./sign-in.ts";

const RESET_HOURS = 24;

/**
 * Creates a link that sets a new password once. An earlier link stops working.
 * @throws {LockstepError} not_found.
 */
export async function newResetLink(
  userId: string,
  actor: Actor,
): Promise<{ token: string; expiresAt: string }> {
  const { token, tokenHash } = newLinkToken();
  const expiresAt = await inTransaction(pool(), async (tx) => {
    const user = await findUser(tx, userId);
    if (!user) throw new LockstepError("not_found", "there is no such user");
    await dropLinks(tx, "reset", { userId });
    const link = await insertLink(tx, {
      kind: "reset",
      tokenHash,
      hours: RESET_HOURS,
      createdBy: actor.name,
      email: user.email,
      role: user.role,
      userId,
    });
    await addAudit(tx, actor, {
      action: "reset_link_created",
      subject: "user",
      subject_id: userId,
      detail: { email: user.email },
    });
    return link.expiresAt;
  });
  return { token, expiresAt };
}

/**
 * Sets the password, ends every session of the user, and opens a new session.
 * @throws {LockstepError} link_gone, forbidden (disabled), too_many_requests.
 */
export async function resetPassword(
  { token, password }: { token: string; password: string },
  visitor: Visitor,
): Promise<OpenedSession> {
  const counted = await attempt(visitor.from, undefined);
  const passwordHash = await hashPassword(password);
  const email = await inTransaction(pool(), async (tx) => {
    const link = await takeLink(tx, "reset", linkTokenHash(token));
    const user = link?.user_id ? await findUser(tx, link.user_id) : null;
    if (!user)
      throw new LockstepError("link_gone", "this link was used or has expired; ask an admin for a new one");
    await setPasswordHash(tx, user.id, passwordHash);
    await deleteSessions(tx, user.id);
    const actor = { name: `user:${user.email}`, ...from(visitor) };
    await addAudit(tx, actor, { action: "password_reset", subject: "user", subject_id: user.id });
    return user.email;
  });
  await counted.succeeded();
  return openSession(email, password, visitor);
}
