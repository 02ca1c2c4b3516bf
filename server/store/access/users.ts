import { randomUUID } from "node:crypto";
import type { UserJson } from "../../../lib/protocol/access.ts";
import type { Role } from "../../../lib/protocol/actor.ts";
import type { Queryable } from "../pool.ts";

interface UserRow {
  id: string;
  email: string;
  name: string;
  role: Role;
  banned: boolean;
  created_at: Date;
  last_signed_in_at: Date | null;
}
const COLUMNS = "id, email, name, role, banned, created_at, last_signed_in_at";

function toJson({ banned, created_at, last_signed_in_at, ...row }: UserRow): UserJson {
  return {
    ...row,
    disabled: banned,
    created_at: created_at.toISOString(),
    last_signed_in_at: last_signed_in_at?.toISOString() ?? null,
  };
}

export async function listUsers(on: Queryable): Promise<UserJson[]> {
  const { rows } = await on.query<UserRow>(`SELECT ${COLUMNS} FROM access_users ORDER BY email`);
  return rows.map(toJson);
}

export async function findUser(on: Queryable, id: string): Promise<UserJson | null> {
  const { rows } = await on.query<UserRow>(`SELECT ${COLUMNS} FROM access_users WHERE id = $1`, [id]);
  return rows[0] ? toJson(rows[0]) : null;
}

export async function findUserByEmail(on: Queryable, email: string): Promise<UserJson | null> {
  const { rows } = await on.query<UserRow>(`SELECT ${COLUMNS} FROM access_users WHERE email = $1`, [email]);
  return rows[0] ? toJson(rows[0]) : null;
}

export interface NewUser {
  email: string;
  name: string;
  role: Role;
  /** The password as better-auth hashes it. */
  passwordHash: string;
}

/** Inserts a user; null when the address is in use. */
export async function insertUser(
  tx: Queryable,
  { email, name, role, passwordHash }: NewUser,
): Promise<UserJson | null> {
  const { rows } = await tx.query<UserRow>(
    "INSERT INTO access_users (id, email, name, role) VALUES ($1, $2, $3, $4) ON CONFLICT (email) DO " +
      `NOTHING RETURNING ${COLUMNS}`,
    [randomUUID(), email, name, role],
  );
  const row = rows[0];
  if (!row) return null;
  await tx.query(
    "INSERT INTO access_accounts (id, account_id, provider_id, user_id, password) VALUES ($1, $2, " +
      "'credential', $2, $3)",
    [randomUUID(), row.id, passwordHash],
  );
  return toJson(row);
}

export async function updateUser(
  tx: Queryable,
  id: string,
  {
    name,
    role,
    disabled,
  }: { name?: string | undefined; role?: Role | undefined; disabled?: boolean | undefined },
): Promise<UserJson> {
  const { rows } = await tx.query<UserRow>(
    `UPDATE access_users SET name = coalesce($2, name), role = coalesce($3, role), banned = coalesce($4,
      banned), updated_at = now()
      WHERE id = $1 RETURNING ${COLUMNS}`,
    [id, name ?? null, role ?? null, disabled ?? null],
  );
  const row = rows[0];
  if (!row) throw new Error(`the user ${id} was deleted within the transaction`);
  return toJson(row);
}

export async function setPasswordHash(tx: Queryable, userId: string, passwordHash: string): Promise<void> {
  await tx.query(
    "UPDATE access_accounts SET password = $2, updated_at = now() WHERE user_id = $1 AND provider_id = " +
      "'credential'",
    [userId, passwordHash],
  );
}

/**
 * The ids of admins who may sign in. The rows are locked, so that two admins who demote each other do so one
 * after the other.
 */
export async function lockAdmins(tx: Queryable): Promise<string[]> {
  const { rows } = await tx.query<{ id: string }>(
    "SELECT id FROM access_users WHERE role = 'admin' AND NOT banned ORDER BY id FOR UPDATE",
  );
  return rows.map((row) => row.id);
}

/** Stops other transactions from adding users until this one ends. */
export async function lockUsers(tx: Queryable): Promise<void> {
  await tx.query("LOCK TABLE access_users IN SHARE ROW EXCLUSIVE MODE");
}

export async function hasAdmin(on: Queryable): Promise<boolean> {
  const { rows } = await on.query<{ found: boolean }>(
    "SELECT EXISTS (SELECT 1 FROM access_users WHERE role = 'admin' AND NOT banned) AS found",
  );
  return rows[0]?.found ?? false;
}
