import type { Queryable } from "../pool.ts";

/** Told by triggers of the tables of access, after each change that may take a right away. */
export const ACCESS_CHANNEL = "lockstep_access";

/** The sessions and tokens among these that are still valid, each with its role. */
export async function validGrants(on: Queryable, sessions: string[], tokens: string[]): Promise<Set<string>> {
  const { rows } = await on.query<{ id: string }>(
    String.raw`SELECT 'session:' || s.id || ':' || u.role AS id FROM access_sessions s
      JOIN access_users u ON u.id = s.user_id
      WHERE s.id = ANY($1) AND s.expires_at > now() AND NOT u.banned
     UNION ALL
     SELECT 'token:' || id || ':' || coalesce(substring(permissions FROM '^\{"role":\["(\w+)"\]\}$'), '')
       FROM access_tokens
      WHERE id = ANY($2) AND enabled AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    [sessions, tokens],
  );
  return new Set(rows.map((row) => row.id));
}
