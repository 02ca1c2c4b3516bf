import { LockstepError } from "../../../lib/errors.ts";
import type { InvitationJson } from "../../../lib/protocol/access.ts";
import type { Actor, Role } from "../../../lib/protocol/actor.ts";
import { linkTokenHash, newLinkToken } from "../../access/one-time-token.ts";
import { hashPassword } from "../../access/password.ts";
import { attempt } from "../../access/throttle.ts";
import { deleteInvitation, dropLinks, insertLink, takeLink } from "../../store/access/links.ts";
import { findUserByEmail, insertUser } from "../../store/access/users.ts";
import { addAudit } from "../../store/audit.ts";
import { pool } from "../../store/pool.ts";
import { inTransaction } from "../../store/transaction.ts";
import { nameOf } from "./first-admin.ts";
import { from, type OpenedSession, openSession, type Visitor } from "./sign-in.ts";

const INVITATION_HOURS = 7 * 24;

/**
 * Invites an address. An earlier invitation of it stops working.
 * @throws {LockstepError} user_exists.
 */
export async function invite(
  { email, role }: { email: string; role: Role },
  actor: Actor,
): Promise<{ invitation: InvitationJson; token: string }> {
  const { token, tokenHash } = newLinkToken();
  const invitation = await inTransaction(pool(), async (tx) => {
    if (await findUserByEmail(tx, email))
      throw new LockstepError("user_exists", `${email} is a user already`);
    await dropLinks(tx, "invitation", { email });
    const link = await insertLink(tx, {
      kind: "invitation",
      tokenHash,
      hours: INVITATION_HOURS,
      createdBy: actor.name,
      email,
      role,
    });
    await addAudit(tx, actor, {
      action: "invitation_created",
      subject: "user",
      subject_id: link.invitation.id,
      after: { email, role, expires_at: link.expiresAt },
    });
    return link.invitation;
  });
  return { invitation, token };
}

/**
 * Withdraws an invitation.
 * @throws {LockstepError} not_found.
 */
export async function withdrawInvitation(id: string, actor: Actor): Promise<void> {
  await inTransaction(pool(), async (tx) => {
    const gone = await deleteInvitation(tx, id);
    if (!gone) throw new LockstepError("not_found", "there is no such invitation; it may have been accepted");
    await addAudit(tx, actor, {
      action: "invitation_withdrawn",
      subject: "user",
      subject_id: id,
      before: { email: gone.email, role: gone.role },
    });
  });
}

/**
 * Makes the invited person a user and signs them in.
 * @throws {LockstepError} link_gone, user_exists, too_many_requests.
 */
export async function acceptInvitation(
  { token, name, password }: { token: string; name?: string | undefined; password: string },
  visitor: Visitor,
): Promise<OpenedSession> {
  const counted = await attempt(visitor.from, undefined);
  const passwordHash = await hashPassword(password);
  const email = await inTransaction(pool(), async (tx) => {
    const link = await takeLink(tx, "invitation", linkTokenHash(token));
    if (!link?.email || !link.role)
      throw new LockstepError(
        "link_gone",
        "this invitation was used, withdrawn or has expired; ask for a new one",
      );
    const user = await insertUser(tx, {
      email: link.email,
      name: name ?? nameOf(link.email),
      role: link.role,
      passwordHash,
    });
    if (!user) throw new LockstepError("user_exists", `${link.email} is a user already`);
    await addAudit(
      tx,
      { name: `user:${link.email}`, ...from(visitor) },
      {
        action: "user_created",
        subject: "user",
        subject_id: user.id,
        after: { email: user.email, role: user.role, name: user.name },
        detail: { invitation: link.id },
      },
    );
    return user.email;
  });
  await counted.succeeded();
  return openSession(email, password, visitor);
}
