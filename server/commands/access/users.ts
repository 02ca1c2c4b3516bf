import { LockstepError } from "../../../lib/errors.ts";
import type { JsonMap } from "../../../lib/json.ts";
import type { UserJson, UserPatch } from "../../../lib/protocol/access.ts";
import type { Actor } from "../../../lib/protocol/actor.ts";
import { dropLinks } from "../../store/access/links.ts";
import { deleteSessions } from "../../store/access/sessions.ts";
import { findUser, lockAdmins, updateUser } from "../../store/access/users.ts";
import { addAudit } from "../../store/audit.ts";
import { pool, type Queryable } from "../../store/pool.ts";
import { inTransaction } from "../../store/transaction.ts";

/**
 * Changes a user. Open sessions follow at once, because the role is read with every request and disabling
 * ends the sessions.
 * @throws {LockstepError} not_found; last_admin when no admin would be left to undo it.
 */
export async function changeUser(id: string, patch: UserPatch, actor: Actor): Promise<UserJson> {
  return inTransaction(pool(), async (tx) => {
    const admins = await lockAdmins(tx);
    const before = await findUser(tx, id);
    if (!before) throw new LockstepError("not_found", "there is no such user");
    const staysAdmin = (patch.role ?? before.role) === "admin" && !(patch.disabled ?? before.disabled);
    if (!staysAdmin && admins.length === 1 && admins[0] === id) {
      throw new LockstepError(
        "last_admin",
        `${before.email} is the last admin; make another user an admin first`,
      );
    }
    const after = await updateUser(tx, id, patch);
    if (after.disabled && !before.disabled) {
      await deleteSessions(tx, id);
      await dropLinks(tx, "reset", { userId: id });
    }
    await recordChanges(tx, before, after, actor);
    return after;
  });
}

const KINDS = [
  ["role", "user_role_changed"],
  ["name", "user_renamed"],
] as const;

async function recordChanges(tx: Queryable, before: UserJson, after: UserJson, actor: Actor): Promise<void> {
  const note = (action: string, was: JsonMap, is: JsonMap) =>
    addAudit(tx, actor, {
      action,
      subject: "user",
      subject_id: after.id,
      before: was,
      after: is,
      detail: { email: after.email },
    });
  for (const [field, action] of KINDS) {
    if (before[field] !== after[field])
      await note(action, { [field]: before[field] }, { [field]: after[field] });
  }
  if (before.disabled !== after.disabled) {
    await note(
      after.disabled ? "user_disabled" : "user_enabled",
      { disabled: before.disabled },
      { disabled: after.disabled },
    );
  }
}

/**
 * Ends every session of a user.
 * @throws {LockstepError} not_found.
 */
export async function endSessionsOf(id: string, actor: Actor): Promise<void> {
  await inTransaction(pool(), async (tx) => {
    const user = await findUser(tx, id);
    if (!user) throw new LockstepError("not_found", "there is no such user");
    const sessions = await deleteSessions(tx, id);
    await addAudit(tx, actor, {
      action: "sessions_ended",
      subject: "user",
      subject_id: id,
      detail: { email: user.email, sessions },
    });
  });
}
