import type { UserJson } from "../../../lib/protocol/access.ts";
import type { Role } from "../../../lib/protocol/actor.ts";
import { hashPassword } from "../../access/password.ts";
import { openSession } from "../../commands/access/sign-in.ts";
import { insertUser } from "../../store/access/users.ts";
import { pool } from "../../store/pool.ts";

export const PASSWORD = "correct horse battery";
let hash: Promise<string> | undefined;

export interface Person {
  user: UserJson;
  /** `Cookie` of an open session. */
  cookie: string;
}

/** A user who is signed in, in the process's database. */
export async function addPerson(role: Role, email = `${role}@example.com`): Promise<Person> {
  const user = await insertUser(pool(), { email, name: email, role, passwordHash: await (hash ??= hashPassword(PASSWORD)) });
  if (!user) throw new Error(`${email} is there already`);
  return { user, cookie: await cookieOf(email) };
}

/** One more session of somebody. */
export async function cookieOf(email: string): Promise<string> {
  const { cookies } = await openSession(email, PASSWORD, { from: "127.0.0.1" });
  return cookies[0]?.split(";")[0] ?? "";
}
