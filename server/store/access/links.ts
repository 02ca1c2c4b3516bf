import type { InvitationJson } from "../../../lib/protocol/access.ts";
import type { Role } from "../../../lib/protocol/actor.ts";
import type { Queryable } from "../pool.ts";

export type LinkKind = "setup" | "invitation" | "reset";

/** A link that was neither used nor has expired. */
export interface OpenLink {
  id: string;
  email: string | null;
  role: Role | null;
  user_id: string | null;
}

export interface NewLink {
  kind: LinkKind;
  tokenHash: string;
  hours: number;
  createdBy: string;
  email?: string;
  role?: Role;
  userId?: string;
}

interface LinkRow extends OpenLink {
  created_by: string;
  created_at: Date;
  expires_at: Date;
}
const COLUMNS = "id, email, role, user_id, created_by, created_at, expires_at";
const OPEN = "used_at IS NULL AND expires_at > now()";

function invitation({ user_id: _, created_by, created_at, expires_at, ...row }: LinkRow): InvitationJson {
  return {
    id: row.id,
    email: row.email ?? "",
    role: row.role ?? "viewer",
    invited_by: created_by,
    created_at: created_at.toISOString(),
    expires_at: expires_at.toISOString(),
  };
}

export async function insertLink(
  on: Queryable,
  link: NewLink,
): Promise<{ invitation: InvitationJson; expiresAt: string }> {
  const { rows } = await on.query<LinkRow>(
    `INSERT INTO access_links (kind, token_hash, email, role, user_id, created_by, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, now() + make_interval(hours => $7)) RETURNING ${COLUMNS}`,
    [
      link.kind,
      link.tokenHash,
      link.email ?? null,
      link.role ?? null,
      link.userId ?? null,
      link.createdBy,
      link.hours,
    ],
  );
  const row = rows[0];
  if (!row) throw new Error("the link was not stored");
  return { invitation: invitation(row), expiresAt: row.expires_at.toISOString() };
}

export async function findOpenLink(
  on: Queryable,
  kind: LinkKind,
  tokenHash: string,
): Promise<OpenLink | null> {
  const { rows } = await on.query<LinkRow>(
    `SELECT ${COLUMNS} FROM access_links WHERE kind = $1 AND token_hash = $2 AND ${OPEN}`,
    [kind, tokenHash],
  );
  return rows[0] ?? null;
}

/** Marks a link as used. When several requests use it at once, one gets the link and the others get null. */
export async function takeLink(tx: Queryable, kind: LinkKind, tokenHash: string): Promise<OpenLink | null> {
  const { rows } = await tx.query<LinkRow>(
    `UPDATE access_links SET used_at = now() WHERE kind = $1 AND token_hash = $2 AND ${OPEN} RETURNING ` +
      `${COLUMNS}`,
    [kind, tokenHash],
  );
  return rows[0] ?? null;
}

export async function listInvitations(on: Queryable): Promise<InvitationJson[]> {
  const { rows } = await on.query<LinkRow>(
    `SELECT ${COLUMNS} FROM access_links WHERE kind = 'invitation' AND used_at IS NULL ORDER BY ` +
      "created_at DESC, id",
  );
  return rows.map(invitation);
}

export async function deleteInvitation(tx: Queryable, id: string): Promise<InvitationJson | null> {
  const { rows } = await tx.query<LinkRow>(
    "DELETE FROM access_links WHERE kind = 'invitation' AND id::text = $1 AND used_at IS NULL " +
      `RETURNING ${COLUMNS}`,
    [id],
  );
  return rows[0] ? invitation(rows[0]) : null;
}

/** Deletes links that are out of date, because a newer link or another event replaces them. */
export async function dropLinks(
  tx: Queryable,
  kind: LinkKind,
  of: { email?: string; userId?: string } = {},
): Promise<void> {
  await tx.query(
    "DELETE FROM access_links WHERE kind = $1 AND used_at IS NULL AND ($2::text IS NULL OR email = $2) " +
      "AND ($3::text IS NULL OR user_id = $3)",
    [kind, of.email ?? null, of.userId ?? null],
  );
}
