import { createHmac } from "node:crypto";
import type { UserJson } from "../../../lib/protocol/access.ts";
import type { Role } from "../../../lib/protocol/actor.ts";
import { auth } from "../../access/auth.ts";
import { env } from "../../../config/env.ts";
import { sessionCookie } from "../../access/names.ts";
import { hashPassword } from "../../access/password.ts";
import { noteSignIn } from "../../store/access/sessions.ts";
import { findUserByEmail, insertUser } from "../../store/access/users.ts";
import { pool } from "../../store/pool.ts";

export const PASSWORD = "correct horse battery";
let hash: Promise<string> | undefined;

export interface Person {
  user: UserJson;
  /** The `Cookie` header of an open session. */
  cookie: string;
}

/** Adds a user to the process's database and signs them in. */
export async function addPerson(role: Role, email = `${role}@example.com`): Promise<Person> {
  const user = await insertUser(pool(), {
    email,
    name: email,
    role,
    passwordHash: await (hash ??= hashPassword(PASSWORD)),
  });
  if (!user) throw new Error(`${email} is there already`);
  return { user, cookie: await cookieOf(email) };
}

/** Opens one more session of a user, without the slow check of the password. */
export async function cookieOf(email: string): Promise<string> {
  const user = await findUserByEmail(pool(), email);
  const { internalAdapter, secret } = await auth().$context;
  const { token } = await internalAdapter.createSession(user?.id ?? "");
  await noteSignIn(pool(), token, "127.0.0.1");
  const signature = createHmac("sha256", secret).update(token).digest("base64");
  return `${sessionCookie(env().PUBLIC_URL)}=${encodeURIComponent(`${token}.${signature}`)}`;
}
