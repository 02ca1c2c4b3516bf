import { LockstepError } from "../../../lib/errors.ts";
import type { TokenJson } from "../../../lib/protocol/access.ts";
import type { Actor, Role } from "../../../lib/protocol/actor.ts";
import { auth } from "../../access/auth.ts";
import { isTokenNameTaken, permissionsOf, revokeToken, setTokenCreator } from "../../store/access/tokens.ts";
import { addAudit } from "../../store/audit.ts";
import { pool } from "../../store/pool.ts";
import { inTransaction } from "../../store/transaction.ts";

const DAY_SECONDS = 24 * 3600;
/** Names that the audit uses for the environment's tokens. */
const RESERVED = new Set(["API_TOKEN", "CRON_SECRET"]);

/**
 * Creates a token. Its secret is only in this answer; a hash is stored.
 * @throws {LockstepError} invalid_request when another token has the name, because the audit log could not
 * tell them apart.
 */
export async function createToken(
  { name, role, expires_in_days }: { name: string; role: Role; expires_in_days: number | null },
  actor: Actor,
): Promise<{ token: TokenJson; secret: string }> {
  if (RESERVED.has(name) || (await isTokenNameTaken(pool(), name))) {
    const message = "is the name of another token";
    throw new LockstepError("invalid_request", `name ${message}`, { errors: [{ field: "name", message }] });
  }
  const made = await auth().api.createApiKey({
    body: {
      name,
      userId: actor.id ?? actor.name,
      permissions: permissionsOf(role),
      ...(expires_in_days === null ? {} : { expiresIn: expires_in_days * DAY_SECONDS }),
    },
  });
  const token = await inTransaction(pool(), async (tx) => {
    const kept = await setTokenCreator(tx, made.id, actor.name);
    const after = { name, role, start: kept.start, expires_at: kept.expires_at };
    await addAudit(tx, actor, { action: "token_created", subject: "token", subject_id: kept.id, after });
    return kept;
  });
  return { token, secret: made.key };
}

/**
 * Revokes a token at once, also on open sockets.
 * @throws {LockstepError} not_found.
 */
export async function revoke(id: string, actor: Actor): Promise<TokenJson> {
  return inTransaction(pool(), async (tx) => {
    const revoked = await revokeToken(tx, id);
    if (!revoked) throw new LockstepError("not_found", "there is no such token");
    const { token, fresh } = revoked;
    if (fresh)
      await addAudit(tx, actor, {
        action: "token_revoked",
        subject: "token",
        subject_id: id,
        before: { name: token.name, role: token.role },
      });
    return token;
  });
}
