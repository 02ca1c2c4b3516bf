import type { TokenJson } from "../../../lib/protocol/access.ts";
import { type Role, ROLES } from "../../../lib/protocol/actor.ts";
import type { Queryable } from "../pool.ts";

interface TokenRow {
  id: string;
  name: string | null;
  permissions: string | null;
  start: string | null;
  created_by: string | null;
  created_at: Date;
  expires_at: Date | null;
  last_request: Date | null;
  revoked_at: Date | null;
}
const COLUMNS = "id, name, permissions, start, created_by, created_at, expires_at, last_request, revoked_at";

/** The form in which the library's `permissions` hold a role. */
export const permissionsOf = (role: Role): Record<string, string[]> => ({ role: [role] });

/** The role of a token; undefined for a row that was written by hand, which opens nothing. */
function roleIn(permissions: string | null): Role | undefined {
  return ROLES.find((role) => permissions === JSON.stringify(permissionsOf(role)));
}

function toJson(row: TokenRow): TokenJson {
  return {
    id: row.id,
    name: row.name ?? "",
    role: roleIn(row.permissions) ?? "viewer",
    start: row.start ?? "",
    created_by: row.created_by ?? "",
    created_at: row.created_at.toISOString(),
    expires_at: row.expires_at?.toISOString() ?? null,
    last_used_at: row.last_request?.toISOString() ?? null,
    revoked_at: row.revoked_at?.toISOString() ?? null,
  };
}

export async function listTokens(on: Queryable): Promise<TokenJson[]> {
  const { rows } = await on.query<TokenRow>(
    `SELECT ${COLUMNS} FROM access_tokens ORDER BY created_at DESC, id`,
  );
  return rows.map(toJson);
}

export interface ValidToken {
  id: string;
  name: string;
  role: Role;
  expires: Date | null;
}

/** The token whose secret has this hash; null when it is not valid. */
export async function findValidToken(on: Queryable, hash: string): Promise<ValidToken | null> {
  const { rows } = await on.query<TokenRow>(
    `SELECT ${COLUMNS} FROM access_tokens
      WHERE key = $1 AND enabled AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`,
    [hash],
  );
  const row = rows[0];
  const role = roleIn(row?.permissions ?? null);
  return row && role ? { id: row.id, name: row.name ?? "", role, expires: row.expires_at } : null;
}

/** Records when a token was last used, at most once a minute so that not every request writes. */
export async function touchToken(on: Queryable, id: string): Promise<void> {
  await on.query(
    "UPDATE access_tokens SET last_request = now() WHERE id = $1 AND (last_request IS NULL OR " +
      "last_request < now() - interval '1 minute')",
    [id],
  );
}

export async function isTokenNameTaken(on: Queryable, name: string): Promise<boolean> {
  const { rows } = await on.query<{ found: boolean }>(
    "SELECT EXISTS (SELECT 1 FROM access_tokens WHERE name = $1 AND enabled AND (expires_at IS NULL OR " +
      "expires_at > now())) AS found",
    [name],
  );
  return rows[0]?.found ?? false;
}

export async function setTokenCreator(tx: Queryable, id: string, createdBy: string): Promise<TokenJson> {
  const { rows } = await tx.query<TokenRow>(
    `UPDATE access_tokens SET created_by = $2 WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, createdBy],
  );
  const row = rows[0];
  if (!row) throw new Error(`the token ${id} was not stored`);
  return toJson(row);
}

/** Revokes a token; null when there is no such token, `fresh: false` when it was revoked before. */
export async function revokeToken(
  tx: Queryable,
  id: string,
): Promise<{ token: TokenJson; fresh: boolean } | null> {
  const { rows } = await tx.query<TokenRow & { fresh: boolean }>(
    `WITH old AS (SELECT id, revoked_at AS before FROM access_tokens WHERE id = $1 FOR UPDATE)
     UPDATE access_tokens t SET enabled = false, revoked_at = coalesce(t.revoked_at, now()),
       updated_at = now()
       FROM old WHERE t.id = old.id
     RETURNING ${COLUMNS.replace(/\w+/g, "t.$&")}, old.before IS NULL AS fresh`,
    [id],
  );
  const row = rows[0];
  return row ? { token: toJson(row), fresh: row.fresh } : null;
}
