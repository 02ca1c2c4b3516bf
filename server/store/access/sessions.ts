import type { SessionJson } from "../../../lib/protocol/access.ts";
import type { Queryable } from "../pool.ts";

interface SessionRow {
  id: string;
  created_at: Date;
  expires_at: Date;
  ip_address: string | null;
  user_agent: string | null;
}

/** The user's open sessions, newest first. */
export async function listSessions(
  on: Queryable,
  userId: string,
  current: string | undefined,
): Promise<SessionJson[]> {
  const { rows } = await on.query<SessionRow>(
    `SELECT id, created_at, expires_at, ip_address, user_agent FROM access_sessions
      WHERE user_id = $1 AND expires_at > now() ORDER BY created_at DESC, id`,
    [userId],
  );
  return rows.map((row) => ({
    id: row.id,
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at.toISOString(),
    from: row.ip_address === "" ? null : row.ip_address,
    user_agent: row.user_agent === "" ? null : row.user_agent,
    current: row.id === current,
  }));
}

/** Records when and from where the user signed in, because the library keeps only part of the address. */
export async function noteSignIn(tx: Queryable, token: string, from: string | undefined): Promise<void> {
  await tx.query("UPDATE access_sessions SET ip_address = coalesce($2, ip_address) WHERE token = $1", [
    token,
    from ?? null,
  ]);
  await tx.query(
    "UPDATE access_users SET last_signed_in_at = now() WHERE id = (SELECT user_id FROM access_sessions " +
      "WHERE token = $1)",
    [token],
  );
}

/**
 * Ends a session.
 * @returns whether the user had such a session.
 */
export async function deleteSession(tx: Queryable, userId: string, id: string): Promise<boolean> {
  return (
    ((await tx.query("DELETE FROM access_sessions WHERE user_id = $1 AND id = $2", [userId, id])).rowCount ??
      0) > 0
  );
}

export async function deleteSessions(tx: Queryable, userId: string): Promise<number> {
  return (await tx.query("DELETE FROM access_sessions WHERE user_id = $1", [userId])).rowCount ?? 0;
}
